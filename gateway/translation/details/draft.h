// A Status in the making: its details as typed messages, before they are measured and packed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/grpcwire/code.h"
#include "gateway/translation/details/error_info_draft.h"
#include "google/protobuf/arena.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "scoring/v1/errors.pb.h"

namespace scoregate::translation {

/// Everything that a failed call says. Null for a detail that is not sent; the messages live on the
/// arena. Neither copied nor moved, because the arena starts in the object itself.
class Draft {
 public:
  Draft() : arena_(FirstBlock(first_block_)) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  template <typename Message>
  Message* Make() {
    return google::protobuf::Arena::CreateMessage<Message>(&arena_);
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
  google::rpc::RequestInfo* request_info = nullptr;
  google::rpc::Help* help = nullptr;
  google::rpc::LocalizedMessage* localized = nullptr;
  google::rpc::DebugInfo* debug = nullptr;
  scoring::v1::UpstreamError* upstream = nullptr;

  /// Calls `visit(type_name, message)` for each detail that is sent, in order. `visit` takes an
  /// ErrorInfoDraft and any MessageLite.
  template <typename Visitor>
  void ForEachDetail(Visitor visit) const {
    auto one = [&](std::string_view name, const google::protobuf::MessageLite* detail) {
      if (detail != nullptr) visit(name, *detail);
    };
    visit(std::string_view("google.rpc.ErrorInfo"), error_info);
    one("google.rpc.RetryInfo", retry_info);
    one("google.rpc.BadRequest", bad_request);
    one("google.rpc.PreconditionFailure", precondition);
    one("google.rpc.QuotaFailure", quota);
    one("google.rpc.ResourceInfo", resource);
    one("google.rpc.RequestInfo", request_info);
    one("google.rpc.Help", help);
    one("google.rpc.LocalizedMessage", localized);
    one("google.rpc.DebugInfo", debug);
    one("scoring.v1.UpstreamError", upstream);
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
  google::protobuf::Arena arena_;
};

}  // namespace scoregate::translation
