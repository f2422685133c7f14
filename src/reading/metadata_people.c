/* Who wrote it and where: bylines, reporters, biographies, institutions; see metadata_parts.h. */
#include "base/ascii.h"
#include "base/script.h"
#include "base/utf8.h"
#include "reading/metadata_parts.h"
#include "reading/region.h"
#include "reading/region_line.h"
#include "reading/sign.h"

enum {
    CITY_CHARS = 10,
    INSTITUTION_CHARS = 8,
    ASKED_MAX = 2000, /* running heads that are compared with notices; no document has as many pages */
};

/* "ソウル=大野 敬" */
static oc_slice without_city(oc_slice name)
{
    size_t length, mark = oc_sign_equals(name, 0, &length);
    bool city = mark != SIZE_MAX && oc_utf8_count(oc_slice_sub(name, 0, mark)) <= CITY_CHARS;
    return city ? oc_metadata_trim(oc_slice_from(name, mark + length)) : name;
}

/* "ソウル支局　三枝遥": behind the place of work; "서지훈 연구위원": before the rank, which is where he works. */
static oc_slice without_rank(oc_document *document, oc_slice name)
{
    if (document->lang == OC_LANG_EN) return name;
    size_t length, gap = oc_sign_blank(name, 0, &length);
    if (gap == SIZE_MAX) return name;
    oc_slice front = oc_slice_sub(name, 0, gap), behind = oc_metadata_trim(oc_slice_from(name, gap + length));
    if (oc_cues_line(document->reader->cues, document->lang, front).any & (OC_CUE_REPORTER | OC_CUE_PRESS))
        return behind;
    bool rank =
        oc_cues_line(document->reader->cues, document->lang, behind).whole & (OC_CUE_AFFILIATION | OC_CUE_REPORTER);
    return rank && oc_utf8_count(front) >= 2 ? front : name;
}

/* "Oh Ji-won 3 hours ago" */
static oc_slice without_age(oc_slice name)
{
    for (size_t i = 1; i < name.len; i++)
        if (oc_is_digit(name.ptr[i]) && name.ptr[i - 1] == ' ') return oc_metadata_trim(oc_slice_sub(name, 0, i));
    return name;
}

static void set_author(oc_document *document, oc_slice name)
{
    name = without_age(without_rank(document, without_city(oc_metadata_trim(name))));
    if (document->metadata.author.len || name.len < 2 || oc_utf8_count(name) > 60) return;
    if (oc_slice_find(name, OC_SLICE("://"), 0) != SIZE_MAX || memchr(name.ptr, '@', name.len)) return;
    document->metadata.author = name;
}

static void set_affiliation(oc_document *document, oc_slice text)
{
    text = oc_metadata_trim(text);
    oc_line_cues cues = oc_cues_line(document->reader->cues, document->lang, text);
    if ((cues.whole & OC_CUE_REPORTER) || (cues.start & (OC_CUE_PUBLISHED | OC_CUE_UPDATED))) return;
    if (document->metadata.affiliation.len || text.len < 3 || oc_utf8_count(text) > 90) return;
    document->metadata.affiliation = text;
}

static bool is_short_han(oc_slice word, bool korean)
{
    size_t chars = oc_utf8_count(word), at = 0;
    bool script = true;
    while (at < word.len) {
        uint32_t code = oc_utf8_next(word, &at);
        script &= korean ? oc_is_hangul(code) : (code >= 0x3041 && code < 0xa000);
    }
    return script && word.len && chars <= 4;
}

/* "防衛政策総合研究所 主任研究官 棚橋 律子": the place first, the name in the last word or, if both are short, two
 * words. */
