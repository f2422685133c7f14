/* Reading what the command line says; see command.h. */
#include <errno.h>
#include <stdlib.h>

#include "cli/command.h"

bool oc_has(const oc_context *x, const char *option)
{
    for (size_t i = 0; i < x->options.len; i++)
        if (strcmp(x->options.at[i].option->name, option) == 0) return true;
    return false;
}

oc_slice oc_value_of(const oc_context *x, const char *option, oc_slice fallback)
{
    for (size_t i = x->options.len; i-- > 0;)
        if (strcmp(x->options.at[i].option->name, option) == 0) return x->options.at[i].value;
    return fallback;
}

static oc_status bad_value(oc_context *x, const char *option, oc_slice value, oc_slice allowed)
{
    return oc_complain(x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S(option), OC_T(value), OC_T(allowed)));
}

/* 1000000, 1e6, 1_000_000. */
static bool integer(oc_slice text, int64_t *ret)
{
    char buffer[32];
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '_') continue;
        if (length + 1 >= sizeof buffer) return false;
        buffer[length++] = text.ptr[i];
    }
    buffer[length] = '\0';
    if (!length || strspn(buffer, "0123456789eE+-.") != length) return false;
    char *end;
    errno = 0;
    long long whole = strtoll(buffer, &end, 10);
    if (!*end && errno == 0) {
        *ret = whole;
        return true;
    }
    double value = strtod(buffer, &end);
    if (*end || !(value > -9e15 && value < 9e15) || value != (double)(int64_t)value) return false;
    *ret = (int64_t)value;
    return true;
}

oc_status oc_get_integer(oc_context *x, const char *option, int64_t least, int64_t most, int64_t fallback, int64_t *ret)
{
    *ret = fallback;
    if (!oc_has(x, option)) return OC_OK;
    oc_slice text = oc_value_of(x, option, (oc_slice){"", 0});
    if (integer(text, ret) && *ret >= least && *ret <= most) return OC_OK;
    return bad_value(x, option, text, oc_arena_printf(x->arena, "%lld … %lld", (long long)least, (long long)most));
}

oc_status oc_get_day(oc_context *x, const char *option, oc_day fallback, oc_day *ret)
{
    *ret = fallback;
    if (!oc_has(x, option)) return OC_OK;
    oc_slice text = oc_value_of(x, option, (oc_slice){"", 0});
    *ret = oc_day_parse(text, NULL);
    return *ret != OC_DAY_NONE ? OC_OK : bad_value(x, option, text, OC_SLICE("YYYY-MM-DD"));
}

oc_status oc_get_word(oc_context *x, const char *option, const char *const *words, size_t count, size_t fallback,
                      size_t *ret)
{
    *ret = fallback;
    if (!oc_has(x, option)) return OC_OK;
    oc_slice text = oc_value_of(x, option, (oc_slice){"", 0});
    oc_text all = oc_text_in(x->arena);
    for (size_t i = 0; i < count; i++) {
        if (oc_slice_is(text, words[i])) {
            *ret = i;
            return OC_OK;
        }
        oc_text_printf(&all, "%s%s", i ? ", " : "", words[i]);
    }
    return bad_value(x, option, text, oc_text_slice(&all));
}
