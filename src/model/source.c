/* The section `sources`: what the scenario cites, each under its key. */
#include "model/load.h"

void oc_sources_read(oc_loader *l, const oc_node *root)
{
    oc_node *section = oc_node_get(root, "sources");
    if (!section) return;
    if (section->kind != OC_NODE_MAPPING) {
        oc_report(l->diags, OC_E0102, section->span, OC_ARGS(OC_M("record.source")));
        return;
    }
    for (size_t i = 0; i < section->pairs.len; i++) {
        const oc_pair *pair = &section->pairs.at[i];
        if (!oc_keys_check(l, pair->value, OC_RECORD_SOURCE)) continue;
        oc_source_record *s = OC_NEW(l->arena, oc_source_record);
        s->key = pair->key->text;
        s->span = pair->key->span;
        s->node = pair->value;
        oc_node *title = oc_node_get(pair->value, "title");
        if (title && title->kind == OC_NODE_MAPPING) {
            oc_title t = oc_title_read(l->diags, title);
            s->title = oc_title_in(&t, OC_LANG_EN, s->key);
        } else {
            s->title = oc_text_optional(pair->value, "title");
        }
        s->author = oc_text_optional(pair->value, "author");
        s->publisher = oc_text_optional(pair->value, "publisher");
        s->date = oc_text_optional(pair->value, "date");
        s->url = oc_text_optional(pair->value, "url");
        s->language = oc_text_optional(pair->value, "language");
        s->kind = oc_text_optional(pair->value, "kind");
        s->note = oc_text_optional(pair->value, "note");
        s->first = s->last = OC_DAY_NONE;
        if (s->date.len && !oc_days_parse(s->date, &s->first, &s->last)) {
            oc_diag *d = oc_report(l->diags, OC_E0109, oc_node_get(pair->value, "date")->span, OC_ARGS(OC_T(s->date)));
            oc_diag_help(d, "help.iso-date", NULL);
            s->first = s->last = OC_DAY_NONE;
        }
        oc_map_insert(l->arena, &l->model->source_index, s->key, NULL)->value.pointer = s;
        *oc_vec_push(l->arena, &l->model->sources) = s;
    }
}
