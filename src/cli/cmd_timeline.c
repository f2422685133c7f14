/* opcon timeline: what happened, and what lies ahead, with dates as precise as their sources. */
#include "cli/record.h"
#include "cli/workspace_voices.h"

typedef struct timeline {
    oc_record record;
    oc_entries entries;
    oc_told told;
    oc_day as_of;
} timeline;

static const oc_evidence *evidence_of(const oc_entry_on_line *entry)
{
    if (entry->event) return &entry->event->evidence;
    return entry->commitment ? &entry->commitment->evidence : &entry->voice->evidence;
}

static const oc_words *text_of(const oc_entry_on_line *entry)
{
    if (entry->event) return &entry->event->what;
    return entry->commitment ? &entry->commitment->what : &entry->voice->says;
}

static oc_slice id_of(const oc_entry_on_line *entry)
{
    if (entry->event) return entry->event->id;
    return entry->commitment ? entry->commitment->id : entry->voice->id;
}

static const oc_indices *who_of(const oc_entry_on_line *entry)
{
    if (entry->event) return &entry->event->who;
    return entry->commitment ? &entry->commitment->by : &entry->voice->by;
}

static oc_subjects about_of(oc_arena *arena, const oc_entry_on_line *entry)
{
    if (entry->event) return entry->event->about;
    if (entry->commitment) return entry->commitment->about;
    oc_subjects one = {0};
    *oc_vec_push(arena, &one) = entry->voice->about;
    return one;
}

/* The end of what took several days, else the last day that its date names. */
static oc_day last_day(const oc_entry_on_line *entry)
{
    bool several = entry->event && entry->event->to.kind == OC_WHEN_DATE;
    return several ? entry->event->to.last : entry->on->last;
}

static bool is_claim(const oc_entry_on_line *entry)
{
    return entry->voice && oc_voice_claim(entry->voice->id);
}

static const char *kind_word(const oc_entry_on_line *entry)
{
    if (entry->event) return oc_event_kind_word(entry->event->kind);
    return entry->commitment ? "due" : "target";
}

static const char *status_word(const oc_entry_on_line *entry)
{
    return entry->event ? oc_event_status_word(entry->event->status) : "";
}

static oc_slice kind_for_people(timeline *t, const oc_entry_on_line *entry)
{
    oc_context *x = t->record.x;
    oc_slice key = oc_arena_printf(x->arena, "event-kind.%s", kind_word(entry));
    oc_slice kind = oc_message(x->lang, key.ptr);
    const char *status = status_word(entry);
    if (!status[0]) return kind;
    oc_slice status_key = oc_arena_printf(x->arena, "event-status.%s", status);
    return oc_say(x->arena, x->lang, "timeline.kind-status", OC_ARGS(OC_T(kind), OC_M(status_key.ptr)));
}

static oc_slice days_of(timeline *t, const oc_entry_on_line *entry)
{
    const oc_when *to = entry->event ? &entry->event->to : NULL;
    if (!to || to->kind != OC_WHEN_DATE) return entry->on->text;
    return oc_arena_printf(t->record.x->arena, "%.*s/%.*s", OC_FMT(entry->on->text), OC_FMT(to->text));
}

static oc_slice marks(timeline *t, const oc_entry_on_line *entry)
{
    const oc_evidence *evidence = evidence_of(entry);
    oc_text text = oc_text_in(t->record.x->arena);
    oc_text_add(&text, oc_record_keys(&t->record, evidence));
    if (evidence->weak) oc_text_message(&text, t->record.x->lang, "timeline.weak", NULL);
    if (evidence->conflicts.len) oc_text_message(&text, t->record.x->lang, "timeline.conflict", NULL);
    return oc_text_slice(&text);
}

/* A claim of the workspace has its words from a document, and says whose they are. */
static oc_slice what_for_people(timeline *t, const oc_entry_on_line *entry)
{
    oc_context *x = t->record.x;
    oc_slice text = text_of(entry)->in[x->lang];
    if (!is_claim(entry)) return text;
    oc_slice modality = oc_arena_printf(x->arena, "modality.%s", oc_modality_word(entry->voice->modality));
    return oc_say(x->arena, x->lang, "timeline.claim",
                  OC_ARGS(OC_T(oc_record_actors(&t->record, who_of(entry))), OC_M(modality.ptr), OC_T(text)));
}

