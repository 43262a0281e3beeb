// The table of odd answers. Their texts are the emulator's own; secrets in them are invented.
#include "gateway/emulator/errors/odd_bodies.h"

#include <algorithm>
#include <array>

namespace scoregate::emulator {
namespace {

// clang-format off
constexpr auto kOddBodies = std::to_array<OddBody>({
    {"odata-innererror", 400,
     "content-type: application/json\n",
     "{\"error\":{\"code\":\"BadArgument\",\"message\":\"The password is refused.\",\"targ"
     "et\":\"password\",\"details\":[{\"code\":\"NullValue\",\"target\":\"phone\",\"messag"
     "e\":\"A phone number is needed.\"}],\"innererror\":{\"code\":\"PasswordError\",\"inn"
     "ererror\":{\"code\":\"PasswordReuse\",\"minLength\":8}}}}",
     "Azure and OData: the deepest code is the most specific"},
    {"service-error", 400,
     "content-type: application/json\n",
     "{\"error\":{\"code\":\"ServiceError\",\"severity\":null,\"message\":\"A service requ"
     "est was answered 400.\",\"details\":[{\"code\":null,\"message\":\"{\\\"error\\\":{\\"
     "\"code\\\":\\\"UserError\\\",\\\"message\\\":\\\"There is no compute target.\\\",\\"
     "\"innerError\\\":{\\\"code\\\":\\\"BadArgument\\\",\\\"innerError\\\":{\\\"code\\\":"
     "\\\"NoComputeTarget\\\"}}}}\"}]},\"correlation\":{\"operation\":\"5a1f\",\"request\""
     ":\"77c0\"},\"environment\":\"westeurope\"}",
     "batch endpoint: the cause as JSON inside a detail"},
    {"arm-details", 409,
     "content-type: application/json\n",
     "{\"error\":{\"code\":\"DeploymentFailed\",\"message\":\"One operation failed.\",\"de"
     "tails\":[{\"code\":\"Conflict\",\"message\":\"The deployment is being changed.\",\"d"
     "etails\":[{\"code\":\"QuotaExceeded\",\"target\":\"cores\",\"message\":\"24 of 24 co"
     "res are in use.\"}]}]}}",
     "Resource Manager: details inside details"},
    {"flat", 400,
     "content-type: application/json\n",
     "{\"code\":\"UserError\",\"statusCode\":400,\"message\":\"The request names no deploy"
     "ment.\",\"details\":[]}",
     "a management plane without an envelope"},
    {"designer", 400,
     "content-type: application/json\n",
     "{\"error\":{\"code\":400,\"message\":\"Input Data Error. Column age is missing.\",\""
     "details\":\"\"}}",
     "Designer: a number for a class, a text for a list"},
    {"legacy-details", 400,
     "content-type: application/json\n",
     "{\"error\":{\"code\":\"LibraryExecutionError\",\"message\":\"A library failed.\"},\""
     "details\":[{\"code\":\"FailedToEvaluateRScript\",\"target\":\"Execute R Script\",\"m"
     "essage\":\"stop() was called.\"}]}",
     "details beside the error"},
    {"google-rpc", 400,
     "content-type: application/json\n",
     "{\"error\":{\"code\":400,\"message\":\"The model has no deployment.\",\"status\":\"F"
     "AILED_PRECONDITION\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorI"
     "nfo\",\"reason\":\"NOT_DEPLOYED\",\"domain\":\"models.example\"},{\"@type\":\"type.g"
     "oogleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"instances[0]"
     ".age\",\"description\":\"Not a number.\"}]}]}}",
     "google.rpc.Status as JSON, as Vertex AI has it"},
    {"problem-details", 400,
     "content-type: application/problem+json\n",
     "{\"type\":\"https://errors.example/validation\",\"title\":\"Validation failed.\",\"s"
     "tatus\":400,\"traceId\":\"00-4bf9\",\"errors\":{\"$.inputs[0].age\":[\"Not a number."
     "\"]}}",
     "RFC 9457 with a map of fields"},
    {"fastapi-422", 422,
     "content-type: application/json\n",
     "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"inputs\",0,\"age\"],\"msg\":"
     "\"Field required\"},{\"type\":\"float_parsing\",\"loc\":[\"body\",\"inputs\",1,\"inc"
     "ome\"],\"msg\":\"Not a number\",\"input\":\"n/a\"}]}",
     "FastAPI: places in the body"},
    {"kserve", 404,
     "content-type: application/json\n",
     "{\"error\":\"Model with name iris does not exist.\"}",
     "KServe, Triton, MLServer: an error that is a text"},
    {"tf-serving", 400,
     "content-type: application/json\n",
     "{ \"error\": \"The \\'instances\\' key is missing.\" }",
     "TensorFlow Serving: an escape that JSON forbids"},
    {"torchserve", 503,
     "content-type: application/json\n",
     "{\"code\": 503, \"type\": \"InternalServerException\", \"message\": \"The prediction"
     " failed.\"}",
     "TorchServe: 503 for code that will always throw"},
    {"seldon", 500,
     "content-type: application/json\n",
     "{\"status\":{\"code\":-1,\"info\":\"Unknown data type\",\"reason\":\"MICROSERVICE_BA"
     "D_DATA\",\"status\":1}}",
     "Seldon 1"},
    {"mlflow", 400,
     "content-type: application/json\n",
     "{\"error_code\":\"BAD_REQUEST\",\"message\":\"The body has no inputs.\",\"stack_trac"
     "e\":\"Traceback (most recent call last):\\n  File \\\"app.py\\\", line 7, in invoke"
     "\\nValueError: no inputs\\n\"}",
     "MLflow, with its stack trace"},
    {"hugging-face", 503,
     "content-type: application/json\n",
     "{\"error\":\"The model is being loaded\",\"estimated_time\":2.5}",
     "Hugging Face: how long to wait stands in the body"},
    {"sagemaker", 424,
     "content-type: application/json\n",
     "{\"ErrorCode\":\"CLIENT_ERROR_FROM_MODEL\",\"Message\":\"Received client error (400)"
     " from primary with message \\\"{\\\"detail\\\":\\\"no column age\\\"\",\"OriginalSta"
     "tusCode\":400,\"OriginalMessage\":\"{\\\"detail\\\":\\\"no column age\\\"}\"}",
     "SageMaker: the container quoted in prose"},
    {"oauth", 401,
     "content-type: application/json\n",
     "{\"error\":\"invalid_grant\",\"error_description\":\"The token has expired.\"}",
     "OAuth 2"},
    {"storage-xml", 403,
     "content-type: application/xml\nx-ms-error-code: AuthenticationFailed\n",
     "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AuthenticationFai"
     "led</Code><Message>The signature of https://churnstore.blob.core.windows.net/in/rows"
     ".csv?sv=2015-04-05&amp;sig=bm90LWEtcmVhbC1zaWduYXR1cmU%3D is refused.</Message></Err"
     "or>",
     "Azure Storage: XML with a byte order mark, and a signature to hide"},
    {"odata-xml", 404,
     "content-type: application/xml\n",
     "<?xml version=\"1.0\"?><m:error xmlns:m=\"urn:m\"><m:code>TableNotFound</m:code><m:m"
     "essage>There is no such table.</m:message></m:error>",
     "OData in XML"},
    {"nginx", 504,
     "content-type: text/html\n",
     "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n<center><h1>"
     "504 Gateway Time-out</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</htm"
     "l>\r\n",
     "a page of nginx"},
    {"http-sys", 503,
     "content-type: text/html; charset=us-ascii\n",
     "<!DOCTYPE HTML>\r\n<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD>\r\n<BODY><h"
     "2>Service Unavailable</h2><hr><p>HTTP Error 503.</p></BODY></HTML>\r\n",
     "a page of HTTP.sys"},
    {"iis", 502,
     "content-type: text/html; charset=iso-8859-1\n",
     "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>502"
     " - Passerelle d\xE9" "faillante</title><style>body{margin:0}</style></head><body><h2"
     ">502</h2></body></html>",
     "a page of IIS in XHTML, iso-8859-1"},
    {"gunicorn", 500,
     "content-type: text/html\n",
     "<html>\n  <head>\n    <title>Internal Server Error</title>\n  </head>\n  <body>\n   "
     " <h1><p>Internal Server Error</p></h1>\n  </body>\n</html>\n",
     "the worker of a scoring server ended"},
    {"haproxy", 503,
     "content-type: text/html\n",
     "<html><body><h1>503 Service Unavailable</h1>\nNo server can take this.\n</body></htm"
     "l>\n",
     "a page of HAProxy"},
    {"envoy", 503,
     "content-type: text/plain\n",
     "no healthy upstream",
     "a sentence of Envoy"},
    {"portal-prose", 400,
     "content-type: text/plain\n",
     "RequestThrottled: The endpoint is busy., Error code: ServiceUnavailable, Http status"
     " code: 503, Timestamp: Fri, 01 Mar 2024 10:00:00 GMT",
     "a relay flattened class and code into prose"},
    {"data-factory", 400,
     "content-type: application/json\n",
     "{\"errorCode\":\"2110\",\"message\":\"'One of the arguments is bad. Row 3 failed.'\""
     ",\"failureType\":\"UserError\",\"target\":\"Score\",\"details\":[]}",
     "a pipeline flattened the error into its message"},
    {"python-dict", 500,
     "content-type: text/plain\n",
     "{'error': {'code': 'E1', 'message': \"it's broken\", 'ok': False, 'cause': None}}",
     "Python text that was meant to be JSON"},
    {"json-in-string", 500,
     "content-type: application/json\n",
     "\"{\\\"error\\\": {\\\"code\\\": \\\"E1\\\", \\\"message\\\": \\\"no such column\\\""
     "}}\"",
     "a JSON string that holds JSON"},
    {"cut-json", 500,
     "content-type: application/json\n",
     "{\"error\":{\"code\":\"InternalError\",\"message\":\"The system is low on mem",
     "JSON whose end is missing"},
    {"bad-utf8", 500,
     "content-type: application/json\n",
     "{\"error\":{\"code\":\"InternalError\",\"message\":\"caf\xE9 \xFF\"}}",
     "bytes that are no UTF-8"},
    {"error-in-200", 200,
     "content-type: application/json\n",
     "{\"error\":{\"code\":429,\"message\":\"Slow down.\"}}",
     "an error inside a success"},
    {"status-in-200", 200,
     "content-type: application/json\n",
     "{\"StatusCode\":401,\"message\":\"The key is refused.\"}",
     "a status inside a success"},
    {"wrapped-200", 200,
     "content-type: application/json\n",
     "{\"statusCode\":404,\"headers\":{},\"body\":{\"error\":{\"code\":\"NoModel\",\"messa"
     "ge\":\"There is no such model.\"}}}",
     "a relay wraps a failed call in a good one"},
    {"retry-after-ms", 429,
     "content-type: application/json\nretry-after-ms: 1500\nretry-after: 9\n",
     "{\"message\":\"Too many calls.\"}",
     "two delays: the first in order counts"},
    {"retry-prose", 429,
     "content-type: application/json\n",
     "{\"statusCode\":429,\"message\":\"Rate limit is exceeded. Try again in 2 seconds.\"}",
     "how long to wait stands in prose"},
});
// clang-format on

}  // namespace

std::span<const OddBody> OddBodies() {
  return kOddBodies;
}

const OddBody* FindOddBody(std::string_view name) {
  const auto* found = std::ranges::find(kOddBodies, name, &OddBody::name);
  return found == kOddBodies.end() ? nullptr : found;
}

std::string RaiseList() {
  constexpr std::size_t kNameColumn = 26;
  std::string text =
      "A call raises an error by the global parameter `raise` or the header `x-raise`:\n\n"
      "  CLASS or CLASS/CODE       a documented error; `scoregate catalogue` lists them\n"
      "  status/NNN                a bare status with a message\n"
      "  online/NAME               what the front end of an online endpoint says, such as\n"
      "                            online/model-not-ready\n"
      "  shape/html-NNN            a page, shape/text-NNN a line, shape/empty-NNN nothing\n"
      "  shape/close               the connection ends without an answer\n"
      "  shape/slow=2s             the model answers, but later\n\n"
      "and these bodies, as odd as they were met:\n\n";
  for (const OddBody& odd : kOddBodies) {
    std::string line = "  shape/" + std::string(odd.name);
    line.append(std::max(kNameColumn + 2, line.size() + 1) - line.size(), ' ');
    text += line + std::to_string(odd.status) + "  ";
    text += odd.about;
    text += '\n';
  }
  return text +
         "\nBehind any of them: ;count=N for the next N calls only, ;retry-after=VALUE,"
         " ;id=TAG to count apart.\n";
}

}  // namespace scoregate::emulator
