/* Opening a library by the name it had when opcon was built; see library.h. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

/* "libgvc.so.6" … */
static const char *const sonames[] = {
#include "sonames.def"
};

static const char *soname_of(const char *library)
{
    size_t length = strlen(library);
    for (size_t i = 0; i < sizeof sonames / sizeof *sonames; i++)
        if (strncmp(sonames[i], library, length) == 0 && strncmp(sonames[i] + length, ".so", 3) == 0) return sonames[i];
    return NULL;
}

bool oc_library_open(const char *library, const oc_library_symbol *symbols, size_t count)
{
    const char *soname = soname_of(library);
    void *opened = soname ? dlopen(soname, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (!opened) return false;
    for (size_t i = 0; i < count; i++) {
        /* POSIX lets a function's address be an object pointer's value, C does not. */
        void *found = dlsym(opened, symbols[i].name);
        if (!found) return false;
        memcpy(symbols[i].ret_address, &found, sizeof found);
    }
    return true;
}
