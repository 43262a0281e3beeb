// What each ending of an exchange tells of an endpoint, and what becomes of what was told.
#include "gateway/service/health/endpoint_health.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gateway/service/errors/translate_exchange.h"

namespace scoregate::service {
namespace {

using http::FaultKind;
using scoring::v1::Endpoint;
using Time = EndpointHealth::Time;

TEST(EvidenceOfFaults, EachKindByWhoseDoingItIs) {
  struct Case {
    FaultKind kind;
    Evidence expected;
    const char* why;
  };
  const Case cases[] = {
      {FaultKind::kNameNotFound, Evidence::kBroken, "no call can work until the name exists"},
      {FaultKind::kConnectFailed, Evidence::kBroken, "nobody listens"},
      {FaultKind::kTlsUntrusted, Evidence::kBroken, "no call can work until it is trusted"},
      {FaultKind::kCredentialRefused, Evidence::kBroken, "no call can work without a token"},
      {FaultKind::kProxyRefused, Evidence::kBroken, "no call gets past the proxy"},
      {FaultKind::kCredentialUnavailable, Evidence::kDoubt, "the next asking may give a token"},
      {FaultKind::kNameLookupFailed, Evidence::kDoubt, "a resolver has bad moments"},
      {FaultKind::kTlsFailed, Evidence::kDoubt, "a handshake may break once"},
      {FaultKind::kResetBeforeSend, Evidence::kDoubt, "a connection may break once"},
      {FaultKind::kResetAfterSend, Evidence::kDoubt, "a connection may break once"},
      {FaultKind::kResponseInvalid, Evidence::kDoubt, "an answer may be garbled once"},
      {FaultKind::kTimeout, Evidence::kDoubt, "one call may be slow"},
      {FaultKind::kResponseTooLarge, Evidence::kServes, "it was answering"},
      {FaultKind::kCancelled, Evidence::kNone, "the caller went away"},
      {FaultKind::kRequestInvalid, Evidence::kNone, "nothing was sent"},
      {FaultKind::kRequestMalformed, Evidence::kNone, "nothing was sent"},
      {FaultKind::kRequestTooLarge, Evidence::kNone, "nothing was sent"},
      {FaultKind::kListTooLong, Evidence::kNone, "nothing was sent"},
      {FaultKind::kInFlightLimit, Evidence::kNone, "nothing was sent"},
      {FaultKind::kConnectionLimit, Evidence::kNone, "nothing was sent"},
      {FaultKind::kCircuitOpen, Evidence::kNone, "nothing was sent"},
      {FaultKind::kShuttingDown, Evidence::kNone, "nothing was sent"},
      {FaultKind::kEndpointNotFound, Evidence::kNone, "nothing was sent"},
      {FaultKind::kOperationNotFound, Evidence::kNone, "nothing was sent"},
      {FaultKind::kCatalogueNameNotFound, Evidence::kNone, "nothing was sent"},
      {FaultKind::kMethodNotFound, Evidence::kNone, "nothing was sent"},
      {FaultKind::kAccessRefused, Evidence::kNone, "nothing was sent"},
      {FaultKind::kInternal, Evidence::kNone, "the gateway's own bug"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(EvidenceOf(http::HttpOutcome(http::Fault(c.kind, ""))), c.expected)
        << http::FaultName(c.kind) << ": " << c.why;
  }
  EXPECT_EQ(std::size(cases), static_cast<std::size_t>(FaultKind::kInternal) + 1);
}

std::string Envelope(const char* error_class, const char* code) {
  return std::string(R"({"error":{"code":")") + error_class + R"(","details":[{"code":")" + code +
         R"("}]}})";
}

TEST(EvidenceOfAnswers, FollowsTheJudgementOfTheError) {
  struct Case {
    int status;
    std::string body;
    Evidence expected;
    const char* why;
  };
  const Case cases[] = {
      {401, Envelope("Unauthorized", "ScoreRequestUnauthorized"), Evidence::kBroken,
       "the gateway's key is refused"},
      {401, "", Evidence::kBroken, "the same without a word"},
      {400, Envelope("BadArgument", "InvalidInputNames"), Evidence::kServes,
       "the caller's mistake"},
      {400, Envelope("ModuleExecutionError", "ModuleExecutionError"), Evidence::kServes,
       "the model failed on these rows"},
      {404, R"({"detail":"no such customer"})", Evidence::kServes, "it answered the request"},
      {404, "", Evidence::kDoubt, "a proxy that has no such route"},
      {429, "", Evidence::kServes, "full is not broken"},
      {503, Envelope("ServiceUnavailable", "RequestThrottled"), Evidence::kServes,
       "full is not broken, whatever the status"},
      {503, "", Evidence::kDoubt, "once may be noise"},
      {500, Envelope("InternalError", ""), Evidence::kDoubt, "once may be noise"},
      {502, "<html>Bad Gateway</html>", Evidence::kDoubt, "a proxy's word"},
      {504, "", Evidence::kDoubt, "one call may be slow"},
      {302, "", Evidence::kDoubt, "no result, and no error of the caller's"},
      {400, Envelope("BadArgument", "BadVersionCall"), Evidence::kDoubt,
       "the gateway's mistake, perhaps with this request alone"},
  };
  for (const Case& c : cases) {
    EndedExchange exchange;
    exchange.response.status = c.status;
    exchange.response.body = c.body;
    auto translated = TranslateExchange(exchange);
    ASSERT_TRUE(translated) << c.status << c.body;
    EXPECT_EQ(EvidenceOf(c.status, *translated), c.expected)
        << c.status << " " << c.body << " " << translated->rule << ": " << c.why;
    http::HttpOutcome untranslated(exchange.response);
    EXPECT_EQ(EvidenceOf(untranslated), Evidence::kNone) << "nothing before it is translated";
  }
  http::HttpResponse good;
  good.status = 200;
  EXPECT_EQ(EvidenceOf(http::HttpOutcome(good)), Evidence::kServes);
}

