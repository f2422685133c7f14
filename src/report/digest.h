/* SHA-256 (FIPS 180-4, 2015) and base64 (RFC 4648, section 4), for the page's content security policy and for bytes
 * carried in it. */
#ifndef OC_REPORT_DIGEST_H
#define OC_REPORT_DIGEST_H

#include <stdint.h>

#include "base/text.h"

void oc_sha256(oc_slice bytes, uint8_t ret_digest[32]);
void oc_text_base64(oc_text *out, oc_slice bytes);

/* What a content security policy says of a script or style: 'sha256-…'. */
void oc_text_policy_digest(oc_text *out, oc_slice bytes);

#endif
