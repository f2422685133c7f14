/* Turns of an interview; see turn.h.
 *
 * Each line is told by what it opens with: a label (Q., 問, ■질문), a dash, another sign, marks around all of it, a
 * name with a colon; or by being bold. The opening of the questions is the one whose lines mostly ask and mostly have a
 * line of another kind behind them; what most of these open with is the opening of the answers, or they have none.
 *
 * Worked example: "-어디까지 왔나.", "▲평가는 끝났다.", "-그다음은?", "▲승인이 남았다.": two lines with a dash, both
 * ask (나, ?), both are followed by ▲: a dash is a question here, ▲ its answer. Signs that also stand before headings
 * (■, ◇) and bold lines are questions only with such an answer, or if the lines before them speak of an interview. */
#include "reading/turn.h"

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    NAME_BYTES = 44,
    LABEL_BYTES = 24,
    MARK_BYTES_MAX = 60,
    QUESTION_CHARS = 240, /* of a bold line */
    PLAIN_CHARS = 200,    /* of a line that only asks */
    PLAIN_LEAST = 3,
    PLAIN_LINES = 5, /* from one to the next, at most on average */
};

enum {
    OPENS_PLAIN,
    OPENS_QUESTION,
    OPENS_ANSWER,
    OPENS_SPEECH,
    OPENS_BOLD,
    OPENS_NAME,
    OPENS_DASH,
    OPENS_LONG_DASH,
    OPENS_SIGN
};

static const char *const signs[] = {"▲", "△", "▶", "▷", "►", "◆", "◇",  "■", "□", "●", "○", "◎",
                                    "▼", "▽", "★", "☆", "※", "·", "・", "•", "◾", "▪", "→", "➡"};
static const char *const dashes[] = {"-", "–", "－", "‐", "−"};
static const char *const long_dashes[] = {"―", "—", "─", "━", "⸺"};

enum { OPENINGS = OPENS_SIGN + sizeof signs / sizeof *signs };

typedef struct opening {
    uint8_t kind, bytes; /* bytes: what is no word of the line */
} opening;

typedef struct finder {
    oc_document *document;
    opening *openings; /* of each line */
    size_t count;
} finder;

/* What one kind of opening amounts to if its lines are questions. */
typedef struct tally {
    uint8_t question, answer;
    bool announced; /* as an interview: else it is a record, whose labels stay as those with names do */
    size_t questions, asking, answered;
    size_t first, last; /* line of a question */
    size_t answers[OPENINGS];
} tally;

static size_t blanks_at(oc_slice text, size_t at)
{
    size_t start = at;
    for (;;) {
        oc_slice rest = oc_slice_from(text, at);
        size_t length = oc_slice_begins(rest, " ") ? 1 : oc_slice_begins(rest, "\u3000") ? 3 : 0;
        if (!length) return at - start;
        at += length;
    }
}

/* The bytes of a mark with the blanks behind it, if they are few. */
static uint8_t with_blanks(oc_slice text, size_t bytes)
{
    size_t blanks = blanks_at(text, bytes);
    return (uint8_t)(bytes + (blanks <= MARK_BYTES_MAX ? blanks : 0));
}

static size_t begins_any(oc_slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (oc_slice_begins(text, words[i])) return strlen(words[i]);
    return 0;
}
#define BEGINS_ANY(text, words) begins_any(text, words, sizeof(words) / sizeof *(words))

static size_t digits_at(oc_slice text, size_t at)
{
    size_t start = at;
    while (at < text.len) {
        bool wide = oc_slice_begins(oc_slice_from(text, at), "\xef\xbc") && at + 2 < text.len &&
                    (unsigned char)text.ptr[at + 2] >= 0x90 && (unsigned char)text.ptr[at + 2] <= 0x99;
        if (!wide && !(text.ptr[at] >= '0' && text.ptr[at] <= '9')) break;
        at += wide ? 3 : 1;
    }
    return at - start;
}

