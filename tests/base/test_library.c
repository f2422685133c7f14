/* Libraries that are opened when they are needed: not before, and either whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <libxml/parser.h>

#include "base/library.h"

#define FUNCTIONS(X) X(xmlNewParserCtxt) X(xmlFreeParserCtxt)
static struct {
    FUNCTIONS(OC_LIBRARY_POINTER)
} of;
static const oc_library_symbol symbols[] = {FUNCTIONS(OC_LIBRARY_SYMBOL)};

static bool is_loaded(const char *symbol)
{
    return dlsym(RTLD_DEFAULT, symbol) != NULL;
}

static void test_absent(void **state)
{
    (void)state;
    assert_false(oc_library_open("libxml", symbols, 2)); /* the name is libxml2 */
    assert_false(oc_library_open("libnowhere", symbols, 2));
    void *found = NULL;
    const oc_library_symbol wrong[] = {{"xmlNewParserContextThatNobodyWrote", &found}};
    assert_false(oc_library_open("libxml2", wrong, 1));
    assert_null(found);
}

static void test_open(void **state)
{
    (void)state;
    assert_false(is_loaded("xmlNewParserCtxt"));
    for (int again = 0; again < 2; again++) {
        assert_true(oc_library_open("libxml2", symbols, 2));
        xmlParserCtxt *parser = of.xmlNewParserCtxt();
        assert_non_null(parser);
        of.xmlFreeParserCtxt(parser);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_open), cmocka_unit_test(test_absent)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("libraries", tests, NULL, NULL);
}
