/* Scores the date rules on a set of cases and fails below a rate.
 *
 *     score_dates MINIMUM FILE.tsv…            MINIMUM in percent, for each language of each file
 *     score_dates --read                       reads language TAB anchor TAB text, prints what opcon dates prints
 *
 * A case is language TAB anchor TAB text TAB start TAB end; start and end hold '|' between accepted readings, ';'
 * between several dates, '..' for an open end, '-' for no date; \n in the text is a line feed. Correct is the whole
 * interval, both ends. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "diag/render.h"
#include "reading/date.h"

static oc_slice cut(oc_slice *rest, char mark)
{
    const char *at = rest->len ? memchr(rest->ptr, mark, rest->len) : NULL;
    size_t length = at ? (size_t)(at - rest->ptr) : rest->len;
    oc_slice head = oc_slice_sub(*rest, 0, length);
    *rest = oc_slice_sub(*rest, length + (at != NULL), rest->len);
    return head;
}

static bool accepted(oc_slice starts, oc_slice ends, oc_slice start, oc_slice end)
{
    while (starts.len || ends.len) {
        oc_slice one_start = cut(&starts, '|'), one_end = cut(&ends, '|');
        if (oc_slice_equal(one_start, start) && oc_slice_equal(one_end, end)) return true;
    }
    return false;
}

typedef struct tally {
    int cases, right;
} tally;

static void score_line(const oc_lexicon *lexicon, oc_slice line, oc_arena *arena, tally tallies[OC_LANG_COUNT])
{
    oc_lang lang = oc_lang_parse(cut(&line, '\t'));
    oc_day anchor = oc_day_parse(cut(&line, '\t'), NULL);
    oc_slice text = oc_dates_unescape(cut(&line, '\t'), arena), starts = cut(&line, '\t'), ends = cut(&line, '\t');
    if (lang == OC_LANG_COUNT || !starts.len) return;
    oc_text out = oc_text_in(arena);
    oc_dates_line(lexicon, lang, text, anchor, arena, &out);
    oc_slice rest = oc_text_slice(&out), start = cut(&rest, '\t'), end = cut(&rest, '\t');
    bool right = accepted(starts, ends, start, end);
    tallies[lang].cases++;
    tallies[lang].right += right;
    if (!right)
        printf("# %s %.*s: expected %.*s %.*s, got %.*s %.*s\n", oc_lang_code(lang), OC_FMT(text), OC_FMT(starts),
               OC_FMT(ends), OC_FMT(start), OC_FMT(end));
}

static int score_file(const oc_lexicon *lexicon, const char *path, double minimum, int number)
{
    oc_arena arena;
    oc_slice text;
    tally tallies[OC_LANG_COUNT] = {{0, 0}};
    int failed = 0;
    oc_arena_init(&arena, NULL, 0);
    if (oc_file_read(&arena, path, (size_t)16 << 20, &text) != OC_OK) return perror(path), 1;
    while (text.len) {
        oc_slice line = cut(&text, '\n');
        if (line.len && line.ptr[0] != '#') score_line(lexicon, line, &arena, tallies);
    }
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        const tally *t = &tallies[lang];
        double rate = t->cases ? 100.0 * t->right / t->cases : 100.0;
        const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
        printf("%s %d - %s %s: %d of %d exact, %.1f %% (at least %.0f)\n", rate >= minimum ? "ok" : "not ok",
               number * OC_LANG_COUNT + lang + 1, name, oc_lang_code((oc_lang)lang), t->right, t->cases, rate, minimum);
        failed |= rate < minimum;
    }
    oc_arena_free(&arena);
    return failed;
}

static void read_lines(const oc_lexicon *lexicon)
{
    static char buffer[1 << 16];
    while (fgets(buffer, sizeof buffer, stdin)) {
        buffer[strcspn(buffer, "\n")] = '\0';
        oc_arena arena;
        oc_arena_init(&arena, NULL, 0);
        oc_slice line = oc_slice_of(buffer);
        oc_lang lang = oc_lang_parse(cut(&line, '\t'));
        oc_day anchor = oc_day_parse(cut(&line, '\t'), NULL);
        oc_text out = oc_text_in(&arena);
        oc_dates_line(lexicon, lang, oc_dates_unescape(cut(&line, '\t'), &arena), anchor, &arena, &out);
        puts(out.ptr);
        oc_arena_free(&arena);
    }
}

int main(int count, char **args)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_sources sources = {.arena = &arena};
    oc_diags diags = {.arena = &arena, .sources = &sources};
    oc_lexicon *lexicon = oc_lexicon_new(&arena);
    bool good = oc_lexicon_builtin(lexicon, &diags) == OC_OK && oc_lexicon_build(lexicon, &diags) == OC_OK;
    oc_text text = oc_text_in(&arena);
    oc_render_diags(&text, &diags, &(oc_diag_style){.format = OC_DIAG_GCC});
    fputs(text.ptr ? text.ptr : "", stderr);
    if (!good || count < 2) return 1;
    if (strcmp(args[1], "--read") == 0) return read_lines(lexicon), 0;
    int failed = 0;
    printf("1..%d\n", (count - 2) * OC_LANG_COUNT);
    for (int i = 2; i < count; i++) failed |= score_file(lexicon, args[i], atof(args[1]), i - 2);
    oc_arena_free(&arena);
    return failed;
}