/* "Q.", "Ｑ1：", "問　", "＝質問＝", "【答】", "문 ": its bytes and kind; 0 if there is none. */
static size_t label_of(const oc_document *document, oc_slice text, uint8_t *ret_kind)
{
    static const char *const opens[] = {"■", "◆",  "●", "▶",  "<", "〈", "【", "［",
                                        "[", "（", "(", "＝", "=", "＜", "≪"};
    static const char *const ends[] = {">",  "〉", "】", "］", "]", "）", ")", "＝", "=",
                                       "＞", "≫",  ".",  "．", ":", "：", "·", "、"};
    const oc_cues *cues = document->reader->cues;
    size_t open = BEGINS_ANY(text, opens);
    oc_slice rest = oc_slice_from(text, open);
    size_t letters = 0; /* Q1: the letters alone */
    while (letters < rest.len && oc_is_alpha(rest.ptr[letters])) letters++;
    oc_slice word = letters ? oc_slice_sub(rest, 0, letters) : rest;
    size_t question = oc_cues_phrase_begins(cues, document->lang, OC_PHRASE_QUESTION_LABEL, word);
    size_t length = question ? question : oc_cues_phrase_begins(cues, document->lang, OC_PHRASE_ANSWER_LABEL, word);
    if (!length) return 0;
    *ret_kind = question ? OPENS_QUESTION : OPENS_ANSWER;
    size_t at = length, digits = digits_at(rest, at), end = 0, step;
    at += digits;
    while ((step = BEGINS_ANY(oc_slice_from(rest, at), ends)) > 0) at += step, end += step;
    size_t blanks = blanks_at(rest, at);
    bool letter = (unsigned char)rest.ptr[0] < 0x80; /* "A senior official" */
    bool alone = at == rest.len;
    return end || (digits && blanks) || (blanks && !letter) || alone ? open + at + blanks : 0;
}

/* 「…」, “…”: one pair around all of it. */
static bool is_speech(oc_slice text)
{
    static const char *const pairs[][2] = {{"「", "」"}, {"“", "”"}, {"『", "』"}};
    size_t signature = oc_slice_ends_with(text, "）") ? oc_slice_find(text, OC_SLICE("」（"), 0) : SIZE_MAX;
    if (signature != SIZE_MAX) text = oc_slice_sub(text, 0, signature + strlen("」")); /* 「…」（聞き手・南雲佳代） */
    if (text.len > 2 && text.ptr[0] == '"') return memchr(text.ptr + 1, '"', text.len - 1) == text.ptr + text.len - 1;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (!oc_slice_begins(text, pairs[i][0]) || !oc_slice_ends_with(text, pairs[i][1])) continue;
        int depth = 0;
        for (size_t at = 0; at < text.len; at++) {
            oc_slice rest = oc_slice_from(text, at);
            depth += oc_slice_begins(rest, pairs[i][0]) - oc_slice_begins(rest, pairs[i][1]);
            if (!depth && at + strlen(pairs[i][1]) < text.len && at) return false;
        }
        return true;
    }
    return false;
}

/* "Baek: …", "장관: …", "大臣　…": the name, "" if none begins the line. */
static oc_slice name_of(oc_slice text, oc_lang lang)
{
    static const char *const others[] = {"。", "、", "「", "\"", "“", "(", "（"};
    oc_slice head = oc_slice_sub(text, 0, NAME_BYTES);
    size_t length, at = OC_FIND_ANY(head, 0, ((const char *const[]){":", "："}), &length);
    size_t gap = lang == OC_LANG_JA ? oc_slice_find(head, OC_SLICE("\u3000"), 0) : SIZE_MAX;
    if (gap < at && gap && gap <= LABEL_BYTES) at = gap;
    if (at == SIZE_MAX || !at) return (oc_slice){"", 0};
    oc_slice name = oc_slice_sub(text, 0, at);
    size_t blanks = 0;
    for (size_t i = 0; i < name.len; i++) blanks += name.ptr[i] == ' ';
    return blanks <= 3 && OC_FIND_ANY(name, 0, others, &length) == SIZE_MAX ? name : (oc_slice){"", 0};
}

static bool has_name(oc_slice text, oc_lang lang)
{
    return name_of(text, lang).len > 0;
}

static opening sign_of(const oc_line *line)
{
    size_t length = BEGINS_ANY(line->text, long_dashes), at = 0;
    if (length) return (opening){OPENS_LONG_DASH, 0};
    for (size_t step; (step = BEGINS_ANY(oc_slice_from(line->text, at), dashes)) > 0 && at < MARK_BYTES_MAX;)
        at += step;
    if (at) return (opening){OPENS_DASH, with_blanks(line->text, at)};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!oc_slice_begins(line->text, signs[i])) continue;
        return (opening){(uint8_t)(OPENS_SIGN + i), with_blanks(line->text, strlen(signs[i]))};
    }
    return (opening){OPENS_PLAIN, 0};
}

