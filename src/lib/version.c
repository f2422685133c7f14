/* Versions, and days as text. */
#include "base/date.h"
#include "opcon/opcon.h"

const char *oc_version(void)
{
    return OPCON_VERSION;
}

int oc_version_number(void)
{
    return OPCON_VERSION_NUMBER;
}

const char *oc_status_name(oc_status status)
{
    static const char *const names[] = {"ok", "input", "usage", "io", "limit", "no memory", "cancelled", "internal"};
    return (unsigned)status < OC_STATUS_COUNT ? names[status] : "unknown";
}

char *oc_day_to_text(oc_day day, char buffer[11])
{
    buffer[0] = '\0';
    if (day < OC_DAY_MIN || day > OC_DAY_MAX) return buffer;
    oc_civil date = oc_civil_from_day(day);
    const int parts[] = {date.year / 100, date.year % 100, date.month, date.day};
    char *at = buffer;
    for (size_t i = 0; i < 4; i++) {
        if (i > 1) *at++ = '-';
        *at++ = (char)('0' + parts[i] / 10);
        *at++ = (char)('0' + parts[i] % 10);
    }
    *at = '\0';
    return buffer;
}

oc_day oc_day_from_text(const char *text)
{
    return text ? oc_day_parse(oc_slice_of(text), NULL) : OC_DAY_NONE;
}
