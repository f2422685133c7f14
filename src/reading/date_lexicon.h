/* The date group of the lexicon as the tokenizer uses it: each word stands for one or more atoms. */
#ifndef OC_READING_DATE_LEXICON_H
#define OC_READING_DATE_LEXICON_H

#include "base/date.h"
#include "reading/lexicon.h"

/* What a word or sign of a sentence means to the date grammar. `a` and `b` are arguments. */
typedef enum oc_atom_kind {
    OC_ATOM_NONE,
#define ATOM(id, name, argument_a, argument_b) OC_ATOM_##id,
#include "reading/date_atoms.def"
#undef ATOM
    OC_ATOM_OTHER,   /* text that means nothing here */
    OC_ATOM_PUNCT,   /* a: the ASCII sign */
    OC_ATOM_HOLIDAY, /* a: index into the table of holidays */
    OC_ATOM_PERIOD,  /* a: index into the table of periods */
    OC_ATOM_HOLDER,  /* a: index into the table of offices: 文在寅, president */
    OC_ATOM_REIGN,   /* 任期, 시절, term; a: the office that is meant where no holder is named, -1 none */
    OC_ATOM_FISCALOF, /* a country; a: months from January of year N to the start of its fiscal year N */
    OC_ATOM_ISOWEEK, /* 2026-W30-3; a: the year, b: ten times the week and the weekday from 1, 0 none */
    OC_ATOM_COUNT
} oc_atom_kind;

/* Units of time, in order of size. */
typedef enum oc_unit {
    OC_UNIT_NONE,
    OC_UNIT_DAY,
    OC_UNIT_WEEKEND,
    OC_UNIT_WEEK,
    OC_UNIT_MONTH,
    OC_UNIT_QUARTER,
    OC_UNIT_SEASON,
    OC_UNIT_HALF,
    OC_UNIT_YEAR,
    OC_UNIT_FISCAL,
    OC_UNIT_DECADE,
    OC_UNIT_CENTURY,
    OC_UNIT_COUNT
} oc_unit;

/* Parts of a unit. */
typedef enum oc_part {
    OC_PART_NONE,
    OC_PART_EARLY,  /* 上旬, 초, early */
    OC_PART_MID,    /* 中旬, mid */
    OC_PART_LATE,   /* 下旬, late */
    OC_PART_BEGIN,  /* 年明け: its first month, of a month its first third */
    OC_PART_END,    /* 末, 말, end: its last month, of a month its last third */
    OC_PART_FIRST,  /* 前半, first half */
    OC_PART_SECOND, /* 後半, second half */
    OC_PART_COUNT
} oc_part;

typedef struct oc_atom {
    oc_atom_kind kind;
    int a, b;
} oc_atom;

/* A holiday: fixed (month, day), the nth weekday of a month (nth -1 is the last), days from Easter Sunday, or a table
 * of days. */
typedef struct oc_holiday {
    enum { OC_HOLIDAY_FIXED, OC_HOLIDAY_NTH, OC_HOLIDAY_EASTER, OC_HOLIDAY_TABLE } kind;
    int month, day;       /* FIXED */
    int nth, weekday;     /* NTH: weekday 0 is Monday */
    int offset;           /* days added to the rule's day */
    int length;           /* days from there on: 1, of お盆 4 */
    bool weak;            /* the word has another meaning too: only beside a year, or alone */
    const oc_day *days;   /* TABLE: ascending */
    size_t day_count;
} oc_holiday;

typedef struct oc_period {
    oc_day start, end;
} oc_period;

/* The terms of one office, in order: `count` periods from `first` on. */
typedef struct oc_office {
    oc_slice name;
    size_t first, count;
} oc_office;

/* A sign that stands for a number; each takes three bytes of UTF-8. */
typedef struct oc_numeral {
    uint32_t code;
    int value;
} oc_numeral;

typedef struct oc_word_atoms {
    const oc_atom *at;
    size_t len;
} oc_word_atoms;

typedef struct oc_date_tables {
    const oc_word_atoms *words; /* by index of the lexicon entry */
    OC_VEC(uint32_t) entries;   /* those of the date group and numerals, in order */
    OC_VEC(uint32_t) rows;      /* those of tables of days and of terms */
    struct oc_date_index *index[OC_LANG_COUNT]; /* the words of a language by place, once prepared (date_index.h) */
    OC_VEC(oc_holiday) holidays;
    OC_VEC(oc_period) periods;
    OC_VEC(oc_office) offices;
    OC_VEC(oc_numeral) numerals;     /* by code */
    uint8_t is_numeral[0x10000 / 8]; /* one bit a code point */
    int fiscal_shift[OC_LANG_COUNT]; /* months from January of year N to the start of fiscal year N */
} oc_date_tables;

/* True for entries whose word is the name of a row and never looked for in a text: rows of tables, and "*" for the
 * fiscal year where no country is named. */
static inline bool oc_lex_entry_is_row(const oc_lex_entry *entry)
{
    return entry->class == OC_LEX_TABLE || entry->class == OC_LEX_TERM || entry->class == OC_LEX_NUMERAL ||
           (entry->class == OC_LEX_FISCAL && oc_slice_is(entry->word, "*"));
}

/* Reads the values of all entries of the date group; E0704 for what cannot be understood. */
oc_status oc_date_tables_build(oc_lexicon *lexicon, oc_diags *diags);

/* Adds to the scanner for sentences, as OC_PHRASE_TIMELY and the kinds behind it (phrase.h), the words that can be a
 * time, alone or beside another, and the signs that change the text before dates are looked for (date_fold.h): what
 * oc_dates_may_stand asks for. And, as OC_PHRASE_HAN_NUMERAL, the numerals in Chinese characters. The index is built. */
void oc_date_times_add(const oc_lexicon *lexicon, oc_lang lang, oc_arena *arena, oc_scanner *scanner);

static inline bool oc_is_numeral(const oc_date_tables *tables, uint32_t code)
{
    return code < 0x10000 && tables->is_numeral[code / 8] >> code % 8 & 1;
}

/* The number of a sign: 二 2, 삼 3, 百 100; -1 if it is no numeral. */
int oc_numeral_of(const oc_date_tables *tables, uint32_t code);

/* The holiday of a year; OC_DAY_NONE if its table does not reach that year. */
oc_day oc_holiday_in(const oc_holiday *holiday, int year);

#endif
