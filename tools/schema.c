/* Build tool: the tables of keys (src/model/keys.def, and for the ledger src/authority/keys.def) to a JSON Schema of
 * scenarios, draft-07, which the YAML plug-ins of editors understand.
 *
 *     schema > schema/scenario.schema.json
 *
 * A part of a scenario is a scenario too, so nothing is required at the top. The schema checks shapes and names of keys
 * and explains them; expressions, names and units are checked by opcon itself. */
#include <stdio.h>
#include <string.h>

enum form { TEXT, NAME, NAMES, DAY, VALUE, NOW, TRUTHS, RECORDS, SPECIAL, RAW };

static const struct key {
    const char *record, *key, *text;
    enum form form;
} keys[] = {
#define KEY(record, key, form, text) {#record, key, text, form},
#include "model/keys.def"
#undef KEY
};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

/* What the sections, and mappings of records within records, hold. */
static const struct section {
    const char *key, *record;
    int bare;             /* a value may stand for the whole record: 2, also a choice by category or probability */
    const char *required; /* as JSON */
} sections[] = {
    {"sets", "SET", 0, ""},
    {"calendar", "EVENT", 0, "\"date\""},
    {"inputs", "INPUT", 2, ""},
    {"variables", "VARIABLE", 0, "\"now\""},
    {"shocks", "SHOCK", 0, "\"rate\", \"lasts\""},
    {"define", "DEFINITION", 2, ""},
    {"conditions", "CONDITION", 1, "\"met\""},
    {"issues", "ISSUE", 0, "\"positions\""},
    {"stages", "STAGE", 0, ""},
    {"questions", "QUESTION", 2, ""},
    {"policies", "POLICY", 0, ""},
    {"what_ifs", "POLICY", 0, ""},
    {"sources", "SOURCE", 0, ""},
    {"positions", "STANCE", 0, "\"position\", \"salience\", \"capability\""},
};

/* A key of a definition, as JSON. */
#define DESCRIBED(key, text, definition) \
    "\"" key "\": {\"description\": \"" text "\", \"allOf\": [{\"$ref\": \"#/definitions/" definition "\"}]}"
#define FROM "the sources of all below that names none of its own; judgement is one"
#define BECAUSE "why, in a sentence, for all below that says none of its own"

static const char *const definitions =
    "    \"text\": {\"description\": \"a text, or one for each language\", \"anyOf\": [{\"type\": [\"string\", \"number\"]},\n"
    "      {\"type\": \"object\", \"properties\": {\"en\": {\"description\": \"in English\", \"type\": \"string\"}, "
    "\"ja\": {\"description\": \"in Japanese\", \"type\": \"string\"}, \"ko\": {\"description\": \"in Korean\", \"type\": "
    "\"string\"}}, \"additionalProperties\": false}]},\n"
    "    \"names\": {\"anyOf\": [{\"type\": [\"string\", \"number\"]}, {\"type\": \"array\", \"items\": {\"type\": [\"string\", "
    "\"number\"]}}]},\n"
    "    \"day\": {\"type\": \"string\", \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"},\n"
    "    \"scalar\": {\"type\": [\"string\", \"number\", \"boolean\"]},\n"
    "    \"source_of_value\": {\"description\": \"a value with what stands behind it\", \"type\": \"object\", \"required\": "
    "[\"is\"], \"properties\": {" DESCRIBED("is", "the value", "value") ", " DESCRIBED("from", FROM, "names") ", "
    DESCRIBED("because", BECAUSE, "text") ", " DESCRIBED("title", "title for people", "text") ", "
    DESCRIBED("about", "what it means, in a few sentences", "text") ", \"unit\": {\"description\": \"unit of a number\", "
    "\"type\": \"string\"}, \"at\": {\"description\": \"the day on which a variable is looked at\"}}, "
    "\"additionalProperties\": false},\n"
    "    \"choice\": {\"description\": \"a value for each category (with by), or a probability for each\", \"type\": "
    "\"object\", \"minProperties\": 1, \"not\": {\"required\": [\"is\"]}, \"additionalProperties\": {\"anyOf\": [{\"$ref\": "
    "\"#/definitions/value\"}, {\"$ref\": \"#/definitions/names\"}]}},\n"
    "    \"value\": {\"description\": \"an expression; or {is:, from:, because:}; or {by: category, …}; or probabilities\", "
    "\"anyOf\": [{\"$ref\": \"#/definitions/scalar\"}, {\"$ref\": \"#/definitions/source_of_value\"}, {\"$ref\": "
    "\"#/definitions/choice\"}]}";