static bool read_place_and_name(oc_document *document, oc_slice text)
{
    bool korean = document->lang == OC_LANG_KO;
    size_t words[2] = {SIZE_MAX, SIZE_MAX}; /* starts of the last and the last but one */
    for (size_t i = text.len; i-- > 0 && words[1] == SIZE_MAX;) {
        size_t gap = text.ptr[i] == ' ' ? 1 : i >= 2 && memcmp(text.ptr + i - 2, "\u3000", 3) == 0 ? 1 : 0;
        if (!gap) continue;
        if (words[0] == SIZE_MAX)
            words[0] = i + 1;
        else
            words[1] = i + 1;
    }
    if (words[0] == SIZE_MAX) return false;
    oc_slice last = oc_slice_sub(text, words[0], text.len);
    size_t start = words[0];
    if (words[1] != SIZE_MAX && !korean) {
        oc_slice before = oc_metadata_trim(oc_slice_sub(text, words[1], words[0]));
        if (oc_utf8_count(before) <= 3 && oc_utf8_count(last) <= 3 && is_short_han(before, false)) start = words[1];
    }
    oc_slice place = oc_metadata_trim(oc_slice_sub(text, 0, start));
    bool long_place = oc_utf8_count(place) >= (korean ? 6 : 5);
    uint32_t cues = oc_cues_line(document->reader->cues, document->lang, place).any;
    bool in_name = oc_cues_line(document->reader->cues, document->lang, oc_slice_sub(text, start, text.len)).any &
                   OC_CUE_AFFILIATION;
    size_t first = 0;
    while (first < place.len && place.ptr[first] != ' ' &&
           memcmp(place.ptr + first, "\u3000", place.len - first < 3 ? 0 : 3) != 0)
        first++;
    oc_slice front = oc_slice_sub(place, 0, first);
    bool place_first = oc_utf8_count(front) > 4 ||
                       (oc_cues_line(document->reader->cues, document->lang, front).any & OC_CUE_AFFILIATION);
    if (!(cues & OC_CUE_AFFILIATION) || in_name || !long_place || !place_first || !is_short_han(last, korean) ||
        oc_utf8_count(last) < 1)
        return false;
    set_affiliation(document, place);
    set_author(document, oc_slice_sub(text, start, text.len));
    return true;
}

/* "伊東一郎 安全保障研究所主任研究員": the first word is the name, or the first two if both are short; behind it the
 * place, which is kept. */
static oc_slice name_in_front(oc_document *document, oc_slice text)
{
    static const char *const gaps[] = {" ", "\u3000"};
    size_t length, next_length, gap = OC_FIND_ANY(text, 0, gaps, &length), end = gap;
    if (gap == SIZE_MAX || oc_utf8_count(text) <= 8) return text;
    if (oc_utf8_count(oc_slice_sub(text, 0, gap)) <= 2) {
        size_t next = OC_FIND_ANY(text, gap + length, gaps, &next_length);
        if (next != SIZE_MAX && oc_utf8_count(oc_slice_sub(text, gap + length, next)) <= 3) end = next;
    }
    set_affiliation(document, oc_slice_from(text, end));
    return oc_slice_sub(text, 0, end);
}

/* "NAME(affiliation)", "NAME, affiliation", "NAME affiliation". */
static void read_name_and_place(oc_document *document, oc_slice text)
{
    static const char *const stops[] = {"(",  "（",  "／",  "/",   "|", "｜", "、",
                                        ", ", " - ", " — ", " · ", "<", "[",  "【"};
    oc_stamp stamp;
    text = oc_metadata_trim(text);
    if (oc_stamp_find(text, 0, false, &stamp)) text = oc_metadata_trim(oc_slice_sub(text, 0, stamp.from));
    size_t len, at = OC_FIND_ANY(text, 0, stops, &len);
    oc_slice name = at == SIZE_MAX ? text : oc_slice_sub(text, 0, at);
    if (at != SIZE_MAX) {
        oc_slice rest = oc_slice_sub(text, at + len, text.len);
        size_t close_len,
            close = oc_slice_find_any(rest, 0, (const char *const[]){")", "）", "]", "】", "|", "｜"}, 6, &close_len);
        if (close != SIZE_MAX) rest = oc_slice_sub(rest, 0, close);
        if (!memchr(rest.ptr, '@', rest.len)) set_affiliation(document, rest);
    } else if (document->lang != OC_LANG_EN) {
        if (read_place_and_name(document, text)) return;
        name = name_in_front(document, name);
    }
    bool post = document->lang == OC_LANG_EN && at != SIZE_MAX &&
                (oc_cues_line(document->reader->cues, OC_LANG_EN, name).whole & OC_CUE_AFFILIATION);
    if (!post) set_author(document, name); /* "Senior Fellow, Halvorsen Center" names nobody */
}

/* 記者会見, 기자회견: no reporter. */
static bool meets_press(const oc_document *document, oc_slice behind)
{
    return oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_NO_ROLE, behind) > 0;
}

