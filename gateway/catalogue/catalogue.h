// The documented errors of Azure ML Studio (classic): 18 classes and 110 (class, code) rows, as one
// constexpr table. Facts only; what an error becomes is translation/'s judgement.
//
// Source: the page "Machine Learning REST API Error Codes" (web-service-error-codes), English
// identifiers. Names are compared byte for byte.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace scoregate::catalogue {

/// An error class: what stands in `error.code`.
struct ErrorClass {
  std::string_view name;
  int http_status;
  /// The fragment of the class's heading on the documentation page, without '#'.
  std::string_view anchor;
};

/// A documented row: a code within a class, what stands in `error.details[].code`.
struct ErrorCode {
  std::string_view error_class;
  std::string_view name;
  /// How many parameters its message carries: 0, 1 or 2.
  int parameters;
  /// False for the 27 rows of which the page gives no message.
  bool has_message;
};

inline constexpr std::size_t kClassCount = 18;
inline constexpr std::size_t kCodeCount = 110;

/// All classes, ascending by name.
std::span<const ErrorClass> Classes();

/// All rows, ascending by class, then by name.
std::span<const ErrorCode> Codes();

/// The rows of one class; empty for a class without codes or an unknown one.
std::span<const ErrorCode> CodesOf(std::string_view error_class);

/// Null where there is no such class.
const ErrorClass* FindClass(std::string_view error_class);

/// Null where the class has no such code.
const ErrorCode* FindCode(std::string_view error_class, std::string_view code);

/// Position of a row in Classes() order, then Codes() order: the tie-breaker where several errors
/// arrive at once (translation contract, I9). A class's own row stands before its codes; unknown
/// pairs stand after all known ones.
std::size_t OrderOf(std::string_view error_class, std::string_view code);

}  // namespace scoregate::catalogue
