/* SVG to PNG through librsvg and cairo, where opcon was built with them. */
#ifndef OC_CLI_PNG_H
#define OC_CLI_PNG_H

#include "base/arena.h"

/* Draws at `scale` pixels a unit. OC_USAGE if this build cannot, OC_IO if the libraries are not on this
 * machine; OC_LIMIT if the picture would be too large. */
oc_status oc_png_from_svg(oc_arena *arena, oc_slice svg, double width, double height, double scale, oc_slice *ret_png);

#endif
