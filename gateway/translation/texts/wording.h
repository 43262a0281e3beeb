// Foreign text made fit to leave: valid UTF-8, free of secrets, of bounded size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scoregate::translation {

/// Most that Status.message holds, in bytes before percent-encoding (I10).
inline constexpr std::size_t kMaxMessageBytes = 512;

/// Repairs bad UTF-8, redacts, then cuts to `limit` bytes at a character. The order matters: half
/// of a secret is no longer recognized as one.
std::string Clean(std::string_view text, std::size_t limit);

/// The same for a sentence: without the stack trace in it and without blanks at its ends.
std::string CleanText(std::string_view text, std::size_t limit);

/// The same for a name, such as a code, a target or an id: what follows a line break is not part of
/// one.
std::string CleanName(std::string_view name, std::size_t limit);

/// Whether every byte is part of well-formed UTF-8 (no surrogates, no overlong forms).
bool IsUtf8(std::string_view text);

/// At most `limit` bytes, at a character, the cut marked by "..." where there is room for it.
std::string_view CutPoint(std::string_view text, std::size_t limit);
void Cut(std::string& text, std::size_t limit);

/// Head and tail with "..." between them, at most `limit` bytes. For ASCII text.
void ElideMiddle(std::string& text, std::size_t limit);

/// Printable ASCII of at most kMaxMessageBytes: each other character becomes one '?' (I10). The
/// text must be clean already.
std::string AsciiMessage(std::string clean_text);

/// A text apart from the stack trace in it. Traces and file paths of a model are for DebugInfo
/// only. Views into the text.
struct Untraced {
  std::string_view text;
  std::string_view trace;  ///< Empty where there is none.
};
Untraced SplitTrace(std::string_view text);

}  // namespace scoregate::translation
