/* The lists of keys, from keys.def. */
#include "authority/read.h"

#define KEY(key, form, text) key,
#define RECORD(name, ...) const char *const oc_ledger_##name##_keys[] = {__VA_ARGS__ NULL};
#include "authority/keys.def"
