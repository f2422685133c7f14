/* Who commands on a day, and what a document says.
 *
 *     who SCENARIO DAY [DOCUMENT]
 *     who /usr/share/opcon/scenarios/rok-us 2035-01-01 article.html */
#include <opcon/opcon.h>
#include <stdio.h>
#include <stdlib.h>

static void print_holding(const oc_holding_info *h)
{
    printf("%3.0f %%  %s: %s over %s, %s", 100 * h->probability,
           h->holder.id ? h->holder.in[OC_LANG_EN] : "nobody on record", h->matter.in[OC_LANG_EN],
           h->forces.in[OC_LANG_EN], h->state.in[OC_LANG_EN]);
    for (size_t i = 0; i < h->instrument_count; i++) printf("; %s", h->instruments[i].in[OC_LANG_EN]);
    for (size_t i = 0; i < h->contest_count; i++)
        printf("\n       disputed by %s: %s", h->contests[i].by.in[OC_LANG_EN], h->contests[i].claim[OC_LANG_EN]);
    printf("\n");
}

static oc_status ask(oc_scenario *scenario, oc_day day)
{
    oc_who_question question = OC_WHO_QUESTION;
    question.on = day;
    question.state = "war";
    const oc_scenario_info *facts = oc_scenario_facts(scenario);
    oc_outcome *outcome = NULL;
    oc_status status = facts ? OC_OK : OC_INPUT;
    /* What is still to come is known as a chance only. */
    if (status == OC_OK && day > facts->as_of) status = oc_scenario_run(scenario, NULL, &outcome);
    question.outcome = outcome;
    oc_holdings *answer = NULL;
    if (status == OC_OK) status = oc_scenario_who(scenario, &question, &answer);
    for (size_t i = 0; i < oc_holdings_count(answer); i++) print_holding(oc_holdings_at(answer, i));
    oc_holdings_free(answer);
    oc_outcome_free(outcome);
    return status;
}

static oc_status read_document(oc_scenario *scenario, const char *path)
{
    static char bytes[1 << 22];
    FILE *file = fopen(path, "rb");
    if (!file) return OC_IO;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    oc_documents *documents;
    oc_status status = oc_documents_open(NULL, scenario, &documents);
    if (status != OC_OK) return status;
    const char *json;
    status = oc_documents_read(documents, path, bytes, size, NULL, &json, NULL);
    fputs(status == OC_OK ? json : oc_documents_messages(documents, OC_LANG_EN), status == OC_OK ? stdout : stderr);
    oc_documents_close(documents);
    return status;
}

int main(int argc, char **argv)
{
    oc_day day = argc > 2 ? oc_day_from_text(argv[2]) : OC_DAY_NONE;
    if (day == OC_DAY_NONE) {
        fprintf(stderr, "usage: %s SCENARIO YYYY-MM-DD [DOCUMENT]\n", argv[0]);
        return 2;
    }
    oc_scenario *scenario;
    oc_status status = oc_scenario_open(NULL, argv[1], &scenario);
    if (status == OC_OK) status = ask(scenario, day);
    if (status == OC_OK && argc > 3) status = read_document(scenario, argv[3]);
    if (status != OC_OK) fprintf(stderr, "%s%s\n", oc_scenario_messages(scenario, OC_LANG_EN), oc_status_name(status));
    oc_scenario_close(scenario);
    return (int)status;
}
