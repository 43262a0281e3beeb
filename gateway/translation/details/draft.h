// A Status in the making: its details as typed messages, before they are measured and packed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/grpcwire/code.h"
#include "gateway/translation/details/written_details.h"
#include "google/protobuf/arena.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace scoregate::translation {

/// Everything that a failed call says. Nothing, or null, for a detail that is not sent; the
/// messages live on the arena. Neither copied nor moved, because the arena starts in the object
/// itself.
class Draft {
 public:
  Draft() = default;
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  template <typename Message>
  Message* Make() {
    if (!arena_) arena_.emplace(FirstBlock(first_block_));
    return google::protobuf::Arena::CreateMessage<Message>(&*arena_);
  }

  grpcwire::Code code = grpcwire::Code::kUnknown;
  std::string message;  ///< Printable ASCII, at most kMaxMessageBytes.
  std::optional<std::int64_t> pushback_ms;

  // In the order in which they are sent (contract 2.7).
  ErrorInfoDraft error_info;
  google::rpc::RetryInfo* retry_info = nullptr;
  google::rpc::BadRequest* bad_request = nullptr;
  google::rpc::PreconditionFailure* precondition = nullptr;
  google::rpc::QuotaFailure* quota = nullptr;
  google::rpc::ResourceInfo* resource = nullptr;
  std::optional<RequestInfoDraft> request_info;
  std::optional<HelpDraft> help;
  google::rpc::LocalizedMessage* localized = nullptr;
  google::rpc::DebugInfo* debug = nullptr;
  std::optional<UpstreamErrorDraft> upstream;

  /// Calls `visit(type_name, detail)` for each detail that is sent, in order. `visit` takes the
  /// drafts of details and any MessageLite.
  template <typename Visitor>
  void ForEachDetail(Visitor visit) const {
    auto one = [&](std::string_view name, const google::protobuf::MessageLite* detail) {
      if (detail != nullptr) visit(name, *detail);
    };
    auto written = [&](std::string_view name, const auto& detail) {
      if (detail) visit(name, *detail);
    };
    visit(std::string_view("google.rpc.ErrorInfo"), error_info);
    one("google.rpc.RetryInfo", retry_info);
    one("google.rpc.BadRequest", bad_request);
    one("google.rpc.PreconditionFailure", precondition);
    one("google.rpc.QuotaFailure", quota);
    one("google.rpc.ResourceInfo", resource);
    written("google.rpc.RequestInfo", request_info);
    written("google.rpc.Help", help);
    one("google.rpc.LocalizedMessage", localized);
    one("google.rpc.DebugInfo", debug);
    written("scoring.v1.UpstreamError", upstream);
  }

 private:
  /// Holds an ordinary error whole, so that no block is allocated for one.
  static constexpr std::size_t kFirstBlockBytes = 4096;
  using Block = std::array<char, kFirstBlockBytes>;

  static google::protobuf::ArenaOptions FirstBlock(Block& block) {
    google::protobuf::ArenaOptions options;
    options.initial_block = block.data();
    options.initial_block_size = block.size();
    return options;
  }

  alignas(8) Block first_block_;
  /// Begun with the first message: many an error has none.
  std::optional<google::protobuf::Arena> arena_;
};

}  // namespace scoregate::translation