TEST(EndpointHealthTest, BecomesWhatTheEvidenceSays) {
  using enum Evidence;
  struct Case {
    std::vector<Evidence> learned;
    Endpoint::Health expected;
    const char* why;
  };
  const Case cases[] = {
      {{}, Endpoint::UNKNOWN, "no call has been made"},
      {{kNone}, Endpoint::UNKNOWN, "it told nothing"},
      {{kServes}, Endpoint::SERVING, "it answered"},
      {{kBroken}, Endpoint::NOT_SERVING, "once is enough"},
      {{kDoubt, kDoubt}, Endpoint::UNKNOWN, "may be noise"},
      {{kServes, kDoubt, kDoubt}, Endpoint::SERVING, "may be noise"},
      {{kDoubt, kDoubt, kDoubt}, Endpoint::NOT_SERVING, "three in a row are none"},
      {{kDoubt, kDoubt, kServes, kDoubt, kDoubt}, Endpoint::SERVING, "not in a row"},
      {{kDoubt, kNone, kDoubt, kNone, kDoubt}, Endpoint::NOT_SERVING, "nothing is no answer"},
      {{kBroken, kServes}, Endpoint::SERVING, "mended"},
      {{kBroken, kNone}, Endpoint::NOT_SERVING, "not mended"},
      {{kServes, kBroken, kServes, kDoubt}, Endpoint::SERVING, "mended, and may be noise"},
  };
  for (const Case& c : cases) {
    EndpointHealth health(nullptr);
    Time now{std::chrono::hours(1)};
    for (Evidence evidence : c.learned) health.Learn(evidence, now);
    EXPECT_EQ(health.At(now), c.expected) << testing::PrintToString(c.learned.size()) << c.why;
  }
}

TEST(EndpointHealthTest, BadNewsLapsesUnlessItIsRepeated) {
  EndpointHealth health(nullptr);
  Time start{std::chrono::hours(1)};
  health.Learn(Evidence::kBroken, start);
  EXPECT_EQ(health.LapsesAt(), start + kBadNewsLifetime);
  Time shortly_before = start + kBadNewsLifetime - std::chrono::milliseconds(1);
  EXPECT_EQ(health.At(shortly_before), Endpoint::NOT_SERVING);
  EXPECT_EQ(health.At(start + kBadNewsLifetime), Endpoint::UNKNOWN);
  health.Learn(Evidence::kBroken, shortly_before);
  EXPECT_EQ(health.At(start + kBadNewsLifetime), Endpoint::NOT_SERVING);
  EXPECT_EQ(health.At(shortly_before + kBadNewsLifetime), Endpoint::UNKNOWN);
}

TEST(EndpointHealthTest, OneMoreDoubtIsEnoughAfterBadNewsHasLapsed) {
  EndpointHealth health(nullptr);
  Time start{std::chrono::hours(1)};
  for (std::uint32_t i = 0; i < kDoubtsInARow; ++i) health.Learn(Evidence::kDoubt, start);
  Time later = start + 2 * kBadNewsLifetime;
  ASSERT_EQ(health.At(later), Endpoint::UNKNOWN);
  health.Learn(Evidence::kDoubt, later);
  EXPECT_EQ(health.At(later), Endpoint::NOT_SERVING);
}

// A lane that counts how often it was told to look; its loop is turned by the test.
class BoardTest : public ::testing::Test {
 protected:
  BoardTest() {
    board_->AddLane(lane_, [this] { ++looks_; });
  }
  int Looks() {
    lane_.context().restart();
    lane_.context().poll();
    return std::exchange(looks_, 0);
  }

  lane::Lane lane_;
  std::shared_ptr<HealthBoard> board_ = std::make_shared<HealthBoard>();
  int looks_ = 0;
};

TEST_F(BoardTest, OnlyAChangeThatCanBeSeenIsAnnounced) {
  EndpointHealth health(board_);
  Time now{std::chrono::hours(1)};
  health.Learn(Evidence::kServes, now);
  EXPECT_EQ(Looks(), 0) << "UNKNOWN is told as SERVING anyway";
  health.Learn(Evidence::kBroken, now);
  EXPECT_EQ(Looks(), 1);
  health.Learn(Evidence::kBroken, now);
  EXPECT_EQ(Looks(), 0);
  health.Learn(Evidence::kServes, now);
  EXPECT_EQ(Looks(), 1);
  health.Learn(Evidence::kBroken, now);
  health.Learn(Evidence::kServes, now);
  health.Learn(Evidence::kBroken, now);
  EXPECT_EQ(Looks(), 1) << "what waits to be looked at is announced once";
  health.Learn(Evidence::kBroken, now + 2 * kBadNewsLifetime);
  EXPECT_EQ(Looks(), 1) << "broken again after it had lapsed";
}

TEST_F(BoardTest, TheDrainIsAnnouncedOnce) {
  EXPECT_FALSE(board_->draining());
  board_->BeginDrain();
  EXPECT_TRUE(board_->draining());
  EXPECT_EQ(Looks(), 1);
  board_->BeginDrain();
  EXPECT_EQ(Looks(), 0);
}

}  // namespace
}  // namespace scoregate::service
