// What a caller asked to be raised, read from its text.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/emulator/errors/odd_bodies.h"
#include "gateway/emulator/errors/online_errors.h"
#include "gateway/http/result.h"

namespace scoregate::emulator {

enum class RaiseKind {
  kDocumented,  ///< The envelope of a documented class, with the codes asked for.
  kJson,        ///< `{"message":…}` under any status.
  kHtml,        ///< The page of a proxy.
  kText,        ///< A line of plain text.
  kEmpty,       ///< No body.
  kClose,       ///< The connection ends without an answer.
  kSlow,        ///< The model answers, but later.
  kOnline,      ///< What the front end of an online endpoint says.
  kOdd,         ///< One of the odd bodies, by name.
};

/// The longest wait that can be asked for.
inline constexpr std::chrono::milliseconds kMaxDelay = std::chrono::seconds(60);
/// Details of one answer.
inline constexpr std::size_t kMaxRaisedCodes = 8;
/// Longer texts are refused unread, in bytes.
inline constexpr std::size_t kMaxRaiseText = 1024;

struct RaiseOrder {
  RaiseKind kind = RaiseKind::kDocumented;
  /// For the shapes that carry any status; 200 to 999.
  int status = 0;
  /// A class of the catalogue, for kDocumented.
  std::string_view error_class;
  /// Codes of that class, views into the catalogue.
  std::vector<std::string_view> codes;
  /// For kOnline.
  std::optional<OnlineError> online;
  std::chrono::milliseconds delay{0};
  /// For kOdd; of static lifetime.
  const OddBody* odd = nullptr;
  /// Raise for this many calls only; without a count, for every one.
  std::optional<std::uint32_t> count;
  /// A value for Retry-After, sent as it is; empty for none.
  std::string retry_after;
};

/// Reads `NAME[;count=N][;retry-after=VALUE][;id=TAG]`, where NAME is one of
///   Class                   such as `NotFound`
///   Class/Code[+Code…]      such as `ServiceUnavailable/RequestThrottled`
///   status/NNN              a JSON message under that status
///   shape/html-NNN, shape/text-NNN, shape/empty-NNN
///   shape/close, shape/slow=2s (or 500ms)
///   online/NAME             such as `online/model-not-ready`, `online/model-error-500`
///   shape/NAME              one of OddBodies(), such as `shape/odata-innererror`
/// Names are compared byte for byte, as the catalogue's are. `id` has no meaning but that orders
/// which differ in it count apart. The fault's text names what is wrong and the nearest names.
http::Result<RaiseOrder> ParseRaise(std::string_view text);

}  // namespace scoregate::emulator
