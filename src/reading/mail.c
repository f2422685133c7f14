/* See mail.h. */
#include "reading/mail.h"

enum { HEADER_LINES = 60, NAME_BYTES = 40 };

/* The name of the field that the line begins, "" if it begins none. */
static oc_slice field_name(oc_slice line)
{
    size_t end = 0;
    while (end < line.len && end < NAME_BYTES &&
           ((line.ptr[end] | 32) == '-' || ((line.ptr[end] | 32) >= 'a' && (line.ptr[end] | 32) <= 'z')))
        end++;
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

static bool set(oc_slice *place, oc_slice value)
{
    if (!place->len && oc_slice_find(value, OC_SLICE("=?"), 0) == SIZE_MAX) *place = value;
    return true;
}

size_t oc_mail_header(oc_source_job *job)
{
    oc_stated stated = job->layout->stated;
    bool subject = false, origin = false;
    size_t at = job->skip;
    for (int lines = 0; lines < HEADER_LINES && at < job->source.len; lines++) {
        const char *feed = memchr(job->source.ptr + at, '\n', job->source.len - at);
        size_t end = feed ? (size_t)(feed - job->source.ptr) : job->source.len;
        oc_slice line = oc_slice_sub(job->source, at, end), name = field_name(line);
        bool folded = lines && line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
        if (!oc_slice_trim(line).len) {
            if (!subject || !origin) return 0;
            job->layout->stated = stated;
            return at - job->skip;
        }
        if (!name.len && !folded) return 0;
        oc_slice value = folded ? (oc_slice){"", 0} : oc_slice_trim(oc_slice_from(line, name.len + 1));
        if (oc_slice_is(name, "Subject")) subject = set(&stated.title, value);
        if (oc_slice_is(name, "From")) origin = set(&stated.publisher, sender(value));
        if (oc_slice_is(name, "Date")) origin = set(&stated.published, value);
        at = end + 1;
    }
    return 0;
}
