/* Long texts made small: what was read takes several times the room of the document, and a tenth of that packed. */
#ifndef OC_STORE_PACK_H
#define OC_STORE_PACK_H

#include "base/text.h"

/* Bytes in zlib's format (RFC 1950), preceded by the length of the text as 8 bytes, least first. May be called in any
 * thread, with an arena of that thread. */
oc_slice oc_store_pack(oc_arena *arena, oc_slice text);

/* The same for a text that comes in pieces. */
typedef struct oc_packer oc_packer;
oc_packer *oc_packer_new(oc_arena *arena);
void oc_packer_add(oc_packer *packer, oc_slice piece);
oc_slice oc_packer_done(oc_packer *packer);

enum { OC_UNPACKED_MOST = 1 << 30 };

/* The text again; false if the bytes were not made by oc_store_pack or hold more than OC_UNPACKED_MOST. */
bool oc_store_unpack(oc_arena *arena, oc_slice packed, oc_slice *ret_text);

#endif
