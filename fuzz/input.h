/* What the targets over scenarios share: the only file there is, and what must hold of every message. */
#ifndef OC_FUZZ_INPUT_H
#define OC_FUZZ_INPUT_H

#include "diag/render.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Calls body(diags, context) with a fresh arena of 256 MiB and then checks its diagnostics. While it runs,
 * "scenario.yaml" has these bytes and no other file can be read (linked with --wrap=oc_file_read). */
void fuzz_input_run(oc_slice bytes, void (*body)(oc_diags *diags, void *context), void *context);

/* Aborts when `good` is false. */
void fuzz_check(bool good);

#endif