static opening opening_of(const oc_document *document, const oc_line *line)
{
    uint8_t kind = OPENS_PLAIN;
    size_t label = line->text.len ? label_of(document, line->text, &kind) : 0;
    if (line->mark == OC_LINE_HEADING) kind = OPENS_BOLD;
    if (label && label <= MARK_BYTES_MAX) return (opening){kind, (uint8_t)label};
    if (line->mark == OC_LINE_ITEM) return (opening){OPENS_DASH, 0};
    opening sign = line->text.len && (unsigned char)line->text.ptr[0] < 0xe3 ? sign_of(line) : (opening){0};
    if (!sign.kind && oc_slice_begins(line->text, "－")) sign = sign_of(line);
    if (sign.kind) return sign;
    if ((line->bold || line->mark == OC_LINE_HEADING) && line->chars <= QUESTION_CHARS) return (opening){OPENS_BOLD, 0};
    return (opening){is_speech(line->text) ? OPENS_SPEECH : OPENS_PLAIN, 0};
}

static bool is_text(const finder *f, size_t i)
{
    const oc_line *line = &f->document->layout.lines.at[i];
    return line->region == OC_REGION_BODY && line->mark != OC_LINE_ROW && line->mark != OC_LINE_CODE;
}

static size_t next_text(const finder *f, size_t i)
{
    do i++;
    while (i < f->count && !is_text(f, i));
    return i;
}

/* The last line of what begins with line i and is broken at a width. */
static size_t last_broken(const finder *f, size_t i)
{
    const oc_line *lines = f->document->layout.lines.at;
    bool html = f->document->format == OC_FORMAT_HTML;
    while (!html && i + 1 < f->count && !lines[i].sentence && !lines[i + 1].gap && is_text(f, i + 1) &&
           f->openings[i + 1].kind == OPENS_PLAIN && !has_name(lines[i + 1].text, f->document->lang))
        i++;
    return i;
}

/* Ends like a question: "?", …ですか。, …나., …은. */
static bool asks(const oc_document *document, const oc_line *line)
{
    static const char *const closes[] = {")", "）", "\"", "”", "」", "*", "＝", "=", " "};
    static const char *const stops[] = {".", "。", "…", "―", "—"};
    oc_slice text = OC_SIGNS_TRIM(line->text, closes);
    if (oc_sign_asks(text)) return true;
    text = OC_SIGNS_TRIM(text, stops);
    const oc_lexicon *lexicon = document->reader->lexicon;
    return lexicon && oc_phrase_ends(lexicon, document->lang, OC_PHRASE_ASKING_END, text) > 0;
}

static uint8_t kind_of_answer(const finder *f, size_t i)
{
    uint8_t kind = f->openings[i].kind;
    const oc_line *line = &f->document->layout.lines.at[i];
    return kind == OPENS_PLAIN && has_name(line->text, f->document->lang) ? OPENS_NAME : kind;
}

/* The title or a line before the first question speaks of an interview. */
static bool is_announced(const finder *f, size_t first)
{
    const oc_document *document = f->document;
    size_t length;
    for (size_t i = 0; i < first; i++)
        if (oc_cues_phrase(document->reader->cues, document->lang, OC_PHRASE_INTERVIEW,
                           document->layout.lines.at[i].text, 0, &length) != SIZE_MAX)
            return true;
    return oc_cues_phrase(document->reader->cues, document->lang, OC_PHRASE_INTERVIEW, document->layout.stated.title, 0,
                          &length) != SIZE_MAX;
}

static tally tally_of(const finder *f, uint8_t kind)
{
    tally t = {.question = kind};
    for (size_t i = 0; i < f->count; i++) {
        if (!is_text(f, i) || f->openings[i].kind != kind) continue;
        size_t start = i;
        i = last_broken(f, i);
        bool asking = asks(f->document, &f->document->layout.lines.at[i]);
        if (!t.questions && !asking && kind != OPENS_QUESTION) continue; /* a list above */
        if (!t.questions++) t.first = start;
        if (asking || kind != OPENS_BOLD) t.last = start;
        t.asking += asking;
        size_t next = next_text(f, i);
        if (next >= f->count || f->openings[next].kind == kind) continue;
        t.answered++;
        t.answers[kind_of_answer(f, next)]++;
    }
    t.announced = is_announced(f, t.first);
    for (unsigned i = OPENS_PLAIN + 1; i < OPENINGS; i++)
        if (i != OPENS_BOLD && t.answers[i] > t.answers[t.answer]) t.answer = (uint8_t)i;
    if (t.answers[t.answer] * 2 < t.answered || t.answers[OPENS_PLAIN] > t.answers[t.answer]) t.answer = OPENS_PLAIN;
    return t;
}

