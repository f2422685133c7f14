/* Programs that between them use every instruction with every kind of operand: for bit-identity across targets, threads
 * and compilers, and as seeds for mutation. */
#ifndef OC_TESTS_PROGRAMS_H
#define OC_TESTS_PROGRAMS_H

#include "assemble.h"

size_t test_program_count(void);
const char *test_program_name(size_t index);
/* Release with as_free(*ret). */
const oc_program *test_program(size_t index, as_program **ret);

#endif
