// The table of error answers.
#include "tests/errorbody/cases.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kCases[] = {
    // ---- The classic envelope and its variants.
    {"classic: class in error.code, code in details", kClassic, 400, "x-ms-request-id: 0d6e-11\n",
     R"j({"error":{"code":"BadArgument","message":"One of the arguments is bad.","details":[)j"
     R"j({"code":"InputParseError","target":"input1","message":"Parsing of row 3 failed."}]}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\n"
     "message: One of the arguments is bad.\n"
     "item: InputParseError | input1 | Parsing of row 3 failed.\n"
     "x-ms-request-id: 0d6e-11\n"},
    {"classic, pretty-printed, several details: blanks between tokens are none of its text", kClassic,
     400, "", "@classic_pretty.json",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nmessage: Bad inputs.\n"
     "item: MissingRequestInput |  | input1 is not there\n"
     "item: UnexpectedParameter | seed | no such parameter\n"
     "item:  | Execute R Script Piped (RPackage) | \n"},
    {"no details member: a class that no page lists", kClassic, 500, "",
     R"j({"error":{"code":"GetWorkspaceFailed","message":"The workspace is in another region."}})j",
     "classic: application\nouter: GetWorkspaceFailed\ninner: GetWorkspaceFailed\n"
     "message: The workspace is in another region.\n"},
    {"code a number, details an empty string: Designer", kClassic, 400, "",
     R"j({"error":{"code":400,"message":"Input Data Error.","details":""}})j",
     "classic: application\nouter: 400\ninner: 400\nmessage: Input Data Error.\n"},
    {"details null", kClassic, 500, "",
     R"j({"error":{"code":"InternalError","message":"Oops","details":null}})j",
     "classic: application\nouter: InternalError\ninner: InternalError\nmessage: Oops\n"},
    {"details a text: kept as an item without a code", kClassic, 400, "",
     R"j({"error":{"code":"BadArgument","message":"Bad","details":"row 7"}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nmessage: Bad\n"
     "item:  |  | row 7\n"},
    {"details one object", kClassic, 400, "",
     R"j({"error":{"code":"BadArgument","details":{"code":"InvalidBlob","message":"no"}}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\nitem: InvalidBlob |  | no\n"},
    {"details a map: its names are targets", kClassic, 400, "",
     R"j({"error":{"code":"BadArgument","details":{"age":["too old","x"],"name":"missing","n":[]}}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\n"
     "item:  | age | too old\nitem:  | name | missing\n"},
    {"details of texts, of numbers and of capitals", kClassic, 400, "",
     R"j({"error":{"code":"BadArgument","details":["first",{"Code":7,"Message":"second"},null,{}]}})j",
     "classic: application\nouter: BadArgument\ninner: BadArgument\n"
     "item:  |  | first\nitem: 7 |  | second\n"},
    {"legacy: details beside error", kClassic, 400, "",
     R"j({"error":{"code":"LibraryExecutionError","message":"Module failed."},)j"
     R"j("details":[{"code":"FailedToEvaluateRScript","target":"Execute R","message":"stop()"}]})j",
     "classic: application\nouter: LibraryExecutionError\ninner: LibraryExecutionError\n"
     "message: Module failed.\nitem: FailedToEvaluateRScript | Execute R | stop()\n"},
    {"details inside win over details beside", kClassic, 400, "",
     R"j({"error":{"code":"A","message":"m","details":[{"code":"in"}]},"details":[{"code":"out"}]})j",
     "classic: application\nouter: A\ninner: A\nmessage: m\nitem: in |  | \n"},
    {"errorCode and errorMessage", kOpaque, 500, "",
     R"j({"error":{"errorCode":"E42","errorMessage":"It broke."}})j",
     "classic: application\nouter: E42\ninner: E42\nmessage: It broke.\n"},
    {"a relay flattened it: text stays text", kOpaque, 400, "",
     R"j({"error":{"code":"2110","message":"'One or more errors. Row 3 failed.' Error code: BadArgument"}})j",
     "classic: application\nouter: 2110\ninner: 2110\n"
     "message: 'One or more errors. Row 3 failed.' Error code: BadArgument\n"},
    {"an error object without any name that is known: its own text", kOpaque, 500, "",
     R"j({"error":{"cause":"disk"}})j",
     "classic: application\nmessage: {\"cause\":\"disk\"}\n"},
    {"code null and empty: no code", kOpaque, 401, "",
     R"j({"error":{"message":"No key.","type":"auth","code":null,"errorCode":""}})j",
     "classic: application\nmessage: No key.\n"},
    {"a message with escapes, a raw line end and a lone surrogate", kClassic, 400, "",
     "{\"error\":{\"code\":\"A\",\"message\":\"\\u00e9\\ud83d\\ude00\\ud800 \\'q\\' a\nb C:\\\\x \\q\"}}",
     "classic: application\nouter: A\ninner: A\n"
     "message: \xC3\xA9\xF0\x9F\x98\x80\xEF\xBF\xBD 'q' a\\nb C:\\\\x \\\\q\n"},
    {"iso-8859-1 bytes: each becomes U+FFFD", kClassic, 400, "",
     "{\"error\":{\"code\":\"A\",\"message\":\"caf\xE9!\"}}",
     "classic: application\nouter: A\ninner: A\nmessage: caf\xEF\xBF\xBD!\n"},
    {"byte order mark and blank lines", kClassic, 400, "",
     "\xEF\xBB\xBF\r\n\r\n{\"error\":{\"code\":\"A\",\"message\":\"m\"}}\n",
     "classic: application\nouter: A\ninner: A\nmessage: m\n"},
    {"UTF-16, little-endian", kClassic, 400, "", "@utf16le.json",
     "classic: application\nouter: BadArgument\ninner: BadArgument\n"
     "message: \xEC\x98\xA4\xEB\xA5\x98 \xF0\x9F\x98\x80\n"},
    {"UTF-16, big-endian", kClassic, 400, "", "@utf16be.json",
     "classic: application\nouter: BadArgument\ninner: BadArgument\n"
     "message: \xEC\x98\xA4\xEB\xA5\x98 \xF0\x9F\x98\x80\n"},
    {"prose before the brace", kClassic, 400, "",
     R"j(Error [3] in {module}: {"error":{"code":"A","message":"m"}} -- see the log)j",
     "classic: application\nouter: A\ninner: A\nmessage: m\n"},
    {"a Python dict", kOpaque, 500, "",
     R"j({'error': {'code': u'E1', 'message': "it's", 'ok': False, 'x': None, 'y': True,}})j",
     "classic: application\nouter: E1\ninner: E1\nmessage: it's\n"},
    {"trailing commas and NaN", kOpaque, 500, "",
     R"j({"error":{"score":NaN,"code":"E1","details":[{"code":"D1",},],},})j",
     "classic: application\nouter: E1\ninner: E1\nitem: D1 |  | \n"},
    {"cut inside a code: half a code is none, it may be another one's name", kClassic, 500, "",
     R"j({"error":{"message":"Low memory.","code":"InternalError)j",
     "classic: application\nmessage: Low memory.\n"},
    {"cut inside a message: what was read stands", kClassic, 500, "",
     R"j({"error":{"code":"InternalError","message":"The sys)j",
     "classic: application\nouter: InternalError\ninner: InternalError\nmessage: The sys\n"},
    {"a name twice: the first counts", kClassic, 500, "",
     R"j({"error":{"code":"first","message":"m","code":"second"},"error":{"code":"third"}})j",
     "classic: application\nouter: first\ninner: first\nmessage: m\n"},
    {"escaped as a whole: quotes with backslashes", kOpaque, 500, "",
     R"j({\"error\":{\"code\":\"E1\",\"message\":\"say \\\"hi\\\"\"}})j",
     "classic: application\nouter: E1\ninner: E1\nmessage: say \"hi\"\n"},
    {"a formatter's doubled braces", kOpaque, 500, "",
     R"j({{"title":"Bad","status":400}})j",
     "problem: application\nmessage: Bad\n"},
    {"an array of envelopes: the first speaks", kOpaque, 500, "",
     R"j([{"error":{"code":500,"message":"m"}},{"error":{"code":501}}])j",
     "classic: application\nouter: 500\ninner: 500\nmessage: m\n"},

    // ---- Azure and OData.
    {"innererror: the deepest code is the inner one", kOpaque, 400, "", "@odata_inner.json",
     "odata: application\nouter: BadArgument\ninner: PasswordReuse\nmessage: Bad password.\n"
     "item: NullValue | phone | Phone must not be null\n"},
    {"innerError, as ServiceError of the batch endpoints", kOpaque, 400, "",
     R"j({"error":{"code":"UserError","severity":null,"message":"No deployment.",)j"
     R"j("innerError":{"code":"BadArgument","innerError":{"message":"x","innererror":{"code":"Deep"}}},)j"
     R"j("debugInfo":{"type":"x"}},"correlation":{"operation":"a"},"environment":"westus"})j",
     "odata: application\nouter: UserError\ninner: Deep\nmessage: No deployment.\n"},
    {"the envelope again as JSON in the first detail's message: gives the inner code", kOpaque, 400, "",
     R"j({"error":{"code":"ServiceError","message":"Failed.","details":[{"code":"X","message":)j"
     R"j("{\"error\":{\"code\":\"UserError\",\"innererror\":{\"code\":\"NoCompute\"},\"message\":\"m\"}}"}]}})j",
     "classic: application\nouter: ServiceError\ninner: NoCompute\nmessage: Failed.\n"
     "item: X |  | {\"error\":{\"code\":\"UserError\",\"innererror\":{\"code\":\"NoCompute\"},\"message\":\"m\"}}\n"},
    {"odata.error of the table service", kOpaque, 404, "",
     R"j({"odata.error":{"code":"ResourceNotFound","message":{"lang":"en-US","value":"Not there."}}})j",
     "odata3: application\nouter: ResourceNotFound\ninner: ResourceNotFound\nmessage: Not there.\n"},

    // ---- Flat, and JSON inside JSON.
    {"flat: statusCode is no code", kOpaque, 401, "",
     R"j({"statusCode":401,"message":"Access denied due to missing key."})j",
     "flat: application\nmessage: Access denied due to missing key.\n"},
    {"flat with all members", kOpaque, 400, "",
     R"j({"code":"UserError","statusCode":400,"message":"Bad","details":[{"code":"Inner","message":"d"}]})j",
     "flat: application\nouter: UserError\ninner: UserError\nmessage: Bad\nitem: Inner |  | d\n"},
    {"a message that is JSON: what has the code counts", kOpaque, 500, "",
     R"j({"message":"{\"error\":{\"code\":\"E7\",\"message\":\"inside\"}}"})j",
     "json: application\nouter: E7\ninner: E7\nmessage: inside\n"},
    {"the whole body a JSON string of JSON", kOnlineEndpoint, 424,
     "ms-azureml-model-error-reason: model_error\nms-azureml-model-error-statuscode: 500\n",
     R"j("{\"error\": \"no such column\"}")j",
     "error_string: application\nmessage: no such column\n"
     "model reason: model_error\nmodel status: 500\n"},

    // ---- google.rpc.Status.
    {"google.rpc.Status wrapped: code stays the number, rpc has the name", kOpaque, 400, "",
     "@google_rpc.json",
     "google_rpc: application\nouter: 400\ninner: 400\nmessage: The model is not deployed.\n"
     "rpc: FAILED_PRECONDITION/9\n"
     "rpc google.rpc.ErrorInfo: {\"@type\": \"type.googleapis.com/google.rpc.ErrorInfo\", \"reason\": \"NOT_DEPLOYED\", \"domain\": \"aiplatform.googleapis.com\"}\n"
     "rpc google.rpc.RetryInfo: {\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\", \"retryDelay\": \"3s\"}\n"},
    {"google.rpc.Status bare, with a number only", kOpaque, 404, "",
     R"j({"code":5,"message":"Not Found","details":[]})j",
     "google_rpc: application\nouter: 5\ninner: 5\nmessage: Not Found\nrpc: /5\n"},
    {"google.rpc.Status bare beside an older error text", kOpaque, 404, "",
     R"j({"error":"Not Found","code":5,"message":"Not Found"})j",
     "google_rpc: application\nouter: 5\ninner: 5\nmessage: Not Found\nrpc: /5\n"},
    {"google.rpc.Status bare, HTTP status and name", kOpaque, 503, "",
     R"j({"code":503,"message":"busy","status":"UNAVAILABLE"})j",
     "google_rpc: application\nouter: 503\ninner: 503\nmessage: busy\nrpc: UNAVAILABLE/14\n"},
    {"a detail without a type is omitted", kOpaque, 400, "",
     R"j({"error":{"code":3,"message":"m","details":[{"@type":"t/a.B","x":1},{"y":2}]}})j",
     "google_rpc: application\nouter: 3\ninner: 3\nmessage: m\nomitted: 1\nrpc: /3\n"
     "rpc a.B: {\"@type\":\"t/a.B\",\"x\":1}\n"},
    {"a small number alone is a module's number, no Status", kClassic, 400, "",
     R"j({"error":{"code":5,"message":"m"}})j",
     "classic: application\nouter: 5\ninner: 5\nmessage: m\n"},
    {"a status that is no canonical name", kOpaque, 400, "",
     R"j({"error":{"code":400,"message":"m","status":"Bad Request"}})j",
     "classic: application\nouter: 400\ninner: 400\nmessage: m\n"},

    // ---- Model servers.
    {"azmlfsrv: message alone", kOnlineEndpoint, 500,
     "x-ms-run-function-failed: True\nx-request-id: a-1\nx-ms-request-id: a-1\n",
     R"j({"message": "An unexpected error occurred in scoring script."})j",
     "json: application\nmessage: An unexpected error occurred in scoring script.\n"
     "run function: failed\nx-ms-request-id: a-1\nx-request-id: a-1\n"},
    {"TorchServe: its type is the code", kOnlineEndpoint, 503, "",
     R"j({"code": 503, "type": "InternalServerException", "message": "Prediction failed"})j",
     "torchserve: application\nouter: InternalServerException\ninner: InternalServerException\n"
     "message: Prediction failed\n"},
    {"MLflow: the stack trace is left out", kOnlineEndpoint, 400, "",
     R"j({"error_code": "BAD_REQUEST", "message": "No 'inputs'.", "stack_trace": "File x.py"})j",
     "mlflow: application\nouter: BAD_REQUEST\ninner: BAD_REQUEST\nmessage: No 'inputs'.\n"},
    {"Triton", kOpaque, 400, "", R"j({"error":"Request for unknown model: 'm' is not found"})j",
     "error_string: application\nmessage: Request for unknown model: 'm' is not found\n"},
    {"TensorFlow Serving: the illegal escape", kOpaque, 400, "",
     R"j({ "error": "Missing \'inputs\' or \'instances\' key" })j",
     "error_string: application\nmessage: Missing 'inputs' or 'instances' key\n"},
    {"Seldon: status.reason is the code", kOpaque, 500, "",
     R"j({"status":{"code":-1,"info":"Unknown data type","reason":"MICROSERVICE_BAD_DATA","status":1}})j",
     "seldon: application\nouter: MICROSERVICE_BAD_DATA\ninner: MICROSERVICE_BAD_DATA\n"
     "message: Unknown data type\n"},
    {"Hugging Face: the retry hint is in the body", kOpaque, 503, "",
     R"j({"error":"Model gpt2 is currently loading","estimated_time":118.25})j",
     "hugging_face: application\nmessage: Model gpt2 is currently loading\nbody delay: 118250 ms\n"},
    {"Hugging Face: a time that was cut is none", kOpaque, 503, "",
     R"j({"error":"Model gpt2 is currently loading","estimated_time":11)j",
     "hugging_face: application\nmessage: Model gpt2 is currently loading\n"},
    {"Hugging Face: error a list", kOpaque, 400, "",
     R"j({"error":["Error in `inputs`: empty","second"],"warnings":[]})j",
     "error_string: application\nmessage: Error in `inputs`: empty\n"
     "item:  |  | Error in `inputs`: empty\nitem:  |  | second\n"},
    {"text-generation server: error_type is the code", kOpaque, 422, "",
     R"j({"error":"Input validation error","error_type":"validation"})j",
     "error_string: application\nouter: validation\ninner: validation\n"
     "message: Input validation error\n"},
    {"SageMaker: its names are not in the search order, an item has them", kOpaque, 424, "",
     R"j({"ErrorCode":"CLIENT_ERROR_FROM_MODEL","Message":"Received client error (400)",)j"
     R"j("OriginalStatusCode":400,"OriginalMessage":"bad row"})j",
     "sagemaker: application\nmessage: Received client error (400)\n"
     "item: CLIENT_ERROR_FROM_MODEL |  | bad row\n"},

    // ---- Frameworks.
    {"FastAPI: detail a text", kOnlineEndpoint, 424, "ms-azureml-model-error-statuscode: 404\n",
     R"j({"detail":"Not Found"})j",
     "fastapi: application\nmessage: Not Found\nmodel status: 404\n"},
    {"FastAPI: validation errors", kOpaque, 422, "", "@fastapi_422.json",
     "fastapi: application\nouter: missing\ninner: missing\nmessage: Field required\n"
     "item: missing | body.inputs.0.age | Field required\n"
     "item: int_parsing | query.limit | Input should be a valid integer\n"},
    {"FastAPI: detail an object", kOpaque, 409, "",
     R"j({"detail":{"code":"BUSY","message":"Model is busy"}})j",
     "fastapi: application\nmessage: Model is busy\nitem: BUSY |  | Model is busy\n"},
    {"RFC 9457 with ASP.NET Core's errors", kOpaque, 400,
     "content-type: application/problem+json; charset=utf-8\n",
     R"j({"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"Validation errors.",)j"
     R"j("status":400,"traceId":"00-1","errors":{"$.inputs":["The JSON value is bad."]}})j",
     "problem: application\nmessage: Validation errors.\n"
     "item:  | $.inputs | The JSON value is bad.\n"},
    {"RFC 9457: detail says more than title", kOpaque, 403, "",
     R"j({"type":"about:blank","title":"Forbidden","status":403,"detail":"Your plan ended."})j",
     "problem: application\nmessage: Your plan ended.\n"},
    {"OAuth", kOpaque, 401, "",
     R"j({"error":"invalid_grant","error_description":"The token has expired."})j",
     "oauth: application\nmessage: invalid_grant: The token has expired.\n"},
    {"Spring: error is the status text, message what happened", kOpaque, 404, "",
     R"j({"timestamp":"2024","status":404,"error":"Not Found","message":"No model","path":"/x"})j",
     "error_string: application\nmessage: No model\n"},
    {"errors: the first one's message", kOpaque, 400, "",
     R"j({"errors":[{"code":"c1","message":"m1"},{"code":"c2","message":"m2"}]})j",
     "json: application\nmessage: m1\nitem: c1 |  | m1\nitem: c2 |  | m2\n"},
    {"any other object: the whole payload", kOpaque, 500, "", R"j({"foo":[1,2]})j",
     "json: application\nmessage: {\"foo\":[1,2]}\n"},
    {"an array of texts", kOpaque, 500, "", R"j(["went wrong"])j",
     "json: application\nmessage: [\"went wrong\"]\n"},
    {"an empty object", kOpaque, 500, "", "{}", "json: application\nmessage: {}\n"},

    // ---- XML.
    {"Azure Storage, with a byte order mark", kClassic, 403, "x-ms-error-code: AuthenticationFailed\n",
     "@storage_403.xml",
     "xml: application\nouter: AuthenticationFailed\ninner: AuthenticationFailed\n"
     "message: Server failed to authenticate the request & gave up. RequestId:17 Time:2024\n"
     "header code: AuthenticationFailed\n"},
    {"S3 wraps it", kOpaque, 404, "",
     "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchKey</Code><Message><![CDATA[a < b]]></Message></Error></ErrorResponse>",
     "xml: application\nouter: NoSuchKey\ninner: NoSuchKey\nmessage: a < b\n"},
    {"XML whose code was cut: no code", kClassic, 500, "", "<Error><Message>m</Message><Code>Internal",
     "xml: application\nmessage: m\n"},
    {"XML without a code is a page", kClassic, 500, "", "<Error><Message>m</Message></Error>",
     "html: intermediary\nmessage: m\n"},

    // ---- Online endpoints' front ends.
    {"wrong key", kOnlineEndpoint, 401, "", "key_auth_access_denied",
     "online_sentence: application\nmessage: key_auth_access_denied\n"},
    {"malformed header, with a line end", kOnlineEndpoint, 401, "", "key_auth_bad_header_forbidden\r\n",
     "online_sentence: application\nmessage: key_auth_bad_header_forbidden\n"},
    {"overloaded", kOnlineEndpoint, 503, "", "Too many requests for service churn-7 (overloaded)",
     "online_sentence: application\nmessage: Too many requests for service churn-7 (overloaded)\n"},
    {"no replicas", kOnlineEndpoint, 503, "", "No ready replicas for service churn.",
     "online_sentence: application\nmessage: No ready replicas for service churn.\n"},
    {"replica closed", kOnlineEndpoint, 502, "", "Replica closed connection before replying",
     "online_sentence: application\nmessage: Replica closed connection before replying\n"},
    {"the sentence inside a longer text is no sentence", kOnlineEndpoint, 401, "",
     "proxy says key_auth_access_denied",
     "text: intermediary\nmessage: proxy says key_auth_access_denied\n"},
    {"the same token from another kind is a text", kOpaque, 401, "", "key_auth_access_denied",
     "text: intermediary\nmessage: key_auth_access_denied\n"},
    {"424 with an emptied body: the headers make it the application's", kOnlineEndpoint, 424,
     "content-type: text/plain\nms-azureml-model-error-reason: too_many_pending_request\n", "",
     "empty: application\nmodel reason: too_many_pending_request\n"},

    // ---- Pages and texts of proxies.
    {"nothing", kClassic, 502, "", "", "empty: intermediary\n"},
    {"blanks", kClassic, 502, "", " \r\n\t", "empty: intermediary\n"},
    {"nginx", kClassic, 504, "", "@nginx_504.html",
     "html: intermediary\nmessage: 504 Gateway Time-out\n"},
    {"IIS, iso-8859-1, scripts with braces before the text", kClassic, 502, "", "@iis_502.html",
     "html: intermediary\nmessage: 502 - Passerelle d\xEF\xBF\xBD" "faillante.\n"},
    {"a page without a title: its first words", kClassic, 503, "",
     "<!DOCTYPE html>\n<!-- {\"error\":{}} --><html><style>a{\"b\":1}</style><body><h2>Our&nbsp;services\n are"
     "</h2><p>busy &#38; full &lt;now&gt; &bogus; R&D</p><script>x</script></body></html>",
     "html: intermediary\nmessage: Our services are busy & full <now> &bogus; R&D\n"},
    {"gunicorn's page beside an application's header", kOnlineEndpoint, 500,
     "content-type: text/html\nx-ms-run-function-failed: False\n",
     "<html><head><title>Internal Server Error</title></head></html>",
     "html: application\nmessage: Internal Server Error\n"},
    {"plain text", kClassic, 503, "", "upstream connect error or disconnect/reset before headers",
     "text: intermediary\nmessage: upstream connect error or disconnect/reset before headers\n"},
    {"text that begins with a bracket", kOpaque, 500, "", "[error] worker died [7]",
     "text: intermediary\nmessage: [error] worker died [7]\n"},
    {"text that begins with a date in brackets", kOpaque, 500, "", "[2024-01-02 10:00:00] failed",
     "text: intermediary\nmessage: [2024-01-02 10:00:00] failed\n"},
    {"text with a placeholder in braces", kOpaque, 500, "", "{service} is down {0}",
     "text: intermediary\nmessage: {service} is down {0}\n"},
    {"R's printed vector", kOpaque, 500, "", "[1] \"no such column\"",
     "text: intermediary\nmessage: [1] \"no such column\"\n"},
    {"a JSON string that holds words: neither object nor array", kOpaque, 500, "",
     R"j("went \"wrong\"")j", "text: intermediary\nmessage: went \"wrong\"\n"},
    {"a JSON number", kOpaque, 500, "", "17", "text: intermediary\nmessage: 17\n"},
    {"3xx: of the location only the host", kOpaque, 302,
     "location: https://user:pw@login.example.com:8443/a?sig=x\n", "Moved",
     "text: intermediary\nmessage: Moved\nlocation: login.example.com\n"},

    // ---- Errors in a success.
    {"200 with a flat status", kClassic, 200, "", R"j({"StatusCode":401,"message":"No."})j",
     "flat: application\nmessage: No.\nembedded: 401\n"},
    {"200 with a number for a code", kOpaque, 200, "", R"j({"error":{"code":429,"message":"slow"}})j",
     "classic: application\nouter: 429\ninner: 429\nmessage: slow\nembedded: 429\n"},
    {"200 with an error that names no status", kOpaque, 200, "", R"j({"error":{"code":"E","x":500}})j",
     "classic: application\nouter: E\ninner: E\n"},
    {"200 with a number that is no error's", kOpaque, 200, "", R"j({"error":"x","code":200})j",
     "error_string: application\nouter: 200\ninner: 200\nmessage: x\n"},
    {"500 with a status inside: only a 2xx has an embedded one", kOpaque, 500, "",
     R"j({"error":{"code":429,"message":"slow"}})j",
     "classic: application\nouter: 429\ninner: 429\nmessage: slow\n"},

    // ---- Hints in prose.
    {"prose in the message", kOpaque, 429, "",
     R"j({"statusCode":429,"message":"Rate limit is exceeded. Try again in 2 seconds."})j",
     "flat: application\nmessage: Rate limit is exceeded. Try again in 2 seconds.\n"
     "prose delay: 2000 ms\n"},
    {"prose in a detail", kClassic, 503, "",
     R"j({"error":{"code":"A","message":"m","details":[{"message":"x"},{"message":"Please retry after 5 s"}]}})j",
     "classic: application\nouter: A\ninner: A\nmessage: m\nitem:  |  | x\n"
     "item:  |  | Please retry after 5 s\nprose delay: 5000 ms\n"},
    {"every hint apart: translation chooses", kOpaque, 503, "retry-after: 7\n",
     R"j({"error":"Loading. Retry in 9 seconds","estimated_time":8})j",
     "hugging_face: application\nmessage: Loading. Retry in 9 seconds\n"
     "header delay: 7000 ms\nbody delay: 8000 ms\nprose delay: 9000 ms\n"},
};
// clang-format on

}  // namespace

std::span<const Case> Cases() {
  return kCases;
}

}  // namespace scoregate::errorbody
