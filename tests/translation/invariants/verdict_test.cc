// The invariants of what is decided, I1 and I3 to I6: codes, whose fault it is, whether to retry.
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>

#include "gateway/catalogue/catalogue.h"
#include "gateway/grpcwire/code.h"
#include "gateway/translation/rules/fault_rules.h"
#include "gateway/translation/rules/reason.h"
#include "tests/translation/generated.h"
#include "tests/translation/invariants/samples.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;

grpcwire::Code CodeOf(const Sample& sample) {
  return sample.translation.code;
}

bool Reinterprets(const Sample& sample) {
  return sample.facts.settings != nullptr &&
         sample.facts.settings->gateway_faults == endpoint::GatewayFaults::kReinterpret;
}

TEST(I1, EveryErrorGivesAValidStatus) {
  ForAll([](const Sample& sample) {
    EXPECT_GE(sample.translation.Status().code(), 1);
    EXPECT_LE(sample.translation.Status().code(), 16);
    EXPECT_FALSE(sample.translation.Status().message().empty());
    EXPECT_FALSE(sample.translation.rule.empty());
  });
}

TEST(I1, EveryFaultGivesAValidStatus) {
  for (const FaultRule& rule : FaultRules()) {
    Translation translation = Translate(http::Fault(rule.kind, ""), CallFacts());
    EXPECT_EQ(translation.Status().code(), grpcwire::CodeNumber(rule.verdict.code));
    EXPECT_FALSE(translation.Status().message().empty());
    EXPECT_TRUE(IsReason(DetailOf<google::rpc::ErrorInfo>(translation.Status()).reason()));
  }
}

// The status whose family counts: a model's own behind a 424, the one in the body of a 2xx.
int FamilyStatus(const ReportedError& error) {
  if (error.http_status / 100 == 2) return error.embedded_status;
  return error.http_status;
}

TEST(I3, TheCodeKeepsTheFamilyOfTheStatus) {
  int checked = 0;
  ForAll([&](const Sample& sample) {
    const std::string& rule = sample.translation.rule;
    bool covered = rule.starts_with("catalogue:") || rule.starts_with("application:") ||
                   rule.starts_with("rpc_status:") || rule.find('/') != std::string::npos;
    if (!covered || rule.starts_with("model:")) return;
    ++checked;
    int status = FamilyStatus(sample.error);
    bool gateway = Metadata(sample, "faultDomain") == "GATEWAY" && Reinterprets(sample);
    bool keeps = grpcwire::HttpStatusOf(CodeOf(sample)) / 100 == status / 100 ||
                 (status == 503 && CodeOf(sample) == grpcwire::Code::kResourceExhausted) ||
                 (status == 408 && CodeOf(sample) == grpcwire::Code::kDeadlineExceeded) ||
                 (status == 405 && CodeOf(sample) == grpcwire::Code::kUnimplemented) ||
                 (gateway && CodeOf(sample) == grpcwire::Code::kInternal);
    EXPECT_TRUE(keeps) << status;
  });
  EXPECT_GT(checked, kRounds / 4);
}

TEST(I3, NoClientErrorBecomesRetryableButTooManyRequests) {
  ForAll([](const Sample& sample) {
    int status = FamilyStatus(sample.error);
    if (status / 100 != 4 || !HasDetail(sample.translation.Status(), "RetryInfo")) return;
    std::string reason = DetailOf<google::rpc::ErrorInfo>(sample.translation.Status()).reason();
    bool transient_model =
        status == 424 && (reason == "MODEL_NOT_READY" || reason == "MODEL_OVERLOADED");
    EXPECT_TRUE(status == 429 || transient_model) << status << reason;
  });
}

