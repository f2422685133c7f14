/* The options of runs, read once for all commands. */
#include "cli/run_options.h"

#define MOST_SEED INT64_C(9000000000000000)

oc_run_options oc_watched_run(oc_context *x)
{
    return (oc_run_options){
        .progress = oc_progress, .progress_context = x, .clock = oc_clock, .cancel = &oc_interrupted};
}

oc_status oc_get_isa(oc_context *x, oc_isa *ret)
{
    static const char *const isas[] = {"auto", "base", "v3", "v4"};
    size_t isa;
    oc_status status = oc_get_word(x, "isa", isas, 4, 0, &isa);
    if (status != OC_OK) return status;
    *ret = (oc_isa)isa;
    return oc_isa_available(*ret) ? OC_OK : oc_complain(x, OC_USAGE, "cli.no-isa", OC_ARGS(OC_S(isas[isa])));
}

oc_status oc_get_run_options(oc_context *x, int64_t least, int64_t most, int64_t fallback, oc_run_options *ret)
{
    int64_t runs, seed, threads;
    *ret = oc_watched_run(x);
    oc_status status = oc_get_integer(x, "runs", least, most, fallback, &runs);
    if (status == OC_OK) status = oc_get_integer(x, "seed", 0, MOST_SEED, 1, &seed);
    if (status == OC_OK) status = oc_get_integer(x, "threads", 1, OC_MAX_THREADS, oc_processors(), &threads);
    if (status == OC_OK) status = oc_get_isa(x, &ret->isa);
    if (status != OC_OK) return status;
    ret->runs = (uint64_t)runs;
    ret->seed = (uint64_t)seed;
    ret->threads = (unsigned)threads;
    return OC_OK;
}
