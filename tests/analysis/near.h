/* Comparing numbers in the tests of the statistics. */
#ifndef TEST_NEAR_H
#define TEST_NEAR_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* |got - want| <= tolerance; NAN is near nothing. */
#define assert_near(got, want, tolerance) \
    do { \
        double got_ = (got), want_ = (want); \
        if (!(fabs(got_ - want_) <= (tolerance))) fail_msg("%s is %.12g, expected %.12g", #got, got_, want_); \
    } while (0)

#define TEST_MAIN(...) \
    int main(void) \
    { \
        const struct CMUnitTest tests[] = {__VA_ARGS__}; \
        cmocka_set_message_output(CM_OUTPUT_TAP); \
        return cmocka_run_group_tests(tests, NULL, NULL); \
    }

#endif
