/* See smooth_view.h. */
#include "cli/smooth_view.h"

static oc_status compile(oc_context *x, const oc_compiled *plain, oc_compiled **ret)
{
    oc_carry *carry = oc_carry_find(x->arena, plain->model);
    if (!carry->any) {
        oc_smooth_refuse(plain->model, carry);
        return oc_show_diags(x);
    }
    *ret = oc_smooth_compile(x->arena, plain, carry);
    return *ret ? OC_OK : oc_show_diags(x) == OC_OK ? OC_INTERNAL : OC_INPUT;
}

static oc_status run(oc_context *x, oc_compiled **variants, size_t count, const oc_run_options *options, oc_smooth *ret)
{
    oc_run_options own = *options;
    own.progress = NULL;
    oc_status status = oc_smooth_run(x->arena, variants, count, &own, ret);
    if (status == OC_INPUT && ret->failure.found) {
        oc_forecast_report_failure(variants[ret->failed_variant], &ret->failure);
        return oc_show_diags(x);
    }
    return status;
}

oc_status oc_smooth_forecast(oc_context *x, oc_forecast *f, const oc_run_options *options)
{
    oc_compiled *compiled;
    oc_smooth *smooth = OC_NEW(x->arena, oc_smooth);
    oc_status status = compile(x, f->compiled, &compiled);
    if (status == OC_OK) status = run(x, &compiled, 1, options, smooth);
    if (status == OC_OK) oc_smooth_into_forecast(x->arena, smooth, f);
    return status;
}

oc_status oc_smooth_whatif(oc_context *x, oc_whatif *w, const oc_run_options *options)
{
    oc_compiled **variants = OC_NEW_ARRAY(x->arena, w->count, oc_compiled *);
    oc_smooth *smooth = OC_NEW(x->arena, oc_smooth);
    for (size_t v = 0; v < w->count; v++) {
        oc_status status = compile(x, w->variants[v].compiled, &variants[v]);
        if (status != OC_OK) return status;
    }
    oc_status status = run(x, variants, w->count, options, smooth);
    if (status == OC_OK) oc_smooth_into_whatif(smooth, w);
    return status;
}

/* --- what was done --- */

static oc_slice names_of(oc_context *x, const oc_smooth *smooth, bool drawn)
{
    oc_text out = oc_text_in(x->arena);
    for (size_t i = 0; i < smooth->carry->coin_count; i++) {
        const oc_carry_coin *coin = &smooth->carry->coins[i];
        const oc_stage *stage = smooth->model->stages.at[coin->stage];
        if ((coin->fault != OC_CARRY_FINE) != drawn) continue;
        oc_text_printf(&out, "%s%.*s", out.len ? ", " : "",
                       OC_FMT(oc_title_in(&stage->title, x->lang, stage->symbol->name)));
    }
    return oc_text_slice(&out);
}

void oc_smooth_text(oc_context *x, oc_text *out, const oc_smooth *smooth)
{
    if (!smooth) return;
    oc_slice drawn = names_of(x, smooth, true);
    oc_text line = oc_text_in(x->arena);
    oc_text_message(&line, x->lang, "smooth.done", OC_ARGS(OC_T(names_of(x, smooth, false))));
    if (drawn.len) {
        oc_text_byte(&line, ' ');
        oc_text_message(&line, x->lang, "smooth.drawn", OC_ARGS(OC_T(drawn)));
    }
    oc_add_line(x, out, oc_text_slice(&line));
}

static void json_coins(oc_json *json, const oc_smooth *smooth, const char *key, bool drawn)
{
    oc_json_row(json, key);
    for (size_t i = 0; i < smooth->carry->coin_count; i++) {
        const oc_carry_coin *coin = &smooth->carry->coins[i];
        if ((coin->fault != OC_CARRY_FINE) == drawn)
            oc_json_text(json, NULL, smooth->model->stages.at[coin->stage]->symbol->name);
    }
    oc_json_end(json);
}

void oc_smooth_json(oc_json *json, const oc_smooth *smooth)
{
    if (!smooth) return;
    oc_json_object(json, "smooth");
    json_coins(json, smooth, "integrated", false);
    json_coins(json, smooth, "drawn", true);
    for (int stages = 1; stages >= 0; stages--) {
        oc_json_row(json, stages ? "stages" : "questions");
        for (size_t m = 0; m < smooth->measure_count; m++)
            if (smooth->smoothed[m] && smooth->measures[m].stage == (bool)stages && smooth->measures[m].value == 0)
                oc_json_text(json, NULL, smooth->measures[m].name);
        oc_json_end(json);
    }
    oc_json_end(json);
}
