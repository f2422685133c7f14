/* opcon sweep: many variants of a scenario, one row each.
 *
 * Workers take the next variant, load, compile and run it in memory of their own and hand the row over; rows are written
 * in the order of the variants, each in one piece, as soon as all before it are there. So the file is at every moment
 * a whole number of rows from the first on (but for the last line of a torn write, which --resume cuts off), and
 * carrying on means carrying on behind the last row.
 *
 * With ranks (opcon-mpi), variant v belongs to rank v modulo their number; rank 0 collects and writes. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/forecast.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/ranks.h"
#include "cli/sweep_plan.h"

enum { AHEAD = 8, FILE_LIMIT = 1 << 30 }; /* rows a worker may be ahead of the file, each */

typedef struct sweep {
    oc_context *x;
    oc_sweep_plan plan;
    oc_slice scenario; /* path */
    oc_model *base;
    oc_isa isa;
    uint64_t digest; /* of the plan and all files read */
    int file;
    uint64_t next, written, begun; /* next to take; rows in the file; rows there before */
    char **rows;                   /* that wait for their turn */
    bool failed;                   /* writing failed: errno in `error` */
    int error;
    bool out_of_memory;
    uint64_t faulty;               /* variants without figures */
    pthread_mutex_t lock;
    pthread_cond_t moved;
} sweep;

/* --- one variant --- */

static void cell(oc_text *row, double value)
{
    oc_text_byte(row, ',');
    if (!isnan(value)) oc_text_number(row, value);
}

static void day_cell(oc_text *row, oc_day day)
{
    oc_text_byte(row, ',');
    if (day != OC_DAY_NONE) oc_text_add(row, oc_day_print(row->arena, day));
}

static void date_cells(oc_text *row, const oc_date_answer *a)
{
    day_cell(row, a->p10);
    day_cell(row, a->p50);
    day_cell(row, a->p90);
    cell(row, a->never);
}

static void answer_cells(oc_text *row, const oc_answer *a)
{
    switch (a->kind) {
    case OC_RESULT_DATE: date_cells(row, &a->date); break;
    case OC_RESULT_TRUTH:
        cell(row, a->p);
        cell(row, a->se);
        break;
    case OC_RESULT_CATEGORY:
        for (size_t i = 0; i < a->type.category->count; i++) cell(row, a->shares[i]);
        break;
    case OC_RESULT_NUMBER:
        cell(row, a->number.mean);
        cell(row, a->number.sd);
        cell(row, a->number.p05);
        cell(row, a->number.p50);
        cell(row, a->number.p95);
        break;
    }
}

static void add_name(oc_text *row, oc_slice name, const char *part)
{
    oc_text_byte(row, ',');
    oc_text_csv_field(row, oc_arena_printf(row->arena, "%.*s%s", OC_FMT(name), part));
}

static void date_names(oc_text *row, oc_slice name)
{
    static const char *const parts[] = {".p10", ".p50", ".p90", ".never"};
    for (size_t i = 0; i < 4; i++) add_name(row, name, parts[i]);
}

/* Columns of what is answered; the type of an answer does not depend on values. */
static void answer_names(oc_text *row, const oc_question *q)
{
    static const char *const parts[] = {".mean", ".sd", ".p05", ".p50", ".p95"};
    switch (q->is->type.kind) {
    case OC_TYPE_DATE: date_names(row, q->name); break;
    case OC_TYPE_TRUTH:
        add_name(row, q->name, "");
        add_name(row, q->name, ".se");
        break;
    case OC_TYPE_CATEGORY:
        for (size_t i = 0; i < q->is->type.category->count; i++)
            add_name(row, q->name, oc_arena_printf(row->arena, "=%.*s", OC_FMT(q->is->type.category->values[i])).ptr);
        break;
    default:
        for (size_t i = 0; i < 5; i++) add_name(row, q->name, parts[i]);
        break;
    }
}

