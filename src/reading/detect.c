/* Language by script, then by function words. Kana is written in no other language than Japanese and hangul in none but
 * Korean, so their shares decide; Han characters without kana are a Japanese headline. Latin letters weigh a third of a
 * character, because a name or an abbreviation in CJK text has many of them. */
#include "reading/detect.h"

#include "base/utf8.h"

#define READ_MAX ((size_t)64 << 10)

typedef struct counts {
    size_t kana, hangul, han, latin;
} counts;

static void count_code(counts *n, uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= 0xc0 && code < 0x250)) n->latin++;
    else if ((code >= 0x3041 && code <= 0x30fa) || (code >= 0xff66 && code <= 0xff9d)) n->kana++;
    else if ((code >= 0xac00 && code <= 0xd7a3) || (code >= 0x1100 && code <= 0x11ff) ||
             (code >= 0x3131 && code <= 0x318e)) n->hangul++;
    else if ((code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code == 0x3005) n->han++;
}

oc_lang oc_detect_language(oc_slice text, double *ret_sure)
{
    counts n = {0};
    text = oc_slice_sub(text, 0, READ_MAX);
    for (size_t at = 0; at < text.len;) count_code(&n, oc_utf8_next(text, &at));
    double ja = n.kana ? (double)(n.kana + n.han) : (double)n.han * (n.hangul ? 0.25 : 1.0);
    double ko = (double)n.hangul * 1.5, en = (double)n.latin / 3.0;
    double sum = ja + ko + en;
    oc_lang lang = ko > ja && ko > en ? OC_LANG_KO : ja > en ? OC_LANG_JA : OC_LANG_EN;
    double best = lang == OC_LANG_KO ? ko : lang == OC_LANG_JA ? ja : en;
    if (ret_sure) *ret_sure = sum > 0 ? best / sum : 0.0;
    return lang;
}