static bool is_interview(const tally *t)
{
    bool answers = t->answer != OPENS_PLAIN;
    if (t->question == OPENS_QUESTION)
        return t->questions && (t->answer == OPENS_ANSWER || (t->questions > 1 && t->asking * 2 >= t->questions));
    if (t->question == OPENS_ANSWER || t->question == OPENS_SPEECH) return false;
    if (t->questions < 2 || t->asking < 2 || t->asking * 2 < t->questions || t->answered * 4 < t->questions * 3)
        return false;
    if (t->question == OPENS_DASH || t->question == OPENS_LONG_DASH) return true;
    if (t->question == OPENS_BOLD && t->asking * 3 < t->questions * 2) return false;
    return answers || t->announced;
}

static void give(oc_line *line, oc_turn turn, bool starts, size_t bytes)
{
    line->turn = (uint8_t)turn;
    line->turn_starts = starts;
    line->turn_mark = (uint8_t)bytes;
    if (starts && line->mark != OC_LINE_PLAIN) line->mark = OC_LINE_PLAIN, line->level = 0;
}

/* Bytes of line i that are no words of the turn it begins. */
static size_t mark_of(const finder *f, const tally *t, size_t i)
{
    uint8_t kind = f->openings[i].kind;
    return t->announced || (kind != OPENS_QUESTION && kind != OPENS_ANSWER) ? f->openings[i].bytes : 0;
}

/* Lines behind a question up to the next one. */
typedef struct segment {
    bool open, seen;
    size_t paragraphs, longest; /* longest: of those before */
} segment;

/* Answers that open with a mark. */
static void give_marked(const finder *f, const tally *t, size_t i, segment *s)
{
    oc_line *line = &f->document->layout.lines.at[i];
    bool last = i > t->last, spoken = t->answer == OPENS_SPEECH, named = t->answer == OPENS_NAME;
    if (kind_of_answer(f, i) == t->answer) {
        give(line, named ? OC_TURN_NAMED : OC_TURN_ANSWER, true, mark_of(f, t, i));
        s->seen = true;
    } else if (s->seen && !named && !spoken && line->mark == OC_LINE_PLAIN && (!last || !line->gap)) {
        const oc_line *before = &line[-1];
        bool blocks = f->document->layout.lines.at[t->first].gap && f->document->format != OC_FORMAT_HTML;
        if (last && (line->gap || !before->turn || (before->sentence && !blocks)))
            s->open = false;
        else
            give(line, OC_TURN_ANSWER, false, 0);
    } else if (last) {
        s->open = false;
    }
}

/* Answers without a mark: all up to the next question, and of the last one as much as of the longest before. */
static void give_plain(const finder *f, const tally *t, size_t i, segment *s)
{
    oc_line *line = &f->document->layout.lines.at[i];
    bool last = i > t->last;
    if (line->mark == OC_LINE_HEADING || (last && s->paragraphs && s->paragraphs >= s->longest)) {
        s->open = false;
        return;
    }
    bool spoken = f->openings[i].kind == OPENS_SPEECH;
    give(line, OC_TURN_ANSWER, !s->seen || spoken, 0);
    s->seen = true;
    s->paragraphs += line->sentence || spoken;
    if (!last && s->paragraphs > s->longest) s->longest = s->paragraphs;
}

static void give_turns(const finder *f, const tally *t)
{
    segment s = {.longest = 1};
    for (size_t i = t->first; i < f->count; i++) {
        if (!is_text(f, i)) continue;
        if (f->openings[i].kind == t->question && i <= t->last) {
            size_t end = last_broken(f, i);
            give(&f->document->layout.lines.at[i], OC_TURN_QUESTION, true, mark_of(f, t, i));
            while (i < end) give(&f->document->layout.lines.at[++i], OC_TURN_QUESTION, false, 0);
            s = (segment){.open = true, .longest = s.longest};
        } else if (s.open) {
            (t->answer ? give_marked : give_plain)(f, t, i, &s);
        }
    }
    f->document->layout.turns = true;
    f->document->layout.interview = t->announced;
}

