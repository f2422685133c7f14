/* Claims that a person accepted in the workspace, as voices of the scenario.
 *
 * They become records of the sections `voices` (claim-N: about the stage that has the claim's milestone as its name, or
 * "milestone_step"), `actors` (speakers that the scenario does not know) and `sources` (document-N:LINE), as if they
 * stood in a file of the scenario: forecast, timeline and report then take them like any other. The scenario's files
 * are left alone. */
#ifndef OC_CLI_WORKSPACE_VOICES_H
#define OC_CLI_WORKSPACE_VOICES_H

#include "cli/workspace.h"

/* What was taken from the workspace. */
typedef struct oc_told {
    oc_slice path;   /* of the workspace; empty: there is none */
    size_t count;    /* claims that became voices */
    size_t unusable; /* of the stage asked for: without an end of the interval, or in a document without a date */
} oc_told;

/* Adds the accepted claims of --workspace, or of the workspace there is. Without one nothing happens. A workspace that
 * was not asked for and cannot be read is reported and left out. `stage`: see oc_told; may be empty. */
oc_status oc_workspace_voices(oc_context *x, oc_model *model, oc_slice stage, oc_told *ret);

/* The number of the claim that became this voice; 0 if it stands in the scenario. */
int64_t oc_voice_claim(oc_slice voice);

#endif
