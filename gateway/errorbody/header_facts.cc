// Reads header fields one by one; their names stand in wire order of trust.
#include "gateway/errorbody/header_facts.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

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

// What else the header says of an error.
enum ErrorField { kCodeField, kReasonField, kStatusField, kRunField };
constexpr std::array<std::string_view, 4> kErrorFieldNames = {
    kErrorCode, "ms-azureml-model-error-reason", "ms-azureml-model-error-statuscode",
    kRunFunctionFailed};

// Visible ASCII of a sane length: anything else is no id.
bool IsRequestId(std::string_view value) {
  return !value.empty() && value.size() <= kMaxCodeBytes &&
         std::ranges::all_of(value, [](char c) { return c > ' ' && c < '\x7F'; });
}

bool IsStatus(std::string_view value) {
  return value.size() == 3 && std::ranges::all_of(value, IsDigit) && value.front() != '0';
}

// Calls `take` with the place of a name in the list and its value, without the blanks around it,
// for each field that is listed and not blank: one pass over the fields for all names.
template <std::size_t size, typename Take>
void ForEachListed(const http::HeaderMap& headers, const std::array<std::string_view, size>& names,
                   Take take) {
  for (const auto& [field, value] : headers.fields()) {
    const auto name = std::ranges::find(names, field);
    if (name == names.end()) continue;
    const std::string_view trimmed = Trimmed(value);
    if (!trimmed.empty()) take(static_cast<std::size_t>(name - names.begin()), trimmed);
  }
}

// For each name the first of its values that may be an id; else empty.
template <std::size_t size>
void FindIds(const http::HeaderMap& headers, const std::array<std::string_view, size>& names,
             std::array<std::string_view, size>& ids) {
  ForEachListed(headers, names, [&ids](std::size_t name, std::string_view value) {
    if (ids[name].empty() && IsRequestId(value)) ids[name] = value;
  });
}

template <std::size_t size>
void Keep(const std::array<std::string_view, size>& names,
          const std::array<std::string_view, size>& ids,
          std::vector<ReportedError::KnownField>& fields) {
  for (std::size_t i = 0; i < size; ++i) {
    if (!ids[i].empty()) fields.emplace_back(names[i], ids[i]);
  }
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
  std::array<std::string_view, kAnswerFieldNames.size()> values;
  FindIds(response.headers, kAnswerFieldNames, values);
  FindIds(response.trailers, kAnswerFieldNames, values);
  Keep(kAnswerFieldNames, values, error.answer_fields);
}

void ReadRequestIds(const http::HeaderMap& headers, ReportedError& error) {
  std::array<std::string_view, kRequestIdNames.size()> ids;
  FindIds(headers, kRequestIdNames, ids);
  Keep(kRequestIdNames, ids, error.request_ids);
}

// A field that is repeated is a list (RFC 9110, 5.3), and a list is no code, reason or status that
// anybody documents.
void ReadErrorFields(const http::HeaderMap& headers, ReportedError& error) {
  std::array<std::string, kErrorFieldNames.size()> joined;
  ForEachListed(headers, kErrorFieldNames, [&joined](std::size_t name, std::string_view value) {
    joined[name].append(joined[name].empty() ? "" : ", ").append(value);
  });
  error.header_code = Repaired(joined[kCodeField], kMaxCodeBytes);
  error.model_error_reason = Repaired(joined[kReasonField], kMaxCodeBytes);
  const std::string& status = joined[kStatusField];
  for (char digit : IsStatus(status) ? std::string_view(status) : std::string_view()) {
    error.model_http_status = error.model_http_status * 10 + (digit - '0');
  }
  error.run_function_failed = EqualsIgnoringCase(joined[kRunField], "true");
}

// The first Location that is not blank.
std::string_view LocationOf(const http::HeaderMap& headers) {
  constexpr std::array<std::string_view, 1> kLocation = {"location"};
  std::string_view location;
  ForEachListed(headers, kLocation, [&location](std::size_t, std::string_view value) {
    if (location.empty()) location = value;
  });
  return location;
}

}  // namespace

void ReadHeaderFacts(const http::HttpResponse& response, std::optional<http::UnixSeconds> now,
                     ReportedError& error) {
  const http::HeaderMap& headers = response.headers;
  ReadAnswerFields(response, error);
  if (headers.empty()) return;
  ReadErrorFields(headers, error);
  if (response.status >= 300 && response.status < 400) {
    error.location_host = LocationHost(LocationOf(headers));
  }
  ReadRequestIds(headers, error);
  error.header_retry_delay = HeaderDelay(response, now);
}

bool HasApplicationHeader(const http::HttpResponse& response) {
  return std::ranges::any_of(response.headers.fields(), [](const http::HeaderMap::Field& field) {
    return field.first.starts_with(kModelErrorPrefix) || field.first == kRunFunctionFailed ||
           field.first == kErrorCode;
  });
}

}  // namespace scoregate::errorbody
