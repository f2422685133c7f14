/* What the head of a page says before any text is read: that it is one, its encoding, and what its <meta> elements
 * state. */
#include "reading/html_parts.h"

oc_slice oc_html_charset(oc_slice bytes)
{
    oc_slice head = oc_slice_sub(bytes, 0, 4096);
    size_t at = oc_slice_find(head, OC_SLICE("charset="), 0);
    size_t skip = 8;
    if (at == SIZE_MAX) {
        if (!oc_slice_starts(head, OC_SLICE("<?xml"))) return (oc_slice){"", 0};
        at = oc_slice_find(head, OC_SLICE("encoding="), 0), skip = 9;
    }
    if (at == SIZE_MAX) return (oc_slice){"", 0};
    at += skip;
    while (at < head.len && (head.ptr[at] == '"' || head.ptr[at] == '\'')) at++;
    size_t end = at;
    while (end < head.len && (oc_html_is_name(head.ptr[end]) || head.ptr[end] == '_') && end < at + 30) end++;
    return oc_slice_sub(head, at, end);
}

bool oc_html_is(oc_slice bytes)
{
    static const char *const blocks[] = {"<html", "<!doctype html", "<head", "<body", "<div",
                                         "<p>",   "<article",       "<br",   "<table"};
    oc_slice head = oc_slice_sub(bytes, 0, 4096);
    int found = 0;
    for (size_t at = 0; at < head.len; at++) {
        if (head.ptr[at] != '<') continue;
        for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
            size_t len = strlen(blocks[i]);
            if (at + len <= head.len && oc_html_same(oc_slice_sub(head, at, at + len), blocks[i])) {
                if (i < 4) return true;
                found++;
                break;
            }
        }
    }
    return found >= 3;
}

void oc_html_meta_read(const oc_html_attributes *attributes, oc_stated *stated)
{
    static const struct {
        const char *name;
        size_t offset;
    } names[] = {
        {"og:title", offsetof(oc_stated, title)},
        {"headline", offsetof(oc_stated, title)},
        {"dc.title", offsetof(oc_stated, title)},
        {"citation_title", offsetof(oc_stated, title)},
        {"author", offsetof(oc_stated, author)},
        {"article:author", offsetof(oc_stated, author)},
        {"dc.creator", offsetof(oc_stated, author)},
        {"citation_author", offsetof(oc_stated, author)},
        {"og:site_name", offsetof(oc_stated, publisher)},
        {"publisher", offsetof(oc_stated, publisher)},
        {"dc.publisher", offsetof(oc_stated, publisher)},
        {"article:published_time", offsetof(oc_stated, published)},
        {"date", offsetof(oc_stated, published)},
        {"pubdate", offsetof(oc_stated, published)},
        {"dc.date", offsetof(oc_stated, published)},
        {"datepublished", offsetof(oc_stated, published)},
        {"citation_publication_date", offsetof(oc_stated, published)},
        {"article:section", offsetof(oc_stated, section)},
        {"generator", offsetof(oc_stated, generator)},
        {"og:url", offsetof(oc_stated, address)},
    };
    oc_slice key = attributes->property.len ? attributes->property : attributes->name;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (oc_html_same(key, names[i].name)) {
            oc_slice *place = (oc_slice *)((char *)stated + names[i].offset);
            if (!place->len) *place = attributes->content;
        }
}
