// The names of the faults.
#include "gateway/http/fault.h"

namespace scoregate::http {

std::string_view FaultName(FaultKind kind) {
  switch (kind) {
    case FaultKind::kNameNotFound:
      return "name_not_found";
    case FaultKind::kNameLookupFailed:
      return "dns";
    case FaultKind::kConnectFailed:
      return "connect";
    case FaultKind::kTlsFailed:
      return "tls";
    case FaultKind::kTlsUntrusted:
      return "tls_untrusted";
    case FaultKind::kResetBeforeSend:
      return "reset_before_send";
    case FaultKind::kResetAfterSend:
      return "reset_after_send";
    case FaultKind::kTimeout:
      return "timeout";
    case FaultKind::kCancelled:
      return "cancelled";
    case FaultKind::kRequestInvalid:
      return "request_invalid";
    case FaultKind::kRequestMalformed:
      return "request_malformed";
    case FaultKind::kRequestTooLarge:
      return "request_too_large";
    case FaultKind::kListTooLong:
      return "list_too_long";
    case FaultKind::kResponseTooLarge:
      return "response_too_large";
    case FaultKind::kResponseInvalid:
      return "response_invalid";
    case FaultKind::kInFlightLimit:
      return "in_flight_limit";
    case FaultKind::kConnectionLimit:
      return "connection_limit";
    case FaultKind::kCredentialUnavailable:
      return "credential_unavailable";
    case FaultKind::kCredentialRefused:
      return "credential_refused";
    case FaultKind::kProxyRefused:
      return "proxy_refused";
    case FaultKind::kCircuitOpen:
      return "circuit_open";
    case FaultKind::kShuttingDown:
      return "shutting_down";
    case FaultKind::kEndpointNotFound:
      return "endpoint_not_found";
    case FaultKind::kOperationNotFound:
      return "operation_not_found";
    case FaultKind::kCatalogueNameNotFound:
      return "catalogue_name_not_found";
    case FaultKind::kMethodNotFound:
      return "method_not_found";
    case FaultKind::kAccessRefused:
      return "access_refused";
    case FaultKind::kInternal:
      return "internal";
  }
  return "internal";
}

}  // namespace scoregate::http
