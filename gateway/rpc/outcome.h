// How a call ends, and who writes it down when rpc itself has to end one.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/grpcwire/metadata.h"
#include "gateway/http/fault.h"
#include "gateway/rpc/call_view.h"

namespace scoregate::rpc {

/// Metadata or trailers in the order in which they are sent. Keys are lower case; values are as on
/// the wire, that is "-bin" values are base64 already (grpcwire::Base64Encode).
using Metadata = std::vector<grpcwire::MetadataField>;

/// The end of a call, ready to send. OK by default.
///
///   co_return Outcome();                                            // OK
///   co_return Outcome(translation::Trailers(translated));           // a failure
///   co_return Outcome({{"grpc-status", "0"}, {"x-cost", "3"}});     // OK with trailing metadata
///
/// (GCC 12: name a braced list first where it would stand inside a co_await.)
class Outcome {
 public:
  Outcome() = default;
  /// `trailers` begin with grpc-status, "0" to "16". Empty trailers are OK.
  explicit Outcome(Metadata trailers) : trailers_(std::move(trailers)) {}

  bool ok() const { return trailers_.empty() || trailers_.front().second == "0"; }
  const Metadata& trailers() const { return trailers_; }
  Metadata&& TakeTrailers() { return std::move(trailers_); }

 private:
  Metadata trailers_;
};

/// Writes a failure that rpc found itself as trailers that begin with grpc-status: rpc chooses no
/// gRPC code. Called on the call's lane; must not throw. The kinds of fault that come:
/// kRequestInvalid (a bad grpc-timeout; a "-bin" value that is not base64), kRequestMalformed (a
/// message that is cut, broken, no gzip or no protobuf, or compressed with no encoding named),
/// kRequestTooLarge (a message as it comes or inflated: `field` is the Route's; or all metadata:
/// `field` is its largest entry), kMethodNotFound
/// (unknown path; no or several messages where one is due; a compression that is not offered;
/// `resource` is the path), kTimeout (the caller's deadline, or a request that comes too slowly),
/// kConnectionLimit (what waits on a connection, unread requests or answers, takes too much
/// memory), kShuttingDown (the drain time is over), kInternal (a handler threw).
using FailureWriter = std::function<Metadata(const http::Fault&, const CallView&)>;

/// What came of a call, for logs and counts.
struct CallEnd {
  /// The value of grpc-status that was sent; empty where none was: the caller went away first.
  std::string_view grpc_status;
  std::chrono::nanoseconds elapsed{0};
  /// Bytes of all messages as they were on the wire, without their frames' headers.
  std::size_t request_bytes = 0;
  std::size_t response_bytes = 0;
};

/// Told once of every call that reached a verdict, also those that no handler saw. On the call's
/// lane; must not throw.
using CallObserver = std::function<void(const CallView&, const CallEnd&)>;

}  // namespace scoregate::rpc
