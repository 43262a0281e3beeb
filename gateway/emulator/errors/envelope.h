// Documented errors as they stand on the wire: class, codes, and texts of the emulator's own.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gateway/catalogue/message_template.h"
#include "gateway/emulator/answer.h"

namespace scoregate::emulator {

/// One element of `error.details`.
struct ErrorDetail {
  std::string_view code;
  /// The declared input or parameter at fault; left out where empty.
  std::string_view target;
  std::string message;
};

/// The answer `{"error":{"code","message","details":[…]}}` under the class's documented status.
/// The class has to be one of the catalogue's. Without details the member is an empty list.
Answer EnvelopeAnswer(std::string_view error_class, std::span<const ErrorDetail> details);

/// The same with one detail.
Answer EnvelopeAnswer(std::string_view error_class, const ErrorDetail& detail);

/// The message of a row with parameters: the catalogue's literals around the values, from which
/// the values can be read back (catalogue::ReadParameters).
std::string MessageWith(std::string_view error_class, std::string_view code,
                        const catalogue::Parameters& values);

/// An identifier as a sentence: "RequestIsEmpty" becomes "Request is empty."
std::string InWords(std::string_view identifier);

}  // namespace scoregate::emulator
