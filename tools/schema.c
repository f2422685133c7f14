/* Build tool: the table of keys (src/model/keys.def) to a JSON Schema of scenarios, draft-07, which the YAML plug-ins of
 * editors understand.
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

static const char *const definitions =
    "    \"text\": {\"description\": \"a text, or one for each language\", \"anyOf\": [{\"type\": [\"string\", \"number\"]},\n"
    "      {\"type\": \"object\", \"properties\": {\"en\": {\"type\": \"string\"}, \"ja\": {\"type\": \"string\"}, \"ko\": "
    "{\"type\": \"string\"}}, \"additionalProperties\": false}]},\n"
    "    \"names\": {\"anyOf\": [{\"type\": [\"string\", \"number\"]}, {\"type\": \"array\", \"items\": {\"type\": [\"string\", "
    "\"number\"]}}]},\n"
    "    \"day\": {\"type\": \"string\", \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"},\n"
    "    \"scalar\": {\"type\": [\"string\", \"number\", \"boolean\"]},\n"
    "    \"source_of_value\": {\"type\": \"object\", \"required\": [\"is\"], \"properties\": {\"is\": {\"$ref\": "
    "\"#/definitions/value\"}, \"from\": {\"$ref\": \"#/definitions/names\"}, \"because\": {\"$ref\": "
    "\"#/definitions/text\"}, \"title\": {\"$ref\": \"#/definitions/text\"}, \"about\": {\"$ref\": \"#/definitions/text\"}, "
    "\"unit\": {\"type\": \"string\"}, \"at\": true}, \"additionalProperties\": false},\n"
    "    \"choice\": {\"description\": \"a value for each category (with by), or a probability for each\", \"type\": "
    "\"object\", \"minProperties\": 1, \"not\": {\"required\": [\"is\"]}, \"additionalProperties\": {\"anyOf\": [{\"$ref\": "
    "\"#/definitions/value\"}, {\"$ref\": \"#/definitions/names\"}]}},\n"
    "    \"value\": {\"description\": \"an expression; or {is:, from:, because:}; or {by: category, …}; or probabilities\", "
    "\"anyOf\": [{\"$ref\": \"#/definitions/scalar\"}, {\"$ref\": \"#/definitions/source_of_value\"}, {\"$ref\": "
    "\"#/definitions/choice\"}]}";

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

static void records(const struct section *s)
{
    printf("\"type\": \"object\", \"properties\": {\"from\": {\"$ref\": \"#/definitions/names\"}, \"because\": {\"$ref\": "
           "\"#/definitions/text\"}}, \"additionalProperties\": {\"$ref\": \"#/definitions/%s\"}", s->record);
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
    case SPECIAL:
    case RAW: break;
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
    printf("\n  }\n}\n");
    return ferror(stdout) ? 3 : 0;
}
