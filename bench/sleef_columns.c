#include "sleef_columns.h"

#if defined(OC_HAVE_SLEEF) && defined(__AVX512F__)
#include <immintrin.h>
#include <sleef.h>
#define WIDTH 8
#define LOAD _mm512_loadu_pd
#define STORE _mm512_storeu_pd
#define EXP Sleef_expd8_u10avx512f
#define LOG Sleef_logd8_u10avx512f
#define POW(x) Sleef_powd8_u10avx512f(x, _mm512_set1_pd(2.7))
#elif defined(OC_HAVE_SLEEF) && defined(__AVX2__)
#include <immintrin.h>
#include <sleef.h>
#define WIDTH 4
#define LOAD _mm256_loadu_pd
#define STORE _mm256_storeu_pd
#define EXP Sleef_expd4_u10avx2
#define LOG Sleef_logd4_u10avx2
#define POW(x) Sleef_powd4_u10avx2(x, _mm256_set1_pd(2.7))
#else
#define WIDTH 0
#endif

int sleef_width(void)
{
    return WIDTH;
}

#if WIDTH
#define COLUMN(NAME, FUNCTION)                                                                          \
    void NAME(const double *x, double *y, size_t count)                                                 \
    {                                                                                                   \
        for (size_t i = 0; i + WIDTH <= count; i += WIDTH) STORE(y + i, FUNCTION(LOAD(x + i)));         \
    }
#else
#define COLUMN(NAME, FUNCTION)                                                                          \
    void NAME(const double *x, double *y, size_t count)                                                 \
    {                                                                                                   \
        (void)x, (void)y, (void)count;                                                                  \
    }
#endif

COLUMN(sleef_exp, EXP)
COLUMN(sleef_log, LOG)
COLUMN(sleef_pow, POW)
