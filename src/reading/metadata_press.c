/* Lines of the head that hold several things: the paper, the writer, the date; see metadata_parts.h. */
#include "base/utf8.h"
#include "reading/metadata_parts.h"
#include "reading/region.h"
#include "reading/region_line.h"
#include "reading/stamp.h"

enum { PRESS_CHARS = 32 };

oc_slice oc_line_part(oc_slice line, size_t *at)
{
    static const char *const bars[] = {" | ", "│", "｜", "|", " • ", " · ", "／", "\u3000", "  "};
    while (*at < line.len) {
        oc_slice rest = oc_slice_from(line, *at);
        size_t length, end = OC_FIND_ANY(rest, 0, bars, &length);
        oc_slice part = end == SIZE_MAX ? rest : oc_slice_sub(rest, 0, end);
        *at += end == SIZE_MAX ? rest.len : end + length;
        oc_stamp stamp;
        if (oc_stamp_find(part, 0, false, &stamp))
            part = stamp.from ? oc_slice_sub(part, 0, stamp.from) : oc_slice_from(part, stamp.to);
        part = oc_metadata_trim(part);
        if (part.len) return part;
    }
    return (oc_slice){"", 0};
}

/* A newspaper's name is short, and no reporter, office or menu. */
static bool is_press(const oc_document *document, oc_slice part)
{
    uint32_t others = OC_CUE_REPORTER | OC_CUE_AUTHOR | OC_CUE_AFFILIATION | OC_CUE_SERIES | OC_CUE_PUBLISHED |
                      OC_CUE_UPDATED | OC_CUE_MINUTES | OC_CUE_CATEGORY;
    oc_line_cues cues = oc_cues_line(document->reader->cues, document->lang, part);
    return (cues.any & OC_CUE_PRESS) && !(cues.any & others) && !(cues.whole & (OC_CUE_NAVIGATION | OC_CUE_PRESS)) &&
           oc_utf8_count(part) <= PRESS_CHARS;
}

static bool is_name(const oc_document *document, const oc_line *line, oc_slice part)
{
    oc_line name = *line;
    name.text = part;
    name.chars = (uint32_t)oc_utf8_count(part);
    return oc_line_is_name(document, &name) && !oc_cues_line(document->reader->cues, document->lang, part).any;
}

bool oc_line_is_attendance(const oc_document *document, const oc_line *line)
{
    return document->lang == OC_LANG_JA && oc_slice_ends(line->text, OC_SLICE("君"));
}

void oc_press_read(oc_document *document, size_t body)
{
    oc_metadata *metadata = &document->metadata;
    for (size_t i = 0; i < body && i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        bool head = line->region == OC_REGION_BYLINE || line->region == OC_REGION_NAVIGATION;
        if (!head || line->sentence || line->links > 50 || line->hint == OC_HINT_NAVIGATION ||
            oc_line_is_attendance(document, line))
            continue;
        /* "東亜新報 ソウル支局 桐谷修平" */
        size_t gap = document->lang == OC_LANG_EN ? SIZE_MAX : oc_slice_find(line->text, OC_SLICE(" "), 0);
        bool staff = gap != SIZE_MAX && (line->cues.any & OC_CUE_REPORTER) &&
                     is_press(document, oc_slice_sub(line->text, 0, gap));
        if (staff && !metadata->publisher.len) metadata->publisher = oc_slice_sub(line->text, 0, gap);
        size_t parts = 0;
        oc_slice writer = {"", 0};
        for (size_t at = 0; at < line->text.len;) {
            oc_slice part = oc_line_part(line->text, &at);
            if (!part.len) break;
            parts++;
            size_t label = oc_slice_find(part, OC_SLICE(" : "), 0); /* "매체 : 동해신문" */
            if (label != SIZE_MAX) part = oc_metadata_trim(oc_slice_from(part, label + 3));
            if (is_press(document, part)) {
                if (!metadata->publisher.len) metadata->publisher = part;
            } else if (!writer.len && is_name(document, line, part)) {
                writer = part;
            }
        }
        if (parts > 1 && writer.len && !metadata->author.len && line->region == OC_REGION_BYLINE &&
            !(line->cues.any & OC_CUE_AFFILIATION) && !oc_line_starts_heading(document, line->text)) /* １　日時 */
            metadata->author = writer;
    }
}
