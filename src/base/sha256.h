/* SHA-256 (FIPS 180-4), to recognise bytes. */
#ifndef OC_BASE_SHA256_H
#define OC_BASE_SHA256_H

#include <stdint.h>

#include "base/slice.h"

enum { OC_SHA256_BYTES = 32 };

void oc_sha256(oc_slice bytes, uint8_t ret_hash[OC_SHA256_BYTES]);

#endif