/* The ledger: record after record, each begun by its name and ended by a key that is NULL. `form` is the text of the
 * table, e.g. "NAMES" or "LIST(office)". */
static const struct ledger_key {
    const char *record, *key, *form, *text;
} ledger_keys[] = {
#define KEY(key, form, text) {NULL, key, #form, text},
#define RECORD(name, ...) {#name, NULL, NULL, NULL}, __VA_ARGS__
#include "authority/keys.def"
};
enum { LEDGER_KEY_COUNT = sizeof ledger_keys / sizeof *ledger_keys };

/* Sections of the ledger, and the record that each holds; of `authorities` there is one. */
static const struct ledger_section {
    const char *key, *record;
    int one;
} ledger_sections[] = {
    {"actors", "actor", 0},     {"authorities", "authorities", 1}, {"history", "event", 0},
    {"commitments", "commitment", 0}, {"voices", "voice", 0},      {"conflicts", "conflict", 0},
};

static const struct ledger_form {
    const char *form, *schema;
} ledger_forms[] = {
    {"TEXT", "\"allOf\": [{\"$ref\": \"#/definitions/text\"}]"},
    {"NAME", "\"type\": [\"string\", \"number\"]"},
    {"NAMES", "\"allOf\": [{\"$ref\": \"#/definitions/names\"}]"},
    {"DATE", "\"type\": [\"string\", \"number\"]"},
    {"WHEN", "\"type\": [\"string\", \"number\"]"},
    {"SPAN", "\"allOf\": [{\"$ref\": \"#/definitions/names\"}]"},
    {"NUMBER", "\"type\": [\"string\", \"number\"]"},
    {"WORD", "\"type\": \"string\""},
    {"TRUTH", "\"type\": [\"string\", \"boolean\"]"},
};

static void text(const char *s)
{
    putchar('"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') putchar('\\');
        putchar(*s);
    }
    putchar('"');
}

static const struct section *section_of(const char *key)
{
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (strcmp(sections[i].key, key) == 0) return &sections[i];
    return NULL;
}

static void ledger_form(const char *form)
{
    for (size_t i = 0; i < sizeof ledger_forms / sizeof *ledger_forms; i++)
        if (strcmp(ledger_forms[i].form, form) == 0) printf("%s", ledger_forms[i].schema);
    char record[64];
    if (sscanf(form, "ONE(%63[a-z_])", record) == 1)
        printf("\"allOf\": [{\"$ref\": \"#/definitions/ledger_%s\"}]", record);
    else if (sscanf(form, "LIST(%63[a-z_])", record) == 1)
        printf("\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/ledger_%s\"}", record);
    else if (sscanf(form, "MANY(%63[a-z_])", record) == 1)
        printf("\"type\": \"object\", \"additionalProperties\": {\"$ref\": \"#/definitions/ledger_%s\"}", record);
}

static void ledger_definitions(void)
{
    int open = 0;
    for (size_t i = 0; i < LEDGER_KEY_COUNT; i++) {
        const struct ledger_key *k = &ledger_keys[i];
        if (k->record) {
            printf("%s,\n    \"ledger_%s\": {\"type\": \"object\", \"additionalProperties\": false, \"properties\": {",
                   open ? "}}" : "", k->record);
            open = 1;
            continue;
        }
        printf("%s\n        \"%s\": {\"description\": ", ledger_keys[i - 1].record ? "" : ",", k->key);
        text(k->text);
        printf(", ");
        ledger_form(k->form);
        putchar('}');
    }
    printf("}}");
}

