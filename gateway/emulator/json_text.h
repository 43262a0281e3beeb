// Writes JSON: strings and numbers, appended to a text.
#pragma once

#include <string>
#include <string_view>

namespace scoregate::emulator {

/// Appends `text` in quotes. Where it is not UTF-8, each byte beyond ASCII becomes '?', so that
/// what is written is JSON whatever a peer sent.
void AppendQuoted(std::string& out, std::string_view text);

std::string Quoted(std::string_view text);

/// The beginning of what a peer wrote, to be repeated in a message.
std::string Excerpt(std::string_view text);

/// The shortest text that reads back as this very number; for finite numbers only.
std::string NumberText(double number);

}  // namespace scoregate::emulator
