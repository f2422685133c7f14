/* Base64 and digests of a policy; see digest.h. */
#include "report/digest.h"

#include "base/sha256.h"

void oc_text_base64(oc_text *out, oc_slice bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;
        uint32_t word = 0;
        for (size_t k = 0; k < 3; k++) word = word << 8 | (k < n ? (uint8_t)bytes.ptr[i + k] : 0);
        char four[4];
        for (size_t k = 0; k < 4; k++) four[k] = k <= n ? digits[word >> (18 - 6 * k) & 63] : '=';
        oc_text_add(out, (oc_slice){four, 4});
    }
}

void oc_text_policy_digest(oc_text *out, oc_slice bytes)
{
    uint8_t digest[OC_SHA256_BYTES];
    oc_sha256(bytes, digest);
    oc_text_lit(out, "'sha256-");
    oc_text_base64(out, (oc_slice){(const char *)digest, sizeof digest});
    oc_text_byte(out, '\'');
}
