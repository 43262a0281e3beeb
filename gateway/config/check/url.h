// URLs as an operator writes them become addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/config/read/report.h"
#include "gateway/endpoint/endpoint_settings.h"

namespace scoregate::config {

/// An address, or what is wrong with the text. Never quotes it: it may hold a password.
struct ParsedUrl {
  std::optional<endpoint::Address> address;
  Mistake mistake;
};

/// http:// or https:// with a host; port, path and query as they are, the port of the scheme where
/// none is named. Refused: user and password, a fragment, escapes in the host.
ParsedUrl ParseUrl(std::string_view text);

struct ParsedProxy {
  std::string place;        ///< HOST:PORT.
  std::string credentials;  ///< USER:PASSWORD, decoded; empty where the URL has none. Secret.
};

/// An HTTP proxy from `http://[USER:PASSWORD@]HOST:PORT` or the same without its scheme; nothing
/// where the text is none.
std::optional<ParsedProxy> ParseProxy(std::string_view text);

/// localhost, 127.0.0.0/8 or ::1.
bool IsOnThisMachine(std::string_view host);

/// Whether NO_PROXY (names and addresses, commas between) lets this host go around the proxy: a
/// name covers what ends in it behind a dot, `*` covers all.
bool GoesAroundProxy(std::string_view no_proxy, std::string_view host);

}  // namespace scoregate::config
