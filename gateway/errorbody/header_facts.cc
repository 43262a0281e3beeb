// Reads header fields one by one; their names stand in wire order of trust.
#include "gateway/errorbody/header_facts.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "gateway/errorbody/retry_hints.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

// Ids by which an upstream's operators find a call again, in the order of ReportedError.
constexpr std::array<std::string_view, 4> kRequestIdNames = {
    "x-ms-request-id", "x-ms-client-request-id", "x-request-id", "apim-request-id"};

// What an online endpoint and its scoring server say of a call beside its result. The delays come
// as trailers.
constexpr std::array<std::string_view, 6> kAnswerFieldNames = {
    "azureml-model-deployment",
    "ms-azureml-model-time",
    "x-ms-run-fn-exec-ms",
    "x-ms-server-version",
    "ms-azureml-bandwidth-request-delay-ms",
    "ms-azureml-bandwidth-response-delay-ms"};

constexpr std::string_view kRunFunctionFailed = "x-ms-run-function-failed";
constexpr std::string_view kErrorCode = "x-ms-error-code";
constexpr std::string_view kModelErrorPrefix = "ms-azureml-model-error-";
constexpr std::string_view kModelErrorReason = "ms-azureml-model-error-reason";
constexpr std::string_view kModelErrorStatus = "ms-azureml-model-error-statuscode";

// Visible ASCII of a sane length: anything else is no id.
bool IsRequestId(std::string_view value) {
  return !value.empty() && value.size() <= kMaxCodeBytes &&
         std::ranges::all_of(value, [](char c) { return c > ' ' && c < '\x7F'; });
}

bool IsNotEmpty(std::string_view value) {
  return !value.empty();
}

bool IsStatus(std::string_view value) {
  return value.size() == 3 && std::ranges::all_of(value, IsDigit) && value.front() != '0';
}

// The first value of that name that is valid, without the blanks around it; else empty.
std::string_view FirstValid(const http::HeaderMap& headers, std::string_view name,
                            bool (*is_valid)(std::string_view)) {
  for (const auto& [field, value] : headers.fields()) {
    if (field != name) continue;
    const std::string_view trimmed = Trimmed(value);
    if (is_valid(trimmed)) return trimmed;
  }
  return {};
}

// All values of that name, blank ones passed over: a field that is repeated is a list (RFC 9110,
// 5.3), and a list is no code, reason or status that anybody documents.
std::string Joined(const http::HeaderMap& headers, std::string_view name) {
  std::string joined;
  for (const auto& [field, value] : headers.fields()) {
    const std::string_view trimmed = field == name ? Trimmed(value) : std::string_view();
    if (trimmed.empty()) continue;
    if (!joined.empty()) joined += ", ";
    joined += trimmed;
  }
  return joined;
}

// The host of an absolute URL or of one that begins with "//", without user and port.
std::string LocationHost(std::string_view location) {
  const std::size_t slashes = location.find("//");
  if (slashes == location.npos) return {};
  // Before the slashes stands a scheme or nothing; else they belong to a path.
  const std::string_view scheme = location.substr(0, slashes);
  const bool absolute =
      scheme.empty() || (scheme.back() == ':' && scheme.find_first_of("/?#") == scheme.npos);
  if (!absolute) return {};
  std::string_view host = location.substr(slashes + 2);
  host = host.substr(0, host.find_first_of("/?#\\"));
  if (const std::size_t at = host.rfind('@'); at != host.npos) host.remove_prefix(at + 1);
  const std::size_t bracket = host.find(']');
  const std::size_t port =
      host.find(':', host.starts_with('[') && bracket != host.npos ? bracket : 0);
  return Repaired(host.substr(0, port), kMaxCodeBytes);
}

void ReadAnswerFields(const http::HttpResponse& response, ReportedError& error) {
  for (std::string_view name : kAnswerFieldNames) {
    std::string_view value = FirstValid(response.headers, name, IsRequestId);
    if (value.empty()) value = FirstValid(response.trailers, name, IsRequestId);
    if (!value.empty()) error.answer_fields.emplace_back(name, value);
  }
}

}  // namespace

void ReadHeaderFacts(const http::HttpResponse& response, std::optional<http::UnixSeconds> now,
                     ReportedError& error) {
  const http::HeaderMap& headers = response.headers;
  ReadAnswerFields(response, error);
  if (headers.empty()) return;
  error.header_code = Repaired(Joined(headers, kErrorCode), kMaxCodeBytes);
  error.model_error_reason = Repaired(Joined(headers, kModelErrorReason), kMaxCodeBytes);
  const std::string status = Joined(headers, kModelErrorStatus);
  for (char digit : IsStatus(status) ? std::string_view(status) : std::string_view()) {
    error.model_http_status = error.model_http_status * 10 + (digit - '0');
  }
  error.run_function_failed = EqualsIgnoringCase(Joined(headers, kRunFunctionFailed), "true");
  if (response.status >= 300 && response.status < 400) {
    error.location_host = LocationHost(FirstValid(headers, "location", IsNotEmpty));
  }
  for (std::string_view name : kRequestIdNames) {
    const std::string_view id = FirstValid(headers, name, IsRequestId);
    if (!id.empty()) error.request_ids.emplace_back(name, id);
  }
  error.header_retry_delay = HeaderDelay(response, now);
}

bool HasApplicationHeader(const http::HttpResponse& response) {
  return std::ranges::any_of(response.headers.fields(), [](const http::HeaderMap::Field& field) {
    return field.first.starts_with(kModelErrorPrefix) || field.first == kRunFunctionFailed ||
           field.first == kErrorCode;
  });
}

}  // namespace scoregate::errorbody
