// What header fields, sentences and numbers say.
#include "gateway/errorbody/header_facts.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/errorbody/retry_hints.h"

namespace scoregate::errorbody {
namespace {

using std::chrono::milliseconds;

using Fields = std::vector<std::pair<std::string, std::string>>;

http::HttpResponse Answer(int status, const Fields& fields) {
  http::HttpResponse response;
  response.status = status;
  for (const auto& [name, value] : fields) response.headers.Add(name, value);
  return response;
}

ReportedError Facts(int status, const Fields& fields) {
  ReportedError error;
  ReadHeaderFacts(Answer(status, fields), std::nullopt, error);
  return error;
}

using KnownFields = std::vector<ReportedError::KnownField>;

TEST(HeaderFacts, WhoAnsweredAndWhereTheTimeWentIsKeptOfHeadAndTrailers) {
  http::HttpResponse answer =
      Answer(424, {{"Ms-Azureml-Model-Time", "12"}, {"azureml-model-deployment", "blue"}});
  answer.trailers.Add("MS-AzureML-Bandwidth-Request-Delay-Ms", " 7 ");
  answer.trailers.Add("ms-azureml-model-time", "99");
  answer.trailers.Add("ms-azureml-bandwidth-response-delay-ms", "two words");
  answer.trailers.Add("x-other", "1");
  ReportedError error;
  ReadHeaderFacts(answer, std::nullopt, error);
  const KnownFields expected = {{"azureml-model-deployment", "blue"},
                                {"ms-azureml-model-time", "12"},
                                {"ms-azureml-bandwidth-request-delay-ms", "7"}};
  EXPECT_EQ(error.answer_fields, expected);
}

TEST(HeaderFacts, RepeatedValuesAreJoined) {
  const ReportedError error = Facts(424, {{"X-Ms-Error-Code", "BlobNotFound"},
                                          {"X-Ms-Error-Code", " "},
                                          {"X-Ms-Error-Code", " Other "},
                                          {"ms-azureml-model-error-reason", "model_not_ready"},
                                          {"ms-azureml-model-error-reason", "model_error"},
                                          {"ms-azureml-model-error-statuscode", "503"},
                                          {"ms-azureml-model-error-statuscode", "504"},
                                          {"x-ms-run-function-failed", "True"},
                                          {"x-ms-run-function-failed", "False"}});
  EXPECT_EQ(error.header_code, "BlobNotFound, Other");
  EXPECT_EQ(error.model_error_reason, "model_not_ready, model_error");
  EXPECT_EQ(error.model_http_status, 0) << "two statuses are none";
  EXPECT_FALSE(error.run_function_failed);
}

TEST(HeaderFacts, BlanksAreNoPartOfAValue) {
  const ReportedError error = Facts(424, {{"X-Ms-Error-Code", " "},
                                          {"X-Ms-Error-Code", " BlobNotFound "},
                                          {"ms-azureml-model-error-reason", "model_not_ready"},
                                          {"ms-azureml-model-error-statuscode", ""},
                                          {"ms-azureml-model-error-statuscode", " 503 "},
                                          {"x-ms-run-function-failed", "TRUE"}});
  EXPECT_EQ(error.header_code, "BlobNotFound");
  EXPECT_EQ(error.model_error_reason, "model_not_ready");
  EXPECT_EQ(error.model_http_status, 503);
  EXPECT_TRUE(error.run_function_failed);
}

TEST(HeaderFacts, AModelStatusHasThreeDigits) {
  for (const char* value : {"", "50", "5030", "5a3", "-50", "050", " 5 3", "5.3"}) {
    EXPECT_EQ(Facts(424, {{"ms-azureml-model-error-statuscode", value}}).model_http_status, 0)
        << value;
  }
  EXPECT_EQ(Facts(424, {{"ms-azureml-model-error-statuscode", " 100 "}}).model_http_status, 100);
}

TEST(HeaderFacts, RunFunctionFailedIsTrueOnly) {
  for (const char* value : {"False", "", "1", "yes", "truee"}) {
    EXPECT_FALSE(Facts(500, {{"x-ms-run-function-failed", value}}).run_function_failed) << value;
  }
}

TEST(HeaderFacts, RequestIdsStandInAFixedOrder) {
  const KnownFields ids =
      Facts(500, {{"Apim-Request-Id", "d"},
                  {"x-request-id", "two words"},
                  {"x-request-id", "c"},
                  {"x-ms-client-request-id", std::string(kMaxCodeBytes + 1, 'b')},
                  {"x-ms-request-id", "a"},
                  {"x-ms-request-id", "z"}})
          .request_ids;
  const KnownFields expected = {
      {"x-ms-request-id", "a"}, {"x-request-id", "c"}, {"apim-request-id", "d"}};
  EXPECT_EQ(ids, expected);
}

TEST(HeaderFacts, TextsAreValidUtf8AndBounded) {
  const ReportedError error = Facts(424, {{"x-ms-error-code", "a\xFF" + std::string(500, 'b')},
                                          {"ms-azureml-model-error-reason", "\xC3\xA9\xC3"}});
  EXPECT_EQ(error.header_code, "a\xEF\xBF\xBD" + std::string(kMaxCodeBytes - 4 - 128, 'b'));
  EXPECT_EQ(error.model_error_reason, "\xC3\xA9\xEF\xBF\xBD");
}

TEST(HeaderFacts, OfALocationTheHost) {
  struct {
    const char* location;
    const char* host;
  } constexpr kLocations[] = {
      {"https://a.example.com/x?sig=1", "a.example.com"},
      {"https://a.example.com:8443", "a.example.com"},
      {"https://u:p@a.example.com/", "a.example.com"},
      {"https://u:p@b@a.example.com?x", "a.example.com"},
      {"//a.example.com#f", "a.example.com"},
      {"https://[2001:db8::1]:443/x", "[2001:db8::1]"},
      {"/x//y", ""},
      {"x?u=https://evil.example", ""},
      {"mailto:a", ""},
      {"", ""},
  };
  for (const auto& test : kLocations) {
    EXPECT_EQ(Facts(302, {{"location", test.location}}).location_host, test.host) << test.location;
  }
  EXPECT_EQ(Facts(201, {{"location", "https://a.example.com"}}).location_host, "");
  EXPECT_EQ(Facts(400, {{"location", "https://a.example.com"}}).location_host, "");
}

TEST(HeaderFacts, HeadersThatOnlyAnApplicationSends) {
  for (const char* name :
       {"ms-azureml-model-error-reason", "Ms-Azureml-Model-Error-Statuscode",
        "ms-azureml-model-error-anything", "x-ms-run-function-failed", "x-ms-error-code"}) {
    EXPECT_TRUE(HasApplicationHeader(Answer(500, {{"a", "b"}, {name, ""}}))) << name;
  }
  for (const char* name :
       {"x-ms-request-id", "ms-azureml-model-time", "x-ms-error-codes", "server"}) {
    EXPECT_FALSE(HasApplicationHeader(Answer(500, {{name, "x"}}))) << name;
  }
}

TEST(RetryHints, HeadersInTheOrderOfTrust) {
  struct {
    const char* name;
    Fields fields;
    std::optional<milliseconds> delay;
  } const kCases[] = {
      {"none", {}, std::nullopt},
      {"seconds", {{"Retry-After", "7"}}, milliseconds(7000)},
      {"milliseconds first", {{"Retry-After", "7"}, {"retry-after-ms", "250"}}, milliseconds(250)},
      {"the two in milliseconds",
       {{"x-ms-retry-after-ms", "300"}, {"retry-after-ms", "250"}},
       milliseconds(250)},
      {"Microsoft's before the standard's",
       {{"retry-after", "7"}, {"x-ms-retry-after-ms", " 300 "}},
       milliseconds(300)},
      {"an invalid one is passed over",
       {{"retry-after-ms", "soon"}, {"x-ms-retry-after-ms", "-5"}, {"retry-after", "7"}},
       milliseconds(7000)},
      {"an invalid one, then a valid one of that name",
       {{"retry-after", "soon"}, {"retry-after", ""}, {"retry-after", "7"}, {"retry-after", "9"}},
       milliseconds(7000)},
      {"zero is valid", {{"retry-after-ms", "0"}, {"retry-after", "7"}}, milliseconds(0)},
      {"a fraction of a millisecond", {{"retry-after-ms", "1500.6"}}, milliseconds(1501)},
      {"units are none", {{"retry-after-ms", "250ms"}}, std::nullopt},
      {"a date counts from the answer's own",
       {{"retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"},
        {"date", "Sun, 06 Nov 1994 08:49:30 GMT"}},
       milliseconds(7000)},
      {"a date alone needs a clock",
       {{"retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"}},
       std::nullopt},
      {"ages are cut", {{"retry-after", "99999999999999999999"}}, kLongestDelay},
      {"ages in milliseconds are cut", {{"retry-after-ms", std::string(400, '9')}}, kLongestDelay},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(HeaderDelay(Answer(503, test.fields), std::nullopt), test.delay) << test.name;
  }
  // 1994-11-06T08:49:30Z.
  const http::UnixSeconds now{std::chrono::seconds(784111770)};
  EXPECT_EQ(HeaderDelay(Answer(503, {{"retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"}}), now),
            milliseconds(7000));
}

TEST(RetryHints, NumbersOfSeconds) {
  EXPECT_EQ(DelayFromSeconds("118.0"), milliseconds(118000));
  EXPECT_EQ(DelayFromSeconds("0.0004"), milliseconds(0));
  EXPECT_EQ(DelayFromSeconds("20"), milliseconds(20000));
  for (const char* value : {"", "-1", "NaN", "Infinity", "inf", "0x1p3", "1.", "1 s", "x"}) {
    EXPECT_EQ(DelayFromSeconds(value), std::nullopt) << value;
  }
  EXPECT_EQ(DelayFromSeconds("1e3"), milliseconds(1'000'000));
  EXPECT_EQ(DelayFromSeconds("1e-999"), milliseconds(0));
  EXPECT_EQ(DelayFromSeconds("1e999"), kLongestDelay);
  EXPECT_EQ(DelayFromSeconds(std::string(400, '9')), kLongestDelay);
}

TEST(RetryHints, Sentences) {
  struct {
    const char* text;
    std::optional<long> ms;
  } constexpr kSentences[] = {
      {"Rate limit is exceeded. Try again in 2 seconds.", 2000},
      {"Please retry after 86400 seconds.", 86'400'000},
      {"Out of call volume quota. Quota will be replenished in 2.12 days.", 183'168'000},
      {"Quota will be replenished in 01:12:34.", 4'354'000},
      {"Quota will be replenished in 0.02:01:33.", 7'293'000},
      {"Quota will be replenished in 2.12:01:33.", 216'093'000},
      {"Quota will be replenished in 2.5 hours: 12:01", 9'000'000},
      {"please try again in 6m0s", 360'000},
      {"Please try again in 340ms. Visit the page.", 340},
      {"TRY AGAIN IN 1.5 MINUTES", 90'000},
      {"Retry the request after 2 minutes and 30 seconds", 150'000},
      {"Please wait 5 seconds before you call again", 5000},
      {"Wait for 3 hours", 10'800'000},
      {"retry-after: 30 s", 30'000},
      {"The limit of 20 calls in 10 seconds is over. Retry in 4 sec", 4000},
      // A duration that is no advice.
      {"The request timed out after 30 seconds", std::nullopt},
      {"timed out after 30 seconds, try again", std::nullopt},
      {"The retry failed after 30 seconds", std::nullopt},
      {"Retry timeout after 30 seconds", std::nullopt},
      {"Stopped retrying after 30 seconds", std::nullopt},
      {"Try again. The model loads in 30 seconds", std::nullopt},
      {"Try again in 5 replicas", std::nullopt},
      {"Try again in 5", std::nullopt},
      {"Try again in a moment", std::nullopt},
      {"Try again in -5 seconds", std::nullopt},
      {"in 5 seconds", std::nullopt},
      {"await 5 seconds", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& test : kSentences) {
    const std::optional<milliseconds> delay = ProseDelay(test.text);
    EXPECT_EQ(delay ? std::optional<long>(delay->count()) : std::nullopt, test.ms) << test.text;
  }
  EXPECT_EQ(ProseDelay("retry in " + std::string(400, '9') + " days"), kLongestDelay);
}

}  // namespace
}  // namespace scoregate::errorbody
