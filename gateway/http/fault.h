// What can go wrong in the gateway without an HTTP answer, as a closed set of values.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace scoregate::http {

/// Why there is no answer. No gRPC code here: only translation/ chooses one.
enum class FaultKind {
  kNameNotFound,      ///< The upstream's name does not exist.
  kNameLookupFailed,  ///< The resolver did not answer, or said "try again".
  kConnectFailed,     ///< No address took the connection, or the proxy refused the tunnel.
  kTlsFailed,         ///< The handshake broke before any byte of the request was sent.
  kTlsUntrusted,      ///< The certificate was refused.
  kResetBeforeSend,   ///< The connection broke before any byte of the request was sent.
  kResetAfterSend,    ///< The connection broke later, or ended inside the answer.
  kTimeout,           ///< The time for the exchange, or the caller's deadline, ran out.
  kCancelled,         ///< The caller went away.
  kRequestInvalid,    ///< The caller's request fails the gateway's own checks; `field` says where.
  kRequestMalformed,  ///< The caller's bytes are no gRPC: no frame, no gzip, or no protobuf.
  kRequestTooLarge,   ///< The request is over a limit of size.
  kListTooLong,       ///< A list would have more entries than its method gives.
  kResponseTooLarge,  ///< The answer is over a limit of size.
  kResponseInvalid,   ///< The answer is not HTTP, or a success that cannot be understood.
  kInFlightLimit,     ///< As many calls as allowed are in flight.
  kConnectionLimit,   ///< The calls of one connection hold as much memory as it may.
  kCredentialUnavailable,  ///< The gateway has no token for the endpoint now; asking may help.
  kCredentialRefused,      ///< It has none, and will not before somebody mends that.
  kProxyRefused,           ///< The proxy wants credentials, or forbids the way to the upstream.
  kCircuitOpen,            ///< The breaker of the endpoint is open.
  kShuttingDown,           ///< The gateway is draining.
  kEndpointNotFound,       ///< No endpoint of that name is configured.
  kOperationNotFound,      ///< No batch operation of that name.
  kCatalogueNameNotFound,  ///< No class, code or report of that name.
  kMethodNotFound,         ///< No gRPC method of that path, or the dialect has no such call.
  kAccessRefused,          ///< The listener does not allow this method.
  kInternal,               ///< A bug or an exhausted machine.
};

/// A failure without an HTTP answer.
struct Fault {
  FaultKind kind = FaultKind::kInternal;
  /// The request's field to fix, such as `inputs["input1"].columns[2].null_rows`; empty where none.
  std::string field;
  /// One English sentence for the caller, free of secrets.
  std::string text;
  /// The name that was not found, for the not-found kinds.
  std::string resource;

  Fault(FaultKind k, std::string t) : kind(k), text(std::move(t)) {}
  Fault(FaultKind k, std::string f, std::string t)
      : kind(k), field(std::move(f)), text(std::move(t)) {}
};

/// Stable lower-case name for logs and rules, such as "reset_after_send".
std::string_view FaultName(FaultKind kind);

}  // namespace scoregate::http