static oc_slice header(sweep *s, oc_arena *arena)
{
    oc_text row = oc_text_in(arena);
    oc_text_lit(&row, "variant");
    for (size_t i = 0; i < s->plan.axes.len; i++) add_name(&row, s->plan.axes.at[i].path, "");
    oc_text_lit(&row, ",status,counted");
    for (size_t i = 0; i < s->base->stages.len; i++)
        if (s->base->stages.at[i]->done == OC_DAY_NONE) date_names(&row, s->base->stages.at[i]->symbol->name);
    for (size_t i = 0; i < s->base->questions.len; i++) answer_names(&row, s->base->questions.at[i]);
    oc_text_lit(&row, ",digest\n");
    return oc_text_slice(&row);
}

typedef struct variant {
    sweep *s;
    uint64_t number;
    oc_arena arena;
    oc_slice row; /* empty: interrupted */
    bool faulty;
} variant;

static void forecast_cells(sweep *s, const oc_forecast *f, oc_text *row)
{
    const oc_model *model = f->compiled->model;
    oc_text_printf(row, ",ok,%llu", (unsigned long long)f->futures);
    for (size_t i = 0; i < model->stages.len; i++) {
        oc_day done = model->stages.at[i]->done;
        if (s->base->stages.at[i]->done != OC_DAY_NONE) continue;
        if (done == OC_DAY_NONE) {
            date_cells(row, &f->stages[i].date);
        } else {
            for (size_t k = 0; k < 3; k++) day_cell(row, done);
            cell(row, 0);
        }
    }
    for (size_t i = 0; i < model->questions.len; i++) answer_cells(row, &f->questions[i]);
    oc_text_printf(row, ",%016llx\n", (unsigned long long)f->result->digest);
}

/* What stops a variant: the code of its first error. */
static void fault_cells(variant *v, const oc_diags *diags, oc_text *row)
{
    oc_code code = OC_CODE_COUNT;
    for (size_t i = diags->items.len; i-- > 0;)
        if (oc_code_severity(diags->items.at[i]->code) == OC_ERROR) code = diags->items.at[i]->code;
    v->faulty = true;
    oc_text_printf(row, ",%s,", code < OC_CODE_COUNT ? oc_code_name(code) : "error");
    oc_slice names = header(v->s, &v->arena);
    size_t columns = 0, used = v->s->plan.axes.len + 3;
    for (size_t i = 0; i < names.len; i++) columns += names.ptr[i] == ',';
    oc_text_repeat(row, ',', columns + 1 - used);
    oc_text_byte(row, '\n');
}

static bool run_model(variant *v, oc_model *model, oc_text *row)
{
    sweep *s = v->s;
    oc_compiled *compiled = oc_compile(
        &v->arena, model, &(oc_compile_options){.blockers_by = OC_DAY_NONE, .no_samples = true, .no_blockers = true});
    if (!compiled) return false;
    oc_run_options options = {.runs = s->plan.runs, .seed = s->plan.seed, .threads = 1, .isa = s->isa,
                              .cancel = &oc_interrupted};
    oc_result result;
    oc_status status = oc_run(compiled->program, &options, &v->arena, &result);
    if (status == OC_CANCELLED) {
        row->len = 0;
        return true;
    }
    if (status == OC_INPUT) oc_forecast_report_failure(compiled, &result.failure);
    if (status != OC_OK) return false;
    forecast_cells(s, oc_forecast_make(&v->arena, compiled, &result), row);
    return true;
}

