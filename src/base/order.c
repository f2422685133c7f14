/* Orders for qsort(): 2 before 10, "10" before "2". */
#include "base/order.h"

#include "base/slice.h"
#include "opcon/types.h"

int oc_order_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int oc_order_days(const void *a, const void *b)
{
    oc_day x = *(const oc_day *)a, y = *(const oc_day *)b;
    return (x > y) - (x < y);
}

int oc_order_slices(const void *a, const void *b)
{
    return oc_slice_compare(*(const oc_slice *)a, *(const oc_slice *)b);
}
