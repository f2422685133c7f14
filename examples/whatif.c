/* What a change would do: two scenarios on the same futures, differences with their errors.
 *
 *     whatif SCENARIO PATH=VALUE...
 *     whatif /usr/share/opcon/scenarios/rok-us plan_kept=0.5 */
#include <opcon/opcon.h>
#include <stdio.h>

static const char *day_text(oc_day day, char buffer[11])
{
    return day == OC_DAY_NONE ? "beyond" : oc_day_to_text(day, buffer);
}

static void print_difference(const oc_difference_info *d)
{
    char before[11], after[11];
    printf("%-24s ", d->name);
    if (d->category) printf("%s: ", d->category);
    if (d->kind == OC_ESTIMATE_NUMBER) {
        printf("%g to %g: %+g (error %.2g)\n", d->mean[0], d->mean[1], d->mean_gap.value, d->mean_gap.error);
        return;
    }
    printf("%5.1f %% to %5.1f %%: %+.1f points (error %.2f)", 100 * d->p[0], 100 * d->p[1], 100 * d->share.value,
           100 * d->share.error);
    if (d->kind == OC_ESTIMATE_DATE)
        printf("; middle date %s to %s", day_text(d->p50[0], before), day_text(d->p50[1], after));
    printf("\n");
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s SCENARIO PATH=VALUE...\n", argv[0]);
        return 2;
    }
    oc_scenario *base = NULL, *changed = NULL;
    oc_status status = oc_scenario_open(NULL, argv[1], &base);
    if (status == OC_OK) status = oc_scenario_open(NULL, argv[1], &changed);
    for (int i = 2; i < argc && status == OC_OK; i++) status = oc_scenario_set(changed, argv[i]);
    oc_comparison *comparison = NULL;
    if (status == OC_OK) status = oc_scenario_compare(base, changed, NULL, &comparison);
    for (size_t i = 0; i < oc_comparison_count(comparison); i++) print_difference(oc_comparison_at(comparison, i));
    if (status != OC_OK) fprintf(stderr, "%s%s\n", oc_scenario_messages(changed, OC_LANG_EN), oc_status_name(status));
    oc_comparison_free(comparison);
    oc_scenario_close(changed);
    oc_scenario_close(base);
    return (int)status;
}