/* What a section of the ledger holds; nothing for other keys. */
static void ledger_section(const char *key)
{
    for (size_t i = 0; i < sizeof ledger_sections / sizeof *ledger_sections; i++) {
        const struct ledger_section *s = &ledger_sections[i];
        if (strcmp(s->key, key) != 0) continue;
        char form[80];
        snprintf(form, sizeof form, "%s(%s)", s->one ? "ONE" : "MANY", s->record);
        printf(", ");
        ledger_form(form);
    }
}

static void records(const struct section *s)
{
    printf("\"type\": \"object\", \"properties\": {" DESCRIBED("from", FROM, "names") ", " DESCRIBED("because", BECAUSE, "text")
           "}, \"additionalProperties\": {\"$ref\": \"#/definitions/%s\"}", s->record);
}

static void property(const struct key *k)
{
    printf("        ");
    text(k->key);
    printf(": {\"description\": ");
    text(k->text);
    static const char *const plain[] = {"#/definitions/text", NULL, "#/definitions/names", "#/definitions/day",
                                        "#/definitions/value"};
    const struct section *s = section_of(k->key);
    switch (k->form) {
    case TEXT:
    case NAMES:
    case DAY: printf(", \"allOf\": [{\"$ref\": \"%s\"}]", plain[k->form]); break;
    case VALUE:
    case NOW: printf(", \"allOf\": [{\"$ref\": \"#/definitions/value\"}]"); break;
    case NAME: printf(", \"type\": [\"string\", \"number\"]"); break;
    case TRUTHS:
        printf(", \"anyOf\": [{\"$ref\": \"#/definitions/value\"}, {\"type\": \"array\", \"items\": {\"$ref\": "
               "\"#/definitions/value\"}}]");
        break;
    case RECORDS:
        printf(", ");
        if (s) records(s);
        break;
    case RAW: ledger_section(k->key); break;
    case SPECIAL: break;
    }
    putchar('}');
}

/* The properties of a kind of record, its own first, then those that all have. */
static void properties(const char *record)
{
    int first = 1, scenario = strcmp(record, "SCENARIO") == 0;
    for (int turn = 0; turn < (scenario ? 1 : 2); turn++)
        for (size_t i = 0; i < KEY_COUNT; i++) {
            if (strcmp(keys[i].record, turn ? "ANY" : record) != 0) continue;
            int again = 0;
            for (size_t k = 0; turn && k < KEY_COUNT; k++)
                again |= strcmp(keys[k].record, record) == 0 && strcmp(keys[k].key, keys[i].key) == 0;
            if (again) continue;
            printf("%s\n", first ? "" : ",");
            first = 0;
            property(&keys[i]);
        }
}

static void record(const struct section *s)
{
    printf(",\n    \"%s\": {", s->record);
    if (s->bare) printf("\"anyOf\": [{\"$ref\": \"#/definitions/scalar\"}, ");
    if (s->bare == 2) printf("{\"$ref\": \"#/definitions/choice\"}, ");
    printf("%s\"type\": \"object\", ", s->bare ? "{" : "");
    const char *required = s->bare == 2 ? "\"is\"" : s->required;
    if (*required) printf("\"required\": [%s], ", required);
    printf("\"additionalProperties\": false, \"properties\": {");
    properties(s->record);
    printf("}}%s", s->bare ? "]}" : "");
}

int main(void)
{
    printf("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n  \"title\": \"opcon scenario\",\n"
           "  \"description\": \"A scenario of opcon, or a part of one. Made from src/model/keys.def.\",\n"
           "  \"type\": \"object\",\n  \"additionalProperties\": false,\n  \"properties\": {");
    properties("SCENARIO");
    printf("\n  },\n  \"definitions\": {\n%s", definitions);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        int again = 0;
        for (size_t k = 0; k < i; k++) again |= strcmp(sections[k].record, sections[i].record) == 0;
        if (!again) record(&sections[i]);
    }
    ledger_definitions();
    printf("\n  }\n}\n");
    return ferror(stdout) ? 3 : 0;
}
