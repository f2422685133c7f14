/* SVG to PNG; see png.h. */
#include "cli/png.h"

#ifdef OC_HAVE_RSVG
#include <librsvg/rsvg.h>

#include "base/library.h"
#include "base/text.h"

#define FUNCTIONS(X)                                                                                                   \
    X(rsvg_handle_new_from_data)                                                                                       \
    X(rsvg_handle_render_document) X(cairo_image_surface_create) X(cairo_create) X(cairo_destroy)                      \
        X(cairo_surface_write_to_png_stream) X(cairo_surface_destroy) X(g_object_unref) X(g_try_realloc) X(g_free)

/* Functions of librsvg and of what it is linked with. */
static struct {
    FUNCTIONS(OC_LIBRARY_POINTER)
} of;
static const oc_library_symbol symbols[] = {FUNCTIONS(OC_LIBRARY_SYMBOL)};

enum { MAX_SIDE = 20000 };

typedef struct sink {
    unsigned char *bytes;
    size_t len, room;
} sink;

/* Not into the arena: cairo's own memory must not be left behind by a jump out of it. */
static cairo_status_t keep(void *context, const unsigned char *bytes, unsigned int length)
{
    sink *s = context;
    if (s->len + length > s->room) {
        size_t room = (s->len + length) * 2;
        unsigned char *grown = of.g_try_realloc(s->bytes, room);
        if (!grown) return CAIRO_STATUS_NO_MEMORY;
        s->bytes = grown;
        s->room = room;
    }
    memcpy(s->bytes + s->len, bytes, length);
    s->len += length;
    return CAIRO_STATUS_SUCCESS;
}

static bool draw(RsvgHandle *handle, double width, double height, double scale, sink *out)
{
    cairo_surface_t *surface =
        of.cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)(width * scale), (int)(height * scale));
    cairo_t *cairo = of.cairo_create(surface);
    RsvgRectangle view = {0, 0, width * scale, height * scale};
    bool good = of.rsvg_handle_render_document(handle, cairo, &view, NULL);
    of.cairo_destroy(cairo);
    good = good && of.cairo_surface_write_to_png_stream(surface, keep, out) == CAIRO_STATUS_SUCCESS;
    of.cairo_surface_destroy(surface);
    return good;
}

oc_status oc_png_from_svg(oc_arena *arena, oc_slice svg, double width, double height, double scale, oc_slice *ret_png)
{
    if (!(width * scale >= 1 && width * scale <= MAX_SIDE && height * scale >= 1 && height * scale <= MAX_SIDE))
        return OC_LIMIT;
    if (!oc_library_open("librsvg-2", symbols, sizeof symbols / sizeof *symbols)) return OC_IO;
    RsvgHandle *handle = of.rsvg_handle_new_from_data((const guint8 *)svg.ptr, svg.len, NULL);
    if (!handle) return OC_INTERNAL;
    sink out = {0};
    bool good = draw(handle, width, height, scale, &out);
    of.g_object_unref(handle);
    if (good) *ret_png = oc_arena_copy(arena, (oc_slice){(const char *)out.bytes, out.len});
    of.g_free(out.bytes);
    return good ? OC_OK : OC_INTERNAL;
}
#else
oc_status oc_png_from_svg(oc_arena *arena, oc_slice svg, double width, double height, double scale, oc_slice *ret_png)
{
    (void)arena, (void)svg, (void)width, (void)height, (void)scale, (void)ret_png;
    return OC_USAGE;
}
#endif
