/* What opcon says to people, in three languages.
 *
 * Every sentence that a person reads is a message with a key; its texts stand in i18n/en.tsv, ja.tsv and ko.tsv
 * (key, text, note for translators) and are compiled into the program. {0}, {1} … stand for arguments. A text may use
 * an argument several times or in another order than English does. Korean particles that depend on the final
 * consonant of an argument are written as both forms, e.g. {0}(은)는 -> write {0}{은는}: the form is chosen from the
 * last syllable of the argument before it ({은는}, {이가}, {을를}, {과와}, {으로로}). */
#ifndef OC_BASE_MESSAGE_H
#define OC_BASE_MESSAGE_H

#include "base/date.h"
#include "base/text.h"
#include "opcon/types.h" /* oc_lang */

/* "en", "ja", "ko" (also with a region: ja_JP.UTF-8); OC_LANG_COUNT if it is none. */
oc_lang oc_lang_parse(oc_slice text);
const char *oc_lang_code(oc_lang lang);

/* One argument of a message. */
typedef struct oc_arg {
    enum { OC_ARG_END, OC_ARG_TEXT, OC_ARG_KEY, OC_ARG_NUMBER, OC_ARG_INTEGER, OC_ARG_DAY } kind;
    union {
        oc_slice text;    /* OC_ARG_TEXT: shown as it is */
        const char *key;  /* OC_ARG_KEY: another message without arguments, shown in the reader's language */
        double number;
        int64_t integer;
        oc_day day;
    } as;
} oc_arg;

#define OC_T(slice) ((oc_arg){OC_ARG_TEXT, {.text = (slice)}})
#define OC_S(cstring) ((oc_arg){OC_ARG_TEXT, {.text = oc_slice_of(cstring)}})
#define OC_M(message_key) ((oc_arg){OC_ARG_KEY, {.key = (message_key)}})
#define OC_F(value) ((oc_arg){OC_ARG_NUMBER, {.number = (value)}})
#define OC_I(value) ((oc_arg){OC_ARG_INTEGER, {.integer = (int64_t)(value)}})
#define OC_D(value) ((oc_arg){OC_ARG_DAY, {.day = (value)}})
/* Why the system refused, in the reader's language for what happens often, else in the words of the system. */
oc_arg oc_arg_of_errno(int error);
/* A list of one or more arguments; a message without arguments takes NULL. */
#define OC_ARGS(...) ((const oc_arg[]){__VA_ARGS__, {OC_ARG_END, {.integer = 0}}})

/* The text of a message without its arguments filled in; of an unknown key, the key. */
oc_slice oc_message(oc_lang lang, const char *key);
bool oc_message_exists(const char *key);

/* Appends a message with its arguments; `args` may be NULL. */
void oc_text_message(oc_text *text, oc_lang lang, const char *key, const oc_arg *args);
oc_slice oc_say(oc_arena *arena, oc_lang lang, const char *key, const oc_arg *args);

/* Appends `template` with {0} … filled in. */
void oc_text_fill(oc_text *text, oc_lang lang, oc_slice template, const oc_arg *args);

#endif
