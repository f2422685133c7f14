/* Values of the date group to atoms, and days of holidays.
 *
 * A value is a list of NAME, NAME:A or NAME:A:B. "今春" has "rel:year:0 season:spring": two atoms for one word. Easter
 * is Gauss's method in the form of J. Meeus, "Astronomical Algorithms" (1991), chapter 8; 2026 gives 5 April. */
#include "reading/date_lexicon.h"

#include <stdlib.h>

#include "base/order.h"
#include "base/utf8.h"
#include "reading/date_index.h"

#define ATOMS_MAX 8
#define TERMS_MAX 64

static const struct {
    oc_slice name;
    char a, b;
} atoms[] = {
    {{"", 0}, 0, 0},
#define ATOM(id, name, argument_a, argument_b) {{name, sizeof name - 1}, argument_a, argument_b},
#include "reading/date_atoms.def"
#undef ATOM
};

static const char *const units[OC_UNIT_COUNT] = {"",       "day",  "weekend", "week",   "month",  "quarter",
                                                 "season", "half", "year",    "fiscal", "decade", "century"};
static const char *const parts[OC_PART_COUNT] = {"", "early", "mid", "late", "begin", "end", "first", "second"};
static const char *const seasons[] = {"spring", "summer", "autumn", "winter"};
static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static int index_of(oc_slice text, const char *const *names, int count)
{
    int i = 0;
    while (i < count && !oc_slice_is(text, names[i])) i++;
    return i < count ? i : -1;
}

static bool read_number(oc_slice text, int *ret_number)
{
    char buffer[16];
    if (text.len == 0 || text.len >= sizeof buffer) return false;
    memcpy(buffer, text.ptr, text.len);
    buffer[text.len] = '\0';
    char *end;
    long number = strtol(buffer, &end, 10);
    *ret_number = (int)number;
    return *end == '\0' && number > -100000 && number < 100000;
}

static bool read_argument(char kind, oc_slice text, int *ret_value)
{
    switch (kind) {
    case 0: return text.len == 0;
    case 'n': return read_number(text, ret_value);
    case 'o': return text.len == 0 || read_number(text, ret_value);
    case 'u': *ret_value = index_of(text, units, OC_UNIT_COUNT); break;
    case 'p': *ret_value = index_of(text, parts, OC_PART_COUNT); break;
    case 's': *ret_value = index_of(text, seasons, 4); break;
    default: *ret_value = index_of(text, weekdays, 7); break;
    }
    return *ret_value >= 0;
}

static bool read_atom(oc_slice text, oc_atom *ret_atom)
{
    oc_slice name = oc_slice_cut(&text, ':'), a = oc_slice_cut(&text, ':');
    for (int kind = 1; kind < (int)(sizeof atoms / sizeof *atoms); kind++) {
        if (!oc_slice_equal(name, atoms[kind].name)) continue;
        *ret_atom = (oc_atom){(oc_atom_kind)kind, 0, 0};
        return read_argument(atoms[kind].a, a, &ret_atom->a) && read_argument(atoms[kind].b, text, &ret_atom->b);
    }
    return false;
}

static bool read_atoms(oc_arena *arena, oc_slice value, oc_word_atoms *ret_word)
{
    oc_atom list[ATOMS_MAX];
    size_t count = 0;
    while (value.len) {
        oc_slice text = oc_slice_cut(&value, ' ');
        if (text.len == 0) continue;
        if (count == ATOMS_MAX || !read_atom(text, &list[count])) return false;
        count++;
    }
    oc_atom *kept = OC_NEW_ARRAY(arena, count, oc_atom);
    if (count) memcpy(kept, list, count * sizeof *list);
    *ret_word = (oc_word_atoms){kept, count};
    return count > 0;
}

/* --- holidays and periods --- */