/* Where the first role in the text begins: 記者, ", Staff Writer". */
static size_t find_role(const oc_document *document, oc_slice text)
{
    const oc_cues *cues = document->reader->cues;
    size_t length, at = oc_cues_phrase(cues, document->lang, OC_PHRASE_ROLE, text, 0, &length);
    while (at != SIZE_MAX && meets_press(document, oc_slice_from(text, at + length)))
        at = oc_cues_phrase(cues, document->lang, OC_PHRASE_ROLE, text, at + length, &length);
    return at;
}

/* "東亜新報 ソウル支局 桐谷修平": behind the last word that tells where he works; "" if there is none. */
static oc_slice behind_bureau(const oc_document *document, oc_slice text)
{
    oc_slice name = {"", 0};
    for (size_t at = 0; at < text.len;) {
        size_t length = 1, end = oc_sign_blank(text, at, &length);
        oc_slice word = oc_slice_sub(text, at, end == SIZE_MAX ? text.len : end);
        at = end == SIZE_MAX ? text.len : end + length;
        if (oc_cues_line(document->reader->cues, document->lang, word).any & (OC_CUE_REPORTER | OC_CUE_PRESS))
            name = oc_slice_from(text, at);
    }
    return name;
}

/* The last of the words that is as long as most names are, begins with a surname and is no desk (정치부); "" if none
 * is. */
static oc_slice korean_name(const oc_document *document, oc_slice words)
{
    oc_slice found = {"", 0};
    for (size_t at = 0; at < words.len;) {
        size_t end = at;
        while (end < words.len && words.ptr[end] != ' ') end++;
        oc_slice word = oc_slice_sub(words, at, end);
        at = end + 1;
        bool name = oc_utf8_count(word) == 3 && is_short_han(word, true) && document->reader->lexicon &&
                    oc_phrase_begins(document->reader->lexicon, OC_LANG_KO, OC_PHRASE_SURNAME, word) &&
                    !oc_phrase_ends(document->reader->lexicon, OC_LANG_KO, OC_PHRASE_DESK, word);
        bool goes_on = name && found.len && found.ptr + found.len + 1 == word.ptr; /* 정하늘 김보라 */
        if (name) found = goes_on ? (oc_slice){found.ptr, found.len + 1 + word.len} : word;
    }
    return found;
}

/* The word before 記者 or 기자, the place before = taken off. */
/* Korean: "이로운·최바다": two reporters; not "정치부·최바다". */
static bool are_reporters(const oc_document *document, oc_slice head)
{
    const oc_lexicon *lexicon = document->reader->lexicon;
    if (document->lang != OC_LANG_KO || !lexicon || oc_slice_find(head, OC_SLICE("·"), 0) == SIZE_MAX ||
        oc_slice_find(head, OC_SLICE(" "), 0) != SIZE_MAX)
        return false;
    for (size_t at = 0; at < head.len;) {
        size_t end = oc_slice_find(head, OC_SLICE("·"), at);
        oc_slice part = oc_slice_sub(head, at, end == SIZE_MAX ? head.len : end);
        size_t chars = oc_utf8_count(part);
        if (chars < 2 || chars > 4 || oc_phrase_ends(lexicon, OC_LANG_KO, OC_PHRASE_DESK, part) ||
            !oc_phrase_begins(lexicon, OC_LANG_KO, OC_PHRASE_SURNAME, part))
            return false;
        at = end == SIZE_MAX ? head.len : end + strlen("·");
    }
    return true;
}

