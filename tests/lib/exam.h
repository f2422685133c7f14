/* The scenario that tests of the public interface share. cmocka.h comes before this. */
#ifndef OC_TESTS_LIB_EXAM_H
#define OC_TESTS_LIB_EXAM_H

#include <math.h>
#include <opcon/opcon.h>
#include <string.h>

/* Each year an examination that is held with 0.7 and passed with 0.4: by the end of year n, 1 - 0.72^n. */
static const char exam[] = "scenario: exam\n"
                           "title: {en: An exam, ja: 試験}\n"
                           "as_of: 2026-01-01\n"
                           "horizon: 2030-12-31\n"
                           "calendar:\n"
                           "  exam: {every: year, date: 08-18, held: 0.7}\n"
                           "inputs:\n"
                           "  weight: normal(3, 1)\n"
                           "  length: 10d\n"
                           "variables:\n"
                           "  grade: {values: [good, fair, poor], now: {good: 0.2, fair: 0.5, poor: rest}}\n"
                           "stages:\n"
                           "  passed: {at: exam, chance: 0.4}\n"
                           "questions:\n"
                           "  soon: {is: passed <= 2027-12-31, title: {en: Soon, ko: 곧}}\n"
                           "  passed: passed\n"
                           "  load: weight * 2\n"
                           "  mark: grade\n"
                           "  span: length\n"
                           "policies:\n"
                           "  school: {set: {stages.passed.chance: 1}, force: {exam@2026-08-18.held: no}}\n";

/* Open, with a change; NULL: as it is. */
static inline oc_scenario *exam_changed_by(const char *change)
{
    oc_scenario *scenario = NULL;
    assert_int_equal(oc_scenario_open_bytes(NULL, "exam.yaml", exam, strlen(exam), &scenario), OC_OK);
    if (change) assert_int_equal(oc_scenario_set(scenario, change), OC_OK);
    return scenario;
}

static inline void is_near(double value, double expected, double distance)
{
    if (!(fabs(value - expected) <= distance)) fail_msg("%g is not %g within %g", value, expected, distance);
}

#endif
