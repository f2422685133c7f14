/* Language by script. Kana is written in no other language than Japanese and hangul in none but Korean, so their shares
 * decide; Han characters without kana are a Japanese headline. Latin letters weigh a third of a character, because a
 * name or an abbreviation in CJK text has many of them.
 *
 * Letters are told by the bytes they begin with, sixteen at once: e5 to e9 begin Han characters and nothing else, eb
 * and ec syllables of Korean; the borders of the other leads are looked at in the second and third byte. What is rare
 * is decoded. */
#include "reading/detect.h"

#include "base/block.h"
#include "base/utf8.h"

#define READ_MAX ((size_t)64 << 10)

static void count_code(oc_letters *n, uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= 0xc0 && code < 0x250))
        n->latin++;
    else if ((code >= 0x3041 && code <= 0x30fa) || (code >= 0xff66 && code <= 0xff9d))
        n->kana++;
    else if ((code >= 0xac00 && code <= 0xd7a3) || (code >= 0x1100 && code <= 0x11ff) ||
             (code >= 0x3131 && code <= 0x318e))
        n->hangul++;
    else if ((code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code == 0x3005)
        n->han++;
}

/* Sixteen places: the bytes there, behind them and behind those. */
typedef struct place {
    oc_sixteen byte, next, third;
} place;

static inline oc_sixteen is_latin(place p)
{
    return oc_sixteen_in(p.byte | 32, 'a', 'z');
}

/* But for the few that count_rare counts: ぁ (e3 81 81) to ヺ (e3 83 ba). */
static inline oc_sixteen is_kana(place p)
{
    oc_sixteen behind = oc_sixteen_is(p.next, 0x83) & oc_sixteen_from(p.third, 0xbb);
    oc_sixteen ahead = oc_sixteen_is(p.next, 0x81) & oc_sixteen_is(p.third, 0x80);
    return oc_sixteen_is(p.byte, 0xe3) & oc_sixteen_in(p.next, 0x81, 0x83) & ~(behind | ahead);
}

/* 가 (ea b0 80) to 힣 (ed 9e a3) */
static inline oc_sixteen is_hangul(place p)
{
    oc_sixteen last = ~oc_sixteen_from(p.next, 0x9e) | (oc_sixteen_is(p.next, 0x9e) & ~oc_sixteen_from(p.third, 0xa4));
    return oc_sixteen_in(p.byte, 0xeb, 0xec) | (oc_sixteen_is(p.byte, 0xea) & oc_sixteen_from(p.next, 0xb0)) |
           (oc_sixteen_is(p.byte, 0xed) & last);
}

/* All that e4 begins but the hexagrams of e4 b7 is Han. */
static inline oc_sixteen is_han(place p)
{
    return oc_sixteen_in(p.byte, 0xe5, 0xe9) | (oc_sixteen_is(p.byte, 0xe4) & ~oc_sixteen_is(p.next, 0xb7));
}

/* What may be a letter and is none of these: é, 々, ᄀ, ㄱ, ｱ. */
static inline oc_sixteen is_rare(place p)
{
    oc_sixteen wide = oc_sixteen_is(p.byte, 0xef) & oc_sixteen_in(p.next, 0xbd, 0xbe);
    oc_sixteen kana = oc_sixteen_is(p.byte, 0xe3) &
                      (oc_sixteen_from(p.next, 0x84) | (oc_sixteen_is(p.next, 0x80) & oc_sixteen_is(p.third, 0x85)));
    return oc_sixteen_in(p.byte, 0xc3, 0xc9) | oc_sixteen_is(p.byte, 0xe1) | wide | kana;
}

static void count_rare(oc_letters *n, place p, oc_slice text, size_t at)
{
    for (uint64_t bits = oc_sixteen_bits(is_rare(p)); bits; bits &= bits - 1) {
        size_t rare = at + oc_block_first(bits);
        count_code(n, oc_utf8_next(text, &rare));
    }
}

/* text[from, to), at most as much as sixteen sums of a byte can count; what is behind can be looked at. */
static void add_part(oc_letters *n, oc_slice text, size_t from, size_t to)
{
    char room[OC_BLOCK];
    oc_sixteen latin = {0}, kana = {0}, hangul = {0}, han = {0};
    for (size_t at = from; at < to; at += 16) {
        const char *bytes = text.len - at >= 18 ? text.ptr + at : oc_block_at(text, at, room);
        place p;
        memcpy(&p.byte, bytes, sizeof p.byte);
        memcpy(&p.next, bytes + 1, sizeof p.next);
        memcpy(&p.third, bytes + 2, sizeof p.third);
        latin -= is_latin(p);
        if (!oc_sixteen_bits(p.byte)) continue;
        if (oc_sixteen_bits(oc_sixteen_in(p.byte, 0xea, 0xed))) hangul -= is_hangul(p);
        if (oc_sixteen_bits(oc_sixteen_in(p.byte, 0xe3, 0xe9))) kana -= is_kana(p), han -= is_han(p);
        count_rare(n, p, text, at);
    }
    n->latin += oc_sixteen_sum(latin);
    n->kana += oc_sixteen_sum(kana);
    n->hangul += oc_sixteen_sum(hangul);
    n->han += oc_sixteen_sum(han);
}

void oc_letters_add(oc_letters *letters, oc_slice text)
{
    enum { PART = 255 * 16 };
    for (size_t at = 0; at < text.len; at += PART)
        add_part(letters, text, at, text.len - at > PART ? at + PART : text.len);
}

oc_lang oc_letters_language(const oc_letters *letters, double *ret_sure)
{
    oc_letters n = *letters;
    double ja = n.kana ? (double)(n.kana + n.han) : (double)n.han * (n.hangul ? 0.25 : 1.0);
    double ko = (double)n.hangul * 1.5, en = (double)n.latin / 3.0;
    double sum = ja + ko + en;
    oc_lang lang = ko > ja && ko > en ? OC_LANG_KO : ja > en ? OC_LANG_JA : OC_LANG_EN;
    double best = lang == OC_LANG_KO ? ko : lang == OC_LANG_JA ? ja : en;
    if (ret_sure) *ret_sure = sum > 0 ? best / sum : 0.0;
    return lang;
}

oc_lang oc_detect_language(oc_slice text, double *ret_sure)
{
    oc_letters letters = {0};
    text = oc_slice_sub(text, 0, READ_MAX);
    if (oc_utf8_check(text) == SIZE_MAX)
        oc_letters_add(&letters, text);
    else
        for (size_t at = 0; at < text.len;) count_code(&letters, oc_utf8_next(text, &at));
    return oc_letters_language(&letters, ret_sure);
}
