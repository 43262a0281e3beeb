#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"XML without a code is a page", kClassic, 500, "", "<Error><Message>m</Message></Error>",
     "markup: intermediary\nmessage: m\n",
     "UNKNOWN INTERMEDIARY_RESPONSE"},
    {"nginx", kClassic, 504, "", "@nginx_504.html",
     "html: intermediary\nmessage: 504 Gateway Time-out\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, pushback -1"},
    {"IIS, iso-8859-1, scripts with braces before the text", kClassic, 502, "", "@iis_502.html",
     "html: intermediary\nmessage: 502 - Passerelle d\xC3\xA9" "faillante.\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 1000 ms, pushback 1000"},
    {"a page without a title: its first words", kClassic, 503, "",
     "<!DOCTYPE html>\n<!-- {\"error\":{}} --><html><style>a{\"b\":1}</style><body><h2>Our&nbsp;services\n are"
     "</h2><p>busy &#38; full &lt;now&gt; &bogus; R&D</p><script>x</script></body></html>",
     "html: intermediary\nmessage: Our services are busy & full <now> &bogus; R&D\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 1000 ms, pushback 1000"},
    {"gunicorn's page beside an application's header", kOnlineEndpoint, 500,
     "content-type: text/html\nx-ms-run-function-failed: False\n",
     "<html><head><title>Internal Server Error</title></head></html>",
     "html: application\nmessage: Internal Server Error\n",
     "INTERNAL UPSTREAM_HTTP_500"},
    {"HTTP.sys", kClassic, 503,
     "content-type: text/html; charset=us-ascii\n",
     R"j(<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">
<HTML><HEAD><TITLE>Service Unavailable</TITLE>
<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>
<BODY><h2>Service Unavailable</h2>
<hr><p>HTTP Error 503.</p>
</BODY></HTML>
)j",
     "html: intermediary\nmessage: Service Unavailable\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 1000 ms, pushback 1000"},
    {"gunicorn: a worker ended", kOnlineEndpoint, 500,
     "content-type: text/html\n",
     R"j(<html>
  <head>
    <title>Internal Server Error</title>
  </head>
  <body>
    <h1><p>Internal Server Error</p></h1>
  </body>
</html>
)j",
     "html: intermediary\nmessage: Internal Server Error\n",
     "UNKNOWN INTERMEDIARY_RESPONSE"},
    {"HAProxy has no title", kOpaque, 503,
     "content-type: text/html\nretry-after: 4\n",
     R"j(<html><body><h1>503 Service Unavailable</h1>
No server can take this.
</body></html>
)j",
     "html: intermediary\nmessage: 503 Service Unavailable No server can take this.\n"
     "header delay: 4000 ms\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 4000 ms, pushback 4000, said in HEADER"},
    {"iso-8859-1 by the header", kOpaque, 502,
     "content-type: text/html; charset=ISO-8859-1\n",
     "<html><title>D\xE9" "faut \xA9</title></html>",
     "html: intermediary\nmessage: D\xC3\xA9" "faut \xC2\xA9\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 1000 ms, pushback 1000"},
};
// clang-format on

}  // namespace

std::span<const Case> HtmlRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
