#include "tests/fuzz/exchange.h"

#include <algorithm>

namespace scoregate::fuzz {
namespace {

constexpr int kDefaultStatus = 500;

std::string_view TakeUntil(std::string_view& rest, char end) {
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string_view taken = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return taken;
}

http::UpstreamKind KindOf(std::string_view word) {
  using enum http::UpstreamKind;
  for (http::UpstreamKind kind : {kClassic, kOnlineEndpoint, kOpaque}) {
    if (word == http::UpstreamKindName(kind)) return kind;
  }
  return kClassic;
}

int StatusOf(std::string_view word) {
  int status = 0;
  for (char c : word.substr(0, 3)) {
    if (c < '0' || c > '9') return kDefaultStatus;
    status = status * 10 + (c - '0');
  }
  return status < 100 ? kDefaultStatus : status;
}

}  // namespace

Exchange ReadExchange(std::string_view input) {
  Exchange exchange;
  std::string_view head = TakeUntil(input, '\n');
  exchange.kind = KindOf(TakeUntil(head, ' '));
  exchange.response.status = StatusOf(TakeUntil(head, ' '));
  exchange.options = head;
  while (!input.empty()) {
    std::string_view line = TakeUntil(input, '\n');
    if (line.empty()) break;
    const std::string_view name = TakeUntil(line, ':');
    exchange.response.headers.Add(name, line);
  }
  exchange.response.body = input;
  return exchange;
}

}  // namespace scoregate::fuzz
