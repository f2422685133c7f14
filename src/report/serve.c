/* The page of `opcon serve`; see serve.h. Its policy allows the embedded style and script, the frame and requests to
 * the server it comes from. */
#include "report/serve.h"

#include "base/json.h"
#include "chart/canvas.h"
#include "report/digest.h"
#include "report/parts.h"
#include "report/web.h"

static const char *const script_keys[] = {"serve.reading", "serve.errors", "serve.remarks", "serve.gone",
                                          "serve.fresh"};

static void write_strings(oc_arena *arena, oc_text *out, oc_lang lang)
{
    oc_json json = oc_json_in(arena);
    json.compact = true;
    oc_json_object(&json, NULL);
    oc_json_text(&json, "lang", oc_slice_of(oc_lang_code(lang)));
    for (size_t i = 0; i < sizeof script_keys / sizeof *script_keys; i++)
        oc_json_text(&json, script_keys[i] + 6, oc_message(lang, script_keys[i]));
    oc_json_end(&json);
    oc_canvas_escape(out, oc_json_done(&json));
}

oc_slice oc_report_serve_html(oc_arena *arena, oc_lang lang, oc_slice scenario)
{
    oc_slice style = {(const char *)oc_web_serve_style, oc_web_serve_style_size};
    oc_slice script = {(const char *)oc_web_serve_script, oc_web_serve_script_size};
    oc_text out = oc_text_in(arena);
    oc_text_printf(&out,
                   "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src ",
                   oc_lang_code(lang));
    oc_text_policy_digest(&out, script);
    oc_text_lit(&out, "; style-src ");
    oc_text_policy_digest(&out, style);
    oc_text_lit(&out, "; connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<link rel=\"icon\" href=\"data:,\">\n<title>opcon: ");
    oc_slice name = oc_report_cut(arena, scenario, 200);
    oc_canvas_escape(&out, name);
    oc_text_lit(&out, "</title>\n<style>");
    oc_text_add(&out, style);
    oc_text_lit(&out, "</style>\n</head>\n<body data-strings=\"");
    write_strings(arena, &out, lang);
    oc_text_lit(&out, "\">\n<header><h1>");
    oc_canvas_escape(&out, name);
    oc_text_lit(&out, "</h1> <span id=\"state\" role=\"status\">");
    oc_canvas_escape(&out, oc_message(lang, "serve.reading"));
    oc_text_lit(&out, "</span></header>\n<main><noscript>");
    oc_canvas_escape(&out, oc_message(lang, "serve.no-script"));
    oc_text_lit(&out, "</noscript>\n<pre id=\"said\" tabindex=\"0\" hidden></pre>\n<iframe id=\"report\" title=\"");
    oc_canvas_escape(&out, oc_message(lang, "serve.frame"));
    oc_text_lit(&out, "\" hidden></iframe></main>\n<script>");
    oc_text_add(&out, script);
    oc_text_lit(&out, "</script>\n</body>\n</html>\n");
    return oc_text_slice(&out);
}
