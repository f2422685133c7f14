/* What the page's script needs, as JSON: the curve, the strings it says, and the programs of the controls.
 *
 * A control brings the whole program at each of its settings, which fixing an input may have made shorter; the page gets
 * it as pieces of the baseline's program and new bytes between them. */
#include <stdlib.h>

#include "base/json.h"
#include "base/map.h"
#include "report/digest.h"
#include "report/page.h"

static const char *const script_keys[] = {
    "script.at", "script.at-range", "script.more", "script.less", "script.same", "script.running", "script.done",
    "script.proof", "script.no-proof", "script.failed", "script.copied", "script.baseline", "script.now", "script.step",
    "script.close", "script.drawn",
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

/* The difference of two programs: a row of pieces, each two numbers: where and how many bytes; at 0 and up in the base,
 * at -1 and down (-1 - offset) in the pool of new bytes. Both are cut into words of 8 bytes, as all their parts are; a piece of the base is found by its first four
 * words, then made as long as it is equal. */
enum { WORD = 8, WINDOW = 4 * WORD };

typedef struct delta {
    oc_slice base;
    oc_map windows; /* WINDOW bytes of the base -> offset */
} delta;

static delta index_base(oc_arena *arena, oc_slice base)
{
    delta d = {.base = base};
    for (size_t at = 0; at + WINDOW <= base.len; at += WORD) {
        bool fresh;
        oc_map_entry *entry = oc_map_insert(arena, &d.windows, oc_slice_sub(base, at, at + WINDOW), &fresh);
        if (fresh) entry->value.number = at;
    }
    return d;
}

static size_t equal_bytes(oc_slice a, size_t at, oc_slice b, size_t from)
{
    size_t length = 0;
    while (at + length + WORD <= a.len && from + length + WORD <= b.len &&
           memcmp(a.ptr + at + length, b.ptr + from + length, WORD) == 0)
        length += WORD;
    return length;
}

static void write_new(oc_json *json, oc_text *fresh, size_t first, oc_slice bytes)
{
    if (!bytes.len) return;
    oc_json_integer(json, NULL, -1 - (int64_t)(fresh->len - first));
    oc_json_unsigned(json, NULL, bytes.len);
    oc_text_add(fresh, bytes);
}

static void write_delta(oc_json *json, const delta *d, oc_slice program, oc_text *pool, size_t first)
{
    size_t fresh = 0, at = 0;
    oc_json_row(json, NULL);
    while (at + WINDOW <= program.len) {
        const oc_map_entry *found = oc_map_find(&d->windows, oc_slice_sub(program, at, at + WINDOW));
        /* The same place first: programs differ little, and repeated words would make short pieces. */
        size_t from = at, length = at < d->base.len ? equal_bytes(program, at, d->base, at) : 0;
        if (length < WINDOW && found) {
            from = found->value.number;
            length = equal_bytes(program, at, d->base, from);
        }
        if (length < WINDOW) {
            at += WORD;
            continue;
        }
        write_new(json, pool, first, oc_slice_sub(program, fresh, at));
        oc_json_unsigned(json, NULL, from);
        oc_json_unsigned(json, NULL, length);
        fresh = at += length;
    }
    write_new(json, pool, first, oc_slice_sub(program, fresh, program.len));
    oc_json_end(json);
}

static void write_control(oc_json *json, const oc_report_engine *engine, size_t which, const delta *base, oc_text *pool,
                          size_t pool_at)
{
    const oc_report_control *control = &engine->controls[which];
    oc_arena *arena = json->text.arena;
    oc_json_object(json, NULL);
    oc_json_text(json, "path", oc_report_cut(arena, control->path, 200));
    oc_json_unsigned(json, "standard", control->standard);
    oc_json_bool(json, "drawn", control->drawn);
    write_values(json, "values", control->values, control->count);
    if (control->texts) {
        oc_json_row(json, "texts");
        for (size_t k = 0; k < control->count; k++)
            oc_json_text(json, NULL, oc_report_cut(arena, control->texts[k], 200));
        oc_json_end(json);
    }
    if (control->low <= control->high) {
        oc_json_number(json, "low", control->low);
        oc_json_number(json, "high", control->high);
    }
    oc_json_row(json, "countAt");
    for (size_t k = 0; k < control->count; k++)
        oc_json_unsigned(json, NULL, control->count_at ? control->count_at[k] : engine->count_at);
    oc_json_end(json);
    /* Fixing an input changes much, fixing it at another value little: the second and later settings are told as
     * differences from the first one that fixes it. */
    size_t first = control->standard == 0 ? 1 : 0;
    delta fixed = first < control->count ? index_base(arena, control->programs[first]) : *base;
    oc_json_unsigned(json, "first", first);
    oc_json_list(json, "programs");
    for (size_t k = 0; k < control->count; k++)
        write_delta(json, k == first || k == control->standard ? base : &fixed, control->programs[k], pool, pool_at);
    oc_json_end(json);
    oc_json_end(json);
}

static void write_engine(oc_json *json, const oc_report_input *input, oc_text *pool)
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
    size_t pool_at = pool->len;
    delta base = index_base(json->text.arena, engine->program);
    oc_json controls = oc_json_in(json->text.arena);
    controls.compact = true;
    oc_json_list(&controls, NULL);
    for (size_t i = 0; i < engine->control_count; i++) write_control(&controls, engine, i, &base, pool, pool_at);
    oc_json_end(&controls);
    oc_json_unsigned(json, "fresh", pool->len - pool_at);
    oc_text_add(pool, oc_json_done(&controls));
    oc_json_end(json);
}

void oc_page_data(oc_arena *arena, oc_text *out, const oc_report_input *input, oc_text *fresh)
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
    write_engine(&json, input, fresh);
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