static bool read_table(oc_lexicon *lexicon, const oc_date_tables *tables, oc_slice name, oc_holiday *ret)
{
    OC_VEC(oc_day) days = {0};
    for (size_t i = 0; i < tables->rows.len; i++) {
        const oc_lex_entry *entry = &lexicon->entries.at[tables->rows.at[i]];
        if (entry->class != OC_LEX_TABLE || !oc_slice_starts(entry->word, name)) continue;
        if (entry->word.len <= name.len || entry->word.ptr[name.len] != ' ') continue;
        oc_day day = oc_day_parse(entry->value, NULL);
        if (day == OC_DAY_NONE) return false;
        *oc_vec_push(lexicon->arena, &days) = day;
    }
    if (days.len) qsort(days.at, days.len, sizeof *days.at, oc_order_days);
    ret->kind = OC_HOLIDAY_TABLE;
    ret->days = days.at;
    ret->day_count = days.len;
    return days.len > 0;
}

static bool read_fixed(oc_slice text, oc_holiday *ret)
{
    oc_slice month = oc_slice_cut(&text, '-');
    ret->kind = OC_HOLIDAY_FIXED;
    return read_number(month, &ret->month) && read_number(text, &ret->day) && ret->month >= 1 && ret->month <= 12 &&
           ret->day >= 1 && ret->day <= oc_days_in_month(2000, ret->month);
}

/* Cuts what stands behind the day's rule: "for 4", then "weak". */
static bool read_length(oc_slice *value, oc_holiday *ret)
{
    static const char mark[] = " for ";
    ret->length = 1;
    ret->weak = oc_slice_ends(*value, OC_SLICE(" weak"));
    if (ret->weak) value->len -= sizeof " weak" - 1;
    size_t at = oc_slice_find(*value, OC_SLICE(" for "), 0);
    if (at == SIZE_MAX) return true;
    oc_slice number = oc_slice_from(*value, at + sizeof mark - 1);
    value->len = at;
    return read_number(number, &ret->length) && ret->length >= 1 && ret->length <= 31;
}

static bool read_holiday(oc_lexicon *lexicon, const oc_date_tables *tables, oc_slice value, oc_holiday *ret)
{
    *ret = (oc_holiday){0};
    if (!read_length(&value, ret)) return false;
    oc_slice head = oc_slice_cut(&value, ' ');
    if (oc_slice_is(head, "table")) {
        oc_slice name = oc_slice_cut(&value, ' ');
        return read_table(lexicon, tables, name, ret) && (value.len == 0 || read_number(value, &ret->offset));
    }
    if (oc_slice_is(head, "easter")) {
        ret->kind = OC_HOLIDAY_EASTER;
        return read_number(value, &ret->offset);
    }
    if (!oc_slice_is(head, "nth")) return read_fixed(head, ret) && value.len == 0;
    oc_slice month = oc_slice_cut(&value, ' '), nth = oc_slice_cut(&value, ' '), weekday = oc_slice_cut(&value, ' ');
    ret->kind = OC_HOLIDAY_NTH;
    return read_number(month, &ret->month) && ret->month >= 1 && ret->month <= 12 && read_number(nth, &ret->nth) &&
           ret->nth >= -1 && ret->nth <= 5 && ret->nth != 0 && read_argument('w', weekday, &ret->weekday) &&
           (value.len == 0 || read_number(value, &ret->offset));
}

static bool read_period(oc_slice value, oc_period *ret)
{
    size_t dots = oc_slice_find(value, OC_SLICE(".."), 0);
    if (dots == SIZE_MAX) return false;
    oc_day end;
    return oc_days_parse(oc_slice_sub(value, 0, dots), &ret->start, &end) &&
           oc_days_parse(oc_slice_sub(value, dots + 2, value.len), &end, &ret->end) && ret->start <= ret->end;
}

static oc_day easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
    return oc_day_from_civil(year, sum / 31, sum % 31 + 1);
}

static oc_day nth_weekday(int year, int month, int nth, int weekday)
{
    oc_day first = oc_day_from_civil(year, month, 1);
    if (nth > 0) return first + (weekday - oc_weekday(first) + 7) % 7 + (oc_day)7 * (nth - 1);
    oc_day last = first + oc_days_in_month(year, month) - 1;
    return last - (oc_weekday(last) - weekday + 7) % 7;
}