static void run_variant(void *context)
{
    variant *v = context;
    sweep *s = v->s;
    oc_arena *arena = &v->arena;
    oc_sources sources = {.arena = arena};
    oc_diags diags = {.arena = arena, .sources = &sources};
    oc_text row = oc_text_in(arena);
    oc_override *sets = OC_NEW_ARRAY(arena, s->plan.axes.len, oc_override);
    bool fine = true;
    oc_text_printf(&row, "%llu", (unsigned long long)v->number);
    for (size_t i = 0; i < s->plan.axes.len; i++) {
        oc_slice value = oc_sweep_value(arena, &s->plan, i, v->number), path = s->plan.axes.at[i].path;
        oc_text_byte(&row, ',');
        oc_text_csv_field(&row, value);
        oc_slice change = oc_arena_printf(arena, "%.*s=%.*s", OC_FMT(path), OC_FMT(value));
        fine = oc_override_parse(arena, &diags, path, change, &sets[i]) && fine;
    }
    oc_model_options options = {.as_of = OC_DAY_NONE, .sets = sets, .set_count = s->plan.axes.len};
    oc_model *model = fine ? oc_model_load(arena, &diags, s->scenario, &options) : NULL;
    fine = model && oc_diags_status(&diags) == OC_OK && run_model(v, model, &row);
    if (!fine) fault_cells(v, &diags, &row);
    v->row = oc_text_slice(&row);
}

/* The row of a variant in memory of the caller's arena, or "" when interrupted or out of memory. */
static bool make_row(sweep *s, uint64_t number, char **ret)
{
    variant v = {.s = s, .number = number};
    oc_arena_init(&v.arena, NULL, (size_t)1 << 30);
    bool fine = oc_arena_try(&v.arena, run_variant, &v) == OC_OK;
    *ret = NULL;
    if (fine && v.row.len) {
        *ret = malloc(v.row.len + 1);
        if (*ret) memcpy(*ret, v.row.ptr, v.row.len), (*ret)[v.row.len] = '\0';
    }
    oc_arena_free(&v.arena);
    return fine;
}

/* --- the file --- */

