/* What the page's script needs, as JSON: the curve, the strings it says, the controls. */
#include <stdlib.h>

#include "base/json.h"
#include "report/page.h"

static const char *const script_keys[] = {
    "script.at",      "script.at-range", "script.more",       "script.less",     "script.same",
    "script.running", "script.done",     "script.proof",      "script.no-proof", "script.failed",
    "script.copied",  "script.baseline", "script.now",        "script.step",     "script.close",
    "script.drawn",   "script.fixed",    "script.impossible", "script.settings", "script.settings-none",
    "script.few",     "script.agree",    "script.between",    "script.hops",     "script.play",
    "script.pause",   "script.never",    "script.csv",     "report.note-label", "report.run-label",
};

static void write_strings(oc_json *json)
{
    oc_json_object(json, "strings");
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        oc_json_object(json, oc_lang_code((oc_lang)lang));
        for (size_t i = 0; i < sizeof script_keys / sizeof *script_keys; i++)
            oc_json_text(json, script_keys[i] + 7, oc_message((oc_lang)lang, script_keys[i]));
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void write_values(oc_json *json, const char *key, const double *values, size_t count)
{
    if (!values) return;
    oc_json_row(json, key);
    for (size_t i = 0; i < count; i++) {
        oc_text digits = oc_text_in(json->text.arena);
        oc_text_fixed(&digits, values[i], 4);
        oc_json_number(json, NULL, strtod(digits.ptr, NULL));
    }
    oc_json_end(json);
}

static void write_firsts(oc_json *json, const int32_t *firsts)
{
    oc_json_row(json, NULL);
    for (size_t i = 0; i < OC_REPORT_FIRSTS; i++) oc_json_integer(json, NULL, firsts[i]);
    oc_json_end(json);
}

/* The baseline, then each policy, future by future. */
static void write_hops(oc_json *json, const oc_report_input *input)
{
    if (!input->firsts) return;
    oc_json_list(json, "hops");
    write_firsts(json, input->firsts);
    for (size_t i = 0; i < input->policy_count; i++)
        if (input->policies[i].firsts) write_firsts(json, input->policies[i].firsts);
    oc_json_end(json);
}

static void write_control(oc_json *json, const oc_report_control *control)
{
    oc_arena *arena = json->text.arena;
    oc_json_object(json, NULL);
    oc_json_text(json, "path", oc_report_cut(arena, control->path, 200));
    oc_json_text(json, "suffix", oc_report_cut(arena, control->suffix, 20));
    oc_json_number(json, "factor", control->factor);
    oc_json_number(json, "from", control->from);
    oc_json_number(json, "to", control->to);
    oc_json_number(json, "step", control->step);
    oc_json_number(json, "middle", control->middle);
    if (control->low <= control->high) {
        oc_json_number(json, "low", control->low);
        oc_json_number(json, "high", control->high);
    }
    oc_json_unsigned(json, "lowAt", control->low_at);
    oc_json_unsigned(json, "highAt", control->high_at);
    oc_json_end(json);
}

static void write_engine(oc_json *json, const oc_report_input *input)
{
    const oc_report_engine *engine = &input->engine;
    if (!engine->wasm.len || !engine->program.len) return;
    oc_json_object(json, "engine");
    /* 64-bit figures as text: a number of JavaScript holds 53 bits. */
    oc_json_text(json, "seed", oc_arena_printf(json->text.arena, "%llu", (unsigned long long)input->run.seed));
    oc_json_text(json, "checkDigest",
                 oc_arena_printf(json->text.arena, "%016llx", (unsigned long long)engine->check_digest));
    oc_json_unsigned(json, "checkFutures", engine->check_futures);
    oc_json_unsigned(json, "countAt", engine->count_at);
    oc_json_unsigned(json, "wasm", engine->wasm.len);
    oc_json_unsigned(json, "program", engine->program.len);
    oc_json_text(json, "sets", engine->sets);
    oc_json_text(json, "others", engine->others);
    oc_json_list(json, "controls");
    for (size_t i = 0; i < engine->control_count; i++) write_control(json, &engine->controls[i]);
    oc_json_end(json);
    oc_json_end(json);
}

void oc_page_data(oc_arena *arena, oc_text *out, const oc_report_input *input)
{
    oc_json json = oc_json_in(arena);
    json.compact = true;
    oc_json_object(&json, NULL);
    oc_json_text(&json, "scenario", oc_report_cut(arena, input->scenario, 100));
    oc_json_integer(&json, "asOf", input->as_of);
    oc_json_integer(&json, "horizon", input->horizon);
    oc_json_integer(&json, "answerBy", oc_report_answer_day(input));
    oc_json_row(&json, "days");
    for (size_t i = 0; i < input->main.count; i++) oc_json_integer(&json, NULL, input->main.days[i]);
    oc_json_end(&json);
    write_values(&json, "p", input->main.p, input->main.count);
    write_values(&json, "low", input->main.low, input->main.count);
    write_values(&json, "high", input->main.high, input->main.count);
    write_hops(&json, input);
    write_strings(&json);
    write_engine(&json, input);
    oc_json_end(&json);
    oc_slice text = oc_json_done(&json);
    /* "<" occurs only inside strings; written as an escape it can neither end the script element nor begin a comment.
     */
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '<')
            oc_text_lit(out, "\\u003c");
        else
            oc_text_byte(out, text.ptr[i]);
    }
}
