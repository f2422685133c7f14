/* The closed lists of words, from words.def. */
#include "authority/read.h"

const char *const oc_actor_kind_words[] = {"person", "office", "command", "organ", "group", "press", "state"};
#define EVENT_KIND(name) #name,
const char *const oc_event_kind_words[] = {
#include "authority/words.def"
};
#define EVENT_STATUS(name) #name,
const char *const oc_event_status_words[] = {"",
#include "authority/words.def"
};
#define PROMISE(name) #name,
const char *const oc_promise_words[] = {
#include "authority/words.def"
};
#define MODALITY(name) #name,
const char *const oc_modality_words[] = {
#include "authority/words.def"
};
#define OUTCOME(name) #name,
const char *const oc_outcome_words[] = {"open",
#include "authority/words.def"
};

const char *oc_actor_kind_word(oc_actor_kind kind) { return oc_actor_kind_words[kind]; }
const char *oc_event_kind_word(oc_event_kind kind) { return oc_event_kind_words[kind]; }
const char *oc_event_status_word(oc_event_status status) { return oc_event_status_words[status]; }
const char *oc_promise_word(oc_promise promise) { return oc_promise_words[promise]; }
const char *oc_modality_word(oc_modality modality) { return oc_modality_words[modality]; }
const char *oc_outcome_word(oc_voice_outcome outcome) { return oc_outcome_words[outcome]; }
