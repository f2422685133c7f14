/* opcon backtest --kept: the runs of the workspace against what is known by now. */
#ifndef OC_CLI_BACKTEST_KEPT_H
#define OC_CLI_BACKTEST_KEPT_H

#include "cli/settled.h"

oc_status oc_kept_backtest(oc_context *x, size_t format);

/* What became of the chances that kept runs of a scenario gave. */
typedef struct oc_kept_answer {
    oc_settled settled;
    oc_slice as_of; /* of the run */
} oc_kept_answer;

typedef struct oc_kept_answers {
    OC_VEC(oc_kept_answer) list; /* those that are settled, in the order in which they were kept */
    size_t runs, open;           /* that stand on earlier days; chances that are not settled */
} oc_kept_answers;

/* By what the text of `model` knows on the day it stands on. Without a workspace there are none. */
oc_status oc_kept_answers_of(oc_context *x, const oc_model *model, oc_kept_answers *ret);

#endif
