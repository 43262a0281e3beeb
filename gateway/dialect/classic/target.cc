#include "gateway/dialect/classic/target.h"

#include <absl/strings/match.h>

#include <algorithm>
#include <string_view>

namespace scoregate::dialect::classic {
namespace {

constexpr std::string_view kApiVersion = "api-version=2.0";
constexpr std::string_view kDetails = "details=true";
constexpr std::string_view kRowsFormat = "format=swagger";
constexpr std::size_t kIdDigits = 32;
constexpr std::size_t kDashedIdLength = 36;
// What a target mostly has behind the path of its service, in bytes.
constexpr std::size_t kUsualMore = 64;

absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}

// Calls `take` with each part between separators that is not empty.
template <typename Take>
void ForEachPart(std::string_view text, char separator, Take take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Whether a query parameter `name=...` (or a bare `name`) is this one.
bool HasName(std::string_view parameter, std::string_view name) {
  return absl::StartsWithIgnoreCase(ToAbsl(parameter), ToAbsl(name)) &&
         (parameter.size() == name.size() || parameter[name.size()] == '=');
}

// Azure prints a subscription id with dashes everywhere but in this URL.
std::string WithoutDashes(std::string_view id) {
  std::string digits(id);
  if (id.size() == kDashedIdLength) std::erase(digits, '-');
  return digits.size() == kIdDigits ? digits : std::string(id);
}

// The path of the service itself, `.../services/ID`; empty where the path is none of that form.
std::string ServicePath(std::string_view path) {
  std::string service;
  service.reserve(path.size() + kUsualMore);
  std::string_view last;
  ForEachPart(path, '/', [&](std::string_view segment) {
    service += '/';
    if (last == "subscriptions") {
      service += WithoutDashes(segment);
    } else {
      service += segment;
    }
    last = segment;
  });
  if (last == "execute" || last == "jobs") service.resize(service.size() - last.size() - 1);
  const std::string_view above = std::string_view(service).substr(0, service.rfind('/'));
  if (!above.ends_with("/services")) service.clear();
  return service;
}

}  // namespace

std::string ExecuteTarget(const endpoint::Address& address, endpoint::RequestFormat format) {
  std::string target = ServicePath(address.path);
  if (target.empty()) {
    target = address.path;
    if (!address.query.empty()) target += "?" + address.query;
    return target;
  }
  target += "/execute?";
  bool has_version = false;
  bool has_details = false;
  std::string others;
  ForEachPart(address.query, '&', [&](std::string_view parameter) {
    if (HasName(parameter, "format")) return;
    has_version = has_version || HasName(parameter, "api-version");
    has_details = has_details || HasName(parameter, "details");
    others += others.empty() ? "" : "&";
    others += parameter;
  });
  if (!has_version) target += kApiVersion;
  if (!has_version && !others.empty()) target += '&';
  target += others;
  if (!has_details) (target += '&') += kDetails;
  if (format == endpoint::RequestFormat::kRows) (target += '&') += kRowsFormat;
  return target;
}

std::optional<std::string> JobsTarget(const endpoint::Address& address, std::string_view rest) {
  std::string target = ServicePath(address.path);
  if (target.empty()) return std::nullopt;
  target += "/jobs";
  target += rest;
  std::string query;
  bool has_version = false;
  ForEachPart(address.query, '&', [&](std::string_view parameter) {
    // These say how a table is answered, and a job answers none.
    if (HasName(parameter, "format") || HasName(parameter, "details")) return;
    has_version = has_version || HasName(parameter, "api-version");
    query += query.empty() ? "" : "&";
    query += parameter;
  });
  if (!has_version) query.insert(0, std::string(kApiVersion) + (query.empty() ? "" : "&"));
  return target + "?" + query;
}

std::string SwaggerTarget(const endpoint::Address& address) {
  return ServicePath(address.path) + "/swagger.json";
}

std::string BesideTarget(const endpoint::Address& address, std::string_view name) {
  std::string target = address.path.substr(0, address.path.rfind('/') + 1);
  if (target.empty()) target = "/";
  target += name;
  return target;
}

bool AsksForRows(std::string_view query) {
  bool asks = false;
  ForEachPart(query, '&', [&](std::string_view parameter) {
    asks = asks || absl::EqualsIgnoreCase(ToAbsl(parameter), ToAbsl(kRowsFormat));
  });
  return asks;
}

}  // namespace scoregate::dialect::classic
