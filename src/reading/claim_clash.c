/* Claims of a document that contradict each other; see claim_clash.h. */
#include "reading/claim_clash.h"

#include "base/map.h"
#include "base/text.h"

static bool is_closed(const oc_claim *claim)
{
    return claim->forward && claim->start != OC_DAY_NONE && claim->end != OC_DAY_NONE &&
           claim->start != OC_DAY_OPEN_START && claim->end != OC_DAY_OPEN_END;
}

/* Claims about one milestone whose days do not meet, each against the first of its milestone and step. */
void oc_claims_compare(oc_arena *arena, oc_arena *scratch, oc_document *document)
{
    oc_map first = {0};
    for (size_t i = 0; i < document->claims.len; i++) {
        const oc_found_claim *found = &document->claims.at[i];
        if (!is_closed(&found->claim) || !found->claim.milestone.len) continue;
        oc_text key = oc_text_in(scratch);
        oc_text_add(&key, found->claim.milestone);
        oc_text_add(&key, OC_SLICE("/"));
        oc_text_add(&key, found->claim.step);
        oc_map_entry *entry = oc_map_insert(scratch, &first, oc_text_slice(&key), NULL);
        if (!entry->value.number) {
            entry->value.number = i + 1;
            continue;
        }
        const oc_found_claim *other = &document->claims.at[entry->value.number - 1];
        bool apart = found->claim.end < other->claim.start || other->claim.end < found->claim.start;
        if (!apart) continue;
        oc_slice a = document->sentences.at[other->sentence].text, b = document->sentences.at[found->sentence].text;
        *oc_vec_push(arena, &document->clashes) = (oc_clash){
            "claim", oc_sentence_line(document, other->sentence), oc_sentence_line(document, found->sentence),
            oc_slice_sub(a, other->claim.from, other->claim.to), oc_slice_sub(b, found->claim.from, found->claim.to)};
    }
}
