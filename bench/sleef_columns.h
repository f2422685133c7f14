/* Columns through SLEEF's vector functions, as wide as the machine that compiled this has them. */
#ifndef OC_BENCH_SLEEF_COLUMNS_H
#define OC_BENCH_SLEEF_COLUMNS_H

#include <stddef.h>

int sleef_width(void); /* lanes; 0: no SLEEF here */
void sleef_exp(const double *x, double *y, size_t count);
void sleef_log(const double *x, double *y, size_t count);
void sleef_pow(const double *x, double *y, size_t count); /* to the 2.7 */

#endif