void oc_reporter_read(oc_document *document, oc_slice text)
{
    static const char *const fronts[] = {"=", "＝", "]", "】", ")", "）", "|", "·", "・", "/", ":"};
    enum { dot = 8 }; /* joins the halves of a foreign name in Japanese */
    size_t at = find_role(document, text);
    /* "ソウル支局長 水城怜子": the role stands before the name. */
    bool role = at != SIZE_MAX && document->lang == OC_LANG_JA;
    oc_slice behind = role ? behind_bureau(document, text) : (oc_slice){"", 0};
    if (behind.len && is_short_han(behind, false) && oc_utf8_count(behind) >= 2) {
        set_author(document, behind);
        return;
    }
    if (at == SIZE_MAX) {
        /* "ソウル=鄭元錫" */
        size_t mark_len, mark = oc_sign_equals(text, 0, &mark_len);
        if (mark != SIZE_MAX)
            set_author(document, oc_slice_sub(text, mark + mark_len, text.len));
        else if (document->lang == OC_LANG_JA)
            set_author(document, behind_bureau(document, text));
        return;
    }
    oc_slice head = oc_metadata_trim(oc_slice_sub(text, 0, at));
    if (are_reporters(document, head)) {
        set_author(document, head);
        return;
    }
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
        for (size_t front; (i != dot || document->lang != OC_LANG_JA) &&
                           (front = oc_slice_find(head, oc_slice_of(fronts[i]), 0)) != SIZE_MAX;)
            head = oc_slice_sub(head, front + strlen(fronts[i]), head.len);
    size_t length, label;
    while ((label = oc_cues_phrase(document->reader->cues, document->lang, OC_PHRASE_BEFORE_NAME, head, 0, &length)) !=
           SIZE_MAX)
        head = oc_slice_from(head, label + length);
    head = oc_metadata_trim(head);
    while (head.len && oc_is_digit(head.ptr[0]))
        head = oc_metadata_trim(oc_slice_sub(head, 1, head.len)); /* the rest of a time of day */
    size_t gap = SIZE_MAX;
    for (size_t i = 0; i < head.len; i++) gap = head.ptr[i] == ' ' ? i : gap;
    bool korean = document->lang == OC_LANG_KO;
    /* "연합뉴스 김철수": the last word, unless the two are a name in two parts; "조민서 군사전문기자", "홍지우 정치부
     * 기자". */
    oc_slice name = korean && gap != SIZE_MAX ? korean_name(document, head) : (oc_slice){"", 0};
    if (name.len)
        head = name;
    else if (korean && gap != SIZE_MAX && oc_utf8_count(oc_slice_sub(head, gap + 1, head.len)) >= 2)
        head = oc_slice_sub(head, gap + 1, head.len);
    if (oc_utf8_count(head) >= 2) set_author(document, head);
}

/* The cue at the start of the line is a label: a colon ends it. */
static bool is_label(const oc_line *line)
{
    size_t end = line->cues.start_end;
    oc_slice rest = oc_slice_trim(oc_slice_sub(line->text, end, line->text.len));
    return oc_slice_starts(rest, OC_SLICE(":")) || oc_slice_starts(rest, OC_SLICE("：")) ||
           (end && line->text.ptr[end - 1] == ':');
}

/* "Helen Marsh is a senior fellow at the institute." */
static void read_biography(oc_document *document)
{
    oc_slice author = document->metadata.author;
    for (size_t i = document->layout.lines.len; i-- > 0 && author.len;) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region != OC_REGION_BYLINE || !oc_slice_starts(line->text, author)) continue;
        oc_slice rest = oc_slice_trim(oc_slice_from(line->text, author.len));
        size_t link = oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_POST, rest);
        if (!link) continue;
        oc_slice place = oc_slice_trim(oc_slice_from(rest, link));
        set_affiliation(document, oc_slice_sub(place, 0, oc_slice_find(place, OC_SLICE(". "), 0)));
    }
}

/* "飯塚 舞 2026年2月27日 7時00分", "2026年2月27日 7時00分 飯塚舞" */
static void read_name_beside_date(oc_document *document, const oc_line *line)
{
    oc_stamp stamp;
    if (!oc_stamp_find(line->text, 0, false, &stamp)) return;
    oc_line name = *line;
    name.text = oc_metadata_trim(oc_slice_sub(line->text, 0, stamp.from));
    size_t gap = line->text.len;
    while (gap > stamp.to && line->text.ptr[gap - 1] != ' ') gap--;
    oc_line behind = *line;
    behind.text = gap > stamp.to ? oc_slice_sub(line->text, gap, line->text.len) : (oc_slice){"", 0};
    behind.chars = (uint32_t)oc_utf8_count(behind.text);
    bool office = line->cues.any & (OC_CUE_ISSUER | OC_CUE_PUBLISHED | OC_CUE_UPDATED);
    if (behind.text.len && !office && (!name.text.len || oc_line_is_name(document, &behind))) name.text = behind.text;
    name.chars = (uint32_t)oc_utf8_count(name.text);
    bool place = oc_cues_line(document->reader->cues, document->lang, name.text).any;
    bool row = name.text.len && memchr(name.text.ptr, ',', name.text.len); /* "Washington, Tuesday" */
    if (name.text.len && !place && !row && oc_line_is_name(document, &name)) set_author(document, name.text);
}

