// Whose a failure is and what to do about it: the words fit what stands beside them, for every
// error that the gateway can give.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "client/scorectl/report/blame.h"
#include "client/scorectl/report/next_step.h"
#include "client/scorectl/report/row_count.h"
#include "gateway/errorbody/reported_error.h"
#include "gateway/translation/mapping.h"
#include "gateway/translation/rules/fallback.h"
#include "gateway/translation/rules/fault_rules.h"
#include "gateway/translation/translate.h"

namespace scoregate::scorectl {
namespace {

using enum grpc::StatusCode;

client::ScoreError Documented(std::string_view error_class, std::string_view code, int status) {
  errorbody::ReportedError error;
  error.http_status = status;
  error.outer_code = error_class;
  if (!code.empty()) error.items.push_back({std::string(code), "", ""});
  translation::CallFacts facts;
  facts.endpoint = "churn";
  return client::ReadError(translation::Translate(error, facts).Status());
}

client::ScoreError Answered(int status, errorbody::Voice voice) {
  errorbody::ReportedError error;
  error.http_status = status;
  error.voice = voice;
  translation::CallFacts facts;
  facts.kind = http::UpstreamKind::kOpaque;
  facts.endpoint = "churn";
  return client::ReadError(translation::Translate(error, facts).Status());
}

client::ScoreError FromModel(const std::string& reason, int status) {
  errorbody::ReportedError error;
  error.http_status = 424;
  error.model_error_reason = reason;
  error.model_http_status = status;
  translation::CallFacts facts;
  facts.kind = http::UpstreamKind::kOnlineEndpoint;
  facts.endpoint = "churn";
  return client::ReadError(translation::Translate(error, facts).Status());
}

client::ScoreError Unanswered(http::FaultKind kind, bool idempotent = true) {
  translation::CallFacts facts;
  facts.idempotent = idempotent;
  return client::ReadError(translation::Translate(http::Fault(kind, "why"), facts).Status());
}

// One error of every row of every table.
std::vector<client::ScoreError> EveryError() {
  std::vector<client::ScoreError> errors;
  for (const translation::MappingRow& row : translation::EnumerateRules()) {
    errors.push_back(Documented(row.error_class, row.error_code, row.http_status));
    EXPECT_EQ(errors.back().reason, row.reason);
  }
  for (const translation::StatusRule& rule : translation::ApplicationRules()) {
    errors.push_back(Answered(rule.http_status, errorbody::Voice::kApplication));
    errors.push_back(FromModel("", rule.http_status));
  }
  for (const translation::StatusRule& rule : translation::IntermediaryRules()) {
    errors.push_back(Answered(rule.http_status, errorbody::Voice::kIntermediary));
  }
  errors.push_back(FromModel("model_not_ready", 0));
  errors.push_back(FromModel("too_many_pending_request", 0));
  for (const translation::FaultRule& rule : translation::FaultRules()) {
    errors.push_back(Unanswered(rule.kind));
  }
  return errors;
}

std::string Line(const client::ScoreError& error) {
  return client::CodeName(error.code) + " " + error.reason + " | " + RetryAdvice(error) + " | " +
         error.fault_domain() + " | " + Blame(error);
}

TEST(Blame, FitsWhatStandsBesideItForEveryError) {
  const auto has = [](const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
  };
  for (const client::ScoreError& error : EveryError()) {
    const std::string words = Blame(error);
    EXPECT_FALSE(words.empty()) << Line(error);
    EXPECT_NE(words, error.fault_domain()) << "no row fits: " << Line(error);
    if (has(words, "request has to change")) {
      EXPECT_TRUE(error.code == INVALID_ARGUMENT || error.code == OUT_OF_RANGE) << Line(error);
    }
    if (error.retry_delay) {
      EXPECT_FALSE(has(words, "has to") || has(words, "refuse")) << Line(error);
    }
    if (error.fault_domain() == "MODEL") {
      EXPECT_TRUE(has(words, "the model")) << Line(error);
    }
  }
}

TEST(Blame, SaysWhatThereIsToDo) {
  struct Case {
    const char* why;
    client::ScoreError error;
    const char* words;
  };
  const Case cases[] = {
      {"a retry is advised", Answered(429, errorbody::Voice::kApplication),
       "the caller: it sends more than is allowed; call slower, or later"},
      {"the upstream's own 404", Answered(404, errorbody::Voice::kApplication),
       "what was asked for is not there: a name in the request, or the endpoint's url in the "
       "gateway's configuration"},
      {"a 404 of the gateway", Unanswered(http::FaultKind::kEndpointNotFound),
       "the caller: the request names what is not known here"},
      {"a blob is always the request's", Documented("BadArgument", "BlobNotFound", 400),
       "the caller: what the request names is not there"},
      {"403", Answered(403, errorbody::Voice::kApplication),
       "whoever the key belongs to may not do this: the caller's key, or the gateway's for this "
       "endpoint"},
      {"somebody ended it", Unanswered(http::FaultKind::kCancelled),
       "the caller or the operator, who ended the call: nothing has to be mended"},
      {"CALLER, but the model is what has to change",
       Documented("Conflict", "ModelOutputMetadataMismatch", 409),
       "the model behind the endpoint: its author has to rename an output"},
      {"CALLER, but a job is where it is", Documented("InvalidOperation", "CannotStartJob", 400),
       "the job's state: look at it (scorectl batch get NAME), or submit a new job"},
      {"a field is wrong", Documented("BadUserArgument", "InputParseError", 400),
       "the caller: the request has to change"},
      {"401 in plain words", Answered(401, errorbody::Voice::kIntermediary),
       "what stands in front of the endpoint wants a key: see whether the endpoint has an api_key "
       "in the gateway's configuration"},
      {"the gateway's key", Documented("Unauthorized", "", 401),
       "the gateway: its configuration has no key for the endpoint, or one that is not accepted"},
      {"a model that starts", FromModel("model_not_ready", 0),
       "the model behind the endpoint: it is starting or busy"},
      {"a model that threw", FromModel("", 500),
       "the model behind the endpoint: its author has to look"},
      {"a model's 400", FromModel("", 400),
       "the model behind the endpoint refuses this input: change it, or ask the model's author"},
      {"a proxy's page", Answered(502, errorbody::Voice::kIntermediary),
       "what stands in front of the endpoint (a proxy, a load balancer), or the scoring service "
       "behind it"},
      {"nothing said", client::ScoreError(), ""},
  };
  for (const Case& c : cases) EXPECT_EQ(Blame(c.error), c.words) << c.why;
}

TEST(RetryAdvice, SaysOneReasonWhyNot) {
  constexpr const char* kAgain = "no: the same call would fail again";
  constexpr const char* kDone =
      "no: it may have been done already; call again only where twice does no harm";
  using K = http::FaultKind;
  client::ScoreError left_a_job = Documented("ServiceUnavailable", "", 503);
  left_a_job.retry_delay.reset();
  left_a_job.metadata["operation"] = "operations/churn/1";
  struct Case {
    const char* why;
    client::ScoreError error;
    const char* advice;
  };
  const Case cases[] = {
      {"a fault of the request", Documented("BadArgument", "", 400), kAgain},
      {"sent, then broken off", Unanswered(K::kResetAfterSend, false), kDone},
      {"the same, where twice is harmless", Unanswered(K::kResetAfterSend), "yes, after 1 s"},
      {"the time was over", Unanswered(K::kTimeout), kDone},
      {"a time limit of the upstream", Documented("GatewayTimeout", "", 504), kDone},
      {"a proxy gave up", Answered(504, errorbody::Voice::kIntermediary), kDone},
      {"never sent: a certificate", Unanswered(K::kTlsUntrusted), kAgain},
      {"never sent: a name", Unanswered(K::kNameNotFound), kAgain},
      {"never sent: too large", Unanswered(K::kRequestTooLarge), kAgain},
      {"a job that was left behind", left_a_job, kDone},
      {"nobody said", client::ScoreError(), ""},
  };
  for (const Case& c : cases) EXPECT_EQ(RetryAdvice(c.error), c.advice) << c.why;
}

TEST(ExplainCommand, NamesTheRowOrTheReason) {
  client::ScoreError overridden = Documented("NotFound", "", 404);
  overridden.upstream->set_rule("override:NotFound");
  client::ScoreError korean = Documented("NotFound", "", 404);
  korean.locale = "ko-KR";
  client::ScoreError reinterpreted = Documented("Unauthorized", "", 401);
  reinterpreted.upstream->set_rule("catalogue:Unauthorized+reinterpret");
  struct Case {
    const char* why;
    client::ScoreError error;
    const char* command;
  };
  const Case cases[] = {
      {"a code", Documented("ServiceUnavailable", "RequestThrottled", 503),
       "scoregate explain ServiceUnavailable/RequestThrottled"},
      {"a class", Documented("NotFound", "", 404), "scoregate explain NotFound"},
      {"a code that no page has", Documented("NotFound", "Unheard", 404),
       "scoregate explain NotFound"},
      {"how the configuration reads it", reinterpreted, "scoregate explain Unauthorized"},
      {"no class", Answered(404, errorbody::Voice::kApplication),
       "scoregate explain UPSTREAM_HTTP_404"},
      {"the gateway's own", Unanswered(http::FaultKind::kTimeout),
       "scoregate explain DEADLINE_EXCEEDED_AT_GATEWAY"},
      {"a text in Korean beside it", korean, "scoregate explain NotFound --locale ko-KR"},
      {"somebody's own rule", overridden, ""},
      {"no scoregate", client::ScoreError(), ""},
  };
  for (const Case& c : cases) EXPECT_EQ(ExplainCommand(c.error), c.command) << c.why;
}

TEST(TryInstead, SaysItInScorectlsOwnWords) {
  const auto too_large = [](const char* field) {
    const http::Fault fault(http::FaultKind::kRequestTooLarge, field, "why");
    return client::ReadError(translation::Translate(fault, translation::CallFacts()).Status());
  };
  client::ScoreError no_tables = Unanswered(http::FaultKind::kMethodNotFound);
  no_tables.metadata["endpoint"] = "churn";
  no_tables.message = "The endpoint declares no request_shape.";
  struct Case {
    const char* why;
    client::ScoreError error;
    const char* words;
  };
  const Case cases[] = {
      {"rows", too_large("inputs"),
       "scorectl score --chunk N, which sends N rows at once; or let the gateway take more: "
       "server.max_request_bytes in its configuration"},
      {"a body cannot be cut", too_large("body"),
       "let the gateway take more: server.max_request_bytes in its configuration"},
      {"an endpoint", Unanswered(http::FaultKind::kEndpointNotFound),
       "scorectl endpoints, which lists them"},
      {"a job", Unanswered(http::FaultKind::kOperationNotFound),
       "scorectl batch list, which lists those that this gateway has seen"},
      {"an endpoint without tables", no_tables,
       "scorectl score churn --raw FILE, with the JSON that it expects; for tables, its "
       "configuration has to say request_shape"},
      {"a method that nothing has", Unanswered(http::FaultKind::kMethodNotFound), ""},
      {"anything else", Unanswered(http::FaultKind::kTimeout), ""},
  };
  for (const Case& c : cases) EXPECT_EQ(TryInstead(c.error), c.words) << c.why;
}

TEST(LanguageNote, SaysThatATextIsInAnotherLanguage) {
  struct Case {
    const char* asked;
    const char* given;
    const char* note;
  };
  for (const Case& c : {
           Case{"xx", "en-US", "There are no texts for --locale xx; these are in en-US.\n"},
           Case{"ko", "ko-KR", ""},
           Case{"KO_kr", "ko-KR", ""},
           Case{"fr, ko;q=0.5", "ko-KR", ""},
           Case{"en", "en-US", ""},
           Case{"*", "en-US", ""},
           Case{"", "en-US", ""},
           Case{"xx", "", ""},
       }) {
    client::ScoreError error;
    error.locale = c.given;
    EXPECT_EQ(LanguageNote(error, c.asked), c.note) << c.asked;
  }
}

scoring::v1::Table TableOfRows(int rows) {
  scoring::v1::Table table;
  scoring::v1::Column* column = table.add_columns();
  for (int i = 0; i < rows; ++i) column->mutable_int64s()->add_values(i);
  return table;
}

TEST(RowCountWarning, SaysWhereOneCannotJoinByPosition) {
  struct Case {
    const char* why;
    std::vector<int> sent;
    int answered;
    const char* warning;
  };
  for (const Case& c : {
           Case{"as many", {2}, 2, ""},
           Case{"more",
                {2},
                3,
                "warning: 2 rows sent, but output 'out' has 3 rows; do not match them by "
                "position\n"},
           Case{
               "one",
               {2},
               1,
               "warning: 2 rows sent, but output 'out' has 1 row; do not match them by position\n"},
           Case{"inputs that differ", {2, 3}, 1, ""},
           Case{"no input", {}, 1, ""},
       }) {
    scoring::v1::ScoreRequest request;
    for (int rows : c.sent) {
      (*request.mutable_inputs())["in" + std::to_string(rows)] = TableOfRows(rows);
    }
    scoring::v1::ScoreResponse response;
    (*response.mutable_outputs())["out"] = TableOfRows(c.answered);
    EXPECT_EQ(RowCountWarning(request, response), c.warning) << c.why;
  }
}

}  // namespace
}  // namespace scoregate::scorectl
