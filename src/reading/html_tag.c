/* Elements and attributes; see html_tag.h. */
#include "reading/html_tag.h"

const oc_html_tag oc_html_tags[TAG_COUNT] = {
    [TAG_NONE] = {"", 0, 0},
    [TAG_A] = {"a", 0, 0},
    [TAG_BR] = {"br", VOID, 0},
    [TAG_SUP] = {"sup", 0, 0},
    [TAG_LI] = {"li", BLOCK, 0},
    [TAG_P] = {"p", BLOCK, 0},
    [TAG_TD] = {"td", 0, 0},
    [TAG_TH] = {"th", 0, 0},
    [TAG_TR] = {"tr", BLOCK, OC_HINT_TABLE},
    [TAG_TITLE] = {"title", RAW, 0},
    [TAG_META] = {"meta", VOID, 0},
    [TAG_HTML] = {"html", BLOCK, 0},
    [TAG_SCRIPT] = {"script", RAW, 0},
    [TAG_TIME] = {"time", 0, 0},
    [TAG_BLOCKQUOTE] = {"blockquote", BLOCK, 0},
    [TAG_H1] = {"h1", BLOCK, 0},
    [TAG_H2] = {"h2", BLOCK, 0},
    [TAG_H3] = {"h3", BLOCK, 0},
    [TAG_H4] = {"h4", BLOCK, 0},
    [TAG_H5] = {"h5", BLOCK, 0},
    [TAG_H6] = {"h6", BLOCK, 0},
    [TAG_B] = {"b", 0, 0},
    [TAG_STRONG] = {"strong", 0, 0},
    [TAG_BODY] = {"body", BLOCK, 0},
    [TAG_HEAD] = {"head", BLOCK, 0},
    [TAG_IMG] = {"img", VOID, 0},
    {"div", BLOCK, 0},
    {"section", BLOCK, 0},
    {"article", BLOCK, OC_HINT_ARTICLE},
    {"main", BLOCK, OC_HINT_ARTICLE},
    {"header", BLOCK, 0},
    {"footer", BLOCK, OC_HINT_NOTICE},
    {"nav", BLOCK, OC_HINT_NAVIGATION},
    {"aside", BLOCK, OC_HINT_RELATED},
    {"ul", BLOCK, 0},
    {"ol", BLOCK, 0},
    {"dl", BLOCK, 0},
    {"dt", BLOCK, 0},
    {"dd", BLOCK, 0},
    {"table", BLOCK, OC_HINT_TABLE},
    {"thead", BLOCK, 0},
    {"tbody", BLOCK, 0},
    {"figure", BLOCK, OC_HINT_CAPTION},
    {"figcaption", BLOCK, OC_HINT_CAPTION},
    {"caption", BLOCK, OC_HINT_CAPTION},
    {"pre", BLOCK, 0},
    {"address", BLOCK, OC_HINT_BYLINE},
    {"form", BLOCK, OC_HINT_NAVIGATION},
    {"fieldset", BLOCK, OC_HINT_NAVIGATION},
    {"button", BLOCK, OC_HINT_NAVIGATION},
    {"label", 0, 0},
    {"hr", BLOCK | VOID, 0},
    {"input", VOID, 0},
    {"link", VOID, 0},
    {"base", VOID, 0},
    {"col", VOID, 0},
    {"embed", VOID, 0},
    {"source", VOID, 0},
    {"track", VOID, 0},
    {"wbr", VOID, 0},
    {"area", VOID, 0},
    {"style", RAW, 0},
    {"textarea", RAW, 0},
    {"noscript", RAW, 0},
    {"template", SKIP, 0},
    {"svg", SKIP, 0},
    {"iframe", RAW, 0},
    {"object", SKIP, 0},
    {"select", SKIP, 0},
    {"canvas", SKIP, 0},
    {"audio", SKIP, 0},
    {"video", SKIP, 0},
    {"math", 0, 0},
    {"center", BLOCK, 0},
    {"details", BLOCK, 0},
    {"summary", BLOCK, 0},
    {"rt", SKIP, 0},
    {"rp", SKIP, 0},
    {"dialog", SKIP, 0},
};