TEST(I4, PushbackGoesWithTwoCodesAndAgreesWithRetryInfo) {
  int retried = 0;
  ForAll([&](const Sample& sample) {
    grpcwire::Code code = CodeOf(sample);
    bool carries =
        code == grpcwire::Code::kUnavailable || code == grpcwire::Code::kResourceExhausted;
    EXPECT_EQ(sample.translation.pushback_ms.has_value(), carries);
    if (!HasDetail(sample.translation.Status(), "RetryInfo")) {
      EXPECT_EQ(sample.translation.pushback_ms.value_or(-1), -1);
      return;
    }
    ++retried;
    ASSERT_TRUE(carries);
    EXPECT_EQ(Metadata(sample, "retryAfterMs"), "(none)");
    auto delay = DetailOf<google::rpc::RetryInfo>(sample.translation.Status()).retry_delay();
    std::int64_t ms = delay.seconds() * 1000 + delay.nanos() / 1'000'000;
    EXPECT_GE(ms, 100);
    EXPECT_LE(ms, 86'400'000);
    std::int64_t pushback = *sample.translation.pushback_ms;
    if (pushback >= 0) {
      EXPECT_GE(pushback, ms);
      EXPECT_LE(static_cast<double>(pushback), static_cast<double>(ms) * 1.2);
      EXPECT_LE(ms, 60'000);
      if (sample.facts.remaining_deadline) {
        EXPECT_LE(pushback, sample.facts.remaining_deadline->count());
      }
    } else {
      bool outlives = sample.facts.remaining_deadline &&
                      static_cast<double>(ms) * 1.2 >
                          static_cast<double>(sample.facts.remaining_deadline->count());
      EXPECT_TRUE(ms > 60'000 || outlives) << ms;
    }
  });
  EXPECT_GT(retried, kRounds / 50);
}

TEST(I4, WhatMayHaveBeenDoneIsNotDoneTwice) {
  ForAll([](const Sample& sample) {
    if (sample.facts.idempotent) return;
    if (Metadata(sample, "errorOrigin") == "INTERMEDIARY") {
      EXPECT_FALSE(HasDetail(sample.translation.Status(), "RetryInfo"));
    }
    if (sample.translation.rule == "application:502") {
      EXPECT_FALSE(HasDetail(sample.translation.Status(), "RetryInfo"));
    }
  });
}

TEST(I5, TheCatalogueNeedsKindClassAndStatus) {
  int applied = 0;
  ForAll([&](const Sample& sample) {
    if (!sample.translation.rule.starts_with("catalogue:")) return;
    ++applied;
    EXPECT_EQ(sample.facts.kind, http::UpstreamKind::kClassic);
    auto* found = catalogue::FindClass(Metadata(sample, "upstreamClass"));
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->http_status, sample.error.http_status);
    EXPECT_EQ(Metadata(sample, "statusMismatch"), "(none)");
  });
  EXPECT_GT(applied, kRounds / 10);
}

// Message text never decides: other words give the same verdict.
TEST(I5, WordsDoNotDecide) {
  Generator words(99);
  ForAll([&](const Sample& sample) {
    ReportedError other = sample.error;
    other.message = words.Text();
    for (errorbody::ReportedItem& item : other.items) item.message = words.Text();
    Translation translation = Translate(other, sample.facts);
    EXPECT_EQ(translation.Status().code(), sample.translation.Status().code());
    EXPECT_EQ(translation.rule, sample.translation.rule);
    EXPECT_EQ(translation.pushback_ms, sample.translation.pushback_ms);
    EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(translation.Status()).reason(),
              DetailOf<google::rpc::ErrorInfo>(sample.translation.Status()).reason());
  });
}

TEST(I6, WhatTheGatewaySuppliedIsInternalOnlyWhereReinterpreted) {
  int seen = 0;
  ForAll([&](const Sample& sample) {
    bool gateway = Metadata(sample, "faultDomain") == "GATEWAY";
    if (!gateway || Metadata(sample, "errorOrigin") != "APPLICATION") return;
    ++seen;
    EXPECT_EQ(CodeOf(sample) == grpcwire::Code::kInternal, Reinterprets(sample));
  });
  EXPECT_GT(seen, 20);
}

TEST(I6, OwnFaultsUseTheirOwnCodes) {
  using enum grpcwire::Code;
  const std::set<grpcwire::Code> allowed = {kUnavailable, kDeadlineExceeded, kCancelled,
                                            kInternal,    kUnimplemented,    kResourceExhausted,
                                            kNotFound,    kInvalidArgument};
  for (const FaultRule& rule : FaultRules()) {
    EXPECT_TRUE(allowed.contains(rule.verdict.code)) << http::FaultName(rule.kind);
    Translation translation = Translate(http::Fault(rule.kind, ""), CallFacts());
    EXPECT_EQ(rule.verdict.code == kNotFound, HasDetail(translation.Status(), "ResourceInfo"));
  }
}

}  // namespace
}  // namespace scoregate::translation
