/* See mail.h. */
#include "reading/mail.h"

#include "base/ascii.h"
#include "reading/mail_word.h"

enum { HEADER_LINES = 60, NAME_BYTES = 40 };

/* The name of the field that the line begins, "" if it begins none. */
static oc_slice field_name(oc_slice line)
{
    size_t end = 0;
    while (end < line.len && end < NAME_BYTES && ((line.ptr[end] | 32) == '-' || oc_is_alpha(line.ptr[end]))) end++;
    return end && end < line.len && line.ptr[end] == ':' ? oc_slice_sub(line, 0, end) : (oc_slice){"", 0};
}

/* "Strait Watch <news@strait.example>": the name. */
static oc_slice sender(oc_slice value)
{
    static const char *const quotes[] = {"\"", "'", " "};
    size_t open = oc_slice_find(value, OC_SLICE("<"), 0);
    oc_slice name = oc_slice_trim(oc_slice_sub(value, 0, open));
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        oc_slice quote = oc_slice_of(quotes[i]);
        if (oc_slice_starts(name, quote)) name = oc_slice_from(name, quote.len);
        if (oc_slice_ends(name, quote)) name.len -= quote.len;
    }
    return name.len && memchr(name.ptr, '@', name.len) ? (oc_slice){"", 0} : name;
}

/* The first field of a kind counts. */
static void keep(oc_slice *place, oc_slice value)
{
    if (!place->len) *place = value;
}

/* The end of the line at `at`. */
static size_t line_end(oc_slice text, size_t at)
{
    const char *feed = memchr(text.ptr + at, '\n', text.len - at);
    return feed ? (size_t)(feed - text.ptr) : text.len;
}

/* The end of the field that begins at `at`: its further lines begin with a blank. */
static size_t field_end(oc_slice text, size_t at, int *lines)
{
    size_t end = line_end(text, at);
    for (; end + 1 < text.len && (text.ptr[end + 1] == ' ' || text.ptr[end + 1] == '\t'); ++*lines) {
        size_t next = line_end(text, end + 1);
        if (!oc_slice_trim(oc_slice_sub(text, end, next)).len) break;
        end = next;
    }
    return end;
}

size_t oc_mail_header(oc_source_job *job)
{
    oc_stated stated = job->layout->stated;
    bool subject = false, origin = false;
    size_t at = job->skip;
    for (int lines = 0; lines < HEADER_LINES && at < job->source.len; lines++) {
        size_t end = field_end(job->source, at, &lines);
        oc_slice field = oc_slice_sub(job->source, at, end), name = field_name(field);
        if (!oc_slice_trim(field).len) {
            if (!subject || !origin) return 0;
            job->layout->stated = stated;
            return at - job->skip;
        }
        if (!name.len) return 0;
        oc_slice value = oc_mail_words(job->arena, oc_slice_trim(oc_slice_from(field, name.len + 1)));
        bool is_subject = oc_slice_is(name, "Subject"), is_from = oc_slice_is(name, "From"),
             is_date = oc_slice_is(name, "Date");
        if (is_subject) keep(&stated.title, value);
        if (is_from) keep(&stated.publisher, sender(value));
        if (is_date) keep(&stated.published, value);
        subject |= is_subject;
        origin |= is_from || is_date;
        at = end + 1;
    }
    return 0;
}
