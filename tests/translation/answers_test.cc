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
    const google::protobuf::Duration delay = DetailOf<google::rpc::RetryInfo>(status).retry_delay();
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

// Contract 2.5: a body field is a hint whatever the body's shape.
TEST(Answers, TheEstimatedTimeOfABody) {
  constexpr const char* kWaits = "UNAVAILABLE UPSTREAM_HTTP_503 fault=UPSTREAM retry=";
  const auto after = [&](const char* ms) { return kWaits + std::string(ms); };
  const std::string seven = after("7000");
  const std::string one = after("1000");
  Check({
      {"beside a text",
       kOpaque,
       503,
       {},
       R"({"error":"loading","estimated_time":7})",
       seven.c_str()},
      {"beside an object",
       kOpaque,
       503,
       {},
       R"({"error":{"message":"m"},"estimated_time":7.0})",
       seven.c_str()},
      {"as text", kOpaque, 503, {}, R"({"message":"loading","estimated_time":"7"})", seven.c_str()},
      {"alone", kOpaque, 503, {}, R"({"estimated_time":7})", seven.c_str()},
      {"in a string", kOpaque, 503, {}, R"("{\"estimated_time\":7}")", seven.c_str()},
      {"further in", kOpaque, 503, {}, R"({"error":"m","more":{"estimated_time":7}})", one.c_str()},
      {"no number", kOpaque, 503, {}, R"({"error":"m","estimated_time":"soon"})", one.c_str()},
      {"cut", kOpaque, 503, {}, R"({"error":"m","estimated_time":7)", one.c_str()},
  });
}

// Contract 2.6: of a 404 of an online endpoint only a page is a proxy's.
TEST(Answers, A404OfAnOnlineEndpoint) {
  constexpr const char* kNoDeployment = "NOT_FOUND UPSTREAM_HTTP_404 fault=CALLER";
  constexpr const char* kProxy = "UNIMPLEMENTED INTERMEDIARY_RESPONSE fault=UPSTREAM";
  const Headers html = {{"content-type", "Text/HTML; charset=utf-8"}};
  Check({
      {"empty", kOnline, 404, {}, "", kNoDeployment},
      {"XML", kOnline, 404, {}, "<?xml version='1.0'?><notFound>x</notFound>", kNoDeployment},
      {"text in angle brackets", kOnline, 404, {}, "<none>", kNoDeployment},
      {"an element like HTML's", kOnline, 404, {}, "<htmlx>", kNoDeployment},
      {"text that is called HTML", kOnline, 404, html, "no such route", kNoDeployment},
      {"HTML", kOnline, 404, {}, "<HTML><body>404</body></HTML>", kProxy},
      {"a document type", kOnline, 404, {}, "<!DOCTYPE HTML PUBLIC '-//W3C'><p>404", kProxy},
      {"behind a prolog", kOnline, 404, {}, "<?xml version='1.0'?>\n<!-- x --> <html>", kProxy},
      {"markup that is called HTML", kOnline, 404, html, "<h1>404</h1>", kProxy},
  });
}

// Contract, part 0: outside kind classic upstreamCode is the innermost code.
TEST(Answers, TheInnermostCode) {
  constexpr const char* kOneLevel =
      R"({"error":{"code":"Outer","message":"m","details":[{"code":"Inner"},{"code":"Second"}]}})";
  constexpr const char* kInner =
      R"({"error":{"code":"Outer","innererror":{"code":"Deep"},"details":[{"code":"Inner"}]}})";
  const std::string bad = "INVALID_ARGUMENT UPSTREAM_HTTP_400 fault=CALLER ";
  const std::string by_detail = bad + "Outer/Inner";
  const std::string by_inner_error = bad + "Outer/Deep";
  const std::string only = bad + "Outer/Outer";
  Check({
      {"one level of details", kOnline, 400, {}, kOneLevel, by_detail.c_str()},
      {"of an opaque upstream", kOpaque, 400, {}, kOneLevel, by_detail.c_str()},
      {"an innererror says more", kOpaque, 400, {}, kInner, by_inner_error.c_str()},
      {"a detail without a code",
       kOpaque,
       400,
       {},
       R"({"error":{"code":"Outer","details":[{"message":"m"},{"code":"Second"}]}})",
       only.c_str()},
      {"beside additionalInfo",
       kOpaque,
       400,
       {},
       R"({"error":{"code":"Outer","additionalInfo":[],"details":[{"code":"Inner"}]}})",
       by_detail.c_str()},
      {"typed details are google.rpc's",
       kOpaque,
       400,
       {},
       R"({"error":{"code":400,"status":"INVALID_ARGUMENT","message":"m","details":[)"
       R"({"@type":"t/google.rpc.ErrorInfo","reason":"R","code":"Inner"}]}})",
       "INVALID_ARGUMENT UPSTREAM_HTTP_400 fault=CALLER 400/400"},
  });
}

// Contract 2.6, row google.rpc.Status: the details that pass keep every field.
TEST(Answers, AllFieldsOfPassedDetails) {
  const google::rpc::Status status =
      Translate(
          ReadAnswer(
              {429,
               R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"m","details":[)"
               R"({"@type":"t/google.rpc.QuotaFailure","violations":[{"subject":"s",)"
               R"("description":"d","apiService":"a","quotaMetric":"m","quotaId":"i",)"
               R"("quotaDimensions":{"region":"x","key":"AccountKey=c2VjcmV0c2VjcmV0"},)"
               R"("quotaValue":"20","futureQuotaValue":40},{"quota_value":"1.5",)"
               R"("quota_dimensions":["x"]}]},)"
               R"({"@type":"t/google.rpc.BadRequest","fieldViolations":[{"field":"f",)"
               R"("description":"d","localizedMessage":{"locale":"ko-KR","message":"l"}},)"
               R"({"field":"g","localizedMessage":{"message":"no locale"}}]}]}})",
               kOpaque,
               {}}),
          FactsOf(kOpaque))
          .Status();
  const auto quota = DetailOf<google::rpc::QuotaFailure>(status);
  ASSERT_EQ(quota.violations_size(), 2);
  EXPECT_EQ(quota.violations(0).api_service(), "a");
  EXPECT_EQ(quota.violations(0).quota_metric(), "m");
  EXPECT_EQ(quota.violations(0).quota_id(), "i");
  EXPECT_EQ(quota.violations(0).quota_value(), 20);
  EXPECT_EQ(quota.violations(0).future_quota_value(), 40);
  EXPECT_EQ(quota.violations(0).quota_dimensions().at("region"), "x");
  EXPECT_EQ(quota.violations(0).quota_dimensions().at("key"), "AccountKey=[redacted]");
  EXPECT_EQ(quota.violations(1).quota_value(), 0) << "no whole number";
  EXPECT_FALSE(quota.violations(1).has_future_quota_value());
  EXPECT_EQ(quota.violations(1).quota_dimensions_size(), 0) << "no object";
  const auto bad = DetailOf<google::rpc::BadRequest>(status);
  EXPECT_EQ(bad.field_violations(0).localized_message().locale(), "ko-KR");
  EXPECT_EQ(bad.field_violations(0).localized_message().message(), "l");
  EXPECT_FALSE(bad.field_violations(1).has_localized_message());
}

}  // namespace
}  // namespace scoregate::translation
