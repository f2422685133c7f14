/* Whether every `from` names a source, and whether a source is younger than what the model may know. */
#include "model/load.h"

static void check_keys(oc_loader *l, const oc_provenance *p, oc_slice path)
{
    oc_model *m = l->model;
    for (size_t i = 0; i < p->from_count; i++) {
        if (oc_slice_is(p->from[i], "judgement")) continue;
        const oc_source_record *source = oc_model_source(m, p->from[i]);
        if (!source) {
            typedef OC_VEC(oc_slice) names;
            names known = {0};
            for (size_t k = 0; k < m->sources.len; k++) *oc_vec_push(l->arena, &known) = m->sources.at[k]->key;
            oc_diag *d = oc_report(l->diags, OC_E0401, p->from_spans[i], OC_ARGS(OC_T(p->from[i])));
            oc_diag_suggest(d, p->from_spans[i], p->from[i], known.at, known.len);
        } else if (source->first != OC_DAY_NONE && source->first > m->as_of) {
            *oc_vec_push(l->arena, &m->hindsight) =
                oc_arena_printf(l->arena, "%.*s (%.*s, %.*s)", OC_FMT(path), OC_FMT(source->key), OC_FMT(source->date));
        }
    }
}

void oc_provenance_check(oc_loader *l)
{
    const oc_provenance *last = NULL;
    for (size_t i = 0; i < l->model->literals.len; i++) {
        const oc_literal *literal = &l->model->literals.at[i];
        if (!literal->provenance || literal->provenance == last) continue;
        last = literal->provenance;
        check_keys(l, last, literal->path);
    }
}
