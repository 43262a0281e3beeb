// Answers as they arrive, and in one line each what the caller learns: code, reason, fault, advice.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gateway/grpcwire/code.h"
#include "gateway/translation/translate.h"
#include "tests/translation/status_text.h"

namespace scoregate::translation {
namespace {

using http::UpstreamKind;
using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr UpstreamKind kClassic = UpstreamKind::kClassic;
constexpr UpstreamKind kOnline = UpstreamKind::kOnlineEndpoint;
constexpr UpstreamKind kOpaque = UpstreamKind::kOpaque;

struct Case {
  const char* name;
  UpstreamKind kind;
  int status;
  Headers headers;
  const char* body;
  /// CODE REASON fault=DOMAIN [retry=MILLISECONDS] [class/code]
  const char* expected;
};

std::string Summary(const Case& c) {
  const Translation translated =
      Translate(ReadAnswer({c.status, c.body, c.kind, c.headers}), FactsOf(c.kind));
  const google::rpc::Status status = translated.Status();
  std::string text(grpcwire::CodeName(*grpcwire::CodeFromNumber(status.code())));
  text += " " + DetailOf<google::rpc::ErrorInfo>(status).reason();
  text += " fault=" + MetadataOf(status, "faultDomain");
  if (HasDetail(status, "RetryInfo")) {
    const auto& delay = DetailOf<google::rpc::RetryInfo>(status).retry_delay();
    text += " retry=" + std::to_string(delay.seconds() * 1000 + delay.nanos() / 1'000'000);
  }
  const std::string outer = MetadataOf(status, "upstreamClass");
  const std::string inner = MetadataOf(status, "upstreamCode");
  if (outer != "(none)" || inner != "(none)") text += " " + outer + "/" + inner;
  return text;
}

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Summary(c), c.expected) << "CASE: " << c.name;
}

Headers ModelStatus(const char* status) {
  return {{"ms-azureml-model-error-reason", "model_error"},
          {"ms-azureml-model-error-statuscode", status}};
}

Headers ModelThrew(const char* status, const char* threw) {
  Headers headers = ModelStatus(status);
  headers.emplace_back("x-ms-run-function-failed", threw);
  return headers;
}

// Contract 2.6, row 424: the application row of the container's own status.
TEST(Answers, AModelThatThrewBehindA424) {
  constexpr const char* kTorchServe =
      R"({"code":503,"type":"InternalServerException","message":"Prediction failed"})";
  constexpr const char* kInternal =
      "INTERNAL MODEL_ERROR fault=MODEL InternalServerException/InternalServerException";
  Check({
      {"TorchServe, 503", kOnline, 424, ModelStatus("503"), kTorchServe, kInternal},
      {"TorchServe, 502", kOnline, 424, ModelStatus("502"), kTorchServe, kInternal},
      {"the score script, 503", kOnline, 424, ModelThrew("503", "True"), R"({"message":"m"})",
       "INTERNAL MODEL_ERROR fault=MODEL"},
      {"the server, 503", kOnline, 424, ModelThrew("503", "False"), R"({"message":"m"})",
       "UNAVAILABLE MODEL_ERROR fault=MODEL"},
      {"nobody says who, 502", kOnline, 424, ModelStatus("502"), R"({"message":"m"})",
       "UNAVAILABLE MODEL_ERROR fault=MODEL"},
      {"the score script, 504", kOnline, 424, ModelThrew("504", "True"), R"({"message":"m"})",
       "DEADLINE_EXCEEDED MODEL_ERROR fault=MODEL"},
      {"a start is told by the reason",
       kOnline,
       424,
       {{"ms-azureml-model-error-reason", "model_not_ready"},
        {"ms-azureml-model-error-statuscode", "503"},
        {"x-ms-run-function-failed", "True"}},
       "",
       "UNAVAILABLE MODEL_NOT_READY fault=MODEL retry=5000"},
  });
}

}  // namespace
}  // namespace scoregate::translation