/* "윤가람 동해전략포럼 선임연구위원 | 등록일 2026.04.20": a part that tells who and where. */
static void read_placed_part(oc_document *document, const oc_line *line)
{
    if (!(line->cues.any & OC_CUE_AFFILIATION) || document->metadata.author.len) return;
    for (size_t at = 0; at < line->text.len;) {
        oc_slice part = oc_line_part(line->text, &at);
        oc_line_cues cues = oc_cues_line(document->reader->cues, document->lang, part);
        bool gap = part.len && memchr(part.ptr, ' ', part.len);
        if (gap && (cues.any & OC_CUE_AFFILIATION) && !(cues.any & (OC_CUE_PUBLISHED | OC_CUE_UPDATED))) {
            read_name_and_place(document, part);
            return;
        }
    }
}

/* 【ソウル＝黒田 悠】 on a line of its own. */
static bool is_bare_dateline(const oc_line *line)
{
    size_t length;
    return oc_line_is_byline(line) && !(line->cues.any & OC_CUE_AUTHOR) && oc_slice_begins(line->text, "【") &&
           oc_sign_equals(line->text, 0, &length) != SIZE_MAX;
}

/* "Anita Rao in Seoul" */
static void read_placed_reporter(oc_document *document, const oc_line *line)
{
    size_t in = oc_slice_find(line->text, OC_SLICE(" in "), 0);
    if (in == SIZE_MAX || line->sentence) return;
    oc_line name = *line;
    name.text = oc_slice_sub(line->text, 0, in);
    name.chars = (uint32_t)in;
    if (oc_line_is_name(document, &name)) set_author(document, name.text);
}

/* "太平洋政策情報センター": one long word, and no person. */
static bool is_bare_institution(const oc_document *document, const oc_line *line)
{
    static const char *const gaps[] = {" ", "\u3000", "(", "（", "、", "・", "/"};
    size_t length;
    return document->lang != OC_LANG_EN && line->chars >= INSTITUTION_CHARS &&
           OC_FIND_ANY(line->text, 0, gaps, &length) == SIZE_MAX;
}

/* "한반도정책연구소 이슈브리프 제17호": a series with its number, no person at a place. */
static bool is_issue(const oc_document *document, const oc_line *line)
{
    size_t at;
    return line->cues.any & OC_CUE_SERIES && oc_series_number(document, line->text, &at).len > 0;
}

/* In letters of either case: "STRAIT WATCH". */
static bool is_same_name(oc_slice a, oc_slice b)
{
    size_t same = 0;
    while (same < a.len && same < b.len && (a.ptr[same] | 32) == (b.ptr[same] | 32)) same++;
    return same == a.len && same == b.len;
}

/* Whom the head of the file names as author, if a byline names him too. */
static void read_stated_author(oc_document *document)
{
    oc_slice stated = document->layout.stated.author;
    for (size_t i = 0; i < document->layout.lines.len && stated.len >= 6; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region != OC_REGION_BYLINE || oc_slice_find(line->text, stated, 0) == SIZE_MAX) continue;
        set_author(document, stated);
        return;
    }
}

/* A byline, or a caption that names its author; not who attends a meeting. */
static bool may_name_author(const oc_document *document, const oc_line *line)
{
    bool signs =
        line->region == OC_REGION_BYLINE || (line->region == OC_REGION_CAPTION && (line->cues.any & OC_CUE_AUTHOR));
    size_t length; /* 1969年生まれ。ソウル特派員を経て…: his career, not his name */
    bool career = line->sentence && oc_cues_phrase(document->reader->cues, document->lang, OC_PHRASE_BORN, line->text,
                                                   0, &length) != SIZE_MAX;
    return signs && !career && !oc_line_is_attendance(document, line);
}

/* Lines that say what they tell: "By …", "所属：…", "… 記者". */
static void read_cued_line(oc_document *document, const oc_line *line)
{
    if (line->cues.start & OC_CUE_AUTHOR)
        read_name_and_place(document, oc_slice_from(line->text, line->cues.start_end));
    else if ((line->cues.start & OC_CUE_AFFILIATION) && is_label(line))
        set_affiliation(document, oc_slice_from(line->text, line->cues.start_end));
    else if ((line->cues.any & OC_CUE_REPORTER) || is_bare_dateline(line))
        oc_reporter_read(document, line->text);
    else if (document->lang == OC_LANG_EN)
        read_placed_reporter(document, line);
}

