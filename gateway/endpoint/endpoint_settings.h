// What a call needs to know of an endpoint, as one value. Read from configuration, shared by all
// lanes, never changed after it was built: a reload makes a new one.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/http/call_kind.h"

namespace scoregate::endpoint {

/// Where the upstream is. `path` starts with '/'; `query` has no '?'.
struct Address {
  bool tls = false;
  std::string host;  ///< A name, or an IP address without brackets.
  std::uint16_t port = 0;
  std::string path = "/";
  std::string query;
};

struct TlsSettings {
  std::string ca_file;      ///< PEM; empty for the system's authorities.
  std::string server_name;  ///< Empty for Address::host.
  std::string cert_file;
  std::string key_file;
  bool insecure_skip_verify = false;
};

struct Limits {
  std::uint32_t max_in_flight = 200;
  std::uint64_t max_request_bytes = 4ull << 20;
  std::uint64_t max_response_bytes = 16ull << 20;
  std::uint64_t max_error_body_bytes = 64ull << 10;
  std::uint64_t max_header_bytes = 32ull << 10;
  std::uint32_t max_idle_connections = 128;
  std::chrono::milliseconds idle_timeout{60'000};
};

/// Who answers for faults of what the gateway itself supplied (translation contract, I6).
enum class GatewayFaults { kRelay, kReinterpret };

/// Whether an error answer may be read as a proxy's whatever it looks like.
enum class ErrorVoice { kAuto, kIntermediary };

/// The request forms of a classic endpoint.
enum class RequestFormat { kColumns, kRows };

/// How a typed request is written for an endpoint that has no contract for it; see RequestShape in
/// config.proto, which says what each looks like.
enum class RequestShape {
  kNone,  ///< No typed calls.
  kInputData,
  kData,
  kDataRecords,
  kRecords,
  kDesigner,
  kDataframeSplit,
  kDataframeRecords,
  kInstances,
  kInstanceRecords,
};

/// Where the rows of an answer stand; see AnswerShape in config.proto.
enum class AnswerShape { kByStructure, kList, kPredictions, kResults, kNamedLists };

/// Who the gateway is in Azure, by the platform's own token; see WorkloadIdentity in config.proto.
struct WorkloadIdentity {
  std::string tenant;
  std::string client;
  std::string token_file;
  Address authority;
  std::string scope;
  std::string ca_file;  ///< As TlsSettings::ca_file, for the authority.
  std::string proxy;    ///< As EndpointSettings::proxy, for the authority.
  std::string proxy_authorization;
};

/// One departure from the rules; see Override in config.proto.
struct RuleOverride {
  std::string error_class;
  std::string error_code;
  int http_status = 0;
  int code = 0;  ///< google.rpc.Code.
  std::string reason;
  std::optional<std::chrono::milliseconds> retry_after;
};

struct EndpointSettings {
  std::string name;
  http::UpstreamKind kind = http::UpstreamKind::kClassic;
  Address address;
  TlsSettings tls;
  Limits limits;
  /// The keys to send, in the order to try; secret.
  std::vector<std::string> api_keys;
  /// A bearer token file, read again when it changes; empty where none.
  std::string token_file;
  std::optional<WorkloadIdentity> workload_identity;
  std::chrono::milliseconds timeout{30'000};
  std::chrono::milliseconds connect_timeout{5'000};
  std::vector<std::pair<std::string, std::string>> headers;  ///< Names in lower case.
  std::vector<std::string> forward_metadata;
  std::string proxy;                ///< host:port of an HTTP proxy; empty for none.
  std::string proxy_authorization;  ///< Whole value of Proxy-Authorization, or empty; secret.
  /// Nothing: Score may be made twice, ScoreRaw and batch submission may not.
  std::optional<bool> idempotent;
  GatewayFaults gateway_faults = GatewayFaults::kRelay;
  ErrorVoice error_voice = ErrorVoice::kAuto;
  RequestFormat request_format = RequestFormat::kColumns;
  RequestShape request_shape = RequestShape::kNone;
  AnswerShape answer_shape = AnswerShape::kByStructure;
  /// Names for the columns of an answer that is a list; empty for "output", "output_0" ...
  std::vector<std::string> output_columns;
  /// Patterns of deployments that callers may choose; empty: none.
  std::vector<std::string> deployments;
  std::string locale;
  std::vector<RuleOverride> overrides;
  std::vector<std::string> inputs;
  std::vector<std::string> parameters;

  /// Whether a call of this kind may be made twice (translation contract, 2.6).
  bool IsIdempotent(http::CallKind call) const {
    return idempotent.value_or(call == http::CallKind::kScore ||
                               call == http::CallKind::kGetOperation);
  }
};

}  // namespace scoregate::endpoint
