// The addresses that a configuration listens at, each of which may be there once.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "gateway/config/read/report.h"
#include "gateway/config/settings.h"

namespace scoregate::config {

/// Checks addresses one after another and keeps those that are taken.
class AddressCheck {
 public:
  /// The report must outlive the check.
  explicit AddressCheck(Report& report) : report_(report) {}

  /// Reports at `path` what is no address or is taken; nothing where it is none.
  std::optional<ListenAddress> Take(const std::string& text, const std::string& path) {
    std::optional<ListenAddress> address = ParseListenAddress(text);
    if (!address) {
      report_.Error(path, {text.empty() ? "there is no address" : "this is not an address",
                           "HOST:PORT, [IPv6]:PORT or unix:PATH", ""});
      return std::nullopt;
    }
    bool can_collide = address->kind == AddressKind::kUnix || address->port != 0;
    if (can_collide && std::ranges::find(taken_, *address) != taken_.end()) {
      report_.Error(path, {"the address is taken by another key", "", ""});
    }
    taken_.push_back(*address);
    return address;
  }

 private:
  Report& report_;
  std::vector<ListenAddress> taken_;
};

}  // namespace scoregate::config