/* English: "Agnes Lindqvist, Nordlund Institute" */
static bool is_name_and_office(const oc_document *document, oc_slice text)
{
    size_t length, comma = document->lang == OC_LANG_EN ? oc_slice_find(text, OC_SLICE(", "), 0) : SIZE_MAX;
    if (comma == SIZE_MAX || oc_slice_find(text, OC_SLICE(", "), comma + 2) != SIZE_MAX) return false;
    if (oc_cues_line(document->reader->cues, OC_LANG_EN, oc_slice_sub(text, 0, comma)).any & OC_CUE_AFFILIATION)
        return false; /* "Senior Fellow, Harbor Institute" */
    return oc_cues_phrase(document->reader->cues, OC_LANG_EN, OC_PHRASE_OFFICE, oc_slice_from(text, comma + 2), 0,
                          &length) != SIZE_MAX;
}

/* Lines that only look like a name or a place of work. Those `far` below the head need a cue. */
static void read_bare_line(oc_document *document, const oc_line *line, bool far)
{
    const uint32_t labels =
        OC_CUE_PUBLISHED | OC_CUE_UPDATED | OC_CUE_PUBLISHER | OC_CUE_CATEGORY | OC_CUE_MINUTES | OC_CUE_AUTHOR;
    if (line->mark == OC_LINE_ITEM || oc_line_starts_heading(document, line->text)) return; /* １　日時 */
    bool date = oc_line_is_date(line);
    if (date) read_name_beside_date(document, line);
    if (date && document->lang != OC_LANG_EN) read_placed_part(document, line);
    if (date || (line->cues.start & labels)) return;
    bool name = oc_line_is_name(document, line), place = line->cues.any & OC_CUE_AFFILIATION;
    if (far && !(line->cues.any & (OC_CUE_AFFILIATION | OC_CUE_AUTHOR)) && !name) return;
    if (((line->cues.any & OC_CUE_ISSUER) && !place) || is_issue(document, line)) return;
    oc_slice author = document->metadata.author;
    if (author.len && oc_slice_starts(line->text, author) && line->sentence) return; /* left to read_biography */
    bool both = name && !author.len && is_name_and_office(document, line->text);
    if (name && !both && !(place && document->metadata.author.len))
        set_author(document, line->text);
    else if (place && !both && document->metadata.author.len)
        set_affiliation(document, line->text);
    else if (both || (place && !is_bare_institution(document, line)))
        read_name_and_place(document, line->text);
}

void oc_people_read(oc_document *document, size_t body)
{
    const oc_layout *layout = &document->layout;
    read_stated_author(document);
    for (size_t i = 0; i < layout->lines.len; i++)
        if (may_name_author(document, &layout->lines.at[i])) read_cued_line(document, &layout->lines.at[i]);
    for (size_t i = 0; i < layout->lines.len; i++)
        if (may_name_author(document, &layout->lines.at[i]))
            read_bare_line(document, &layout->lines.at[i], i > body + 2);
    read_biography(document);
    const oc_stated *stated = &document->layout.stated;
    if (stated->author.len) set_author(document, stated->author);
    /* A team that signs as the site itself is the publisher, not the author. */
    if (is_same_name(document->metadata.author, document->metadata.publisher))
        document->metadata.author = (oc_slice){"", 0};
}

static oc_notices notices_of(const oc_document *document)
{
    oc_notices notices = {.count = 0};
    for (size_t i = 0; i < document->layout.lines.len && notices.count < OC_NOTICES_MAX; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region == OC_REGION_NOTICE) oc_notices_add(&notices, line);
    }
    return notices;
}

/* "한울안보연구원 ｜ 이슈브리프 2026-14호" */
static bool runs_on_pages(const oc_document *document, oc_slice name)
{
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region == OC_REGION_PAGE && oc_slice_find(line->text, name, 0) != SIZE_MAX) return true;
    }
    return false;
}

/* An institution that signs itself, or whose name runs on the pages and speaks in a notice. */
static void read_signing_institution(oc_document *document, const oc_notices *notices)
{
    size_t asked = 0;
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        oc_slice name = line->text;
        while (name.len && (oc_is_digit(name.ptr[name.len - 1]) || name.ptr[name.len - 1] == ' ')) name.len--;
        bool runs = line->region == OC_REGION_PAGE && name.len >= 8 && name.len < line->text.len &&
                    asked++ < ASKED_MAX && oc_notices_name(notices, line, name);
        bool signs = line->region == OC_REGION_BYLINE && !document->metadata.author.len &&
                     (line->cues.any & OC_CUE_AFFILIATION) && !(line->cues.start & OC_CUE_AUTHOR) &&
                     !oc_line_is_date(line);
        if (!runs && !signs) continue;
        document->metadata.publisher = runs ? name : oc_metadata_trim(line->text);
        return;
    }
}

