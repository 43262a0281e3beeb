#include "client/scorectl/connect/metadata.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>

#include "client/scorectl/assignments.h"

namespace scoregate::scorectl {
namespace {

constexpr const char* kOption = "--metadata";

[[noreturn]] void Refuse(const std::string& name, const std::string& why) {
  throw CLI::ValidationError(kOption, "'" + name + "': " + why);
}

// What gRPC and HTTP/2 write themselves; the library ends the program over some of them.
bool IsReserved(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"connection", "content-length", "content-type", "host", "keep-alive", "proxy-connection",
       "te", "transfer-encoding", "upgrade", "user-agent"});
  return name.starts_with("grpc-") || name.starts_with(':') ||
         std::ranges::find(kNames, name) != kNames.end();
}

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

void RequireName(const std::string& name) {
  if (IsReserved(Lower(name))) {
    Refuse(name, "gRPC itself sets this one (and all of grpc-...); take another name");
  }
  if (Lower(name) == "accept-language") Refuse(name, "the language goes with --locale");
  if (Lower(name) != name) Refuse(name, "names are in lower case; write " + Lower(name));
  const auto legal = [](unsigned char c) {
    return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-' || c == '_' || c == '.';
  };
  if (!std::ranges::all_of(name, legal)) {
    Refuse(name, "a name has lower-case letters, digits, '-', '_' and '.' only");
  }
}

int Sextet(char c) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::size_t at = kAlphabet.find(c);
  return at == kAlphabet.npos ? -1 : static_cast<int>(at);
}

// Standard alphabet, padding optional; nothing where it is no base64.
std::optional<std::string> FromBase64(std::string_view text) {
  if (text.size() % 4 == 0) {
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  unsigned bits = 0;
  int held = 0;
  for (char c : text) {
    const int sextet = Sextet(c);
    if (sextet < 0) return std::nullopt;
    bits = bits << 6 | static_cast<unsigned>(sextet);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> held & 0xFF);
  }
  return bytes;
}

std::string ValueOf(const std::string& name, const std::string& text) {
  if (name.ends_with("-bin")) {
    std::optional<std::string> bytes = FromBase64(text);
    if (!bytes) Refuse(name, "the value of a name that ends in -bin is written in base64");
    return *bytes;
  }
  const auto printable = [](unsigned char c) { return c >= 0x20 && c < 0x7F; };
  if (!std::ranges::all_of(text, printable)) {
    Refuse(name, "a value is printable ASCII; other bytes go as base64 under " + name + "-bin");
  }
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ReadMetadata(
    const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> metadata;
  for (const auto& [name, text] : ReadAssignments(kOption, texts)) {
    RequireName(name);
    metadata.emplace_back(name, ValueOf(name, text));
  }
  return metadata;
}

}  // namespace scoregate::scorectl