oc_day oc_holiday_in(const oc_holiday *holiday, int year)
{
    switch (holiday->kind) {
    case OC_HOLIDAY_FIXED: return oc_day_from_civil(year, holiday->month, holiday->day);
    case OC_HOLIDAY_NTH: return nth_weekday(year, holiday->month, holiday->nth, holiday->weekday) + holiday->offset;
    case OC_HOLIDAY_EASTER: return easter(year) + holiday->offset;
    default: break;
    }
    for (size_t i = 0; i < holiday->day_count; i++)
        if (oc_civil_from_day(holiday->days[i]).year == year) return holiday->days[i] + holiday->offset;
    return OC_DAY_NONE;
}

/* --- offices and fiscal years --- */

static int office_of(const oc_date_tables *tables, oc_slice name)
{
    for (size_t i = 0; i < tables->offices.len; i++)
        if (oc_slice_equal(tables->offices.at[i].name, name)) return (int)i;
    return -1;
}

/* All terms of the entry's office, wherever they stand; of two with one number the later entry counts. */
static bool read_terms(oc_lexicon *lexicon, oc_date_tables *tables, const oc_lex_entry *entry)
{
    oc_slice rest = entry->word, name = oc_slice_cut(&rest, ' ');
    oc_period terms[TERMS_MAX];
    bool seen[TERMS_MAX] = {false};
    int nth = 0, count = 0;
    if (office_of(tables, name) >= 0) return true;
    for (size_t i = 0; i < tables->rows.len; i++) {
        const oc_lex_entry *other = &lexicon->entries.at[tables->rows.at[i]];
        oc_slice number = other->word;
        if (other->class != OC_LEX_TERM || !oc_slice_equal(oc_slice_cut(&number, ' '), name)) continue;
        if (!read_number(number, &nth) || nth < 1 || nth > TERMS_MAX || !read_period(other->value, &terms[nth - 1]))
            return false;
        seen[nth - 1] = true;
        if (nth > count) count = nth;
    }
    *oc_vec_push(lexicon->arena, &tables->offices) = (oc_office){name, tables->periods.len, (size_t)count};
    for (int i = 0; i < count; i++) {
        if (!seen[i]) return false;
        *oc_vec_push(lexicon->arena, &tables->periods) = terms[i];
    }
    return true;
}

/* "4": April of year N; "10 before": October of the year before. */
static bool read_fiscal(oc_slice value, int *ret_shift)
{
    int month;
    oc_slice first = oc_slice_cut(&value, ' ');
    bool before = oc_slice_is(value, "before");
    if (!read_number(first, &month) || month < 1 || month > 12 || (value.len && !before)) return false;
    *ret_shift = month - 1 - (before ? 12 : 0);
    return true;
}

/* --- numerals --- */

static int by_code(const void *a, const void *b)
{
    const oc_numeral *x = a, *y = b;
    return x->code < y->code ? -1 : x->code > y->code;
}

static bool read_numeral(oc_lexicon *lexicon, oc_date_tables *tables, const oc_lex_entry *entry)
{
    size_t at = 0;
    oc_numeral *numeral = oc_vec_push(lexicon->arena, &tables->numerals);
    numeral->code = oc_utf8_next(entry->word, &at);
    if (numeral->code < 0x10000) tables->is_numeral[numeral->code / 8] |= (uint8_t)(1u << numeral->code % 8);
    return at == 3 && entry->word.len == 3 && read_number(entry->value, &numeral->value) && numeral->value >= 0;
}

int oc_numeral_of(const oc_date_tables *tables, uint32_t code)
{
    if (!oc_is_numeral(tables, code)) return -1;
    oc_numeral key = {code, 0};
    const oc_numeral *found =
        tables->numerals.len ? bsearch(&key, tables->numerals.at, tables->numerals.len, sizeof key, by_code) : NULL;
    return found ? found->value : -1;
}

/* --- all entries --- */

