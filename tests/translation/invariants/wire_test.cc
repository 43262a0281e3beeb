// The invariants of what leaves, I2 and I9 to I13: details, message and trailers, byte by byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/metadata.h"
#include "gateway/grpcwire/percent_encoding.h"
#include "gateway/translation/rules/reason.h"
#include "gateway/translation/trailers.h"
#include "tests/translation/invariants/samples.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;
using google::rpc::Status;

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
