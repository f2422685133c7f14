/* Which instruction sets this processor has, and its arithmetic mode. */
#include "engine/engine.h"

#ifdef OC_ENGINE_X86
bool oc_isa_available(oc_isa isa)
{
    switch (isa) {
    case OC_ISA_AUTO:
    case OC_ISA_BASE: return true;
    case OC_ISA_V3: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case OC_ISA_V4:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
               oc_isa_available(OC_ISA_V3);
    default: return false;
    }
}

bool oc_engine_set_arithmetic(void)
{
    /* rounding (bits 13, 14), flush to zero (15) and denormals are zero (6) of MXCSR */
    unsigned wrong = 0xe040u, now = __builtin_ia32_stmxcsr();
    if ((now & wrong) == 0) return false;
    __builtin_ia32_ldmxcsr(now & ~wrong);
    return true;
}
#else
bool oc_isa_available(oc_isa isa)
{
    return isa == OC_ISA_AUTO || isa == OC_ISA_BASE;
}

bool oc_engine_set_arithmetic(void)
{
    return false;
}
#endif

oc_isa oc_isa_best(void)
{
    return oc_isa_available(OC_ISA_V4) ? OC_ISA_V4 : oc_isa_available(OC_ISA_V3) ? OC_ISA_V3 : OC_ISA_BASE;
}

static const char *const names[OC_ISA_COUNT] = {"auto", "base", "v3", "v4"};

const char *oc_isa_name(oc_isa isa)
{
    return isa < OC_ISA_COUNT ? names[isa] : "?";
}

oc_isa oc_isa_from_name(const char *name, size_t length)
{
    for (oc_isa isa = OC_ISA_AUTO; isa < OC_ISA_COUNT; isa++) {
        size_t i = 0;
        while (i < length && names[isa][i] == name[i] && names[isa][i]) i++;
        if (i == length && !names[isa][i]) return isa;
    }
    return OC_ISA_COUNT;
}
