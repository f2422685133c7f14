/* The JSON writer of json.h, and the quoting of CSV. */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"

/* What stands for a character that a JSON string cannot hold as it is, "" for others. Line separators and DEL would end
 * a line of JavaScript or be lost in a terminal. */
static const char *escape(uint32_t code, char buffer[8])
{
    switch (code) {
    case OC_UTF8_INVALID: return "\xef\xbf\xbd";
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\t': return "\\t";
    default: break;
    }
    if (code >= 0x20 && code != 0x7f && code != 0x2028 && code != 0x2029) return "";
    snprintf(buffer, 8, "\\u%04x", (unsigned)code & 0xffff);
    return buffer;
}

/* Plain characters are copied a stretch at a time. */
void oc_text_json_string(oc_text *text, oc_slice value)
{
    char buffer[8];
    size_t from = 0;
    oc_text_byte(text, '"');
    for (size_t at = 0; at < value.len;) {
        size_t start = at;
        uint32_t code = oc_utf8_next(value, &at);
        bool plain = code >= 0x20 && code != '"' && code != '\\' && code != 0x7f && (code < 0x2028 || code > 0x2029) &&
                     code != OC_UTF8_INVALID;
        const char *instead = plain ? "" : escape(code, buffer);
        if (!*instead) continue;
        oc_text_add(text, oc_slice_sub(value, from, start));
        oc_text_add(text, oc_slice_of(instead));
        from = at;
    }
    oc_text_add(text, oc_slice_sub(value, from, value.len));
    oc_text_byte(text, '"');
}

void oc_text_csv_field(oc_text *text, oc_slice value)
{
    bool quote = false;
    for (size_t i = 0; i < value.len; i++)
        quote = quote || value.ptr[i] == ',' || value.ptr[i] == '"' || value.ptr[i] == '\n' || value.ptr[i] == '\r';
    if (!quote) {
        oc_text_add(text, value);
        return;
    }
    oc_text_byte(text, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '"') oc_text_byte(text, '"');
        oc_text_byte(text, value.ptr[i]);
    }
    oc_text_byte(text, '"');
}

static void begin_value(oc_json *json, oc_slice key)
{
    if (json->depth > 0) {
        int level = json->depth - 1;
        bool same_line = json->inline_[level] || json->compact;
        if (json->filled[level]) oc_text_add(&json->text, same_line ? OC_SLICE(", ") : OC_SLICE(","));
        json->filled[level] = true;
        if (!same_line) {
            oc_text_byte(&json->text, '\n');
            oc_text_repeat(&json->text, ' ', (size_t)json->depth * 2);
        }
    }
    if (key.ptr) {
        oc_text_json_string(&json->text, key);
        oc_text_lit(&json->text, ": ");
    }
}

static void open_level(oc_json *json, oc_slice key, char opening, char closing, bool same_line)
{
    assert(json->depth < OC_JSON_DEPTH);
    begin_value(json, key);
    oc_text_byte(&json->text, opening);
    bool outer = json->depth > 0 && json->inline_[json->depth - 1];
    json->closing[json->depth] = closing;
    json->inline_[json->depth] = same_line || outer;
    json->filled[json->depth] = false;
    json->depth++;
}

static oc_slice name(const char *key)
{
    return oc_slice_of(key);
}

void oc_json_object(oc_json *json, const char *key) { open_level(json, name(key), '{', '}', false); }
void oc_json_list(oc_json *json, const char *key) { open_level(json, name(key), '[', ']', false); }
void oc_json_row(oc_json *json, const char *key) { open_level(json, name(key), '[', ']', true); }
void oc_json_row_object(oc_json *json, const char *key) { open_level(json, name(key), '{', '}', true); }
void oc_json_object_named(oc_json *json, oc_slice key) { open_level(json, key, '{', '}', false); }
void oc_json_list_named(oc_json *json, oc_slice key) { open_level(json, key, '[', ']', false); }

void oc_json_end(oc_json *json)
{
    assert(json->depth > 0);
    json->depth--;
    if (json->filled[json->depth] && !json->inline_[json->depth] && !json->compact) {
        oc_text_byte(&json->text, '\n');
        oc_text_repeat(&json->text, ' ', (size_t)json->depth * 2);
    }
    oc_text_byte(&json->text, json->closing[json->depth]);
    if (!json->take || json->text.len < OC_JSON_PIECE) return;
    json->take(json->context, oc_text_slice(&json->text));
    json->text.len = 0;
}

void oc_json_text_named(oc_json *json, oc_slice key, oc_slice value)
{
    begin_value(json, key);
    oc_text_json_string(&json->text, value);
}

void oc_json_text(oc_json *json, const char *key, oc_slice value) { oc_json_text_named(json, name(key), value); }

void oc_json_number_named(oc_json *json, oc_slice key, double value)
{
    begin_value(json, key);
    if (isfinite(value))
        oc_text_number(&json->text, value);
    else
        oc_text_lit(&json->text, "null");
}

void oc_json_number(oc_json *json, const char *key, double value) { oc_json_number_named(json, name(key), value); }

void oc_json_integer(oc_json *json, const char *key, int64_t value)
{
    begin_value(json, name(key));
    if (value < 0) oc_text_byte(&json->text, '-');
    oc_text_unsigned(&json->text, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void oc_json_unsigned(oc_json *json, const char *key, uint64_t value)
{
    begin_value(json, name(key));
    oc_text_unsigned(&json->text, value);
}

void oc_json_bool(oc_json *json, const char *key, bool value)
{
    begin_value(json, name(key));
    oc_text_add(&json->text, value ? OC_SLICE("true") : OC_SLICE("false"));
}

void oc_json_text_or_null(oc_json *json, const char *key, oc_slice value)
{
    if (value.len)
        oc_json_text(json, key, value);
    else
        oc_json_null(json, key);
}

void oc_json_null(oc_json *json, const char *key)
{
    begin_value(json, name(key));
    oc_text_lit(&json->text, "null");
}

void oc_json_day(oc_json *json, const char *key, oc_day day)
{
    if (day == OC_DAY_NONE) {
        oc_json_null(json, key);
        return;
    }
    begin_value(json, name(key));
    oc_text_byte(&json->text, '"');
    oc_text_day(&json->text, day);
    oc_text_byte(&json->text, '"');
}

oc_slice oc_json_done(oc_json *json)
{
    assert(json->depth == 0);
    oc_text_byte(&json->text, '\n');
    return oc_text_slice(&json->text);
}