static size_t count_claims(const timeline *t)
{
    size_t count = 0;
    for (size_t i = 0; i < t->entries.len; i++) count += is_claim(&t->entries.at[i]);
    return count;
}

static void print_text(timeline *t)
{
    oc_context *x = t->record.x;
    oc_text out = oc_text_in(x->arena);
    size_t ahead = 0;
    for (size_t i = 0; i < t->entries.len; i++) ahead += t->entries.at[i].on->first > t->as_of;
    oc_record_say(&t->record, &out, 0, t->entries.len ? "timeline.summary" : "timeline.none",
                  OC_ARGS(OC_I(t->entries.len), OC_I(ahead), OC_T(oc_record_day(x, t->as_of))));
    if (count_claims(t))
        oc_record_say(&t->record, &out, 0, "timeline.claims", OC_ARGS(OC_I(count_claims(t)), OC_T(t->told.path)));
    if (t->entries.len) {
        oc_text_byte(&out, '\n');
        oc_columns table = oc_columns_of(x->arena, "lll");
        static const char *const heads[] = {"timeline.when", "timeline.kind", "timeline.what"};
        for (size_t i = 0; i < 3; i++) oc_columns_add(&table, oc_message(x->lang, heads[i]));
        for (size_t i = 0; i < t->entries.len; i++) {
            const oc_entry_on_line *entry = &t->entries.at[i];
            oc_columns_add(&table, days_of(t, entry));
            oc_columns_add(&table, kind_for_people(t, entry));
            oc_columns_add(&table, oc_arena_printf(x->arena, "%.*s [%.*s]", OC_FMT(what_for_people(t, entry)),
                                                   OC_FMT(marks(t, entry))));
        }
        oc_columns_print(&out, &table, x->width, x->colour);
        oc_record_sources cited = {0};
        oc_evidence disputed = {.weak = false};
        for (size_t i = 0; i < t->entries.len; i++)
            oc_record_add_conflicts(x->arena, &disputed, evidence_of(&t->entries.at[i]));
        if (disputed.conflicts.len) oc_text_byte(&out, '\n');
        oc_record_list_conflicts(&t->record, &out, &disputed, &cited);
    }
    oc_print(x, oc_text_slice(&out));
}

static void json_entry(timeline *t, oc_json *json, const oc_entry_on_line *entry)
{
    const oc_ledger *ledger = t->record.ledger;
    oc_json_object(json, NULL);
    oc_json_text(json, "id", id_of(entry));
    oc_json_text(json, "on", entry->on->text);
    oc_json_text(json, "precision", oc_slice_of(oc_record_precision(entry->on)));
    oc_json_day(json, "first", entry->on->first);
    oc_json_day(json, "last", last_day(entry));
    oc_json_text(json, "kind", oc_slice_of(kind_word(entry)));
    if (is_claim(entry)) oc_json_integer(json, "claim", oc_voice_claim(id_of(entry)));
    if (status_word(entry)[0]) oc_json_text(json, "status", oc_slice_of(status_word(entry)));
    else oc_json_null(json, "status");
    oc_json_row(json, "who");
    for (size_t i = 0; i < who_of(entry)->len; i++)
        oc_json_text(json, NULL, ledger->actors.at[who_of(entry)->at[i]].id);
    oc_json_end(json);
    oc_record_json_words(json, "what", text_of(entry));
    oc_subjects about = about_of(t->record.x->arena, entry);
    oc_json_row(json, "about");
    for (size_t i = 0; i < about.len; i++) oc_json_text(json, NULL, oc_ledger_subject_id(ledger, about.at[i]));
    oc_json_end(json);
    const oc_evidence *evidence = evidence_of(entry);
    oc_json_text(json, "confidence", evidence->weak ? OC_SLICE("low") : OC_SLICE("normal"));
    oc_record_json_sources(json, "sources", evidence);
    oc_json_row(json, "conflicts");
    for (size_t i = 0; i < evidence->conflicts.len; i++)
        oc_json_text(json, NULL, ledger->conflicts.at[evidence->conflicts.at[i]].id);
    oc_json_end(json);
    oc_json_end(json);
}

