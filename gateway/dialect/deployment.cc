#include "gateway/dialect/deployment.h"

#include <algorithm>
#include <string>
#include <utility>

namespace scoregate::dialect {
namespace {

// Longer than any name that Azure takes (32).
constexpr std::size_t kMaxDeploymentBytes = 64;

// What a deployment's name is made of; a value that is not must not become a header.
bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxDeploymentBytes &&
         std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
                  c == '_' || c == '.';
         });
}

http::Fault Invalid(std::string text) {
  return http::Fault(http::FaultKind::kRequestInvalid, std::string(kDeploymentHeader),
                     std::move(text));
}

http::Fault Refused(const endpoint::EndpointSettings& settings) {
  std::string text = "Endpoint '" + settings.name + "' lets callers choose ";
  if (settings.deployments.empty()) {
    text += "no deployment; leave the metadata out.";
  } else {
    text += "deployments by these names only:";
    for (const std::string& pattern : settings.deployments) text += " " + pattern;
    text += ".";
  }
  return Invalid(std::move(text));
}

}  // namespace

bool FitsPattern(std::string_view pattern, std::string_view name) {
  // The last star takes one more character each time what follows it does not fit: no recursion,
  // and never more than the two lengths' product of steps.
  std::size_t at = 0;
  std::size_t from = 0;
  std::size_t star = pattern.npos;
  std::size_t taken = 0;
  while (from < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      taken = from;
    } else if (at < pattern.size() && pattern[at] == name[from]) {
      ++at;
      ++from;
    } else if (star != pattern.npos) {
      at = star + 1;
      from = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == pattern.npos;
}

std::optional<http::Fault> ChooseDeployment(std::span<const std::string_view> named,
                                            const endpoint::EndpointSettings& settings,
                                            http::HttpRequest& request) {
  if (settings.kind != http::UpstreamKind::kOnlineEndpoint || named.empty()) return std::nullopt;
  if (named.size() > 1) {
    return Invalid("The metadata is there " + std::to_string(named.size()) +
                   " times; send it once, with the deployment that is to answer.");
  }
  const std::string_view deployment = named.front();
  const bool allowed = IsName(deployment) &&
                       std::ranges::any_of(settings.deployments, [&](const std::string& pattern) {
                         return FitsPattern(pattern, deployment);
                       });
  if (!allowed) return Refused(settings);
  request.headers.Set(kDeploymentHeader, std::string(deployment));
  return std::nullopt;
}

}  // namespace scoregate::dialect
