// The invariants of the contract as properties over generated errors and mutated bodies.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/catalogue/catalogue.h"
#include "gateway/errorbody/read.h"
#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/code.h"
#include "gateway/grpcwire/metadata.h"
#include "gateway/grpcwire/percent_encoding.h"
#include "gateway/translation/rules/catalogue_rules.h"
#include "gateway/translation/rules/fallback.h"
#include "gateway/translation/rules/fault_rules.h"
#include "gateway/translation/rules/reason.h"
#include "gateway/translation/trailers.h"
#include "gateway/translation/translate.h"
#include "tests/translation/generated.h"
#include "tests/translation/status_text.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;
using google::rpc::Status;

constexpr int kRounds = 1500;
constexpr std::uint64_t kSeed = 20261124;

struct Sample {
  ReportedError error;
  CallFacts facts;
  Translation translation;
  std::vector<std::string> secrets;  ///< That stand in the error.
};

ReportedError ReadMutated(Generator& generator, http::UpstreamKind kind) {
  http::HttpResponse response;
  response.status = generator.Status();
  response.body = generator.Body();
  if (generator.OneIn(4)) response.headers.Add("retry-after", "3");
  if (generator.OneIn(4)) response.headers.Add("ms-azureml-model-error-statuscode", "500");
  return errorbody::Read(response, kind, std::nullopt);
}

// Half of the errors are made, half are read out of mutated bodies.
std::vector<Sample> MakeSamples() {
  Generator generator(kSeed);
  std::vector<Sample> samples(kRounds);
  for (int round = 0; round < kRounds; ++round) {
    Sample& sample = samples[static_cast<std::size_t>(round)];
    http::UpstreamKind kind = generator.Kind();
    std::size_t before = generator.secrets().size();
    sample.error = round % 2 == 0 ? generator.Error(kind) : ReadMutated(generator, kind);
    sample.secrets.assign(generator.secrets().begin() + static_cast<std::ptrdiff_t>(before),
                          generator.secrets().end());
    sample.facts = generator.Facts(kind);
    sample.translation = Translate(sample.error, sample.facts);
  }
  return samples;
}

const std::vector<Sample>& Samples() {
  static const std::vector<Sample> samples = MakeSamples();
  return samples;
}

template <typename Property>
void ForAll(Property property) {
  const std::vector<Sample>& samples = Samples();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    property(samples[i]);
    if (testing::Test::HasFailure()) {
      ADD_FAILURE() << "sample " << i << "\n" << TextOf(samples[i].translation);
      return;
    }
  }
}

grpcwire::Code CodeOf(const Sample& sample) {
  return sample.translation.code;
}

std::string Metadata(const Sample& sample, const char* key) {
  return MetadataOf(sample.translation.Status(), key);
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

// Position of a detail's type in the order of contract 2.7.
int PlaceOf(const google::protobuf::Any& any) {
  constexpr std::array<std::string_view, 11> kOrder = {
      "google.rpc.ErrorInfo",           "google.rpc.RetryInfo",    "google.rpc.BadRequest",
      "google.rpc.PreconditionFailure", "google.rpc.QuotaFailure", "google.rpc.ResourceInfo",
      "google.rpc.RequestInfo",         "google.rpc.Help",         "google.rpc.LocalizedMessage",
      "google.rpc.DebugInfo",           "scoring.v1.UpstreamError"};
  std::string name = any.type_url().substr(any.type_url().rfind('/') + 1);
  auto found = std::ranges::find(kOrder, name);
  return found == kOrder.end() ? -1 : static_cast<int>(found - kOrder.begin());
}

TEST(I2, ExactlyOneErrorInfoAndEachDetailOnceInOrder) {
  ForAll([](const Sample& sample) {
    const Status& status = sample.translation.Status();
    ASSERT_GE(status.details_size(), 1);
    EXPECT_EQ(PlaceOf(status.details(0)), 0);
    for (int i = 1; i < status.details_size(); ++i) {
      EXPECT_LT(PlaceOf(status.details(i - 1)), PlaceOf(status.details(i)));
    }
    EXPECT_EQ(TextOf(sample.translation).find("unreadable"), std::string::npos);
  });
}

TEST(I2, NamesKeepTheirRegexes) {
  ForAll([](const Sample& sample) {
    auto info = DetailOf<google::rpc::ErrorInfo>(sample.translation.Status());
    EXPECT_TRUE(IsReason(info.reason())) << info.reason();
    for (const auto& [key, value] : info.metadata()) {
      bool camel =
          key.size() >= 2 && key.size() <= 64 && key[0] >= 'a' && key[0] <= 'z' &&
          std::ranges::all_of(key, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
          });
      EXPECT_TRUE(camel) << key;
    }
    if (!HasDetail(sample.translation.Status(), "BadRequest")) return;
    auto request = DetailOf<google::rpc::BadRequest>(sample.translation.Status());
    EXPECT_GE(request.field_violations_size(), 1);
    for (const auto& violation : request.field_violations()) {
      bool named = violation.reason().empty() || IsReason(violation.reason());
      EXPECT_TRUE(named) << violation.reason();
    }
  });
}

