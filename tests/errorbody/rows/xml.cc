#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"Azure Storage, with a byte order mark", kClassic, 403, "x-ms-error-code: AuthenticationFailed\n",
     "@storage_403.xml",
     "xml: application\nouter: AuthenticationFailed\ninner: AuthenticationFailed\n"
     "message: Server failed to authenticate the request & gave up. RequestId:17 Time:2024\n"
     "header code: AuthenticationFailed\n",
     "PERMISSION_DENIED UPSTREAM_HTTP_403, class AuthenticationFailed"},
    {"S3 wraps it", kOpaque, 404, "",
     "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchKey</Code><Message><![CDATA[a < b]]></Message></Error></ErrorResponse>",
     "xml: application\nouter: NoSuchKey\ninner: NoSuchKey\nmessage: a < b\n",
     "NOT_FOUND UPSTREAM_HTTP_404, class NoSuchKey, code NoSuchKey"},
    {"XML whose code was cut: no code", kClassic, 500, "", "<Error><Message>m</Message><Code>Internal",
     "xml: application\nmessage: m\n",
     "INTERNAL UPSTREAM_HTTP_500"},
    {"OData in XML", kOpaque, 404,
     "",
     R"j(<?xml version="1.0" encoding="utf-8"?><m:error xmlns:m="urn:m"><m:code>TableNotFound</m:code><m:message xml:lang="en-US">No table.</m:message></m:error>)j",
     "xml: application\nouter: TableNotFound\ninner: TableNotFound\nmessage: No table.\n",
     "NOT_FOUND UPSTREAM_HTTP_404, class TableNotFound, code TableNotFound"},
};
// clang-format on

}  // namespace

std::span<const Case> XmlRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