void oc_html_index_make(oc_html_index *ret)
{
    *ret = (oc_html_index){0};
    for (int i = 1; i < TAG_COUNT && oc_html_tags[i].name; i++) {
        unsigned letter = (unsigned char)oc_html_tags[i].name[0];
        ret->next[i] = ret->first[letter];
        ret->first[letter] = (uint8_t)i;
    }
}

int oc_html_tag_find(const oc_html_index *index, oc_slice name)
{
    for (int i = index->first[(unsigned char)oc_to_lower(name.ptr[0])]; i; i = index->next[i])
        if (oc_html_same(name, oc_html_tags[i].name)) return i;
    return TAG_NONE;
}

static void set_attribute(oc_html_attributes *a, oc_slice name, oc_slice value)
{
    if (oc_html_same(name, "class"))
        a->class = value;
    else if (oc_html_same(name, "id"))
        a->id = value;
    else if (oc_html_same(name, "role"))
        a->role = value;
    else if (oc_html_same(name, "href"))
        a->href = value;
    else if (oc_html_same(name, "name"))
        a->name = value;
    else if (oc_html_same(name, "property") || oc_html_same(name, "itemprop"))
        a->property = value;
    else if (oc_html_same(name, "content"))
        a->content = value;
    else if (oc_html_same(name, "lang"))
        a->lang = value;
    else if (oc_html_same(name, "charset"))
        a->charset = value;
    else if (oc_html_same(name, "datetime"))
        a->datetime = value;
    else if (oc_html_same(name, "type"))
        a->type = value;
    else if (oc_html_same(name, "hidden"))
        a->hidden = true;
    else if (oc_html_same(name, "aria-hidden"))
        a->hidden = oc_html_same(value, "true");
    else if (oc_html_same(name, "style"))
        a->hidden |= oc_slice_find(value, OC_SLICE("display:none"), 0) != SIZE_MAX ||
                     oc_slice_find(value, OC_SLICE("display: none"), 0) != SIZE_MAX;
}

size_t oc_html_attributes_read(oc_slice s, size_t at, oc_html_attributes *a)
{
    while (at < s.len && s.ptr[at] != '>') {
        if (!oc_html_is_name(s.ptr[at])) {
            at++;
            continue;
        }
        size_t name_at = at;
        while (at < s.len && oc_html_is_name(s.ptr[at])) at++;
        oc_slice name = oc_slice_sub(s, name_at, at), value = {"", 0};
        while (at < s.len && oc_html_is_white(s.ptr[at])) at++;
        if (at < s.len && s.ptr[at] == '=') {
            at++;
            while (at < s.len && oc_html_is_white(s.ptr[at])) at++;
            char quote = at < s.len ? s.ptr[at] : '>';
            size_t value_at = at;
            if (quote == '"' || quote == '\'') {
                const char *close = memchr(s.ptr + at + 1, quote, s.len - at - 1);
                value_at = at + 1;
                /* A quote that never closes must not swallow the page. */
                if (!close) close = memchr(s.ptr + at, '>', s.len - at);
                at = close ? (size_t)(close - s.ptr) : s.len;
                value = oc_slice_sub(s, value_at, at);
                if (at < s.len && s.ptr[at] == quote) at++;
            } else {
                while (at < s.len && s.ptr[at] != '>' && !oc_html_is_white(s.ptr[at])) at++;
                value = oc_slice_sub(s, value_at, at);
            }
        }
        set_attribute(a, name, value);
    }
    return at < s.len ? at + 1 : s.len;
}

int oc_html_hint(const oc_cues *cues, oc_slice value)
{
    for (size_t at = 0; at < value.len && at < 400;) {
        size_t start = at;
        while (at < value.len && ((oc_to_lower(value.ptr[at]) >= 'a' && oc_to_lower(value.ptr[at]) <= 'z'))) at++;
        oc_slice word = oc_slice_sub(value, start, at);
        int hint = word.len > 1 ? oc_cues_markup(cues, word) : OC_HINT_NONE;
        if (hint) return hint;
        if (at == start) at++;
    }
    return OC_HINT_NONE;
}