/* "국방부 Ministry of National Defense": the name in its own script. */
static oc_slice without_translation(oc_slice name)
{
    for (size_t i = 1; i + 1 < name.len && (unsigned char)name.ptr[0] >= 0x80; i++)
        if (name.ptr[i] == ' ' && oc_is_upper(name.ptr[i + 1])) return oc_slice_sub(name, 0, i);
    return name;
}

/* "国防部 │ 2026. 9. 17. 配布", "韓国国防省" alone: the office that issues it. */
static bool read_issuer(oc_document *document)
{
    static const char *const ends[] = {"│", "|", "｜", "(", "（", "  ", "\u3000"};
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region != OC_REGION_BYLINE || !(line->cues.any & OC_CUE_ISSUER)) continue;
        if (line->cues.any & (OC_CUE_CONTACT | OC_CUE_AUTHOR | OC_CUE_REPORTER | OC_CUE_AFFILIATION)) continue;
        oc_slice name = line->text;
        oc_stamp stamp;
        if (oc_stamp_find(name, 0, false, &stamp)) {
            oc_slice before = oc_metadata_trim(oc_slice_sub(name, 0, stamp.from));
            /* -Wanalyzer-use-of-uninitialized-value: what is returned is set in full */
            name = before.len ? before : oc_metadata_trim(oc_slice_from(name, stamp.to));
        }
        size_t len;
        name = oc_slice_sub(name, 0, OC_FIND_ANY(name, 0, ends, &len));
        name = oc_slice_sub(name, 0,
                            oc_cues_phrase(document->reader->cues, document->lang, OC_PHRASE_ISSUED, name, 0, &len));
        name = without_translation(oc_metadata_trim(name));
        if (!name.len || oc_utf8_count(name) > 50 ||
            !(oc_cues_line(document->reader->cues, document->lang, name).any & OC_CUE_ISSUER))
            continue;
        document->metadata.publisher = name;
        return true;
    }
    return false;
}

/* The name of an institution in where somebody works: "senior fellow at the Harbor Institute", "研究所 主任研究員". */
static oc_slice institution_of(const oc_document *document, oc_slice place)
{
    size_t end = 0, length;
    while (document->lang != OC_LANG_EN && end < place.len && place.ptr[end] != ' ' && place.ptr[end] != ',') end++;
    if (document->lang != OC_LANG_EN) return oc_slice_sub(place, 0, end);
    size_t at = oc_cues_phrase(document->reader->cues, OC_LANG_EN, OC_PHRASE_WORKS_AT, place, 0, &length);
    return at == SIZE_MAX ? place : oc_slice_trim(oc_slice_from(place, at + length));
}

/* "Pacific Policy Forum Working Paper": what stands before the kind of series, if a notice repeats it. */
static oc_slice institution_of_series(const oc_document *document, const oc_notices *notices)
{
    oc_slice series = document->metadata.series;
    for (size_t at = series.len; at-- > 8;)
        if (series.ptr[at] == ' ' && oc_notices_name(notices, NULL, oc_slice_sub(series, 0, at)))
            return oc_slice_sub(series, 0, at);
    return (oc_slice){"", 0};
}

/* The institution of the author or of the series, if a notice speaks in its name
 * ("…は、研究所を代表するものではありません"), and that of the author of an issue of a series. */
void oc_institution_read(oc_document *document)
{
    oc_metadata *metadata = &document->metadata;
    if (metadata->publisher.len || (!metadata->author.len && read_issuer(document))) return;
    oc_notices notices = notices_of(document);
    oc_slice series = institution_of_series(document, &notices), name = institution_of(document, metadata->affiliation);
    if (series.len) {
        metadata->publisher = series;
    } else if (!metadata->affiliation.len) {
        read_signing_institution(document, &notices);
    } else if (oc_utf8_count(name) >= 4) {
        bool whole = name.len == metadata->affiliation.len && !memchr(name.ptr, ',', name.len);
        bool signs = document->lang == OC_LANG_EN ? whole : runs_on_pages(document, name);
        bool issue = metadata->series_number.len && signs;
        if (issue || oc_notices_name(&notices, NULL, name)) metadata->publisher = name;
    }
}
