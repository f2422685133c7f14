/* The table that tools/messages.c generates from the files in i18n/. */
#ifndef OC_BASE_MESSAGE_TABLE_H
#define OC_BASE_MESSAGE_TABLE_H

#include <stddef.h>

typedef struct oc_message_row {
    const char *key;
    const char *text[3]; /* in the order of oc_lang */
} oc_message_row;

extern const oc_message_row oc_message_rows[]; /* sorted by key */
extern const size_t oc_message_count;

#endif
