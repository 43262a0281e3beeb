// What a caller said when it began a call: path, metadata, deadline, and who it is.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/lane/task.h"
#include "gateway/rpc/peer.h"

namespace scoregate::rpc {

/// One field of the request's metadata. The name is lower case; the value of a "-bin" name is
/// decoded already, and a list of such values has become several fields.
struct RequestField {
  std::string_view name;
  std::string_view value;
};

/// The facts of one call. They stay as they are, and the views stay valid, as long as somebody
/// holds a Call of it; also after the call has ended. On the call's lane only.
class CallView {
 public:
  /// "/scoring.v1.ScoringService/Score".
  std::string_view path() const { return path_; }
  /// The :authority that the caller named; may be empty.
  std::string_view authority() const { return authority_; }
  /// "127.0.0.1:51234", "[::1]:51234", or "unix:" for a unix socket.
  std::string_view peer() const { return peer_ ? peer_->address : std::string_view(); }
  /// What is known of the caller's end of the connection: its process behind a unix socket, the
  /// names of its certificate. Not before a call begins, so not on a view without one.
  const Peer& caller() const { return *peer_; }

  /// Every field but the pseudo ones, in order of arrival; the protocol's own (te, grpc-timeout,
  /// user-agent ...) among them, see grpcwire::IsReservedKey.
  std::span<const RequestField> metadata() const { return fields_; }
  /// The first value of that name (lower case); nothing where there is none.
  std::optional<std::string_view> Find(std::string_view name) const;

  /// When the call began.
  lane::Clock::time_point started() const { return started_; }
  /// When the caller stops waiting (grpc-timeout); nothing where it set no limit. At that time rpc
  /// ends the call itself.
  std::optional<lane::Clock::time_point> deadline() const { return deadline_; }

 private:
  friend class RequestHead;

  std::string_view path_;
  std::string_view authority_;
  std::shared_ptr<const Peer> peer_;
  std::vector<RequestField> fields_;
  lane::Clock::time_point started_;
  std::optional<lane::Clock::time_point> deadline_;
};

}  // namespace scoregate::rpc
