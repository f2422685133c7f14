/* The files of web/, embedded at build time by tools/embed.c. */
#ifndef OC_REPORT_WEB_H
#define OC_REPORT_WEB_H

#include <stddef.h>

extern const unsigned char oc_web_style[], oc_web_script[], oc_web_worker[];
extern const size_t oc_web_style_size, oc_web_script_size, oc_web_worker_size;

/* Of `opcon serve`. */
extern const unsigned char oc_web_serve_style[], oc_web_serve_script[];
extern const size_t oc_web_serve_style_size, oc_web_serve_script_size;

#endif