TEST(I2, TrailersSayWhatTheDetailsSay) {
  ForAll([](const Sample& sample) {
    auto trailers = Trailers(sample.translation);
    ASSERT_GE(trailers.size(), 3u);
    EXPECT_EQ(trailers[0].first, "grpc-status");
    EXPECT_EQ(trailers[0].second, std::to_string(sample.translation.Status().code()));
    EXPECT_EQ(trailers[1].first, "grpc-message");
    EXPECT_EQ(grpcwire::PercentDecode(trailers[1].second), sample.translation.Status().message());
    EXPECT_EQ(trailers[2].first, "grpc-status-details-bin");
    auto bytes = grpcwire::Base64Decode(trailers[2].second);
    ASSERT_TRUE(bytes.has_value());
    Status parsed;
    ASSERT_TRUE(parsed.ParseFromString(*bytes));
    EXPECT_EQ(parsed.SerializeAsString(), sample.translation.Status().SerializeAsString());
  });
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

TEST(I7, ReasonsAreNeverMintedFromForeignText) {
  std::set<std::string> closed = {"UPSTREAM_HTTP_OTHER_4XX",  "UPSTREAM_HTTP_OTHER_5XX",
                                  "INTERMEDIARY_RESPONSE",    "MODEL_ERROR",
                                  "MODEL_NOT_READY",          "MODEL_OVERLOADED",
                                  "UPSTREAM_RESPONSE_INVALID"};
  for (const Row& row : Rows()) closed.insert(row.reason);
  for (const StatusRule& rule : ApplicationRules()) closed.emplace(rule.verdict.reason);
  ForAll([&](const Sample& sample) {
    std::string reason = DetailOf<google::rpc::ErrorInfo>(sample.translation.Status()).reason();
    EXPECT_TRUE(closed.contains(reason)) << reason;
  });
}

TEST(I7, UnknownCodesKeepTheVerdictOfTheClass) {
  for (const catalogue::ErrorClass& error_class : catalogue::Classes()) {
    Translation bare = Translate(Classic(error_class.name, "", ""), CallFacts());
    Translation unknown = Translate(Classic(error_class.name, "Unheard", ""), CallFacts());
    EXPECT_EQ(unknown.Status().code(), bare.Status().code()) << error_class.name;
    EXPECT_EQ(unknown.pushback_ms, bare.pushback_ms) << error_class.name;
    EXPECT_EQ(unknown.rule, bare.rule) << error_class.name;
    EXPECT_EQ(MetadataOf(unknown.Status(), "upstreamCode"), "Unheard");
    EXPECT_EQ(MetadataOf(bare.Status(), "upstreamCode"), "(none)");
    for (const char* detail :
         {"RetryInfo", "BadRequest", "PreconditionFailure", "QuotaFailure", "ResourceInfo"}) {
      EXPECT_EQ(HasDetail(unknown.Status(), detail), HasDetail(bare.Status(), detail))
          << error_class.name << " " << detail;
    }
  }
}

TEST(I8, ReasonsAreMadeOfTheDocumentedNames) {
  struct Case {
    const char* error_class;
    const char* code;
    const char* reason;
  };
  const std::vector<Case> cases = {
      {"BadArgument", "", "BAD_ARGUMENT"},
      {"InternalErrorSystemLowOnMemory", "", "INTERNAL_ERROR_SYSTEM_LOW_ON_MEMORY"},
      {"BadArgument", "BlobNotFound", "BLOB_NOT_FOUND"},
      {"BadArgument", "UnknownError", "BAD_ARGUMENT_UNKNOWN_ERROR"},
      {"InternalError", "UnknownError", "INTERNAL_ERROR_UNKNOWN_ERROR"},
      {"BadArgument", "ContainerValidationFailed", "BAD_ARGUMENT_CONTAINER_VALIDATION_FAILED"},
      {"InternalError", "ContainerValidationFailed", "INTERNAL_ERROR_CONTAINER_VALIDATION_FAILED"},
      // Shared by two classes that the caller answers in the same way.
      {"BadArgument", "UserParameterInvalid", "USER_PARAMETER_INVALID"},
      {"BadUserArgument", "UserParameterInvalid", "USER_PARAMETER_INVALID"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ReasonOf(c.error_class, c.code), c.reason);
    const Row* row = FindRow(c.error_class, c.code);
    ASSERT_NE(row, nullptr) << c.reason;
    EXPECT_EQ(row->reason, c.reason);
  }
}

// Made again here, from the words of I8: every row, and whatever a row of the catalogue answers.
std::string SnakeCase(std::string_view name) {
  std::string snake;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z' && !snake.empty()) snake += '_';
    snake += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return snake;
}

std::string ReasonByI8(std::string_view error_class, std::string_view code) {
  if (code.empty()) return SnakeCase(error_class);
  bool prefixed = code == "UnknownError" || code == "ContainerValidationFailed";
  return (prefixed ? SnakeCase(error_class) + "_" : "") + SnakeCase(code);
}

TEST(I8, EveryRowHasTheReasonOfItsName) {
  for (const Row& row : Rows()) EXPECT_EQ(row.reason, ReasonByI8(row.error_class, row.error_code));
}

TEST(I8, WhatARowAnswersHasItsReason) {
  int rows = 0;
  ForAll([&](const Sample& sample) {
    if (!sample.translation.rule.starts_with("catalogue:")) return;
    ++rows;
    std::string error_class = Metadata(sample, "upstreamClass");
    std::string code = Metadata(sample, "upstreamCode");
    bool known = FindRow(error_class, code) != nullptr;
    EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(sample.translation.Status()).reason(),
              ReasonByI8(error_class, known ? code : ""));
  });
  EXPECT_GT(rows, kRounds / 10);
}