static bool write_whole(int file, const char *bytes, size_t length)
{
    while (length) {
        ssize_t count = write(file, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes += count;
        length -= (size_t)count;
    }
    return true;
}

/* Under the lock: all rows whose turn has come. */
static void write_ready(sweep *s)
{
    while (!s->failed && s->written < s->plan.variants && s->rows[s->written]) {
        char *row = s->rows[s->written];
        const char *status = row;
        for (size_t i = 0, quoted = 0, left = s->plan.axes.len + 1; left; i++) {
            if (row[i] == '"') quoted = !quoted;
            if (row[i] == ',' && !quoted && --left == 0) status = row + i + 1;
        }
        s->faulty += strncmp(status, "ok,", 3) != 0;
        if (!write_whole(s->file, row, strlen(row))) {
            s->failed = true;
            s->error = errno;
        }
        free(row);
        s->rows[s->written++] = NULL;
    }
    oc_progress(s->x, s->written - s->begun, s->plan.variants - s->begun);
}

static void *work(void *context)
{
    sweep *s = context;
    oc_engine_set_arithmetic();
    pthread_mutex_lock(&s->lock);
    while (!s->failed && !s->out_of_memory && !oc_interrupted && s->next < s->plan.variants) {
        if (s->next - s->written >= AHEAD * (uint64_t)OC_MAX_THREADS) {
            pthread_cond_wait(&s->moved, &s->lock);
            continue;
        }
        uint64_t number = s->next++;
        pthread_mutex_unlock(&s->lock);
        char *row;
        bool fine = make_row(s, number, &row);
        pthread_mutex_lock(&s->lock);
        s->out_of_memory = s->out_of_memory || !fine || (!row && !oc_interrupted);
        s->rows[number] = row;
        write_ready(s);
        pthread_cond_broadcast(&s->moved);
    }
    pthread_cond_broadcast(&s->moved);
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

static void run_threads(sweep *s, unsigned threads)
{
    pthread_t *others = OC_NEW_ARRAY(s->x->arena, threads, pthread_t);
    unsigned started = 1;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->moved, NULL);
    while (started < threads && pthread_create(&others[started], NULL, work, s) == 0) started++;
    work(s);
    for (unsigned i = 1; i < started; i++) pthread_join(others[i], NULL);
    pthread_cond_destroy(&s->moved);
    pthread_mutex_destroy(&s->lock);
}

/* An empty message says that a rank cannot go on. */
static void run_ranks(sweep *s)
{
    uint64_t ranks = (uint64_t)oc_rank_count(), rank = (uint64_t)oc_rank();
    if (rank == 0)
        for (uint64_t r = 1; r < ranks; r++) oc_rank_send((int)r, &s->begun, sizeof s->begun);
    else
        memcpy(&s->begun, oc_rank_receive(s->x->arena, 0).ptr, sizeof s->begun);
    if (s->begun > s->plan.variants) return; /* rank 0 could not open the file */
    oc_arena_mark mark = oc_arena_get_mark(s->x->arena);
    for (uint64_t v = s->begun; v < s->plan.variants && !s->out_of_memory && !s->failed; v++) {
        char *row = NULL;
        if (v % ranks == rank) s->out_of_memory = !make_row(s, v, &row) || !row;
        if (rank && v % ranks == rank) oc_rank_send(0, row ? row : "", row ? strlen(row) : 0);
        if (rank) {
            free(row);
            continue;
        }
        if (v % ranks) {
            oc_slice text = oc_rank_receive(s->x->arena, (int)(v % ranks));
            row = text.len ? malloc(text.len + 1) : NULL;
            if (row) memcpy(row, text.ptr, text.len), row[text.len] = '\0';
            s->out_of_memory = !row;
            oc_arena_rewind(s->x->arena, mark);
        }
        s->rows[v] = row;
        write_ready(s);
    }
}

/* --- beginning and carrying on --- */

static uint64_t digest_of(sweep *s)
{
    uint64_t hash = OC_HASH_START;
    const oc_context *x = s->x;
    uint64_t numbers[] = {s->plan.runs, s->plan.seed, s->plan.variants, (uint64_t)s->plan.design};
    hash = oc_hash_more(hash, numbers, sizeof numbers);
    for (size_t i = 0; i < x->sources.files.len; i++)
        hash = oc_hash_more(hash, x->sources.files.at[i].text.ptr, x->sources.files.at[i].text.len);
    return oc_hash_more(hash, OC_VERSION, sizeof OC_VERSION);
}

static oc_status other_sweep(sweep *s, oc_slice path)
{
    oc_diag *d = oc_report(&s->x->diags, OC_E0984, (oc_span){0, 0, 0}, OC_ARGS(OC_T(path)));
    oc_diag_help(d, "help.sweep-resume", NULL);
    return oc_show_diags(s->x);
}

/* Counts the rows behind the header; *ret_length is where the last whole row ends. OC_INPUT when a row is not the one
 * that belongs there. */
static bool count_rows(oc_slice text, size_t start, uint64_t *ret_rows, size_t *ret_length)
{
    *ret_rows = 0;
    *ret_length = start;
    while (*ret_length < text.len) {
        size_t end = oc_slice_find(text, OC_SLICE("\n"), *ret_length);
        if (end == SIZE_MAX) return true;
        char expected[32];
        int length = snprintf(expected, sizeof expected, "%llu,", (unsigned long long)*ret_rows);
        oc_slice row = oc_slice_sub(text, *ret_length, end);
        if (!oc_slice_starts(row, (oc_slice){expected, (size_t)length})) return false;
        ++*ret_rows;
        *ret_length = end + 1;
    }
    return true;
}

static oc_status cannot_write(sweep *s, oc_slice path, int error)
{
    return oc_complain(s->x, OC_IO, "cli.cannot-write", OC_ARGS(OC_T(path), OC_S(strerror(error))));
}

static oc_status open_output(sweep *s, oc_slice path, bool resume)
{
    oc_arena *arena = s->x->arena;
    oc_slice head = oc_arena_printf(arena, "# opcon sweep; digest %016llx; %llu variants of %llu futures, seed %llu\n%.*s",
                                    (unsigned long long)s->digest, (unsigned long long)s->plan.variants,
                                    (unsigned long long)s->plan.runs, (unsigned long long)s->plan.seed,
                                    OC_FMT(header(s, arena)));
    if (oc_slice_is(path, "-")) {
        s->file = STDOUT_FILENO;
        return write_whole(s->file, head.ptr, head.len) ? OC_OK : cannot_write(s, path, errno);
    }
    oc_slice name = oc_arena_copy(arena, path), text = {"", 0};
    bool there = oc_file_exists(name.ptr);
    if (there && !resume) return oc_complain(s->x, OC_USAGE, "sweep.exists", OC_ARGS(OC_T(path)));
    s->file = open(name.ptr, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (s->file < 0) return cannot_write(s, path, errno);
    if (there && oc_file_read(arena, name.ptr, FILE_LIMIT, &text) != OC_OK) return cannot_write(s, path, errno);
    if (text.len < head.len && oc_slice_starts(head, text)) {
        if (ftruncate(s->file, 0) != 0) return cannot_write(s, path, errno);
        return write_whole(s->file, head.ptr, head.len) ? OC_OK : cannot_write(s, path, errno);
    }
    uint64_t rows;
    size_t length;
    if (!oc_slice_starts(text, head) || !count_rows(text, head.len, &rows, &length) || rows > s->plan.variants)
        return other_sweep(s, path);
    if (ftruncate(s->file, (off_t)length) != 0) return cannot_write(s, path, errno);
    s->next = s->written = s->begun = rows;
    return OC_OK;
}

static oc_status find_scenario(sweep *s, oc_slice sweep_file)
{
    oc_context *x = s->x;
    oc_slice beside = oc_path_join(x->arena, oc_path_folder(sweep_file), s->plan.scenario);
    oc_slice bundled = oc_data_folder(x, "scenarios");
    s->scenario = beside;
    if (!oc_file_exists(beside.ptr) && bundled.len && !memchr(s->plan.scenario.ptr, '/', s->plan.scenario.len)) {
        bundled = oc_path_join(x->arena, bundled, s->plan.scenario);
        if (oc_file_exists(bundled.ptr)) s->scenario = bundled;
    }
    s->base = oc_model_load(x->arena, &x->diags, s->scenario, NULL);
    if (oc_diags_status(&x->diags) == OC_OK && s->base) return OC_OK;
    oc_status status = oc_show_diags(x);
    return status == OC_OK ? OC_INPUT : status;
}

/* The paths at least must be right before anything is run: the first variant is loaded. */
static oc_status try_first(sweep *s)
{
    oc_context *x = s->x;
    oc_override *sets = OC_NEW_ARRAY(x->arena, s->plan.axes.len, oc_override);
    for (size_t i = 0; i < s->plan.axes.len; i++) {
        oc_slice value = oc_sweep_value(x->arena, &s->plan, i, 0);
        oc_slice change = oc_arena_printf(x->arena, "%.*s=%.*s", OC_FMT(s->plan.axes.at[i].path), OC_FMT(value));
        oc_override_parse(x->arena, &x->diags, s->plan.axes.at[i].path, change, &sets[i]);
    }
    oc_model_options options = {.as_of = OC_DAY_NONE, .sets = sets, .set_count = s->plan.axes.len};
    if (oc_diags_status(&x->diags) == OC_OK) oc_model_load(x->arena, &x->diags, s->scenario, &options);
    bool paths = true;
    for (size_t i = 0; i < x->diags.items.len; i++) {
        oc_code code = x->diags.items.at[i]->code;
        if (code == OC_E0140 || code == OC_E0141 || code == OC_E0142) paths = false;
    }
    if (!paths) return oc_show_diags(x);
    x->diags.items.len = x->diags.errors = x->diags.warnings = 0;
    return OC_OK;
}

static oc_status finish(sweep *s, oc_slice path, double seconds)
{
    oc_context *x = s->x;
    oc_progress_clear(x);
    if (s->file > 2 && close(s->file) != 0 && !s->failed) s->failed = true, s->error = errno;
    if (s->failed) return cannot_write(s, path, s->error);
    if (s->out_of_memory) return OC_NOMEM;
    if (s->faulty) oc_complain(x, OC_OK, "sweep.faulty", OC_ARGS(OC_I(s->faulty)));
    if (s->written < s->plan.variants)
        return oc_complain(x, OC_CANCELLED, "sweep.interrupted", OC_ARGS(OC_I(s->written), OC_I(s->plan.variants)));
    uint64_t done = s->written - s->begun;
    oc_text each = oc_text_in(x->arena);
    oc_text_fixed(&each, done ? 1000 * seconds / (double)done : 0, 2);
    if (s->file > 2)
        oc_print(x, oc_say(x->arena, x->lang, "sweep.done",
                           OC_ARGS(OC_I(s->written), OC_T(path), OC_I(done), OC_T(oc_text_slice(&each)))));
    return OC_OK;
}

static oc_status read_options(sweep *s, unsigned *ret_threads)
{
    oc_context *x = s->x;
    int64_t runs, threads;
    size_t isa;
    static const char *const isas[] = {"auto", "base", "v3", "v4"};
    oc_status status = oc_get_integer(x, "runs", 1, INT64_C(1) << 37, 0, &runs);
    if (status == OC_OK) status = oc_get_integer(x, "threads", 1, OC_MAX_THREADS, oc_processors(), &threads);
    if (status == OC_OK) status = oc_get_word(x, "isa", isas, 4, 0, &isa);
    if (status != OC_OK) return status;
    if (!oc_isa_available((oc_isa)isa)) return oc_complain(x, OC_USAGE, "cli.no-isa", OC_ARGS(OC_S(isas[isa])));
    if (x->arguments.len != 1) return oc_complain(x, OC_USAGE, "sweep.one-file", NULL);
    if (!oc_sweep_read(x->arena, &x->diags, x->arguments.at[0], &s->plan)) return oc_show_diags(x);
    s->plan.runs = runs ? (uint64_t)runs : s->plan.runs ? s->plan.runs : 20000;
    s->isa = (oc_isa)isa;
    *ret_threads = (unsigned)threads;
    return OC_OK;
}

static oc_status run(oc_context *x)
{
    sweep s = {.x = x, .file = -1};
    unsigned threads = 1;
    oc_status status = read_options(&s, &threads);
    if (status == OC_OK) status = find_scenario(&s, x->arguments.at[0]);
    if (status != OC_OK) return status;
    oc_slice path = oc_value_of(x, "output", OC_SLICE("-"));
    bool resume = oc_has(x, "resume");
    if (resume && oc_slice_is(path, "-")) return oc_complain(x, OC_USAGE, "sweep.needs-output", NULL);
    s.digest = digest_of(&s);
    status = try_first(&s);
    if (status == OC_OK && oc_rank() == 0) status = open_output(&s, path, resume);
    s.rows = OC_NEW_ARRAY(x->arena, s.plan.variants + 1, char *);
    oc_catch_signals();
    if (status != OC_OK) s.begun = UINT64_MAX;
    double begin = oc_clock();
    if (oc_rank_count() > 1)
        run_ranks(&s);
    else if (status == OC_OK)
        run_threads(&s, threads);
    if (status != OC_OK || oc_rank() != 0) return status;
    return finish(&s, path, oc_clock() - begin);
}

static const oc_option options[] = {{"runs", "N", false},  {"threads", "T", false},        {"output", "FILE", false},
                                    {"resume", NULL, false}, {"isa", "base|v3|v4", false}, {NULL, NULL, false}};

const oc_command oc_cmd_sweep = {"sweep", "SWEEP.yaml [OPTION]…", options, run, 1};
