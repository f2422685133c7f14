/* What moves an answer: shares of its variance, and where it goes with each input.
 *
 *     drivers SCENARIO [QUESTION [DAY]]
 *     drivers /usr/share/opcon/scenarios/rok-us transfer 2030-06-03 */
#include <opcon/opcon.h>
#include <stdio.h>

static void print_end(const oc_driver_end *end)
{
    if (end->category[0])
        printf("%s: %.3g", end->category, end->answer);
    else
        printf("%.3g: %.3g", end->input, end->answer);
}

static void print_driver(const oc_driver_info *d)
{
    char day[11];
    if (!d->estimated) return;
    printf("%5.1f %% (error %.1f)  %s", 100 * d->share, 100 * d->share_error, d->title[OC_LANG_EN]);
    if (d->kind == OC_DRIVER_LATER) printf(" after %s", oc_day_to_text(d->day, day));
    printf("; ");
    print_end(&d->low);
    printf(" to ");
    print_end(&d->high);
    printf("\n");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s SCENARIO [QUESTION [DAY]]\n", argv[0]);
        return 2;
    }
    oc_driver_question question = OC_DRIVER_QUESTION;
    if (argc > 2) question.name = argv[2];
    if (argc > 3) question.by = oc_day_from_text(argv[3]);
    oc_scenario *scenario = NULL;
    oc_drivers *drivers = NULL;
    oc_status status = oc_scenario_open(NULL, argv[1], &scenario);
    if (status == OC_OK) status = oc_scenario_drivers(scenario, &question, NULL, &drivers);
    const oc_drivers_info *facts = oc_drivers_facts(drivers);
    if (facts)
        printf("%s: mean %.4g in %llu futures\n", facts->question, facts->mean, (unsigned long long)facts->counted);
    for (size_t i = 0; i < oc_drivers_count(drivers); i++) print_driver(oc_drivers_at(drivers, i));
    if (status != OC_OK) fprintf(stderr, "%s%s\n", oc_scenario_messages(scenario, OC_LANG_EN), oc_status_name(status));
    oc_drivers_free(drivers);
    oc_scenario_close(scenario);
    return (int)status;
}
