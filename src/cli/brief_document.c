/* A document for a brief; see brief_document.h. */
#include "cli/brief_document.h"

#include "cli/reader.h"

oc_status oc_brief_read_document(oc_context *x, oc_slice path, oc_brief_document *ret)
{
    const oc_reader *reader;
    oc_document *document;
    oc_slice bytes;
    oc_status status = oc_reader_load(x, &reader);
    if (status == OC_OK) status = oc_reader_bytes(x->arena, &x->diags, path, &bytes);
    if (status == OC_OK)
        status = oc_reader_read(x->arena, &x->diags, reader, path, bytes, (oc_read_options){.lang = OC_LANG_COUNT},
                                &document);
    if (status != OC_OK) return status;
    oc_slice *sentences = OC_NEW_ARRAY(x->arena, document->brief.len + 1, oc_slice);
    for (size_t i = 0; i < document->brief.len; i++) sentences[i] = document->sentences.at[document->brief.at[i]].text;
    *ret = (oc_brief_document){.title = document->metadata.title,
                               .file = path,
                               .published = document->metadata.published,
                               .sentences = sentences,
                               .count = document->brief.len};
    return OC_OK;
}
