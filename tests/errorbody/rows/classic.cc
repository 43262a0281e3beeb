#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"classic: class in error.code, code in details", kClassic, 400, "x-ms-request-id: 0d6e-11\n",
     R"j({"error":{"code":"BadArgument","message":"One of the arguments is bad.","details":[)j"
     R"j({"code":"InputParseError","target":"input1","message":"Parsing of row 3 failed."}]}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\n"
     "message: One of the arguments is bad.\n"
     "item: InputParseError | input1 | Parsing of row 3 failed.\nx-ms-request-id: 0d6e-11\n",
     "INVALID_ARGUMENT BAD_ARGUMENT, class BadArgument, code InputParseError"},
    {"classic, pretty-printed, several details: blanks between tokens are none of its text", kClassic,
     400, "", "@classic_pretty.json",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nmessage: Bad inputs.\n"
     "item: MissingRequestInput |  | input1 is not there\n"
     "item: UnexpectedParameter | seed | no such parameter\n"
     "item:  | Execute R Script Piped (RPackage) | \n",
     "INVALID_ARGUMENT MISSING_REQUEST_INPUT, class BadArgument, code MissingRequestInput, fields inputs global_parameters"},
    {"no details member: a class that no page lists", kClassic, 500, "",
     R"j({"error":{"code":"GetWorkspaceFailed","message":"The workspace is in another region."}})j",
     "classic: application\nouter: GetWorkspaceFailed\ninner: GetWorkspaceFailed\n"
     "message: The workspace is in another region.\n",
     "INTERNAL UPSTREAM_HTTP_500, class GetWorkspaceFailed"},
    {"code a number, details an empty string: Designer", kClassic, 400, "",
     R"j({"error":{"code":400,"message":"Input Data Error.","details":""}})j",
     "classic: application\nouter: 400\ninner: 400\nmessage: Input Data Error.\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class 400"},
    {"details null", kClassic, 500, "",
     R"j({"error":{"code":"InternalError","message":"Oops","details":null}})j",
     "classic: application\nouter: InternalError\ninner: InternalError\nmessage: Oops\n",
     "INTERNAL INTERNAL_ERROR, class InternalError"},
    {"details a text: kept as an item without a code", kClassic, 400, "",
     R"j({"error":{"code":"BadArgument","message":"Bad","details":"row 7"}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nmessage: Bad\n"
     "item:  |  | row 7\n",
     "INVALID_ARGUMENT BAD_ARGUMENT, class BadArgument"},
    {"details one object", kClassic, 400, "",
     R"j({"error":{"code":"BadArgument","details":{"code":"InvalidBlob","message":"no"}}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nitem: InvalidBlob |  | no\n",
     "INVALID_ARGUMENT INVALID_BLOB, class BadArgument, code InvalidBlob, fields blob"},
    {"details a map: its names are targets", kClassic, 400, "",
     R"j({"error":{"code":"BadArgument","details":{"age":["too old","x"],"name":"missing","n":[]}}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nitem:  | age | too old\nitem:  | age | x\n"
     "item:  | name | missing\n",
     "INVALID_ARGUMENT BAD_ARGUMENT, class BadArgument"},
    {"details of texts, of numbers and of capitals", kClassic, 400, "",
     R"j({"error":{"code":"BadArgument","details":["first",{"Code":7,"Message":"second"},null,{}]}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nitem:  |  | first\n"
     "item: 7 |  | second\n",
     "INVALID_ARGUMENT BAD_ARGUMENT, class BadArgument, code 7"},
    {"legacy: details beside error", kClassic, 400, "",
     R"j({"error":{"code":"LibraryExecutionError","message":"Module failed."},)j"
     R"j("details":[{"code":"FailedToEvaluateRScript","target":"Execute R","message":"stop()"}]})j",
     "classic: application\nouter: LibraryExecutionError\ninner: LibraryExecutionError\n"
     "message: Module failed.\nitem: FailedToEvaluateRScript | Execute R | stop()\n",
     "FAILED_PRECONDITION LIBRARY_EXECUTION_ERROR, class LibraryExecutionError, code FailedToEvaluateRScript"},
    {"details inside win over details beside", kClassic, 400, "",
     R"j({"error":{"code":"A","message":"m","details":[{"code":"in"}]},"details":[{"code":"out"}]})j",
     "classic: application\nouter: A\ninner: A\nmessage: m\nitem: in |  | \n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class A, code in"},
    {"errorCode and errorMessage", kOpaque, 500, "",
     R"j({"error":{"errorCode":"E42","errorMessage":"It broke."}})j",
     "classic: application\nouter: E42\ninner: E42\nmessage: It broke.\n",
     "INTERNAL UPSTREAM_HTTP_500, class E42, code E42"},
    {"a relay flattened it: text stays text", kOpaque, 400, "",
     R"j({"error":{"code":"2110","message":"'One or more errors. Row 3 failed.' Error code: BadArgument"}})j",
     "classic: application\nouter: 2110\ninner: 2110\n"
     "message: 'One or more errors. Row 3 failed.' Error code: BadArgument\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class 2110, code 2110"},
    {"an error object without any name that is known: its own text", kOpaque, 500, "",
     R"j({"error":{"cause":"disk"}})j",
     "classic: application\nmessage: {\"cause\":\"disk\"}\n",
     "INTERNAL UPSTREAM_HTTP_500"},
    {"code null and empty: no code", kOpaque, 401, "",
     R"j({"error":{"message":"No key.","type":"auth","code":null,"errorCode":""}})j",
     "classic: application\nmessage: No key.\n",
     "UNAUTHENTICATED UPSTREAM_HTTP_401"},
    {"a message with escapes, a raw line end and a lone surrogate", kClassic, 400, "",
     "{\"error\":{\"code\":\"A\",\"message\":\"\\u00e9\\ud83d\\ude00\\ud800 \\'q\\' a\nb C:\\\\x \\q\"}}",
     "classic: application\nouter: A\ninner: A\n"
     "message: \xC3\xA9\xF0\x9F\x98\x80\xEF\xBF\xBD 'q' a\\nb C:\\\\x \\\\q\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class A"},
    {"iso-8859-1 bytes: each becomes U+FFFD", kClassic, 400, "",
     "{\"error\":{\"code\":\"A\",\"message\":\"caf\xE9!\"}}",
     "classic: application\nouter: A\ninner: A\nmessage: caf\xEF\xBF\xBD!\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class A"},
    {"byte order mark and blank lines", kClassic, 400, "",
     "\xEF\xBB\xBF\r\n\r\n{\"error\":{\"code\":\"A\",\"message\":\"m\"}}\n",
     "classic: application\nouter: A\ninner: A\nmessage: m\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class A"},
    {"UTF-16, little-endian", kClassic, 400, "", "@utf16le.json",
     "classic: application\nouter: BadArgument\ninner: BadArgument\n"
     "message: \xEC\x98\xA4\xEB\xA5\x98 \xF0\x9F\x98\x80\n",
     "INVALID_ARGUMENT BAD_ARGUMENT, class BadArgument"},
    {"UTF-16, big-endian", kClassic, 400, "", "@utf16be.json",
     "classic: application\nouter: BadArgument\ninner: BadArgument\n"
     "message: \xEC\x98\xA4\xEB\xA5\x98 \xF0\x9F\x98\x80\n",
     "INVALID_ARGUMENT BAD_ARGUMENT, class BadArgument"},
    {"prose before the brace", kClassic, 400, "",
     R"j(Error [3] in {module}: {"error":{"code":"A","message":"m"}} -- see the log)j",
     "classic: application\nouter: A\ninner: A\nmessage: m\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class A"},
    {"a Python dict", kOpaque, 500, "",
     R"j({'error': {'code': u'E1', 'message': "it's", 'ok': False, 'x': None, 'y': True,}})j",
     "classic: application\nouter: E1\ninner: E1\nmessage: it's\n",
     "INTERNAL UPSTREAM_HTTP_500, class E1, code E1"},
    {"trailing commas and NaN", kOpaque, 500, "",
     R"j({"error":{"score":NaN,"code":"E1","details":[{"code":"D1",},],},})j",
     "classic: application\nouter: E1\ninner: D1\nitem: D1 |  | \n",
     "INTERNAL UPSTREAM_HTTP_500, class E1, code D1"},
    {"cut inside a code: half a code is none, it may be another one's name", kClassic, 500, "",
     R"j({"error":{"message":"Low memory.","code":"InternalError)j",
     "classic: application\nmessage: Low memory.\n",
     "INTERNAL UPSTREAM_HTTP_500"},
    {"cut inside a message: what was read stands", kClassic, 500, "",
     R"j({"error":{"code":"InternalError","message":"The sys)j",
     "classic: application\nouter: InternalError\ninner: InternalError\nmessage: The sys\n",
     "INTERNAL INTERNAL_ERROR, class InternalError"},
    {"a name twice: the first counts", kClassic, 500, "",
     R"j({"error":{"code":"first","message":"m","code":"second"},"error":{"code":"third"}})j",
     "classic: application\nouter: first\ninner: first\nmessage: m\n",
     "INTERNAL UPSTREAM_HTTP_500, class first"},
    {"escaped as a whole: quotes with backslashes", kOpaque, 500, "",
     R"j({\"error\":{\"code\":\"E1\",\"message\":\"say \\\"hi\\\"\"}})j",
     "classic: application\nouter: E1\ninner: E1\nmessage: say \"hi\"\n",
     "INTERNAL UPSTREAM_HTTP_500, class E1, code E1"},
    {"an array of envelopes: the first speaks", kOpaque, 500, "",
     R"j([{"error":{"code":500,"message":"m"}},{"error":{"code":501}}])j",
     "classic: application\nouter: 500\ninner: 500\nmessage: m\n",
     "INTERNAL UPSTREAM_HTTP_500, class 500, code 500"},
    {"the envelope again as JSON in the first detail's message: gives the inner code", kOpaque, 400, "",
     R"j({"error":{"code":"ServiceError","message":"Failed.","details":[{"code":"X","message":)j"
     R"j("{\"error\":{\"code\":\"UserError\",\"innererror\":{\"code\":\"NoCompute\"},\"message\":\"m\"}}"}]}})j",
     "classic: application\nouter: ServiceError\ninner: NoCompute\nmessage: Failed.\n"
     "item: X |  | {\"error\":{\"code\":\"UserError\",\"innererror\":{\"code\":\"NoCompute\"},\"message\":\"m\"}}\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class ServiceError, code NoCompute"},
    {"a small number alone is a module's number, no Status", kClassic, 400, "",
     R"j({"error":{"code":5,"message":"m"}})j",
     "classic: application\nouter: 5\ninner: 5\nmessage: m\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class 5"},
    {"a status that is no canonical name", kOpaque, 400, "",
     R"j({"error":{"code":400,"message":"m","status":"Bad Request"}})j",
     "classic: application\nouter: 400\ninner: 400\nmessage: m\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class 400, code 400"},
    {"200 with a number for a code", kOpaque, 200, "", R"j({"error":{"code":429,"message":"slow"}})j",
     "classic: application\nouter: 429\ninner: 429\nmessage: slow\nembedded: 429\n",
     "RESOURCE_EXHAUSTED UPSTREAM_HTTP_429, class 429, code 429, retry 1000 ms, pushback 1000"},
    {"200 with an error that names no status", kOpaque, 200, "", R"j({"error":{"code":"E","x":500}})j",
     "classic: application\nouter: E\ninner: E\n",
     "INTERNAL UPSTREAM_RESPONSE_INVALID, class E, code E"},
    {"500 with a status inside: only a 2xx has an embedded one", kOpaque, 500, "",
     R"j({"error":{"code":429,"message":"slow"}})j",
     "classic: application\nouter: 429\ninner: 429\nmessage: slow\n",
     "INTERNAL UPSTREAM_HTTP_500, class 429, code 429"},
    {"prose in a detail", kClassic, 503, "",
     R"j({"error":{"code":"A","message":"m","details":[{"message":"x"},{"message":"Please retry after 5 s"}]}})j",
     "classic: application\nouter: A\ninner: A\nmessage: m\nitem:  |  | x\n"
     "item:  |  | Please retry after 5 s\nprose delay: 5000 ms\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, class A, retry 5000 ms, pushback 5000, said in PROSE"},
    {"cut in the middle of the details: what was read stands", kClassic, 400,
     "",
     R"j({"error":{"code":"BadArgument","message":"Bad.","details":[{"code":"InputParseError","message":"Row 3"},{"co)j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nmessage: Bad.\n"
     "item: InputParseError |  | Row 3\n",
     "INVALID_ARGUMENT BAD_ARGUMENT, class BadArgument, code InputParseError"},
    {"a code of another status: the class rides in metadata", kClassic, 404,
     "",
     R"j({"error":{"code":"BadArgument","message":"Bad."}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nmessage: Bad.\n",
     "NOT_FOUND UPSTREAM_HTTP_404, class BadArgument"},
    {"Resource Manager without details: the same envelope", kOpaque, 404,
     "",
     R"j({"error":{"code":"ResourceNotFound","message":"The resource 'ws' was not found.","target":"ws"}})j",
     "classic: application\nouter: ResourceNotFound\ninner: ResourceNotFound\n"
     "message: The resource 'ws' was not found.\n",
     "NOT_FOUND UPSTREAM_HTTP_404, class ResourceNotFound, code ResourceNotFound"},
    {"the error as JSON in prose: its code is the innermost, the prose stays", kOpaque, 500,
     "",
     R"j({"error":{"code":"E1","message":"The model said {\"error\":{\"code\":\"Deep\",\"message\":\"x\"}} and ended."}})j",
     "classic: application\nouter: E1\ninner: Deep\n"
     "message: The model said {\"error\":{\"code\":\"Deep\",\"message\":\"x\"}} and ended.\n",
     "INTERNAL UPSTREAM_HTTP_500, class E1, code Deep"},
};
// clang-format on

}  // namespace

std::span<const Case> ClassicRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
