#include "tests/translation/generated.h"

#include <array>

#include "gateway/catalogue/catalogue.h"
#include "gateway/catalogue/message_template.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;
using http::UpstreamKind;

const std::vector<endpoint::EndpointSettings>& SomeSettings() {
  static const std::vector<endpoint::EndpointSettings> settings = [] {
    std::vector<endpoint::EndpointSettings> made(5);
    made[0].inputs = {"input1", "입력 \"2\""};
    made[0].parameters = {"alpha"};
    made[0].locale = "ko-KR";
    made[1].gateway_faults = endpoint::GatewayFaults::kReinterpret;
    made[2].error_voice = endpoint::ErrorVoice::kIntermediary;
    made[3].forward_metadata = {"authorization"};
    made[3].address.path = "/workspaces/w0/services/s0";
    made[4].address.path = std::string(3000, '/');
    made[4].locale = "xx-XX";
    return made;
  }();
  return settings;
}

constexpr std::array<std::string_view, 8> kTexts = {
    "",
    "Something broke.",
    "\xED\x95\x9C\xEA\xB5\xAD\xEC\x96\xB4 \xEC\x98\xA4\xEB\xA5\x98",
    "bad \xFF\xC0\x80 bytes \xED\xA0\x80",
    "tab\tline\r\nnul and more %41%",
    "Traceback (most recent call last):\n  File \"/var/app/score.py\", line 3\nValueError: x",
    "boom\n   at Contoso.Model.Run(Int32 x) in C:\\src\\Model.cs:line 12\n",
    "quotes \" and \\ and {0} {1}",
};

constexpr std::array<std::string_view, 12> kBodies = {
    R"({"error":{"code":"BadArgument","message":"m","details":[{"code":"BlobNotFound"}]}})",
    R"({"error":{"code":"ServiceUnavailable","details":[{"code":"RequestThrottled"},{"code":"X"}]}})",
    R"({"error":{"code":400,"message":"Input Data Error.","details":""}})",
    R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"q","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"},{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"subject":"s","description":"d"}]}]}})",
    R"({"code":9,"message":"m","details":[{"@type":"a/google.rpc.BadRequest","fieldViolations":[{"field":"f"}]}]})",
    R"({"code":503,"type":"InternalServerException","message":"Prediction failed"})",
    R"({"detail":[{"type":"missing","loc":["body","x"],"msg":"Field required"}]})",
    R"(<?xml version="1.0"?><Error><Code>BlobNotFound</Code><Message>gone</Message></Error>)",
    "<html><head><title>502 Bad Gateway</title></head></html>",
    "No ready replicas for service churn.",
    R"({"StatusCode":401,"message":"no"})",
    "",
};

}  // namespace

UpstreamKind Generator::Kind() {
  constexpr std::array kKinds = {UpstreamKind::kClassic, UpstreamKind::kClassic,
                                 UpstreamKind::kOnlineEndpoint, UpstreamKind::kOpaque};
  return kKinds[Below(kKinds.size())];
}

int Generator::Status() {
  constexpr std::array kUsual = {200, 302, 400, 401, 403, 404, 408, 409,
                                 413, 424, 429, 431, 500, 502, 503, 504};
  if (OneIn(3)) return static_cast<int>(100 + Below(900));
  return kUsual[Below(kUsual.size())];
}

std::string Generator::Secret() {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string secret;
  for (int i = 0; i < 86; ++i) secret += kAlphabet[Below(kAlphabet.size())];
  secrets_.push_back(secret);
  switch (Below(4)) {
    case 0:
      return "https://a.blob.core.windows.net/c?sv=2&sig=" + secret;
    case 1:
      return "Authorization: Bearer " + secret + "==";
    case 2:
      return "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + secret + "==;";
    default:
      return "key " + secret + "== was refused";
  }
}

std::string Generator::Text() {
  std::string text(kTexts[Below(kTexts.size())]);
  if (OneIn(4)) text += " " + Secret();
  if (OneIn(8)) text.insert(0, std::string(Below(3000), 'x') + " ");
  if (OneIn(8)) text += std::string(kTexts[2]) + std::string(Below(3000), 'y');
  return text;
}

