/* Messages in three languages; see message.h. The table is generated from i18n/ by tools/messages.c, sorted by key. */
#include "base/message.h"

#include <errno.h>
#include <string.h>

#include "base/message_table.h"
#include "base/utf8.h"

static const char *const codes[OC_LANG_COUNT] = {"en", "ja", "ko"};

oc_lang oc_lang_parse(oc_slice text)
{
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        if (text.len >= 2 && memcmp(text.ptr, codes[lang], 2) == 0 &&
            (text.len == 2 || text.ptr[2] == '_' || text.ptr[2] == '-' || text.ptr[2] == '.'))
            return (oc_lang)lang;
    return OC_LANG_COUNT;
}

const char *oc_lang_code(oc_lang lang)
{
    return codes[lang];
}

static const oc_message_row *find(const char *key)
{
    size_t low = 0, high = oc_message_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(oc_message_rows[middle].key, key);
        if (order == 0) return &oc_message_rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool oc_message_exists(const char *key)
{
    return find(key) != NULL;
}

oc_slice oc_message(oc_lang lang, const char *key)
{
    const oc_message_row *row = find(key);
    if (!row) return oc_slice_of(key);
    return oc_slice_of(row->text[lang] ? row->text[lang] : row->text[OC_LANG_EN]);
}

static void add_argument(oc_text *text, oc_lang lang, const oc_arg *arg)
{
    switch (arg->kind) {
    case OC_ARG_TEXT: oc_text_add(text, arg->as.text); break;
    case OC_ARG_KEY: oc_text_add(text, oc_message(lang, arg->as.key)); break;
    case OC_ARG_NUMBER: oc_text_number(text, arg->as.number); break;
    case OC_ARG_INTEGER: oc_text_printf(text, "%lld", (long long)arg->as.integer); break;
    case OC_ARG_DAY: oc_text_day(text, arg->as.day); break;
    case OC_ARG_END: break;
    }
}

/* What the last syllable before the particle ends in: 0 a vowel, 1 a consonant, 2 the consonant rieul. Digits are
 * read as in Sino-Korean (0 yeong, 1 il, 3 sam, 6 yuk, 7 chil, 8 pal end in consonants). Latin letters count as
 * vowels except l, m, n, r and the like, as newspapers write them. What stands in brackets is passed over, as the
 * rules of the national institute have it: 능력(조건 2)은. */
static int final_sound(oc_slice before)
{
    uint32_t last = 0, outside = 0;
    for (size_t at = 0; at < before.len;) {
        uint32_t code = oc_utf8_next(before, &at);
        if (code == '(')
            outside = last > 0xac00 || (last >= '0' && last <= 'z') ? last : 0;
        else if (code == ')' && outside)
            last = outside;
        else if (code != '\'' && code != '"' && code != ')' && code != ' ' && code != 0x2019 && code != 0x201d)
            last = code;
    }
    if (last >= 0xac00 && last <= 0xd7a3) {
        uint32_t final = (last - 0xac00) % 28;
        return final == 0 ? 0 : final == 8 ? 2 : 1;
    }
    switch (last) {
    case '1': case '7': case '8': case 'l': case 'L': case 'r': case 'R': return 2;
    case '0': case '3': case '6': case 'm': case 'M': case 'n': case 'N': return 1;
    default: return 0;
    }
}

/* Korean particles: after a vowel, after a consonant; 으로/로 counts rieul as a vowel. */
static const struct {
    const char *name, *vowel, *consonant;
    bool rieul_as_vowel;
} particles[] = {
    {"은는", "는", "은", false}, {"이가", "가", "이", false},     {"을를", "를", "을", false},
    {"과와", "와", "과", false}, {"으로로", "로", "으로", true},
};

void oc_text_fill(oc_text *text, oc_lang lang, oc_slice template, const oc_arg *args)
{
    size_t count = 0;
    while (args && args[count].kind != OC_ARG_END) count++;
    for (size_t at = 0; at < template.len;) {
        size_t close = template.ptr[at] == '{' ? oc_slice_find(template, OC_SLICE("}"), at) : SIZE_MAX;
        if (close == SIZE_MAX) {
            oc_text_byte(text, template.ptr[at++]);
            continue;
        }
        oc_slice name = oc_slice_sub(template, at + 1, close);
        bool filled = false;
        if (name.len == 1 && name.ptr[0] >= '0' && name.ptr[0] <= '9') {
            if ((size_t)(name.ptr[0] - '0') < count) add_argument(text, lang, &args[name.ptr[0] - '0']);
            filled = true;
        }
        for (size_t i = 0; i < sizeof particles / sizeof *particles && !filled; i++) {
            if (!oc_slice_is(name, particles[i].name)) continue;
            int sound = final_sound(oc_text_slice(text));
            bool vowel = sound == 0 || (sound == 2 && particles[i].rieul_as_vowel);
            oc_text_add(text, oc_slice_of(vowel ? particles[i].vowel : particles[i].consonant));
            filled = true;
        }
        if (!filled) oc_text_add(text, oc_slice_sub(template, at, close + 1));
        at = close + 1;
    }
}

void oc_text_message(oc_text *text, oc_lang lang, const char *key, const oc_arg *args)
{
    oc_text_fill(text, lang, oc_message(lang, key), args);
}

oc_slice oc_say(oc_arena *arena, oc_lang lang, const char *key, const oc_arg *args)
{
    oc_text text = oc_text_in(arena);
    oc_text_message(&text, lang, key, args);
    return oc_text_slice(&text);
}

oc_arg oc_arg_of_errno(int error)
{
    switch (error) {
    case EPERM:
    case EACCES: return OC_M("errno.EACCES");
    case ENOENT: return OC_M("errno.ENOENT");
    case EISDIR: return OC_M("errno.EISDIR");
    case ENOTDIR: return OC_M("errno.ENOTDIR");
    case ENOSPC: return OC_M("errno.ENOSPC");
    case EROFS: return OC_M("errno.EROFS");
    case EEXIST: return OC_M("errno.EEXIST");
    case ENAMETOOLONG: return OC_M("errno.ENAMETOOLONG");
    case EMFILE: return OC_M("errno.EMFILE");
    case EIO: return OC_M("errno.EIO");
    case EADDRINUSE: return OC_M("errno.EADDRINUSE");
    case ELOOP: return OC_M("errno.ELOOP");
    default: return OC_S(strerror(error));
    }
}
