/* Chances that a forecast gave, what became of what it asked, and the scores: for older scenarios and for kept runs. */
#ifndef OC_CLI_SETTLED_H
#define OC_CLI_SETTLED_H

#include "analysis/resolve.h"
#include "analysis/scores.h"
#include "cli/table.h"

/* A chance that turned out wrong is held to have been no smaller than this in the log score. */
#define OC_LOG_FLOOR 0.01
/* Fewer questions than this say little, and that is said. */
enum { OC_FEW_QUESTIONS = 20 };

typedef struct oc_settled {
    const oc_question *question;
    bool about_now;    /* a date: whether it has come by `by` */
    oc_day by;
    double p;
    oc_known answer;   /* low = high: settled */
    bool entered;      /* by a person */
    double brier, log; /* NAN: open */
} oc_settled;

typedef OC_VEC(oc_settled) oc_settled_list;

static inline bool oc_is_settled(const oc_settled *one)
{
    return one->answer.low == one->answer.high;
}

/* Sets the scores from p and answer. */
void oc_settled_score(oc_settled *one);
/* "yes", "no", "open". */
const char *oc_settled_word(const oc_settled *one);
/* The title, of a date with the day it is asked about. */
oc_slice oc_settled_title(oc_context *x, const oc_settled *one);
/* question, said, happened, Brier, log. */
void oc_settled_print(oc_context *x, oc_text *out, const oc_settled_list *list);
/* A row {name, by, p, answer, entered, brier, log}. */
void oc_settled_json(oc_json *json, const oc_settled *one);
/* "question,p,answer,brier,log" and a line feed. */
void oc_settled_csv(oc_text *out, const oc_settled *one);

#endif
