// One row an answer; wire names are those of Azure ML's own front end.
#include "gateway/emulator/errors/online_errors.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

constexpr std::string_view kModelError = "model_error";
constexpr std::string_view kPlain = "text/plain";
constexpr std::string_view kNumbered = "model-error-";
constexpr int kFailedDependency = 424;

constexpr auto kErrors = std::to_array<OnlineError>({
    {"run-failed", kFailedDependency, kModelError, 500, "True", kJsonType,
     R"({"message":"The emulator's scoring script raised an exception."})"},
    {"model-not-ready", kFailedDependency, "model_not_ready", 503, "", kPlain, ""},
    {"too-many-pending-request", kFailedDependency, "too_many_pending_request", 429, "", kPlain,
     ""},
    {"too-many-in-flight", 429, "", 0, "", kJsonType,
     R"({"error":{"code":"TooManyRequests","message":"Too many requests are in flight."}})"},
    {"rate-limit", 429, "", 0, "", kPlain, "Too many requests for service emulator (overloaded)"},
    {"key-denied", 401, "", 0, "", kPlain, "key_auth_access_denied"},
    {"no-deployment", 404, "", 0, "", kPlain, "No deployment takes traffic."},
    {"timeout", 408, "", 0, "", kJsonType, R"({"message":"The model took too long."})"},
    // Kubernetes endpoints have no such front end: the scoring server's own answer comes through.
    {"kubernetes-run-failed", 502, "", 0, "True", kJsonType,
     R"({"message":"The emulator's scoring script raised an exception."})"},
});

}  // namespace

std::optional<OnlineError> FindOnlineError(std::string_view name) {
  const auto* row = std::ranges::find(kErrors, name, &OnlineError::name);
  if (row != kErrors.end()) return *row;
  if (!name.starts_with(kNumbered)) return std::nullopt;
  const std::string_view digits = name.substr(kNumbered.size());
  int status = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), status);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  if (!whole || digits.size() != 3 || status < 100) return std::nullopt;
  return OnlineError{name,
                     kFailedDependency,
                     kModelError,
                     status,
                     "False",
                     kJsonType,
                     R"({"message":"The emulator's scoring script chose this status."})"};
}

std::string OnlineErrorNames() {
  std::string names(kNumbered);
  names += "NNN";
  for (const OnlineError& error : kErrors) names.append(", ").append(error.name);
  return names;
}

Answer OnlineErrorAnswer(const OnlineError& error) {
  Answer answer = MakeAnswer(error.status, error.content_type, std::string(error.body));
  http::HeaderMap& headers = answer.response.headers;
  if (!error.reason.empty()) {
    headers.Set("ms-azureml-model-error-reason", std::string(error.reason));
  }
  if (error.model_status != 0) {
    headers.Set("ms-azureml-model-error-statuscode", std::to_string(error.model_status));
  }
  if (!error.run_failed.empty()) {
    headers.Set("x-ms-run-function-failed", std::string(error.run_failed));
  }
  AddOnlineTrailers(answer);
  return answer;
}

Answer ModelError(int model_status, std::string_view run_failed, const std::string& body) {
  OnlineError error{"", kFailedDependency, kModelError, model_status, run_failed, kJsonType, body};
  return OnlineErrorAnswer(error);
}

void AddOnlineTrailers(Answer& answer) {
  answer.response.trailers.Set("ms-azureml-bandwidth-request-delay-ms", "0");
  answer.response.trailers.Set("ms-azureml-bandwidth-response-delay-ms", "0");
}

}  // namespace scoregate::emulator