/* "SM" for "Strait Monitor" */
static bool are_initials(oc_slice letters, oc_slice name)
{
    size_t count = 0;
    for (size_t i = 0; i < name.len; i++) {
        if ((i && name.ptr[i - 1] != ' ') || !oc_is_upper(name.ptr[i])) continue;
        if (count == letters.len || letters.ptr[count++] != name.ptr[i]) return false;
    }
    return count > 1 && count == letters.len;
}

/* "기자: …", "강태훈: …": of two names or more the first one that asks has the questions. Only where the text is
 * announced as an interview; elsewhere it is a record. */
static void name_turns(finder *f)
{
    const oc_lang lang = f->document->lang;
    oc_slice asker = {"", 0};
    for (size_t i = 0; i < f->count; i++) {
        const oc_line *line = &f->document->layout.lines.at[i];
        oc_slice name = is_text(f, i) && !f->openings[i].kind ? name_of(line->text, lang) : (oc_slice){"", 0};
        if (!name.len || (!asker.len && !asks(f->document, &f->document->layout.lines.at[last_broken(f, i)]))) continue;
        if (!asker.len && !is_announced(f, i)) return;
        if (!asker.len) asker = name;
        if (oc_slice_equal(name, asker) || are_initials(name, asker)) f->openings[i] = (opening){OPENS_QUESTION, 0};
    }
}

/* English: lines that only ask, with nothing before them that says so, between paragraphs that answer; only where the
 * text is announced as an interview. */
static bool find_plain_questions(finder *f)
{
    size_t first = SIZE_MAX, last = 0, questions = 0;
    for (size_t i = 1; i < f->count; i++) {
        const oc_line *line = &f->document->layout.lines.at[i];
        bool asking = is_text(f, i) && !f->openings[i].kind && line->chars <= PLAIN_CHARS && line->text.len &&
                      oc_slice_ends_with(line->text, "?") && !memchr(line->text.ptr, '"', line->text.len);
        if (!asking) continue;
        if (first == SIZE_MAX && !is_announced(f, i)) return false;
        size_t next = next_text(f, i);
        if (next >= f->count || f->openings[next].kind ||
            oc_slice_ends_with(f->document->layout.lines.at[next].text, "?"))
            continue;
        if (first == SIZE_MAX) first = i;
        last = i;
        questions++;
        f->openings[i] = (opening){OPENS_QUESTION, 0};
    }
    return questions >= PLAIN_LEAST && last - first <= PLAIN_LINES * questions;
}

void oc_turns_find(oc_arena *arena, oc_document *document)
{
    finder f = {document, NULL, document->layout.lines.len};
    size_t counts[OPENINGS] = {0};
    f.openings = OC_NEW_ARRAY(arena, f.count, opening);
    for (size_t i = 0; i < f.count; i++) {
        if (!is_text(&f, i)) continue;
        f.openings[i] = opening_of(document, &document->layout.lines.at[i]);
        counts[f.openings[i].kind]++;
    }
    static const uint8_t others[] = {OPENS_QUESTION, OPENS_DASH, OPENS_LONG_DASH};
    tally t;
    for (size_t i = 0; i < sizeof others + OPENINGS; i++) {
        uint8_t kind = i < sizeof others ? others[i] : (uint8_t)(i - sizeof others);
        if (kind == OPENS_PLAIN || kind == OPENS_NAME || counts[kind] < 1 + (kind != OPENS_QUESTION)) continue;
        t = tally_of(&f, kind);
        if (!is_interview(&t)) continue;
        give_turns(&f, &t);
        return;
    }
    if (counts[OPENS_QUESTION]) return;
    name_turns(&f);
    t = tally_of(&f, OPENS_QUESTION);
    if (t.questions > 1 && t.answer == OPENS_NAME && is_interview(&t)) {
        give_turns(&f, &t);
        return;
    }
    if (t.questions || document->lang != OC_LANG_EN || !find_plain_questions(&f)) return;
    t = tally_of(&f, OPENS_QUESTION);
    t.answer = OPENS_PLAIN;
    give_turns(&f, &t);
}
