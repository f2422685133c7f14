/* Any bytes as text and as a query: tokens are never empty, lie in order inside the text and have no more than the
 * promised length. A token of length 0 would make SQLite's index run for ever. */
#include <stdint.h>
#include <stdlib.h>

#include "store/likeness.h"
#include "store/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct watch {
    size_t length, last_start, count;
} watch;

static int look(void *context, oc_slice token, size_t start, size_t end)
{
    watch *w = context;
    if (!token.len || token.len > OC_TOKEN_BYTES || start >= end || end > w->length || start < w->last_start) abort();
    w->last_start = start;
    w->count++;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    oc_slice text = {(const char *)data, size};
    watch as_text = {.length = size}, as_query = {.length = size};
    oc_tokens(text, OC_TOKENS_TEXT, look, &as_text);
    oc_tokens(text, OC_TOKENS_QUERY, look, &as_query);
    /* A query leaves out one token at the most, and never the only one. */
    if (as_text.count > as_query.count + 1 || (as_text.count && !as_query.count)) abort();
    oc_tokens_end_single(text);
    oc_likeness likeness;
    oc_likeness_make(text, &likeness);
    if (!likeness.empty && oc_likeness_similarity(&likeness, &likeness) != 1) abort();
    return 0;
}