static void print_json(timeline *t)
{
    oc_json json = oc_json_in(t->record.x->arena);
    oc_json_object(&json, NULL);
    oc_json_day(&json, "as_of", t->as_of);
    oc_json_list(&json, "events");
    for (size_t i = 0; i < t->entries.len; i++) json_entry(t, &json, &t->entries.at[i]);
    oc_json_end(&json);
    oc_json_end(&json);
    oc_print(t->record.x, oc_json_done(&json));
}

static void csv_row(oc_text *out, const oc_slice *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i) oc_text_byte(out, ',');
        oc_text_csv_field(out, cells[i]);
    }
    oc_text_lit(out, "\r\n");
}

static void print_csv(timeline *t)
{
    oc_context *x = t->record.x;
    oc_text out = oc_text_in(x->arena);
    oc_text_lit(&out, "id,on,precision,to,kind,status,who,what_en,what_ja,what_ko,sources\r\n");
    for (size_t i = 0; i < t->entries.len; i++) {
        const oc_entry_on_line *entry = &t->entries.at[i];
        oc_text who = oc_text_in(x->arena);
        for (size_t k = 0; k < who_of(entry)->len; k++)
            oc_text_printf(&who, "%s%.*s", k ? ";" : "", OC_FMT(t->record.ledger->actors.at[who_of(entry)->at[k]].id));
        const oc_words *what = text_of(entry);
        bool several = entry->event && entry->event->to.kind == OC_WHEN_DATE;
        oc_slice cells[] = {id_of(entry), entry->on->text, oc_slice_of(oc_record_precision(entry->on)),
                            several ? entry->event->to.text : OC_SLICE(""), oc_slice_of(kind_word(entry)),
                            oc_slice_of(status_word(entry)), oc_text_slice(&who), what->in[0], what->in[1], what->in[2],
                            oc_record_keys(&t->record, evidence_of(entry))};
        csv_row(&out, cells, sizeof cells / sizeof *cells);
    }
    oc_print(x, oc_text_slice(&out));
}

/* --- iCalendar (RFC 5545): whole days, lines of at most 75 octets --- */

static void ics_line(oc_text *out, const char *name, oc_slice value)
{
    size_t room = 75, used = strlen(name);
    oc_text_add(out, oc_slice_of(name));
    for (size_t i = 0; i < value.len; i++) {
        bool starts = ((unsigned char)value.ptr[i] & 0xc0) != 0x80; /* never inside a character */
        if (starts && used + 4 > room) {
            oc_text_lit(out, "\r\n ");
            used = 1;
        }
        oc_text_byte(out, value.ptr[i]);
        used++;
    }
    oc_text_lit(out, "\r\n");
}

static void ics_text(oc_arena *arena, oc_text *out, const char *name, oc_slice value)
{
    oc_text escaped = oc_text_in(arena);
    for (size_t i = 0; i < value.len; i++) {
        char byte = value.ptr[i];
        if (byte == '\n') {
            oc_text_lit(&escaped, "\\n");
            continue;
        }
        if (byte == ',' || byte == ';' || byte == '\\') oc_text_byte(&escaped, '\\');
        if ((unsigned char)byte >= 0x20) oc_text_byte(&escaped, byte);
    }
    ics_line(out, name, oc_text_slice(&escaped));
}

static oc_slice ics_day(oc_arena *arena, oc_day day)
{
    oc_civil date = oc_civil_from_day(day);
    return oc_arena_printf(arena, "%04d%02d%02d", date.year, date.month, date.day);
}

