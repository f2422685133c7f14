/* What the page's script needs, as JSON: the curve, the strings it says, and the controls as patches of the program.
 *
 * A control brings the whole program at each of its settings; the page gets only the 8-byte words that differ from the
 * baseline. Words that two controls change would not combine, so the second of them is left out. */
#include <stdlib.h>

#include "base/json.h"
#include "report/digest.h"
#include "report/page.h"

static const char *const script_keys[] = {
    "script.at", "script.at-range", "script.more", "script.less", "script.same", "script.running", "script.done",
    "script.proof", "script.no-proof", "script.failed", "script.copied", "script.baseline", "script.now", "script.step",
    "script.close",
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

static bool words_differ(oc_slice a, oc_slice b, size_t word)
{
    return memcmp(a.ptr + 8 * word, b.ptr + 8 * word, 8) != 0;
}

/* Whether all settings have the baseline's size, and change no word that another control owns. */
static bool may_combine(const oc_report_engine *engine, size_t which, uint8_t *owner)
{
    const oc_report_control *control = &engine->controls[which];
    if (!control->count || control->standard >= control->count) return false;
    size_t words = engine->program.len / 8;
    for (size_t k = 0; k < control->count; k++) {
        if (control->programs[k].len != engine->program.len || engine->program.len % 8) return false;
        for (size_t word = 0; word < words; word++)
            if (words_differ(engine->program, control->programs[k], word) && owner[word] && owner[word] != which + 1)
                return false;
    }
    for (size_t k = 0; k < control->count; k++)
        for (size_t word = 0; word < words; word++)
            if (words_differ(engine->program, control->programs[k], word)) owner[word] = (uint8_t)(which + 1);
    return true;
}

static void write_patch(oc_json *json, oc_slice base, oc_slice program)
{
    oc_json_row(json, NULL);
    for (size_t word = 0; word < base.len / 8; word++) {
        if (!words_differ(base, program, word)) continue;
        size_t end = word + 1;
        while (end < base.len / 8 && words_differ(base, program, end)) end++;
        oc_text bytes = oc_text_in(json->text.arena);
        oc_text_base64(&bytes, oc_slice_sub(program, 8 * word, 8 * end));
        oc_json_unsigned(json, NULL, 8 * word);
        oc_json_text(json, NULL, oc_text_slice(&bytes));
        word = end;
    }
    oc_json_end(json);
}

static void write_control(oc_json *json, const oc_report_engine *engine, size_t which, uint8_t *owner)
{
    const oc_report_control *control = &engine->controls[which];
    bool usable = which < 200 && may_combine(engine, which, owner);
    oc_json_object(json, NULL);
    oc_json_bool(json, "usable", usable);
    if (usable) {
        oc_json_text(json, "path", oc_report_cut(json->text.arena, control->path, 200));
        oc_json_unsigned(json, "standard", control->standard);
        write_values(json, "values", control->values, control->count);
        if (control->texts) {
            oc_json_row(json, "texts");
            for (size_t k = 0; k < control->count; k++)
                oc_json_text(json, NULL, oc_report_cut(json->text.arena, control->texts[k], 200));
            oc_json_end(json);
        }
        if (control->low <= control->high) {
            oc_json_number(json, "low", control->low);
            oc_json_number(json, "high", control->high);
        }
        oc_json_list(json, "patches");
        for (size_t k = 0; k < control->count; k++) write_patch(json, engine->program, control->programs[k]);
        oc_json_end(json);
    }
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
    uint8_t *owner = OC_NEW_ARRAY(json->text.arena, engine->program.len / 8 + 1, uint8_t);
    oc_json_list(json, "controls");
    for (size_t i = 0; i < engine->control_count; i++) write_control(json, engine, i, owner);
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
    write_strings(&json);
    write_engine(&json, input);
    oc_json_end(&json);
    oc_slice text = oc_json_done(&json);
    /* "<" occurs only inside strings; written as an escape it can neither end the script element nor begin a comment. */
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '<')
            oc_text_lit(out, "\\u003c");
        else
            oc_text_byte(out, text.ptr[i]);
    }
}
