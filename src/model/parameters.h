/* Literals of overrides as parameters of a compiled program: compiled once, run with many values.
 *
 *     oc_model *model = oc_model_load(…, &options);                    // with the overrides of one variant
 *     size_t count = 0;
 *     for each override: oc_parameters_mark(model, override, &count)   // false: its value shapes the program
 *     oc_compiled *compiled = oc_compile(arena, model, &(oc_compile_options){…, .parameter_count = count});
 *     for each variant of the same shape: if (oc_parameters_fit(compiled, values)) oc_parameters_set(compiled, copy,
 * values)
 *
 * A parameter is a number that is a whole value (`chance: 0.7`, `takes: 3mo`), or stands in a rate, range or
 * distribution that is one (`0.2/yr`, `6mo to 18mo`, `beta(16, 4)`). The program takes nothing for granted about it and
 * gives the bits that a program compiled with the value gives. What a value would have been refused for when compiling,
 * oc_parameters_fit finds, or a check fails when the program runs: then the variant must be compiled by itself. */
#ifndef OC_MODEL_PARAMETERS_H
#define OC_MODEL_PARAMETERS_H

#include "model/compile.h"

enum { OC_MOST_PARAMETERS = 256 };

/* The numbers of a value as it is written (parsed, not yet checked), in order; at most `room`. False if it is not of a
 * kind whose numbers can be parameters. */
bool oc_parameters_read(const oc_expr *value, double *ret, size_t room, size_t *ret_count);
/* Whether two such values differ in their numbers only. */
bool oc_parameters_alike(const oc_expr *a, const oc_expr *b);

/* Marks the numbers of an override's value, wherever the model has it, as parameters *count and following. False, and
 * nothing is marked, if the value shapes more than numbers of the program. */
bool oc_parameters_mark(oc_model *model, const oc_override *override, size_t *count);

/* Whether two programs of one scenario make their normal numbers by the same instructions: a fast normal is scaled in
 * single precision where its scale is known, so a scale that is a parameter gives other bits. */
bool oc_parameters_draw_alike(const oc_compiled *a, const oc_compiled *b);

/* Whether no value is one that compiling would have refused. */
bool oc_parameters_fit(const oc_compiled *compiled, const double *values);
/* Sets the values in a copy of compiled->program. */
void oc_parameters_set(const oc_compiled *compiled, oc_program *copy, const double *values);

#endif
