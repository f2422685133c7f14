/* Any bytes as YAML: refused with a message, or a tree whose places all lie in the file. */
#include "input.h"
#include "yaml/yaml.h"

static void check_node(const oc_node *node, size_t size, int depth)
{
    fuzz_check(depth <= OC_YAML_MAX_DEPTH + 1);
    fuzz_check(node->span.start <= node->span.end && node->span.end <= size);
    if (node->kind == OC_NODE_SCALAR) {
        for (size_t at = 0; at <= node->text.len; at++) {
            oc_span span = oc_node_text_span(node, at, node->text.len);
            fuzz_check(span.start <= size && span.end <= size);
        }
    }
    for (size_t i = 0; node->kind == OC_NODE_LIST && i < node->items.len; i++)
        check_node(node->items.at[i], size, depth + 1);
    for (size_t i = 0; node->kind == OC_NODE_MAPPING && i < node->pairs.len; i++) {
        check_node(node->pairs.at[i].key, size, depth + 1);
        check_node(node->pairs.at[i].value, size, depth + 1);
    }
}

static void read(oc_diags *diags, void *context)
{
    (void)context;
    oc_node *root = oc_yaml_read_file(diags->arena, diags, OC_SLICE("scenario.yaml"), (oc_span){0}, NULL);
    if (root)
        check_node(root, oc_source_get(diags->sources, 1)->text.len, 1);
    else
        fuzz_check(diags->errors > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input_run((oc_slice){(const char *)data, size}, read, NULL);
    return 0;
}
