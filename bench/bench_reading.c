/* How fast the language side reads, beside a bare scan of the same text with the same words.
 *
 *     bench_reading LANG FILE [SECONDS [NAME]]
 *
 * NAME: only that line. FILE is repeated to 8 MB; sentences are its lines. Prints MB/s (10^6 bytes of UTF-8 a second of
 * processor time) and the ratio to the first line of: the scanner alone, words of the lexicon, dates, all that
 * oc_*_find does for a sentence, and whole documents of DOCUMENT_SIZE from bytes to claims, without actors and with those
 * of the bundled scenario (what opcon read does without printing). Compare ratios within one run. With Hyperscan at build
 * time also Hyperscan on the same literals. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef OC_HAVE_HYPERSCAN
#include <hs.h>
#endif

#include "base/file.h"
#include "reading/actor_table.h"
#include "reading/claim.h"
#include "reading/document.h"
#include "reading/event.h"
#include "reading/quantity.h"

#define TEXT_SIZE ((size_t)8 << 20)
#define DOCUMENT_SIZE ((size_t)20 << 10)

typedef struct bench {
    oc_lexicon *lexicon;
    oc_lang lang;
    oc_slice text;
    const oc_reader *reader;
    size_t found;
} bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void count_hit(void *context, uint32_t id, size_t start, size_t end)
{
    (void)id, (void)start, (void)end;
    ++*(size_t *)context;
}

static void bare_scan(bench *b)
{
    oc_scanner_scan(b->lexicon->words[b->lang], b->text, NULL, count_hit, NULL, &b->found);
}

static void read_words(bench *b, oc_slice line, oc_arena *arena)
{
    oc_hits hits = {0};
    oc_lexicon_scan(b->lexicon, b->lang, line, arena, &hits);
    b->found += hits.len;
}

static void read_dates(bench *b, oc_slice line, oc_arena *arena)
{
    oc_dates dates = {0};
    oc_date_context context = oc_date_context_at(20000);
    oc_dates_find(b->lexicon, b->lang, line, &context, arena, &dates);
    b->found += dates.len;
}

static void read_all(bench *b, oc_slice line, oc_arena *arena)
{
    oc_hits hits = {0};
    oc_dates dates = {0};
    oc_mentions mentions = {0};
    oc_quantities quantities = {0};
    oc_read_events events = {0};
    oc_claims claims = {0};
    oc_date_context context = oc_date_context_at(20000);
    oc_lexicon_scan(b->lexicon, b->lang, line, arena, &hits);
    oc_milestones_settle(b->lang, line, &(oc_milestone_memory){.arena = arena}, arena, &hits);
    oc_dates_find(b->lexicon, b->lang, line, &context, arena, &dates);
    oc_quantities_find(b->lexicon, b->lang, line, &hits, NULL, arena, &quantities);
    oc_events_find(b->lexicon, b->lang, line, &hits, &dates, NULL, &mentions, 20000, arena, &events);
    oc_claims_find(b->lexicon, b->lang, line, &hits, &dates, &mentions,
                   &(oc_claim_context){.anchor = 20000, .speaker = -1}, arena, &claims);
    b->found += hits.len + dates.len + quantities.len + events.len + claims.len;
}

static void by_line(bench *b, void (*read)(bench *, oc_slice, oc_arena *))
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_arena_alloc(&arena, 1);
    oc_arena_mark mark = oc_arena_get_mark(&arena);
    for (size_t at = 0; at < b->text.len;) {
        const char *feed = memchr(b->text.ptr + at, '\n', b->text.len - at);
        size_t end = feed ? (size_t)(feed - b->text.ptr) : b->text.len;
        read(b, oc_slice_sub(b->text, at, end), &arena);
        oc_arena_rewind(&arena, mark);
        at = end + 1;
    }
    oc_arena_free(&arena);
}

static void read_documents(bench *b)
{
    oc_read_options options = {.lang = b->lang, .anchor = 20000};
    for (size_t at = 0; at < b->text.len;) {
        const char *feed = b->text.len - at > DOCUMENT_SIZE
                               ? memchr(b->text.ptr + at + DOCUMENT_SIZE, '\n', b->text.len - at - DOCUMENT_SIZE)
                               : NULL;
        size_t end = feed ? (size_t)(feed - b->text.ptr) + 1 : b->text.len;
        oc_arena arena;
        oc_arena_init(&arena, NULL, 0);
        oc_sources sources = {.arena = &arena};
        oc_diags diags = {.arena = &arena, .sources = &sources};
        oc_document *document;
        if (oc_document_read(&arena, b->reader, OC_SLICE("bench.txt"), oc_slice_sub(b->text, at, end), &options, &diags,
                             &document) == OC_OK)
            b->found += document->dates.len + document->claims.len;
        oc_arena_free(&arena);
        at = end;
    }
}

static void scan_words(bench *b) { by_line(b, read_words); }
static void scan_dates(bench *b) { by_line(b, read_dates); }
static void scan_all(bench *b) { by_line(b, read_all); }

static const char *only; /* measure nothing else, for a profiler */
static double bare;      /* MB/s of the first line measured, the bare scanner */

