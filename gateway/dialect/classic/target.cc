#include "gateway/dialect/classic/target.h"

#include <absl/strings/match.h>
#include <absl/strings/str_split.h>

#include <string_view>
#include <vector>

namespace scoregate::dialect::classic {
namespace {

constexpr std::string_view kApiVersion = "api-version=2.0";
constexpr std::string_view kDetails = "details=true";
constexpr std::string_view kRowsFormat = "format=swagger";
constexpr std::size_t kIdDigits = 32;
constexpr std::size_t kDashedIdLength = 36;

absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}

std::vector<absl::string_view> SplitOn(std::string_view text, char separator) {
  return absl::StrSplit(ToAbsl(text), separator, absl::SkipEmpty());
}

// Whether a query parameter `name=...` (or a bare `name`) is this one.
bool HasName(absl::string_view parameter, absl::string_view name) {
  return absl::StartsWithIgnoreCase(parameter, name) &&
         (parameter.size() == name.size() || parameter[name.size()] == '=');
}

// Azure prints a subscription id with dashes everywhere but in this URL.
std::string WithoutDashes(absl::string_view id) {
  if (id.size() != kDashedIdLength) return std::string(id);
  std::string digits;
  for (char c : id) {
    if (c != '-') digits += c;
  }
  return digits.size() == kIdDigits ? digits : std::string(id);
}

// The path of the service itself, `.../services/ID`; empty where the path is none of that form.
std::string ServicePath(std::string_view path) {
  std::vector<absl::string_view> segments = SplitOn(path, '/');
  if (!segments.empty() && (segments.back() == "execute" || segments.back() == "jobs")) {
    segments.pop_back();
  }
  if (segments.size() < 2 || segments[segments.size() - 2] != "services") return "";
  std::string service;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    bool is_subscription = i > 0 && segments[i - 1] == "subscriptions";
    service += '/';
    if (is_subscription) {
      service += WithoutDashes(segments[i]);
    } else {
      service.append(segments[i].data(), segments[i].size());
    }
  }
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
  for (absl::string_view parameter : SplitOn(address.query, '&')) {
    if (HasName(parameter, "format")) continue;
    has_version = has_version || HasName(parameter, "api-version");
    has_details = has_details || HasName(parameter, "details");
    others += others.empty() ? "" : "&";
    others.append(parameter.data(), parameter.size());
  }
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
  for (absl::string_view parameter : SplitOn(address.query, '&')) {
    // These say how a table is answered, and a job answers none.
    if (HasName(parameter, "format") || HasName(parameter, "details")) continue;
    has_version = has_version || HasName(parameter, "api-version");
    query += query.empty() ? "" : "&";
    query.append(parameter.data(), parameter.size());
  }
  if (!has_version) query.insert(0, std::string(kApiVersion) + (query.empty() ? "" : "&"));
  return target + "?" + query;
}

std::string SwaggerTarget(const endpoint::Address& address) {
  return ServicePath(address.path) + "/swagger.json";
}

std::string BesideTarget(const endpoint::Address& address, std::string_view name) {
  std::string target = address.path.substr(0, address.path.rfind('/') + 1);
  if (target.empty()) target = "/";
  return target.append(name);
}

bool AsksForRows(std::string_view query) {
  for (absl::string_view parameter : SplitOn(query, '&')) {
    if (absl::EqualsIgnoreCase(parameter, ToAbsl(kRowsFormat))) return true;
  }
  return false;
}

}  // namespace scoregate::dialect::classic
