#include "tests/fuzz/invariants.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "gateway/grpcwire/metadata.h"
#include "gateway/translation/rules/reason.h"
#include "gateway/translation/trailers.h"
#include "google/rpc/error_details.pb.h"
#include "scoring/v1/errors.pb.h"

namespace scoregate::fuzz {
namespace {

constexpr std::int64_t kUnavailable = 14;
constexpr std::int64_t kResourceExhausted = 8;
constexpr std::size_t kMaxMessageBytes = 512;
constexpr std::int64_t kMsPerDay = 86'400'000;

template <typename Detail>
bool Reads(const google::protobuf::Any& any) {
  // Parsing refuses a string that is no UTF-8, as the caller's library does.
  Detail detail;
  return detail.ParseFromString(any.value());
}

struct DetailType {
  std::string_view name;
  bool (*reads)(const google::protobuf::Any&);
};

// In the order in which they are sent (contract 2.7).
constexpr auto kTypes = std::to_array<DetailType>({
    {"google.rpc.ErrorInfo", Reads<google::rpc::ErrorInfo>},
    {"google.rpc.RetryInfo", Reads<google::rpc::RetryInfo>},
    {"google.rpc.BadRequest", Reads<google::rpc::BadRequest>},
    {"google.rpc.PreconditionFailure", Reads<google::rpc::PreconditionFailure>},
    {"google.rpc.QuotaFailure", Reads<google::rpc::QuotaFailure>},
    {"google.rpc.ResourceInfo", Reads<google::rpc::ResourceInfo>},
    {"google.rpc.RequestInfo", Reads<google::rpc::RequestInfo>},
    {"google.rpc.Help", Reads<google::rpc::Help>},
    {"google.rpc.LocalizedMessage", Reads<google::rpc::LocalizedMessage>},
    {"google.rpc.DebugInfo", Reads<google::rpc::DebugInfo>},
    {"scoring.v1.UpstreamError", Reads<scoring::v1::UpstreamError>},
});

std::string_view BrokenDetails(const google::rpc::Status& status) {
  auto next = kTypes.begin();
  for (const google::protobuf::Any& any : status.details()) {
    const std::string_view url = any.type_url();
    const std::string_view name = url.substr(url.rfind('/') + 1);
    const auto type =
        std::find_if(next, kTypes.end(), [&](const DetailType& row) { return row.name == name; });
    if (type == kTypes.end()) return "I2, known details, each once, in their order";
    if (!type->reads(any)) return "I2, every detail can be read";
    next = type + 1;
  }
  google::rpc::ErrorInfo info;
  if (status.details().empty() || !status.details(0).UnpackTo(&info)) return "I2, one ErrorInfo";
  if (!translation::IsReason(info.reason())) return "I8, the reason";
  if (info.domain().empty()) return "I2, the domain";
  return "";
}

bool IsPrintable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c <= 0x7E; });
}

std::string_view BrokenRetry(const translation::Translation& translated) {
  const google::rpc::Status& status = translated.Status();
  const bool carries = status.code() == kUnavailable || status.code() == kResourceExhausted;
  if (translated.pushback_ms.has_value() != carries) return "I4, pushback and code";
  google::rpc::RetryInfo info;
  const bool advised =
      std::ranges::any_of(status.details(), [&](const auto& any) { return any.UnpackTo(&info); });
  if (!advised) return translated.pushback_ms.value_or(-1) == -1 ? "" : "I4, pushback alone";
  if (!carries) return "I4, RetryInfo and code";
  const std::int64_t delay_ms =
      info.retry_delay().seconds() * 1000 + info.retry_delay().nanos() / 1'000'000;
  if (delay_ms < 100 || delay_ms > kMsPerDay) return "I4, the delay's bounds";
  const std::int64_t pushback = *translated.pushback_ms;
  const bool fits = pushback == -1 || (pushback >= delay_ms && pushback * 5 <= delay_ms * 6);
  return fits ? "" : "I4, pushback agrees with RetryInfo";
}

}  // namespace

std::string_view BrokenInvariant(const translation::Translation& translated) {
  const google::rpc::Status& status = translated.Status();
  if (status.code() < 1 || status.code() > 16) return "I1, a code from 1 to 16";
  if (status.message().empty() || translated.rule.empty()) return "I1, a message and a rule";
  if (status.message().size() > kMaxMessageBytes || !IsPrintable(status.message())) {
    return "I10, the message";
  }
  if (const std::string_view broken = BrokenDetails(status); !broken.empty()) return broken;
  if (const std::string_view broken = BrokenRetry(translated); !broken.empty()) return broken;
  const auto trailers = translation::Trailers(translated);
  if (grpcwire::CheckBlock(trailers, grpcwire::MetadataOwner::kProtocol)) return "I12, trailers";
  if (translation::TrailersOnlyBytes(trailers) > translation::kTargetTrailerBytes) {
    return "the trailer budget";
  }
  return "";
}

}  // namespace scoregate::fuzz
