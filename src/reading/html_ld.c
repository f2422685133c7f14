/* See html_ld.h. One recursive pass over the text; each object notes what it says, and the best of them wins.
 *
 * Example: of {"@graph": [{"@type": "Organization", "name": "A"}, {"@type": "NewsArticle", "headline": "B",
 * "author": [{"name": "C"}]}]} the title is B and the author C. */
#include "reading/html_ld.h"

#include "base/ascii.h"
#include "base/utf8.h"

enum { LEVELS = 32, ARTICLE_RANK = 2, PAGE_RANK = 1 };

typedef struct article {
    int rank;
    oc_slice title, author, publisher, published, section;
} article;

typedef struct parser {
    oc_arena *arena;
    oc_slice json;
    size_t at;
    bool broken;
    article best;
} parser;

static char peek(parser *p)
{
    while (p->at < p->json.len && strchr(" \t\r\n,:", p->json.ptr[p->at]) && p->json.ptr[p->at]) p->at++;
    return p->at < p->json.len ? p->json.ptr[p->at] : '\0';
}

static uint32_t hex(oc_slice text, size_t at)
{
    uint32_t value = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = at + i < text.len ? text.ptr[at + i] : '0';
        uint32_t digit = oc_is_digit(c) ? (uint32_t)(c - '0') : (uint32_t)((c | 32) - 'a') + 10;
        value = value * 16 + (digit < 16 ? digit : 0);
    }
    return value;
}

/* The escape at text[at], which is a backslash; *at moves behind it. */
static void add_escape(oc_text *out, oc_slice text, size_t *at)
{
    char c = *at + 1 < text.len ? text.ptr[*at + 1] : ' ', bytes[4];
    *at += 2;
    if (c != 'u') {
        oc_text_byte(out, strchr("nrtbf", c) ? ' ' : c);
        return;
    }
    uint32_t code = hex(text, *at);
    *at += 4;
    bool pair = code >= 0xd800 && code < 0xdc00 && *at + 6 <= text.len && text.ptr[*at] == '\\';
    if (pair) {
        code = 0x10000 + ((code & 0x3ff) << 10) + (hex(text, *at + 2) & 0x3ff);
        *at += 6;
    }
    if (code >= 0x20 && (code < 0xd800 || code >= 0xe000))
        oc_text_add(out, (oc_slice){bytes, oc_utf8_encode(code, bytes)});
}

/* A string at p->at, without its escapes. */
static oc_slice read_string(parser *p)
{
    size_t start = ++p->at;
    bool plain = true;
    while (p->at < p->json.len && p->json.ptr[p->at] != '"') {
        bool escape = p->json.ptr[p->at] == '\\';
        plain &= !escape;
        p->at += escape ? 2 : 1;
    }
    if (p->at >= p->json.len) p->at = p->json.len, p->broken = true;
    oc_slice raw = oc_slice_sub(p->json, start, p->at);
    p->at += !p->broken;
    if (plain) return raw;
    oc_text text = oc_text_in(p->arena);
    for (size_t at = 0; at < raw.len;) {
        if (raw.ptr[at] == '\\')
            add_escape(&text, raw, &at);
        else
            oc_text_byte(&text, raw.ptr[at++]);
    }
    return oc_text_slice(&text);
}

static bool is_any(oc_slice key, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (oc_slice_is(key, words[i])) return true;
    return false;
}

static int rank_of(oc_slice type)
{
    bool told = oc_slice_ends(type, OC_SLICE("Article")) || oc_slice_ends(type, OC_SLICE("Posting")) ||
                oc_slice_ends(type, OC_SLICE("Report"));
    return told ? ARTICLE_RANK : 0;
}

static oc_slice read_value(parser *p, int level, bool counts, int *ret_rank);

static void note_member(parser *p, article *own, oc_slice key, int level, bool counts)
{
    static const char *const others[] = {
        "isRelatedTo", "relatedLink", "mentions",  "hasPart",    "itemListElement", "isPartOf",    "citation",
        "comment",     "about",       "isBasedOn", "breadcrumb", "potentialAction", "workExample", "significantLink"};
    const struct {
        const char *key;
        oc_slice *place;
    } fields[] = {{"headline", &own->title},          {"author", &own->author},
                  {"creator", &own->author},          {"publisher", &own->publisher},
                  {"datePublished", &own->published}, {"articleSection", &own->section}};
    int rank = 0;
    bool type = oc_slice_is(key, "@type"), field = false;
    oc_slice *place = NULL;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (oc_slice_is(key, fields[i].key)) place = fields[i].place, field = true;
    bool inner = counts && !field && !is_any(key, others, sizeof others / sizeof *others);
    oc_slice value = read_value(p, level + 1, inner, &rank);
    if (type && rank > own->rank) own->rank = rank;
    if (place && !place->len) *place = value;
}

/* An object: its "name". */
static oc_slice read_object(parser *p, int level, bool counts)
{
    article own = {0};
    oc_slice name = {"", 0};
    p->at++;
    while (peek(p) == '"' && !p->broken) {
        oc_slice key = read_string(p);
        if (oc_slice_is(key, "name") && peek(p) == '"')
            name = read_string(p);
        else
            note_member(p, &own, key, level, counts);
    }
    if (peek(p) == '}')
        p->at++;
    else
        p->broken = true;
    if (!own.rank && own.title.len) own.rank = PAGE_RANK;
    if (counts && own.rank > p->best.rank) p->best = own;
    return name;
}

/* Of a list the first string or name in it. */
static oc_slice read_list(parser *p, int level, bool counts, int *ret_rank)
{
    oc_slice first = {"", 0};
    p->at++;
    for (char c = peek(p); c && c != ']' && c != '}' && !p->broken; c = peek(p)) {
        oc_slice value = read_value(p, level + 1, counts, ret_rank);
        if (!first.len) first = value;
    }
    p->at += p->at < p->json.len;
    return first;
}

/* A string, the name of an object, the first of a list; *ret_rank: the best type that the strings name. */
static oc_slice read_value(parser *p, int level, bool counts, int *ret_rank)
{
    char c = peek(p);
    if (level > LEVELS) p->broken = true;
    if (p->broken || !c) return (oc_slice){"", 0};
    if (c == '{') return read_object(p, level, counts);
    if (c == '[') return read_list(p, level, counts, ret_rank);
    if (c == '"') {
        oc_slice text = read_string(p);
        int rank = rank_of(text);
        if (rank > *ret_rank) *ret_rank = rank;
        return text;
    }
    size_t start = p->at;
    while (p->at < p->json.len && !strchr(",]} \t\r\n", p->json.ptr[p->at])) p->at++;
    if (p->at == start) p->broken = true;
    return (oc_slice){"", 0};
}

void oc_html_ld_read(oc_arena *arena, oc_slice json, oc_stated *stated)
{
    parser p = {.arena = arena, .json = json};
    while (p.at < json.len && json.ptr[p.at] != '{' && json.ptr[p.at] != '[') p.at++;
    int rank = 0;
    read_value(&p, 0, true, &rank);
    const struct {
        oc_slice *place, value;
    } fields[] = {{&stated->title, p.best.title},
                  {&stated->author, p.best.author},
                  {&stated->publisher, p.best.publisher},
                  {&stated->published, p.best.published},
                  {&stated->section, p.best.section}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!fields[i].place->len) *fields[i].place = oc_slice_trim(fields[i].value);
}
