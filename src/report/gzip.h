/* Bytes made smaller, as a browser's DecompressionStream('gzip') reads them. */
#ifndef OC_REPORT_GZIP_H
#define OC_REPORT_GZIP_H

#include "base/arena.h"

/* No time and no name inside: the same bytes give the same bytes (with one version of zlib). */
oc_slice oc_gzip(oc_arena *arena, oc_slice bytes);

#endif