static void measure(const char *name, bench *b, void (*run)(bench *), double seconds)
{
    double best = 0.0, start = now();
    if (only && strcmp(only, name) != 0) return;
    while (now() - start < seconds) {
        b->found = 0;
        double from = now();
        run(b);
        double rate = (double)b->text.len / 1e6 / (now() - from);
        if (rate > best) best = rate;
    }
    if (bare == 0.0) bare = best;
    printf("%-22s %8.1f MB/s  %6.2f of the first line  %6.1f found a KB\n", name, best, best / bare,
           (double)b->found * 1000.0 / (double)b->text.len);
}

#ifdef OC_HAVE_HYPERSCAN
static hs_database_t *database;
static hs_scratch_t *scratch;

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    (void)id, (void)from, (void)to, (void)flags;
    ++*(size_t *)context;
    return 0;
}

static void hyperscan(bench *b)
{
    hs_scan(database, b->text.ptr, (unsigned)b->text.len, 0, scratch, on_match, &b->found);
}

static bool compile_hyperscan(const bench *b, oc_arena *arena)
{
    size_t room = b->lexicon->entries.len, count = 0;
    const char **words = OC_NEW_ARRAY(arena, room, const char *);
    unsigned *flags = OC_NEW_ARRAY(arena, room, unsigned), *ids = OC_NEW_ARRAY(arena, room, unsigned);
    size_t *lengths = OC_NEW_ARRAY(arena, room, size_t);
    for (size_t i = 0; i < room; i++) {
        const oc_lex_entry *entry = &b->lexicon->entries.at[i];
        oc_lex_group group = oc_lex_class_group(entry->class);
        if (!entry->in[b->lang] || group == OC_GROUP_DATE || group == OC_GROUP_QUANTITY) continue;
        words[count] = entry->word.ptr;
        lengths[count] = entry->word.len;
        flags[count] = HS_FLAG_CASELESS;
        ids[count++] = (unsigned)i;
    }
    hs_compile_error_t *error = NULL;
    return hs_compile_lit_multi(words, flags, ids, lengths, (unsigned)count, HS_MODE_BLOCK, NULL, &database, &error) ==
               HS_SUCCESS && hs_alloc_scratch(database, &scratch) == HS_SUCCESS;
}
#endif

int main(int count, char **args)
{
    oc_arena arena;
    oc_slice file;
    oc_arena_init(&arena, NULL, 0);
    oc_sources sources = {.arena = &arena};
    oc_diags diags = {.arena = &arena, .sources = &sources};
    bench b = {.lexicon = oc_lexicon_new(&arena)};
    if (count < 3 || oc_file_read(&arena, args[2], (size_t)64 << 20, &file) != OC_OK || !file.len) return 2;
    b.lang = oc_lang_parse(oc_slice_of(args[1]));
    if (b.lang == OC_LANG_COUNT || oc_lexicon_builtin(b.lexicon, &diags) != OC_OK) return 2;
    double start = now();
    if (oc_lexicon_build(b.lexicon, &diags) != OC_OK || oc_lexicon_prepare(b.lexicon, b.lang) != OC_OK) return 2;
    const oc_scanner *words = b.lexicon->words[b.lang];
    printf("lexicon built in %.1f ms; %zu words, %.1f MB\n", (now() - start) * 1e3, oc_scanner_words(words),
           (double)oc_scanner_bytes(words) / 1e6);
    oc_text text = oc_text_in(&arena);
    while (text.len < TEXT_SIZE) oc_text_add(&text, file);
    b.text = oc_text_slice(&text);
    double seconds = count > 3 ? atof(args[3]) : 1.0;
    only = count > 4 ? args[4] : NULL;
    measure("scanner alone", &b, bare_scan, seconds);
#ifdef OC_HAVE_HYPERSCAN
    if (compile_hyperscan(&b, &arena)) measure("Hyperscan alone", &b, hyperscan, seconds);
#endif
    measure("words of the lexicon", &b, scan_words, seconds);
    measure("dates", &b, scan_dates, seconds);
    measure("all of a sentence", &b, scan_all, seconds);
    b.reader = oc_reader_make(&arena, b.lexicon, NULL, 0);
    measure("whole documents", &b, read_documents, seconds);
    uint32_t at;
    size_t actor_count = 0;
    const oc_node *root = oc_yaml_read_file(&arena, &diags, OC_SLICE(OC_BENCH_ACTORS), (oc_span){0, 0, 0}, &at);
    const oc_actor *actors = oc_actors_of(&arena, root ? oc_node_get(root, "actors") : NULL, &actor_count);
    b.reader = oc_reader_make(&arena, b.lexicon, actors, actor_count);
    measure("the same with actors", &b, read_documents, seconds);
    oc_arena_free(&arena);
    return 0;
}
