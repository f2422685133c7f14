/* CSV tables beside a scenario (RFC 4180: quotes, doubled quotes, CRLF): for sets, for `now`. */
#include "base/file.h"
#include "base/utf8.h"
#include "model/load.h"

enum { MAX_TABLE_BYTES = 16 << 20, MAX_TABLE_COLUMNS = 200, MAX_TABLE_ROWS = 200000 };

typedef OC_VEC(oc_slice) slices;
typedef OC_VEC(oc_span) spans;

/* One field from *at on; *ret_last says that the row ends behind it. */
static oc_slice field(oc_loader *l, uint32_t file, oc_slice text, size_t *at, oc_span *ret_span, bool *ret_last)
{
    size_t start = *at, end;
    oc_slice value = {"", 0};
    if (start < text.len && text.ptr[start] == '"') {
        oc_text unquoted = oc_text_in(l->arena);
        size_t i = start + 1;
        while (i < text.len && (text.ptr[i] != '"' || (i + 1 < text.len && text.ptr[i + 1] == '"'))) {
            if (text.ptr[i] == '"') i++;
            oc_text_byte(&unquoted, text.ptr[i++]);
        }
        value = oc_text_slice(&unquoted);
        end = i < text.len ? i + 1 : i;
    } else {
        end = start;
        while (end < text.len && text.ptr[end] != ',' && text.ptr[end] != '\n' && text.ptr[end] != '\r') end++;
        value = oc_slice_trim(oc_slice_sub(text, start, end));
    }
    value = oc_utf8_nfc(l->arena, value);
    size_t inside = start < text.len && text.ptr[start] == '"' && end > start + 1;
    *ret_span = (oc_span){file, (uint32_t)(start + inside), (uint32_t)(end - inside)};
    while (end < text.len && text.ptr[end] != ',' && text.ptr[end] != '\n') end++;
    *ret_last = end >= text.len || text.ptr[end] == '\n';
    *at = end < text.len ? end + 1 : end;
    return value;
}

static oc_table *parse(oc_loader *l, uint32_t file, oc_slice name, oc_slice text)
{
    oc_table *table = OC_NEW(l->arena, oc_table);
    slices cells = {0};
    spans places = {0};
    size_t at = oc_slice_starts(text, OC_SLICE("\xef\xbb\xbf")) ? 3 : 0;
    table->name = name;
    table->file = file;
    while (at < text.len) {
        size_t in_row = 0;
        oc_span first = {file, (uint32_t)at, (uint32_t)at};
        bool last = false, blank = true;
        size_t row_start = cells.len;
        while (!last) {
            oc_span span;
            oc_slice value = field(l, file, text, &at, &span, &last);
            blank = blank && !value.len;
            *oc_vec_push(l->arena, &cells) = value;
            *oc_vec_push(l->arena, &places) = span;
            in_row++;
        }
        if (in_row == 1 && blank) {
            cells.len = places.len = row_start;
            continue;
        }
        if (!table->columns) table->columns = in_row;
        if (in_row != table->columns || in_row > MAX_TABLE_COLUMNS || table->rows > MAX_TABLE_ROWS) {
            first.end = cells.len ? places.at[cells.len - 1].end : first.end;
            oc_report(l->diags, OC_E0121, first, OC_ARGS(OC_I(in_row), OC_I(table->columns)));
            return NULL;
        }
        table->rows++;
    }
    if (table->rows < 1) {
        oc_report(l->diags, OC_E0122, (oc_span){file, 0, 0}, OC_ARGS(OC_T(name)));
        return NULL;
    }
    table->header = cells.at;
    table->cells = cells.at + table->columns;
    table->spans = places.at + table->columns;
    table->rows--;
    return table;
}

oc_table *oc_table_read(oc_loader *l, const oc_node *node)
{
    oc_slice name, bytes;
    if (!oc_text_read(l, node, &name)) return NULL;
    const oc_source *source = oc_source_get(l->diags->sources, node->span.file);
    oc_slice path = oc_path_join(l->arena, source ? oc_path_folder(source->name) : (oc_slice){"", 0}, name);
    /* A table that is used many times is read once. */
    for (size_t i = 0; i < l->diags->sources->files.len; i++)
        if (oc_slice_equal(l->diags->sources->files.at[i].name, path))
            return parse(l, (uint32_t)i + 1, path, l->diags->sources->files.at[i].text);
    oc_status status = oc_file_read(l->arena, path.ptr, MAX_TABLE_BYTES, &bytes);
    if (status != OC_OK) {
        oc_report(l->diags, status == OC_LIMIT ? OC_E0002 : OC_E0001, node->span,
                  status == OC_LIMIT ? OC_ARGS(OC_I(MAX_TABLE_BYTES >> 20))
                                     : OC_ARGS(OC_T(path), OC_M("reason.not-found")));
        return NULL;
    }
    uint32_t file = oc_source_add(l->diags->sources, path, bytes);
    size_t bad = oc_utf8_check(bytes);
    if (bad != SIZE_MAX || (bytes.len && memchr(bytes.ptr, '\0', bytes.len))) {
        oc_report(l->diags, OC_E0003, (oc_span){file, 0, 0}, OC_ARGS(OC_T(name)));
        return NULL;
    }
    return parse(l, file, path, bytes);
}

size_t oc_table_column(oc_loader *l, const oc_table *table, const oc_node *name)
{
    oc_slice wanted;
    if (!oc_text_read(l, name, &wanted)) return SIZE_MAX;
    for (size_t i = 0; i < table->columns; i++)
        if (oc_slice_equal(table->header[i], wanted)) return i;
    oc_diag *d = oc_report(l->diags, OC_E0120, name->span, OC_ARGS(OC_T(wanted), OC_T(table->name)));
    oc_diag_suggest(d, name->span, wanted, table->header, table->columns);
    return SIZE_MAX;
}
