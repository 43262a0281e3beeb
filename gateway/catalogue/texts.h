// What each error means, in people's languages: the project's own wording, one data file a locale.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace scoregate::catalogue {

inline constexpr std::string_view kDefaultLocale = "en-US";

/// The locales that ship, the default first.
std::span<const std::string_view> Locales();

/// The locale that serves an Accept-Language value best (RFC 9110, 12.5.4: weights honoured; "ko"
/// serves ko-KR; "*" and languages that do not ship give the default; a weight of 0 excludes).
/// Empty where the value is empty.
std::string_view NegotiateLocale(std::string_view accept_language);

/// One sentence on what happened, for the row or, with an empty or unknown code, for its class.
/// Empty where the class is unknown. `{0}` and `{1}` stand for the parameters.
std::string_view Meaning(std::string_view locale, std::string_view error_class,
                         std::string_view code);

/// The same, as it reads without its parameters.
std::string_view MeaningWithoutParameters(std::string_view locale, std::string_view error_class,
                                          std::string_view code);

/// What to do about it: one sentence, for `explain`.
std::string_view Remedy(std::string_view locale, std::string_view error_class,
                        std::string_view code);

/// `text` with {0} and {1} replaced by the values.
std::string FillIn(std::string_view text, const std::array<std::string_view, 2>& values);

}  // namespace scoregate::catalogue
