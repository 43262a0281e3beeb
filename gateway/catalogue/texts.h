// What each error means, in people's languages: the project's own wording, one data file a locale.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace scoregate::catalogue {

inline constexpr std::string_view kDefaultLocale = "en-US";

/// Of a longer Accept-Language value only so much is read, up to the last comma in it.
inline constexpr std::size_t kMaxAcceptLanguageBytes = 1024;

/// The locales that ship, the default first.
std::span<const std::string_view> Locales();

/// The locale that serves an Accept-Language value best (RFC 9110, 12.5.4: weights honoured; "ko"
/// serves ko-KR; "*" and languages that do not ship give the default; a weight of 0 excludes).
/// Between equal weights the range that stands first wins. An element that is no language range or
/// has no valid weight is skipped. Empty where the value is empty.
std::string_view NegotiateLocale(std::string_view accept_language);

/// The same, for who wants to know: empty where no locale that ships is asked for.
std::string_view FindLocale(std::string_view accept_language);

/// One sentence on what happened, for the row or, with an empty or unknown code, for its class.
/// Empty where the class is unknown. `{0}` and `{1}` stand for the parameters, and the sentence
/// brings its own period: strip that of a value. A locale that does not ship gives the default's
/// text.
std::string_view Meaning(std::string_view locale, std::string_view error_class,
                         std::string_view code);

/// The same, as it reads without its parameters.
std::string_view MeaningWithoutParameters(std::string_view locale, std::string_view error_class,
                                          std::string_view code);

/// What to do about it: one sentence, for `explain`.
std::string_view Remedy(std::string_view locale, std::string_view error_class,
                        std::string_view code);

/// `text` with {0} and {1} replaced by the values. The values are not looked into.
std::string FillIn(std::string_view text, const std::array<std::string_view, 2>& values);

}  // namespace scoregate::catalogue
