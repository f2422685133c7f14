/* What moves an answer: how much of its variance each input explains, and where the answer goes with it.
 *
 *     oc_driver_question question = OC_DRIVER_QUESTION;
 *     question.name = "transfer";
 *     question.by = oc_day_from_text("2030-06-03");
 *     oc_drivers *drivers;
 *     if (oc_scenario_drivers(scenario, &question, NULL, &drivers) == OC_OK)
 *         for (size_t i = 0; i < oc_drivers_count(drivers); i++) {
 *             const oc_driver_info *d = oc_drivers_at(drivers, i);
 *             if (d->estimated) printf("%s: %.1f %%\n", d->title[OC_LANG_EN], 100 * d->share);
 *         }
 *     oc_drivers_free(drivers);
 *
 * One ordinary run says it for all inputs at once: shares are first-order indices from given data (Plischke, Borgonovo
 * and Smith 2013), ends are means over the futures with the lowest and the highest tenth of an input. The numbers are
 * those of `opcon drivers`, to the bit, for every number of threads; docs/manual/commands/drivers.md says how to read
 * them. Indices from designed runs (`--sobol`) are not in the library. */
#ifndef OPCON_DRIVERS_H
#define OPCON_DRIVERS_H

#include <opcon/outcome.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct oc_drivers oc_drivers;

typedef struct oc_driver_question {
    size_t size;      /* sizeof(oc_driver_question) */
    const char *name; /* of a question or a stage; NULL: the last question about a date, or the last stage to come */
    oc_day by;        /* of a date: the share of futures in which it has come by then; OC_DAY_NONE: by the horizon */
    bool days;        /* of a date: how many days it takes instead, at most to the day behind `by` */
    const char *category; /* of a category: the value whose share is asked about; NULL for other kinds */
} oc_driver_question;
#define OC_DRIVER_QUESTION                                                                                             \
    {                                                                                                                  \
        sizeof(oc_driver_question), NULL, OC_DAY_NONE, false, NULL                                                     \
    }

/* Runs the scenario and takes the answer apart. `question` NULL: OC_DRIVER_QUESTION. `settings` NULL: OC_RUN_SETTINGS
 * with 65,536 futures; blockers_by is not used, `progress` is called by whichever thread has finished something, one at
 * a time, and runs are 1,000 to 2^26. OC_OK, also where the answer cannot be taken apart (see its facts); OC_INPUT (see
 * the diagnostics: errors, a value that is none while running, or fewer than 1,000 futures that agree with the news);
 * OC_CANCELLED, with what the futures so far say if they are 1,000; OC_LIMIT (futures times inputs exceed 2^26);
 * OC_USAGE (settings out of range; no question or stage of that name; a day that is not between the scenario's two, or
 * for what is no date; a category without one of its values); OC_NOMEM. */
OC_API oc_status oc_scenario_drivers(oc_scenario *scenario, const oc_driver_question *question,
                                     const oc_run_settings *settings, oc_drivers **ret_drivers);
/* Drivers stand alone, are never changed and may be read by several threads. */
OC_API void oc_drivers_free(oc_drivers *drivers);

typedef enum oc_drivers_found {
    OC_DRIVERS_ESTIMATED,
    OC_DRIVERS_SETTLED, /* a stage that is done already */
    OC_DRIVERS_SAME,    /* the answer is the same in every future */
    OC_DRIVERS_RARE,    /* a share with fewer than 30 futures on one side */
    OC_DRIVERS_TOO_FEW  /* fewer than 1,000 futures in which the answer is a number */
} oc_drivers_found;

typedef struct oc_drivers_info {
    oc_drivers_found found; /* without estimates there are no drivers */
    const char *question;
    const char *title[OC_LANG_COUNT];
    const char *category;  /* "" if it is none */
    oc_day by;             /* of a date; else OC_DAY_NONE */
    bool days;             /* in days: asked for, or the date comes by the horizon in every future or in none */
    double mean, variance; /* of the answer: a share is 0 or 1 in each future */
    uint64_t futures;      /* that were run */
    uint64_t counted;      /* of those, in which the news is true and the answer is a number */
    uint64_t endless;      /* left out: the answer is never */
    uint64_t seed;
    bool complete;    /* as many as were asked for */
    double explained; /* sum of the shares of drivers that add up; the rest is chance, and inputs acting together */
} oc_drivers_info;
OC_API const oc_drivers_info *oc_drivers_facts(const oc_drivers *drivers);

typedef enum oc_driver_kind {
    OC_DRIVER_INPUT,
    OC_DRIVER_START, /* what a variable is at as_of */
    OC_DRIVER_TAKES, /* how long a stage takes */
    OC_DRIVER_LATER  /* what a variable is after an event: who has won an election */
} oc_driver_kind;

/* An end of the range of an input. */
typedef struct oc_driver_end {
    double input;         /* its median over these futures; of a category and of a truth its number from 0 */
    const char *category; /* its value; "" if it is none */
    double answer, error; /* mean over these futures, standard error */
    double futures;       /* how many; those on the border count in part */
} oc_driver_end;

typedef struct oc_driver_info {
    const char *name;
    const char *title[OC_LANG_COUNT];
    oc_driver_kind kind;
    const char *event; /* LATER; else "" */
    oc_day day;        /* LATER; else OC_DAY_NONE */
    const char *unit;  /* "" if there is none */
    bool adds_up;      /* drawn independently of the others: shares of such drivers add up */
    bool estimated;    /* false: it does not vary, is never in some futures, or is seen too seldom; all below is 0 */
    double share;      /* of the answer's variance, 0 to 1 */
    double share_error, share_low, share_high; /* standard error; interval of 90 % */
    double narrowing; /* by how much the answer's deviation is expected to shrink if this were known: 0 to 1 */
    double effect;    /* high.answer - low.answer; of categories never negative */
    oc_driver_end low, high;
} oc_driver_info;

/* By size of effect, those without estimates last. NULL beyond the last. */
OC_API size_t oc_drivers_count(const oc_drivers *drivers);
OC_API const oc_driver_info *oc_drivers_at(const oc_drivers *drivers, size_t number);
/* By name; of several the one with the largest effect. NULL: there is none. */
OC_API const oc_driver_info *oc_drivers_find(const oc_drivers *drivers, const char *name);

#ifdef __cplusplus
}
#endif

#endif
