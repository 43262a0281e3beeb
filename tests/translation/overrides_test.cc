// A configured departure is refused with the invariant that it breaks.
#include "gateway/translation/overrides.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gateway/grpcwire/code.h"

namespace scoregate::translation {
namespace {

using enum grpcwire::Code;
using endpoint::RuleOverride;
using http::UpstreamKind;
using std::chrono::milliseconds;

RuleOverride Row(std::string error_class, std::string error_code, grpcwire::Code code) {
  RuleOverride rule;
  rule.error_class = std::move(error_class);
  rule.error_code = std::move(error_code);
  rule.code = grpcwire::CodeNumber(code);
  return rule;
}

RuleOverride Status(int http_status, grpcwire::Code code) {
  RuleOverride rule = Row("", "", code);
  rule.http_status = http_status;
  return rule;
}

RuleOverride With(RuleOverride rule, std::string reason) {
  rule.reason = std::move(reason);
  return rule;
}

RuleOverride After(RuleOverride rule, milliseconds delay) {
  rule.retry_after = delay;
  return rule;
}

RuleOverride Numbered(int code) {
  RuleOverride rule = Status(500, kInternal);
  rule.code = code;
  return rule;
}

RuleOverride Under(RuleOverride rule, int http_status) {
  rule.http_status = http_status;
  return rule;
}

TEST(CheckOverride, NamesTheInvariant) {
  constexpr UpstreamKind kClassic = UpstreamKind::kClassic;
  constexpr UpstreamKind kOnline = UpstreamKind::kOnlineEndpoint;
  constexpr UpstreamKind kOpaque = UpstreamKind::kOpaque;
  const milliseconds second(1000);
  struct Case {
    const char* name;
    RuleOverride rule;
    UpstreamKind kind;
    const char* broken;  // The invariant; "" for none.
  };
  const std::vector<Case> cases = {
      {"a class", Row("LibraryExecutionError", "", kInvalidArgument), kClassic, ""},
      {"a code", Row("BadArgument", "BlobNotFound", kFailedPrecondition), kClassic, ""},
      {"an undocumented code of a class", Row("BadArgument", "New", kOutOfRange), kClassic, ""},
      {"a status", With(Status(418, kFailedPrecondition), "TEAPOT"), kOpaque, ""},
      {"the class's own status", Under(Row("Conflict", "", kAborted), 409), kClassic, ""},
      {"throttling under 503", After(Status(503, kResourceExhausted), second), kOpaque, ""},
      {"a timeout that may be tried again", After(Status(504, kUnavailable), second), kOpaque, ""},
      {"429", After(Status(429, kResourceExhausted), second), kOpaque, ""},
      {"405", Status(405, kUnimplemented), kOpaque, ""},
      {"408", Status(408, kDeadlineExceeded), kOpaque, ""},
      {"the gateway's own key", Row("Unauthorized", "", kInternal), kClassic, ""},
      {"a model's answer may be of either family", Status(424, kInternal), kOnline, ""},
      {"and of the other", Status(424, kInvalidArgument), kOnline, ""},

      {"OK", Status(500, kOk), kOpaque, "I1"},
      {"no such code", Numbered(17), kOpaque, "I1"},
      {"a negative code", Numbered(-1), kOpaque, "I1"},

      {"a 5xx blames the caller", Status(500, kInvalidArgument), kOpaque, "I3"},
      {"a 4xx blames the server", Status(403, kInternal), kOpaque, "I3"},
      {"a class leaves its family", Row("BadArgument", "", kUnavailable), kClassic, "I3"},
      {"a code leaves it", Row("InternalError", "WebServiceGroupNotFound", kNotFound), kClassic,
       "I3"},
      {"an unknown code leaves it", Row("InternalError", "New", kNotFound), kClassic, "I3"},
      {"503 is no caller's timeout", Status(503, kPermissionDenied), kOpaque, "I3"},
      {"a 4xx becomes retryable", After(Status(413, kResourceExhausted), second), kOpaque, "I3"},
      {"a model's 424 becomes retryable", After(Status(424, kUnavailable), second), kOnline, "I3"},

      {"a retry with another code", After(Status(500, kInternal), second), kOpaque, "I4"},
      {"a retry after nothing", After(Status(503, kUnavailable), milliseconds(0)), kOpaque, "I4"},
      {"a retry after less than nothing", After(Status(503, kUnavailable), milliseconds(-5)),
       kOpaque, "I4"},
      {"a retry after two days", After(Status(503, kUnavailable), milliseconds(172'800'000)),
       kOpaque, "I4"},

      {"a class of another kind", Row("BadArgument", "", kInvalidArgument), kOpaque, "I5"},
      {"an undocumented class", Row("badArgument", "", kInvalidArgument), kClassic, "I5"},
      {"a code without a class", Row("", "BlobNotFound", kNotFound), kClassic, "I5"},
      {"a class under another status", Under(Row("Conflict", "", kAborted), 400), kClassic, "I5"},
      {"nothing to override", Row("", "", kInternal), kClassic, "I5"},
      {"a status that is no error", Status(302, kUnknown), kOpaque, "I5"},
      {"a status that nobody sends", Status(600, kInternal), kOpaque, "I5"},

      {"a reason in small letters", With(Status(418, kFailedPrecondition), "teapot"), kOpaque,
       "I8"},
      {"a reason of 64", With(Status(418, kFailedPrecondition), std::string(64, 'A')), kOpaque,
       "I8"},
  };
  for (const Case& c : cases) {
    std::optional<std::string> broken = CheckOverride(c.rule, c.kind);
    EXPECT_EQ(broken.value_or("").substr(0, 2), c.broken) << c.name << ": " << broken.value_or("");
  }
}

}  // namespace
}  // namespace scoregate::translation