static bool read_entry(oc_lexicon *lexicon, oc_date_tables *tables, const oc_lex_entry *entry, oc_word_atoms *ret_word)
{
    oc_arena *arena = lexicon->arena;
    if (entry->class == OC_LEX_DATE) return read_atoms(arena, entry->value, ret_word);
    oc_atom *atom = OC_NEW(arena, oc_atom);
    *ret_word = (oc_word_atoms){atom, 1};
    if (entry->class == OC_LEX_HOLIDAY) {
        *atom = (oc_atom){OC_ATOM_HOLIDAY, (int)tables->holidays.len, 0};
        return read_holiday(lexicon, tables, entry->value, oc_vec_push(arena, &tables->holidays));
    }
    if (entry->class == OC_LEX_HOLDER || (entry->class == OC_LEX_REIGN && entry->value.len)) {
        oc_slice rest = entry->value, office = oc_slice_cut(&rest, ' ');
        bool government = entry->class == OC_LEX_HOLDER && oc_slice_is(rest, "government"); /* 참여정부 */
        bool always = entry->class == OC_LEX_REIGN && oc_slice_is(rest, "always"); /* before he leaves office */
        *atom = (oc_atom){entry->class == OC_LEX_HOLDER ? OC_ATOM_HOLDER : OC_ATOM_REIGN, office_of(tables, office),
                          government || always};
        return (rest.len == 0 || government || always) && (atom->a >= 0 || oc_slice_is(entry->value, "-"));
    }
    if (entry->class == OC_LEX_NUMERAL) return read_numeral(lexicon, tables, entry);
    if (entry->class == OC_LEX_REIGN) *atom = (oc_atom){OC_ATOM_REIGN, -1, 1};
    if (entry->class == OC_LEX_FISCAL) {
        *atom = (oc_atom){OC_ATOM_FISCALOF, 0, 0};
        if (!read_fiscal(entry->value, &atom->a)) return false;
        for (int lang = 0; lang < OC_LANG_COUNT; lang++)
            if (entry->in[lang] && oc_lex_entry_is_row(entry)) tables->fiscal_shift[lang] = atom->a;
    }
    if (entry->class != OC_LEX_PERIOD) return true;
    *atom = (oc_atom){OC_ATOM_PERIOD, (int)tables->periods.len, 0};
    return read_period(entry->value, oc_vec_push(arena, &tables->periods));
}

/* Which entries the tables are made of. */
static void list_entries(const oc_lexicon *lexicon, oc_date_tables *tables)
{
    for (size_t i = 0; i < lexicon->entries.len; i++) {
        oc_lex_class class = lexicon->entries.at[i].class;
        if (oc_lex_class_group(class) != OC_GROUP_DATE && class != OC_LEX_NUMERAL) continue;
        *oc_vec_push(lexicon->arena, &tables->entries) = (uint32_t)i;
        if (class == OC_LEX_TABLE || class == OC_LEX_TERM) *oc_vec_push(lexicon->arena, &tables->rows) = (uint32_t)i;
    }
}

static void report_value(oc_diags *diags, const oc_lex_entry *entry)
{
    oc_report(diags, OC_E0704, entry->span, OC_ARGS(OC_T(entry->value), OC_S(oc_lex_class_name(entry->class))));
}

oc_status oc_date_tables_build(oc_lexicon *lexicon, oc_diags *diags)
{
    oc_date_tables *tables = OC_NEW(lexicon->arena, oc_date_tables);
    oc_word_atoms *words = OC_NEW_ARRAY(lexicon->arena, lexicon->entries.len, oc_word_atoms);
    list_entries(lexicon, tables);
    for (size_t i = 0; i < tables->rows.len; i++) {
        const oc_lex_entry *entry = &lexicon->entries.at[tables->rows.at[i]];
        if (entry->class == OC_LEX_TERM && !read_terms(lexicon, tables, entry)) report_value(diags, entry);
    }
    for (size_t i = 0; i < tables->entries.len; i++) {
        uint32_t index = tables->entries.at[i];
        const oc_lex_entry *entry = &lexicon->entries.at[index];
        if (entry->class == OC_LEX_TERM || read_entry(lexicon, tables, entry, &words[index])) continue;
        report_value(diags, entry);
        words[index].len = 0;
    }
    if (tables->numerals.len) qsort(tables->numerals.at, tables->numerals.len, sizeof *tables->numerals.at, by_code);
    tables->words = words;
    lexicon->date_tables = tables;
    return oc_diags_status(diags);
}
