/* Words of a mail's header that are not ASCII: =?charset?B?…?= in base64, =?charset?Q?…?= in signs (RFC 2047). */
#ifndef OC_READING_MAIL_WORD_H
#define OC_READING_MAIL_WORD_H

#include "base/arena.h"

/* The value of a field as UTF-8, its lines joined; the value itself where nothing is encoded or folded. A word that is
 * not well formed stays as it is. */
oc_slice oc_mail_words(oc_arena *arena, oc_slice value);

#endif
