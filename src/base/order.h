/* Ascending orders of plain values for qsort(), which calls them with two elements of the array. */
#ifndef OC_BASE_ORDER_H
#define OC_BASE_ORDER_H

int oc_order_doubles(const void *a, const void *b); /* of double; none is a NaN */
int oc_order_days(const void *a, const void *b);    /* of oc_day */
int oc_order_slices(const void *a, const void *b);  /* of oc_slice, by bytes: oc_slice_compare() */

#endif
