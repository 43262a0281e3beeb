#include "gateway/upstream/message/request_head.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "gateway/grpcwire/metadata.h"

namespace scoregate::upstream {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;
constexpr std::string_view kUserAgentLine = "user-agent: scoregate/" SCOREGATE_VERSION "\r\n";

// What belongs to one connection, or is written by the client itself.
constexpr std::array<std::string_view, 12> kOwnFields = {
    "host",    "content-length", "connection", "accept-encoding",  "transfer-encoding",   "te",
    "trailer", "upgrade",        "keep-alive", "proxy-connection", "proxy-authorization", "expect"};

// What a character may be part of (RFC 9110, 5.6.2 and 5.5).
enum CharacterTrait : std::uint8_t { kTokenCharacter = 1, kValueCharacter = 2 };

constexpr std::array<std::uint8_t, 256> kCharacterTraits = [] {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  std::array<std::uint8_t, 256> traits{};
  for (std::size_t i = 0; i < traits.size(); ++i) {
    const bool token = (i >= '0' && i <= '9') || (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') ||
                       (i < 0x80 && kMarks.find(static_cast<char>(i)) != kMarks.npos);
    if (token) traits[i] |= kTokenCharacter;
    if ((i >= 0x20 && i != 0x7F) || i == '\t') traits[i] |= kValueCharacter;
  }
  return traits;
}();

bool AllHave(std::string_view text, CharacterTrait trait) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (kCharacterTraits[static_cast<unsigned char>(c)] & trait) != 0;
  });
}

bool IsToken(std::string_view text) {
  return !text.empty() && AllHave(text, kTokenCharacter);
}

bool IsFieldValue(std::string_view text) {
  // Nearly all are printable ASCII.
  return grpcwire::IsValidValue(text) || AllHave(text, kValueCharacter);
}

bool IsTarget(std::string_view text) {
  return text.starts_with('/') && grpcwire::IsValidValue(text) && text.find(' ') == text.npos;
}

// One bit a size: most fields are as long as none of ours.
constexpr std::uint32_t kOwnSizes = [] {
  std::uint32_t sizes = 0;
  for (std::string_view name : kOwnFields) sizes |= std::uint32_t{1} << name.size();
  return sizes;
}();

bool IsOwnField(std::string_view lower_case_name) {
  if (lower_case_name.size() >= 32 || (kOwnSizes >> lower_case_name.size() & 1) == 0) return false;
  return std::ranges::find(kOwnFields, lower_case_name) != kOwnFields.end();
}

// A request without a body says so only where one would be expected (RFC 9110, 8.6).
bool SaysLength(const http::HttpRequest& request) {
  return !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
         request.method == "PATCH";
}

void AddField(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string HostAndPort(std::string_view host, std::uint16_t port) {
  std::string text;
  if (host.find(':') != host.npos) {
    text.append("[").append(host).append("]");
  } else {
    text.append(host);
  }
  text.append(":").append(std::to_string(port));
  return text;
}

std::string HostField(const endpoint::Address& address) {
  std::string text = HostAndPort(address.host, address.port);
  if (address.port == (address.tls ? kHttpsPort : kHttpPort)) text.resize(text.rfind(':'));
  return text;
}

std::optional<std::string> WhyUnwritable(const http::HttpRequest& request) {
  if (!IsToken(request.method)) return "the method of the request is no HTTP token";
  if (!IsTarget(request.target)) {
    return "the target of the request is no path, or has characters that need percent-encoding";
  }
  for (const auto& [name, value] : request.headers.fields()) {
    if (!IsToken(name)) return "a header name of the request is no HTTP token";
    if (!IsFieldValue(value)) return "the header " + name + " has a control character";
  }
  return std::nullopt;
}

std::string WriteRequestHead(const http::HttpRequest& request, std::string_view host_field,
                             const ViaProxy& via, std::size_t room) {
  // Enough for the fields that are written here, so that most heads are allocated once.
  constexpr std::size_t kOwnBytes = 160;
  std::size_t size =
      request.method.size() + request.target.size() + host_field.size() + kOwnBytes + room;
  for (const auto& [name, value] : request.headers.fields()) size += name.size() + value.size() + 4;
  std::string head;
  head.reserve(size);
  head.append(request.method).append(" ").append(via.origin).append(request.target);
  head.append(" HTTP/1.1\r\n");
  AddField(head, "host", host_field);
  for (const auto& [name, value] : request.headers.fields()) {
    if (!IsOwnField(name)) AddField(head, name, value);
  }
  if (!request.headers.Has("user-agent")) head.append(kUserAgentLine);
  if (!via.authorization.empty()) AddField(head, "proxy-authorization", via.authorization);
  head.append("accept-encoding: identity\r\n");
  if (SaysLength(request)) AddField(head, "content-length", std::to_string(request.body.size()));
  head.append("\r\n");
  return head;
}

std::string WriteTunnelHead(std::string_view host_and_port, std::string_view authorization) {
  std::string head = "CONNECT ";
  head.append(host_and_port).append(" HTTP/1.1\r\n");
  AddField(head, "host", host_and_port);
  head.append(kUserAgentLine);
  if (!authorization.empty()) AddField(head, "proxy-authorization", authorization);
  head.append("\r\n");
  return head;
}

}  // namespace scoregate::upstream
