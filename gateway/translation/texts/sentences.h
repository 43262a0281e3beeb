// The gateway's own sentences for errors without a documented row, in people's languages. One data
// file a locale; the documented errors have theirs in catalogue/locales.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace scoregate::translation {

/// What can be said. {0} and {1} stand for the values named here.
enum class Sentence : std::uint8_t {
  kNone,
  kHttpStatus,       ///< {0}: the status.
  kProxyStatus,      ///< {0}: the status.
  kRedirect,         ///< {0}: the status, {1}: the host of the location.
  kRedirectNowhere,  ///< {0}: the status.
  kInvalidSuccess,   ///< {0}: the status.
  kEmbeddedStatus,   ///< {0}: the status on the outside, {1}: the one in the body.
  kModelError,
  kModelStatus,  ///< {0}: the container's status.
  kModelNotReady,
  kModelOverloaded,
  kNoDeployment,
  kNameNotFound,
  kNameLookupFailed,
  kConnectFailed,
  kTlsFailed,
  kTlsUntrusted,
  kResetBeforeSend,
  kResetAfterSend,
  kTimeout,
  kCancelled,
  kRequestInvalid,
  kRequestMalformed,
  kRequestTooLarge,
  kListTooLong,
  kResponseTooLarge,
  kResponseInvalid,
  kInFlightLimit,
  kConnectionLimit,
  kNoCredential,
  kProxyRefused,
  kCircuitOpen,
  kShuttingDown,
  kEndpointNotFound,
  kOperationNotFound,
  kCatalogueNameNotFound,
  kMethodNotFound,
  kNoReportsHere,
  kInternal,
  kCount,  ///< How many there are; nothing to say.
};

/// The values of {0} and {1}.
using SentenceValues = std::array<std::string_view, 2>;

/// The sentence in that locale, in en-US where the locale has none. Empty for kNone.
std::string Say(Sentence sentence, std::string_view locale, const SentenceValues& values);

}  // namespace scoregate::translation
