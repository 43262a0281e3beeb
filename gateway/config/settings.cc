#include "gateway/config/settings.h"

#include <charconv>

namespace scoregate::config {
namespace {

constexpr std::string_view kUnixPrefix = "unix:";
// The longest path that a socket's address holds (sockaddr_un), without its end.
constexpr std::size_t kMaxUnixPath = 107;

std::optional<std::uint16_t> ParsePort(std::string_view text) {
  std::uint16_t port = 0;
  std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || end.ec != std::errc() || end.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return port;
}

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_';
}

bool IsAddress6Character(char c) {
  return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' ||
         c == '.';
}

bool IsLoopback4(std::string_view host) {
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos;
}

}  // namespace

bool IsLocal(const ListenAddress& address) {
  return address.kind == AddressKind::kUnix || address.host == "localhost" ||
         address.host == "::1" || IsLoopback4(address.host);
}

std::string ToString(const ListenAddress& address) {
  if (address.kind == AddressKind::kUnix) return std::string(kUnixPrefix) + address.path;
  bool is_v6 = address.host.find(':') != std::string::npos;
  std::string host = is_v6 ? "[" + address.host + "]" : address.host;
  return host + ":" + std::to_string(address.port);
}

std::optional<ListenAddress> ParseListenAddress(std::string_view text) {
  ListenAddress address;
  if (text.starts_with(kUnixPrefix)) {
    address.kind = AddressKind::kUnix;
    address.path = text.substr(kUnixPrefix.size());
    bool fits = !address.path.empty() && address.path.size() <= kMaxUnixPath &&
                address.path.find('\0') == std::string::npos;
    return fits ? std::optional(address) : std::nullopt;
  }
  std::size_t colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  std::optional<std::uint16_t> port = ParsePort(text.substr(colon + 1));
  std::string_view host = text.substr(0, colon);
  if (!port || host.empty()) return std::nullopt;
  bool (*is_character)(char) = IsHostCharacter;
  if (host.front() == '[') {
    if (host.size() < 4 || host.back() != ']') return std::nullopt;
    host = host.substr(1, host.size() - 2);
    is_character = IsAddress6Character;
  }
  for (char c : host) {
    if (!is_character(c)) return std::nullopt;
  }
  address.host = host;
  address.port = *port;
  return address;
}

}  // namespace scoregate::config