std::string Generator::Code(std::string_view error_class) {
  auto own = catalogue::CodesOf(error_class);
  if (!own.empty() && !OneIn(4)) return std::string(own[Below(own.size())].name);
  if (OneIn(2)) return std::string(catalogue::Codes()[Below(catalogue::kCodeCount)].name);
  return OneIn(3) ? Text() : "Unheard" + std::to_string(Below(5));
}

ReportedError Generator::Error(UpstreamKind kind) {
  ReportedError error;
  error.http_status = Status();
  error.voice = OneIn(3) ? errorbody::Voice::kIntermediary : errorbody::Voice::kApplication;
  constexpr std::array<std::string_view, 5> kShapes = {"classic", "html", "json", "text",
                                                       "torchserve"};
  error.shape = kShapes[Below(kShapes.size())];
  const auto& error_class = catalogue::Classes()[Below(catalogue::kClassCount)];
  if (kind == UpstreamKind::kClassic || OneIn(3)) {
    error.outer_code = error_class.name;
    if (!OneIn(5)) error.http_status = error_class.http_status;
  } else if (OneIn(2)) {
    error.outer_code = Text();
  }
  error.inner_code = OneIn(4) ? Code(error_class.name) : error.outer_code;
  error.message = Text();
  for (std::size_t i = OneIn(10) ? Below(70) : Below(4); i > 0; --i) {
    errorbody::ReportedItem item{Code(error_class.name), OneIn(2) ? "input1" : Text(), Text()};
    catalogue::Parameters values = {"a, b", "200"};
    std::string composed = catalogue::ComposeMessage(error_class.name, item.code, values);
    if (!composed.empty() && !OneIn(3)) item.message = composed;
    error.items.push_back(std::move(item));
  }
  if (OneIn(20)) error.omitted_items = 7;
  if (error.http_status / 100 == 2 && OneIn(2))
    error.embedded_status = 400 + static_cast<int>(Below(200));
  if (OneIn(10)) error.header_code = Text();
  if (OneIn(3)) error.model_error_reason = OneIn(2) ? "model_not_ready" : Text();
  if (OneIn(2)) error.model_http_status = static_cast<int>(100 + Below(900));
  error.run_function_failed = OneIn(10);
  if (OneIn(4)) error.location_host = "login.example.com";
  if (OneIn(3)) error.request_ids = {{"x-ms-request-id", Text()}, {"x-request-id", "2"}};
  if (OneIn(3)) error.header_retry_delay = std::chrono::milliseconds(Below(200'000'000));
  if (OneIn(5)) error.prose_retry_delay = std::chrono::milliseconds(Below(9000));
  return error;
}

std::string Generator::Body() {
  std::string body(kBodies[Below(kBodies.size())]);
  for (std::size_t edits = Below(4); edits > 0 && !body.empty(); --edits) {
    std::size_t at = Below(body.size());
    switch (Below(4)) {
      case 0:
        body[at] = static_cast<char>(Below(256));
        break;
      case 1:
        body.resize(at);
        break;
      case 2:
        body.insert(at, body.substr(at / 2, 40));
        break;
      default:
        body.erase(at, Below(9));
        break;
    }
  }
  return body;
}

CallFacts Generator::Facts(UpstreamKind kind) {
  CallFacts facts;
  facts.kind = kind;
  facts.call = OneIn(3) ? http::CallKind::kScoreRaw : http::CallKind::kScore;
  facts.idempotent = !OneIn(3);
  if (OneIn(2)) facts.endpoint = "churn";
  if (OneIn(2)) facts.request_id = "3f1c2d5e-0000-4000-8000-000000000001";
  constexpr std::array<std::string_view, 4> kLanguages = {"", "ko", "de, en;q=0.5", "\xFF;q=x"};
  facts.accept_language = kLanguages[Below(kLanguages.size())];
  if (OneIn(2)) facts.settings = &SomeSettings()[Below(SomeSettings().size())];
  facts.previous_attempts = static_cast<std::uint32_t>(Below(9));
  if (OneIn(3)) facts.remaining_deadline = std::chrono::milliseconds(Below(20'000));
  facts.jitter_factor = 1.0 + static_cast<double>(Below(201)) / 1000;
  facts.debug_info = OneIn(4);
  if (OneIn(10)) facts.operation = "operations/churn/0123";
  facts.work_done = OneIn(20);
  return facts;
}

}  // namespace scoregate::translation
