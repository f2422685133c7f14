/* Libraries that few commands use: opened when one does.
 *
 * Linked in the ordinary way, every start of the program would load them and all that they need in turn: those of
 * libraries.c are forty files, 2.4 ms of the 4 ms that `opcon --version` took. So who uses one includes its header,
 * names the functions in a list and asks for them when they are needed:
 *
 *     #define FUNCTIONS(X) X(gvContext) X(gvLayout)
 *     static struct { FUNCTIONS(OC_LIBRARY_POINTER) } of;
 *     static const oc_library_symbol symbols[] = {FUNCTIONS(OC_LIBRARY_SYMBOL)};
 *     …
 *     if (!oc_library_open("libgvc", symbols, sizeof symbols / sizeof *symbols)) return OC_IO;
 *     context = of.gvContext();
 *
 * The compiler checks every call against the header. Which file is opened is settled when opcon is built: it links
 * libraries.c, which nobody runs, with each of them, and takes the names from there (tools/write_sonames.py). From the
 * same file dpkg-shlibdeps reads what the package depends on (debian/rules). */
#ifndef OC_BASE_LIBRARY_H
#define OC_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct oc_library_symbol {
    const char *name;
    void *ret_address; /* of the pointer to a function or object of that name */
} oc_library_symbol;

#define OC_LIBRARY_POINTER(symbol) __typeof__(symbol) *symbol;
#define OC_LIBRARY_SYMBOL(symbol) {#symbol, &of.symbol},

/* Opens the library (its name up to ".so"), or finds it open, and sets the pointers of all symbols; they may be of
 * libraries that it needs itself. False if it is not on this machine or has not all of them. It stays open. */
bool oc_library_open(const char *library, const oc_library_symbol *symbols, size_t count);

#endif