static void ics_event(timeline *t, oc_text *out, const oc_entry_on_line *entry)
{
    oc_context *x = t->record.x;
    oc_day last = last_day(entry);
    oc_text_lit(out, "BEGIN:VEVENT\r\n");
    ics_line(out, "UID:", oc_arena_printf(x->arena, "%.*s@%.*s.opcon", OC_FMT(id_of(entry)),
                                          OC_FMT(t->record.model->name)));
    ics_line(out, "DTSTAMP:", oc_arena_printf(x->arena, "%.*sT000000Z", OC_FMT(ics_day(x->arena, t->as_of))));
    /* A deadline or a target is a day, however long the way to it. */
    oc_day first = entry->kind == OC_LINE_EVENT ? entry->on->first : last;
    ics_line(out, "DTSTART;VALUE=DATE:", ics_day(x->arena, first));
    ics_line(out, "DTEND;VALUE=DATE:", ics_day(x->arena, last + 1));
    ics_text(x->arena, out, "SUMMARY:", text_of(entry)->in[x->lang]);
    oc_slice about = oc_say(x->arena, x->lang, "timeline.ics-note",
                            OC_ARGS(OC_T(kind_for_people(t, entry)), OC_T(entry->on->text),
                                    OC_T(oc_record_keys(&t->record, evidence_of(entry)))));
    ics_text(x->arena, out, "DESCRIPTION:", about);
    ics_line(out, "CATEGORIES:", oc_slice_of(kind_word(entry)));
    oc_text_lit(out, "TRANSP:TRANSPARENT\r\nSTATUS:TENTATIVE\r\nEND:VEVENT\r\n");
}

static void print_ics(timeline *t)
{
    oc_text out = oc_text_in(t->record.x->arena);
    oc_text_lit(&out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//opcon//timeline//EN\r\nCALSCALE:GREGORIAN\r\n");
    for (size_t i = 0; i < t->entries.len; i++)
        if (t->entries.at[i].on->last > t->as_of) ics_event(t, &out, &t->entries.at[i]);
    oc_text_lit(&out, "END:VCALENDAR\r\n");
    oc_print(t->record.x, oc_text_slice(&out));
}

/* The first and last day that --from and --to name; a year or a month is its days. */
static oc_status read_days(oc_context *x, const char *option, bool last, oc_day fallback, oc_day *ret)
{
    *ret = fallback;
    if (!oc_has(x, option)) return OC_OK;
    oc_day first, end;
    oc_slice text = oc_value_of(x, option, OC_SLICE(""));
    if (!oc_days_parse(text, &first, &end))
        return oc_complain(x, OC_USAGE, "cli.bad-value",
                           OC_ARGS(OC_S(option), OC_T(text), OC_S("YYYY-MM-DD, YYYY-MM, YYYY")));
    *ret = last ? end : first;
    return OC_OK;
}

/* The record of the scenario, with the accepted claims of the workspace. */
static oc_status open_record(oc_context *x, timeline *t)
{
    oc_model *model;
    oc_status status = oc_scenario_load(x, 0, &model);
    if (status == OC_OK) status = oc_workspace_voices(x, model, OC_SLICE(""), &t->told);
    return status == OC_OK ? oc_record_of(x, model, &t->record) : status;
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "csv", "ics"};
    timeline t = {.as_of = 0};
    size_t format;
    oc_day from = OC_DAY_MIN, to = OC_DAY_MAX;
    oc_subject about;
    bool has_about = false;
    oc_status status = oc_get_word(x, "format", formats, 4, 0, &format);
    if (status == OC_OK) status = read_days(x, "from", false, OC_DAY_MIN, &from);
    if (status == OC_OK) status = read_days(x, "to", true, OC_DAY_MAX, &to);
    if (status == OC_OK && from > to) status = oc_complain(x, OC_USAGE, "timeline.from-after-to", NULL);
    if (status == OC_OK) status = open_record(x, &t);
    if (status == OC_OK) status = oc_record_subject(&t.record, "about", &about, &has_about);
    if (status != OC_OK) return status;
    t.as_of = t.record.model->as_of;
    t.entries = oc_ledger_timeline(x->arena, t.record.ledger, from, to, t.as_of, has_about ? &about : NULL);
    if (format == 0) print_text(&t);
    else if (format == 1) print_json(&t);
    else if (format == 2) print_csv(&t);
    else print_ics(&t);
    return OC_OK;
}

static const oc_option options[] = {
    {"from", "DATE", false},  {"to", "DATE", false},
    {"about", "NAME", false}, {"format", "text|json|csv|ics", false},
    {"as-of", "DATE", false}, OC_OPTION_WORKSPACE,
    {NULL, NULL, false},
};
const oc_command oc_cmd_timeline = {
    "timeline", "[SCENARIO] [OPTION]…", options, run, 1,
};
