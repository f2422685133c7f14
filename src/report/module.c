/* The engine for the page, if clang could compile it when opcon was built. */
#include "report/report.h"

#ifdef OC_REPORT_HAS_MODULE
extern const unsigned char oc_engine_wasm[];
extern const size_t oc_engine_wasm_size;

oc_slice oc_report_module(void)
{
    return (oc_slice){(const char *)oc_engine_wasm, oc_engine_wasm_size};
}
#else
oc_slice oc_report_module(void)
{
    return (oc_slice){NULL, 0};
}
#endif