TEST(I8, ReasonsAreDistinctButForTheSharedThree) {
  std::map<std::string, int> uses;
  std::size_t longest_unprefixed = 0;
  for (const Row& row : Rows()) {
    EXPECT_TRUE(IsReason(row.reason)) << row.reason;
    ++uses[row.reason];
    if (!NeedsClassPrefix(row.error_code)) {
      longest_unprefixed = std::max(longest_unprefixed, row.reason.size());
    }
  }
  std::set<std::string> shared;
  for (const auto& [reason, count] : uses) {
    if (count > 1) shared.insert(reason);
  }
  std::set<std::string> expected = {"MISSING_REQUIRED_GLOBAL_PARAMETERS", "UNEXPECTED_PARAMETER",
                                    "USER_PARAMETER_INVALID"};
  EXPECT_EQ(shared, expected);
  EXPECT_EQ(longest_unprefixed, 51u);
}

TEST(I8, AReasonIsWhatAip193Allows) {
  const std::string longest(63, 'A');
  for (const char* good : {"ABC", "A_B", "UPSTREAM_HTTP_403", "A1B", longest.c_str()}) {
    EXPECT_TRUE(IsReason(good)) << good;
  }
  const std::string too_long(64, 'A');
  for (const char* bad :
       {"", "A", "AB", "_AB", "AB_", "1AB", "AbC", "A B", "A-B", "ABC\n", too_long.c_str()}) {
    EXPECT_FALSE(IsReason(bad)) << bad;
  }
}

std::string WithoutUpstreamError(const Status& status) {
  Status copy = status;
  if (copy.details_size() > 0 && PlaceOf(copy.details(copy.details_size() - 1)) == 10) {
    copy.mutable_details()->RemoveLast();
  }
  return copy.SerializeAsString();
}

