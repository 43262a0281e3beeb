#include "client/scorectl/utf8.h"

#include <algorithm>
#include <cstddef>

#include "gateway/usage/command_tree.h"

namespace scoregate::scorectl {
namespace {

// What a first byte says of its character: the bytes that follow, and the bounds of the next one,
// which rule out overlong forms, surrogates and what lies beyond U+10FFFF.
struct Lead {
  std::size_t following = 0;
  unsigned char least = 0x80;
  unsigned char most = 0xBF;
};

// Nothing follows a byte that begins no character, as none follows one of ASCII.
Lead LeadOf(unsigned char byte) {
  if (byte < 0xC2 || byte > 0xF4) return {};
  if (byte < 0xE0) return {.following = 1};
  if (byte == 0xE0) return {.following = 2, .least = 0xA0};
  if (byte == 0xED) return {.following = 2, .most = 0x9F};
  if (byte < 0xF0) return {.following = 2};
  if (byte == 0xF0) return {.following = 3, .least = 0x90};
  if (byte == 0xF4) return {.following = 3, .most = 0x8F};
  return {.following = 3};
}

}  // namespace

bool IsUtf8(std::string_view text) {
  const auto continues = [](unsigned char byte) { return (byte & 0xC0) == 0x80; };
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    if (first < 0x80) continue;
    const Lead lead = LeadOf(first);
    if (lead.following == 0 || text.size() < lead.following) return false;
    const auto next = static_cast<unsigned char>(text.front());
    if (next < lead.least || next > lead.most) return false;
    if (!std::ranges::all_of(text.substr(0, lead.following), continues)) return false;
    text.remove_prefix(lead.following);
  }
  return true;
}

void RequireUtf8(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (usage::TakesFile(*option) || std::ranges::all_of(option->results(), IsUtf8)) continue;
    throw CLI::ValidationError(
        option->get_name(),
        "its value is not UTF-8; set the terminal, or save the script, to UTF-8");
  }
  for (const CLI::App* chosen : app.get_subcommands()) RequireUtf8(*chosen);
}

}  // namespace scoregate::scorectl
