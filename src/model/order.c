/* Stages in an order in which each comes after what it waits for: declaration order where that allows (Kahn 1962,
 * always taking the first that is ready). */
#include "model/load.h"

static void report_cycle(oc_loader *l, const bool *placed)
{
    oc_model *m = l->model;
    uint32_t at = 0;
    while (placed[at]) at++;
    /* Walking back through unplaced predecessors must meet a stage twice. */
    size_t *seen = OC_NEW_ARRAY(l->arena, m->stages.len, size_t);
    uint32_t *way = OC_NEW_ARRAY(l->arena, m->stages.len + 1, uint32_t);
    size_t steps = 0;
    while (!seen[at]) {
        seen[at] = ++steps;
        way[steps - 1] = at;
        const oc_stage *stage = m->stages.at[at];
        for (size_t i = 0; i < stage->after.len; i++)
            if (!placed[stage->after.at[i]]) {
                at = stage->after.at[i];
                break;
            }
    }
    oc_text chain = oc_text_in(l->arena);
    for (size_t i = seen[at] - 1; i < steps; i++)
        oc_text_printf(&chain, "%.*s ← ", OC_FMT(m->stages.at[way[i]]->symbol->name));
    oc_text_add(&chain, m->stages.at[at]->symbol->name);
    oc_diag *d = oc_report(l->diags, OC_E0304, m->stages.at[at]->symbol->span, OC_ARGS(OC_T(oc_text_slice(&chain))));
    for (size_t i = seen[at]; i < steps && i < seen[at] + 3; i++)
        oc_diag_at(d, m->stages.at[way[i]]->symbol->span, "label.on-the-way", NULL);
}

static void find_waits(oc_arena *arena, oc_model *m)
{
    size_t words = m->wait_words = m->stages.len / 64 + 1;
    m->waits = OC_NEW_ARRAY(arena, m->stages.len * words + 1, uint64_t);
    for (size_t s = 0; s < m->stages.len; s++) {
        uint64_t *row = m->waits + s * words;
        row[s / 64] |= UINT64_C(1) << s % 64;
        for (size_t i = 0; i < m->stages.at[s]->after.len; i++)
            for (size_t w = 0; w < words; w++) row[w] |= m->waits[m->stages.at[s]->after.at[i] * words + w];
    }
}

bool oc_model_waits_for(const oc_model *model, uint32_t stage, uint32_t other)
{
    return model->waits[stage * model->wait_words + other / 64] >> other % 64 & 1;
}

bool oc_stage_is_at(const oc_stage *stage, uint32_t event)
{
    for (size_t i = 0; i < stage->at.len; i++)
        if (stage->at.at[i] == event) return true;
    return false;
}

void oc_stages_order(oc_loader *l)
{
    oc_model *m = l->model;
    size_t count = m->stages.len, placed_count = 0;
    bool *placed = OC_NEW_ARRAY(l->arena, count + 1, bool);
    uint32_t *new_index = OC_NEW_ARRAY(l->arena, count + 1, uint32_t);
    oc_stage **order = OC_NEW_ARRAY(l->arena, count + 1, oc_stage *);
    while (placed_count < count) {
        size_t next = 0;
        for (; next < count; next++) {
            bool ready = !placed[next];
            const oc_stage *stage = m->stages.at[next];
            for (size_t i = 0; ready && i < stage->after.len; i++) ready = placed[stage->after.at[i]];
            if (ready) break;
        }
        if (next == count) {
            report_cycle(l, placed);
            return;
        }
        placed[next] = true;
        new_index[next] = (uint32_t)placed_count;
        order[placed_count++] = m->stages.at[next];
    }
    for (size_t s = 0; s < count; s++)
        for (size_t i = 0; i < order[s]->after.len; i++) order[s]->after.at[i] = new_index[order[s]->after.at[i]];
    for (size_t s = 0; s < count; s++) m->stages.at[s] = order[s];
    find_waits(l->arena, m);
    for (size_t v = 0; v < m->variables.len; v++)
        for (size_t c = 0; c < m->variables.at[v]->changes.len; c++) {
            oc_change *change = &m->variables.at[v]->changes.at[c];
            for (size_t k = 0; k < change->at.len; k++)
                if (change->at.at[k].kind == OC_MOMENT_STAGE)
                    change->at.at[k].index = new_index[change->at.at[k].index];
        }
    for (size_t s = 0; s < count; s++) {
        const oc_stage *stage = m->stages.at[s];
        for (size_t i = 0; i < stage->after.len; i++) {
            const oc_stage *before = m->stages.at[stage->after.at[i]];
            bool wrong = stage->done != OC_DAY_NONE && (before->done == OC_DAY_NONE || before->done > stage->done);
            if (!wrong) continue;
            oc_diag *d = oc_report(l->diags, OC_E0305, stage->done_span,
                                   OC_ARGS(OC_T(stage->symbol->name), OC_T(before->symbol->name)));
            oc_diag_at(d, before->done_span.file ? before->done_span : before->symbol->span, "label.the-other", NULL);
        }
    }
}