// The array's order is visible in UpstreamError, which keeps it, and nowhere else.
TEST(I9, TheOrderOfTheArrayDoesNotMatter) {
  int several = 0;
  ForAll([&](const Sample& sample) {
    bool catalogue_rule = sample.translation.rule.starts_with("catalogue:");
    if (!catalogue_rule || sample.error.items.size() < 2) return;
    ++several;
    ReportedError turned = sample.error;
    std::ranges::reverse(turned.items);
    Translation translation = Translate(turned, sample.facts);
    EXPECT_EQ(translation.rule, sample.translation.rule);
    EXPECT_EQ(translation.pushback_ms, sample.translation.pushback_ms);
    EXPECT_EQ(translation.Status().message(), sample.translation.Status().message());
    if (Metadata(sample, "detailsTruncated") != "(none)") return;
    if (MetadataOf(translation.Status(), "detailsTruncated") != "(none)") return;
    EXPECT_EQ(WithoutUpstreamError(translation.Status()),
              WithoutUpstreamError(sample.translation.Status()));
  });
  EXPECT_GT(several, kRounds / 80);
}

TEST(I10, TheMessageIsPrintableAsciiOf512Bytes) {
  ForAll([](const Sample& sample) {
    const std::string& message = sample.translation.message;
    EXPECT_LE(message.size(), 512u);
    EXPECT_TRUE(std::ranges::all_of(message, [](char c) { return c >= 0x20 && c <= 0x7E; }))
        << message;
  });
}

TEST(I11, NoSecretLeaves) {
  std::size_t planted = 0;
  ForAll([&](const Sample& sample) {
    planted += sample.secrets.size();
    std::string bytes = sample.translation.Status().SerializeAsString();
    for (const std::string& secret : sample.secrets) {
      // A third of a key is a leak as well.
      EXPECT_EQ(bytes.find(secret.substr(30, 28)), std::string::npos);
    }
    if (!sample.facts.debug_info) {
      EXPECT_FALSE(HasDetail(sample.translation.Status(), "DebugInfo"));
      EXPECT_EQ(bytes.find("/var/app/score.py"), std::string::npos);
      EXPECT_EQ(bytes.find("Model.cs"), std::string::npos);
    }
  });
  EXPECT_GT(planted, 500u);
}

TEST(I12, TheTrailersAreTheOnesOfTheProtocol) {
  ForAll([](const Sample& sample) {
    auto trailers = Trailers(sample.translation);
    EXPECT_EQ(grpcwire::CheckBlock(trailers, grpcwire::MetadataOwner::kProtocol), std::nullopt);
    ASSERT_LE(trailers.size(), 4u);
    if (trailers.size() == 4) {
      EXPECT_EQ(trailers[3].first, "grpc-retry-pushback-ms");
    }
  });
}

TEST(I13, TheSameErrorGivesTheSameBytes) {
  ForAll([](const Sample& sample) {
    Translation again = Translate(sample.error, sample.facts);
    EXPECT_EQ(again.packed, sample.translation.packed);
    EXPECT_EQ(Trailers(again), Trailers(sample.translation));
    EXPECT_EQ(again.rule, sample.translation.rule);
  });
}

// Maps on the wire are sorted bytewise: reading the details as raw fields gives ascending keys.
TEST(I13, MetadataIsSortedOnTheWire) {
  ForAll([](const Sample& sample) {
    auto info = DetailOf<google::rpc::ErrorInfo>(sample.translation.Status());
    const std::string wire = sample.translation.Status().details(0).value();
    std::set<std::string> keys;
    for (const auto& [key, value] : info.metadata()) keys.insert(key);
    std::size_t at = 0;
    for (const std::string& key : keys) {
      std::string entry = "\x0a" + std::string(1, static_cast<char>(key.size())) + key + "\x12";
      std::size_t found = wire.find(entry, at);
      ASSERT_NE(found, std::string::npos) << key;
      at = found;
    }
  });
}

TEST(Budget, EveryErrorFitsIntoTheTrailers) {
  ForAll([](const Sample& sample) {
    EXPECT_LE(TrailersOnlyBytes(Trailers(sample.translation)), kTargetTrailerBytes);
  });
}

}  // namespace
}  // namespace scoregate::translation
