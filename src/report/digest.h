/* Base64 (RFC 4648, section 4) and digests (base/sha256.h), for the page's content security policy and for bytes
 * carried in it. */
#ifndef OC_REPORT_DIGEST_H
#define OC_REPORT_DIGEST_H

#include <stdint.h>

#include "base/text.h"

void oc_text_base64(oc_text *out, oc_slice bytes);

/* What a content security policy says of a script or style: 'sha256-…'. */
void oc_text_policy_digest(oc_text *out, oc_slice bytes);

#endif
