/* opcon dates: the days that expressions of time name, one line in, one line out. */
#include <errno.h>

#include "base/file.h"
#include "cli/command.h"
#include "reading/date.h"

#define INPUT_LIMIT ((size_t)512 << 20)
#define SCRATCH_LIMIT ((size_t)64 << 20)

typedef struct line_job {
    const oc_lexicon *lexicon;
    oc_lang lang; /* OC_LANG_COUNT: detect */
    oc_day anchor;
    oc_slice line;
    bool tsv; /* "\n" in the line is a line feed */
    oc_arena *scratch;
    oc_text out;
} line_job;

static void read_line(void *context)
{
    line_job *job = context;
    job->out = oc_text_in(job->scratch);
    oc_slice line = job->tsv ? oc_dates_unescape(job->line, job->scratch) : job->line;
    oc_dates_line(job->lexicon, job->lang, line, job->anchor, job->scratch, &job->out);
    oc_text_byte(&job->out, '\n');
}

/* With --tsv language and anchor stand before the text. */
static void split_line(line_job *job, bool tsv, oc_lang lang, oc_day anchor)
{
    job->lang = lang;
    job->anchor = anchor;
    job->tsv = tsv;
    if (!tsv) return;
    job->lang = oc_lang_parse(oc_slice_cut(&job->line, '\t'));
    job->anchor = oc_day_parse(oc_slice_cut(&job->line, '\t'), NULL);
}

static oc_status read_lines(oc_context *x, const oc_lexicon *lexicon, oc_slice text, oc_lang lang, oc_day anchor)
{
    oc_arena scratch;
    oc_status status = OC_OK;
    oc_arena_init(&scratch, NULL, SCRATCH_LIMIT);
    while (text.len && status == OC_OK) {
        line_job job = {.lexicon = lexicon, .scratch = &scratch};
        job.line = oc_slice_cut(&text, '\n');
        if (job.line.len && job.line.ptr[job.line.len - 1] == '\r') job.line.len--;
        split_line(&job, oc_has(x, "tsv"), lang, anchor);
        status = oc_arena_try(&scratch, read_line, &job);
        if (status == OC_OK) oc_print(x, oc_text_slice(&job.out));
        oc_arena_free(&scratch);
    }
    return status;
}

static oc_status load_lexicon(oc_context *x, oc_lexicon **ret)
{
    oc_lexicon *lexicon = oc_lexicon_new(x->arena);
    oc_status status = oc_lexicon_builtin(lexicon, &x->diags);
    for (size_t i = 0; i < x->options.len && status == OC_OK; i++)
        if (strcmp(x->options.at[i].option->name, "lexicon") == 0)
            status = oc_lexicon_read(lexicon, &x->diags, x->options.at[i].value);
    if (status == OC_OK) status = oc_lexicon_build(lexicon, &x->diags);
    *ret = lexicon;
    if (status != OC_OK) oc_show_diags(x);
    return status;
}

static oc_status dates(oc_context *x)
{
    static const char *const langs[] = {"en", "ja", "ko", "auto"};
    size_t lang;
    oc_day anchor;
    oc_lexicon *lexicon;
    oc_slice text;
    oc_status status = oc_get_word(x, "lang", langs, 4, OC_LANG_COUNT, &lang);
    if (status == OC_OK) status = oc_get_day(x, "anchor", OC_DAY_NONE, &anchor);
    if (status == OC_OK) status = load_lexicon(x, &lexicon);
    if (status != OC_OK) return status;
    bool piped = !x->arguments.len || oc_slice_is(x->arguments.at[0], "-");
    const char *path = piped ? "/dev/stdin" : x->arguments.at[0].ptr;
    status = oc_file_read(x->arena, path, INPUT_LIMIT, &text);
    if (status == OC_LIMIT) return oc_complain(x, status, "dates.too-large", OC_ARGS(OC_S(path)));
    if (status != OC_OK)
        return oc_complain(x, status, "dates.cannot-read", OC_ARGS(OC_S(path), oc_arg_of_errno(errno)));
    return read_lines(x, lexicon, text, (oc_lang)lang, anchor);
}

static const oc_option options[] = {{"lang", "ja|ko|en|auto", false}, {"anchor", "DATE", false}, {"tsv", NULL, false},
                                    {"lexicon", "PATH", true}, {NULL, NULL, false}};

const oc_command oc_cmd_dates = {"dates", "[FILE] [--lang ja|ko|en|auto] [--anchor DATE]", options, dates, 1};
