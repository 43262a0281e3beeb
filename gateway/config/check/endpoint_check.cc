#include "gateway/config/check/endpoint_check.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include <algorithm>
#include <array>
#include <vector>

#include "gateway/catalogue/texts.h"
#include "gateway/config/check/call_check.h"
#include "gateway/config/check/credential_check.h"
#include "gateway/config/check/override_check.h"
#include "gateway/config/check/range.h"
#include "gateway/config/check/secret.h"
#include "gateway/config/check/url.h"
#include "gateway/config/read/nearest.h"
#include "gateway/dialect/classic/target.h"

namespace scoregate::config {
namespace {

using endpoint::EndpointSettings;
using EndpointMessage = scoring::config::v1::Endpoint;

constexpr std::size_t kMaxName = 63;
constexpr std::uint64_t kMaxBodyBytes = (std::uint64_t{1} << 31) - 1;
constexpr std::uint64_t kMaxHeaderBytes = 1 << 20;
constexpr std::uint32_t kMaxCount = 1'000'000;

// One endpoint while it is checked: the message, where it stands, and what is made of it.
class EndpointCheck {
 public:
  EndpointCheck(const EndpointMessage& message, const LoadInput& input, const std::string& path,
                Report& report)
      : message_(message), input_(input), path_(path), report_(report) {}

  std::shared_ptr<const EndpointSettings> Run();

 private:
  void Error(std::string_view key, Mistake mistake) {
    report_.Error(Child(path_, key), std::move(mistake));
  }
  void CheckName();
  void CheckKind();
  void CheckAddress();
  void CheckTimes();
  void CheckTls();
  void CheckLimits();
  void CheckErrors();

  const EndpointMessage& message_;
  const LoadInput& input_;
  const std::string& path_;
  Report& report_;
  EndpointSettings settings_;
};

void EndpointCheck::CheckName() {
  settings_.name = message_.name();
  if (settings_.name.size() > kMaxName || !IsMadeOf(settings_.name, "-_.")) {
    Error("name", {settings_.name.empty() ? "the endpoint has no name" : "the name cannot be used",
                   "letters, digits, '-', '_' and '.', at most 63", ""});
  }
  // grpc.health.v1 knows endpoints and services by one set of names.
  for (const char* reserved : {"grpc.", "google.", "scoring.v1."}) {
    if (!settings_.name.starts_with(reserved)) continue;
    Error("name", {"the name could be taken for a gRPC service's",
                   absl::StrCat("one that does not begin with '", reserved, "'"), ""});
  }
}

void EndpointCheck::CheckKind() {
  switch (message_.dialect()) {
    case EndpointMessage::CLASSIC:
      settings_.kind = http::UpstreamKind::kClassic;
      break;
    case EndpointMessage::ONLINE_ENDPOINT:
      settings_.kind = http::UpstreamKind::kOnlineEndpoint;
      break;
    case EndpointMessage::OPAQUE:
      settings_.kind = http::UpstreamKind::kOpaque;
      break;
    default:
      Error("dialect",
            {"the endpoint has no dialect", "one of CLASSIC, ONLINE_ENDPOINT, OPAQUE", ""});
      return;
  }
  bool is_classic = settings_.kind == http::UpstreamKind::kClassic;
  if (!is_classic && message_.request_format() != 0) {
    Error("request_format", {"only a CLASSIC endpoint has request formats", "", ""});
  }
}

void EndpointCheck::CheckAddress() {
  if (message_.url().empty()) {
    Error("url", {"the endpoint has no URL", "http://HOST/PATH or https://HOST/PATH", ""});
    return;
  }
  ParsedUrl parsed = ParseUrl(message_.url());
  if (!parsed.address) {
    Error("url", std::move(parsed.mistake));
    return;
  }
  settings_.address = *std::move(parsed.address);
  // A pasted URL says which format its owner uses; the key, where it is there, says it louder.
  bool rows = message_.request_format() == EndpointMessage::ROWS ||
              (message_.request_format() == EndpointMessage::REQUEST_FORMAT_UNSPECIFIED &&
               dialect::classic::AsksForRows(settings_.address.query));
  settings_.request_format =
      rows ? endpoint::RequestFormat::kRows : endpoint::RequestFormat::kColumns;
}

void EndpointCheck::CheckTimes() {
  RangeCheck range(path_, report_);
  range.TakeDuration("timeout", message_.timeout(), settings_.timeout);
  range.TakeDuration("connect_timeout", message_.connect_timeout(), settings_.connect_timeout);
}

void EndpointCheck::CheckTls() {
  if (!message_.has_tls()) return;
  const scoring::config::v1::Tls& tls = message_.tls();
  const std::string path = Child(path_, "tls");
  if (!settings_.address.tls) report_.Warning(path, "the URL is http://, so tls is of no effect");
  const std::array<std::pair<const char*, const std::string*>, 3> files = {
      {{"ca_file", &tls.ca_file()},
       {"cert_file", &tls.cert_file()},
       {"key_file", &tls.key_file()}}};
  for (const auto& [key, file] : files) {
    if (!file->empty()) CheckReadable(*file, Child(path, key), report_);
  }
  if (tls.cert_file().empty() != tls.key_file().empty()) {
    report_.Error(path, {"a client certificate and its key come together",
                         "cert_file and key_file, or neither", ""});
  }
  if (tls.insecure_skip_verify()) {
    report_.Warning(Child(path, "insecure_skip_verify"),
                    "the upstream's certificate is not checked: anybody in between can read the "
                    "key and the rows");
  }
  settings_.tls = {tls.ca_file(), tls.server_name(), tls.cert_file(), tls.key_file(),
                   tls.insecure_skip_verify()};
}

void EndpointCheck::CheckLimits() {
  const scoring::config::v1::Limits& given = message_.limits();
  endpoint::Limits& limits = settings_.limits;
  RangeCheck range(Child(path_, "limits"), report_);
  range.Take("max_in_flight", given.max_in_flight(), kMaxCount, limits.max_in_flight);
  range.Take("max_request_bytes", given.max_request_bytes(), kMaxBodyBytes,
             limits.max_request_bytes);
  range.Take("max_response_bytes", given.max_response_bytes(), kMaxBodyBytes,
             limits.max_response_bytes);
  range.Take("max_error_body_bytes", given.max_error_body_bytes(), kMaxBodyBytes,
             limits.max_error_body_bytes);
  range.Take("max_header_bytes", given.max_header_bytes(), kMaxHeaderBytes,
             limits.max_header_bytes);
  range.Take("max_idle_connections", given.max_idle_connections(), kMaxCount,
             limits.max_idle_connections);
  range.TakeDuration("idle_timeout", given.idle_timeout(), limits.idle_timeout);
}

void EndpointCheck::CheckErrors() {
  if (message_.gateway_faults() == EndpointMessage::REINTERPRET) {
    settings_.gateway_faults = endpoint::GatewayFaults::kReinterpret;
  }
  if (message_.error_voice() == EndpointMessage::INTERMEDIARY) {
    settings_.error_voice = endpoint::ErrorVoice::kIntermediary;
  }
  settings_.locale = message_.locale();
  const std::vector<std::string> locales(catalogue::Locales().begin(), catalogue::Locales().end());
  if (!settings_.locale.empty() && std::ranges::find(locales, settings_.locale) == locales.end()) {
    Error("locale", {"the language does not ship", "one of " + absl::StrJoin(locales, ", "),
                     Nearest(settings_.locale, locales)});
  }
}

std::shared_ptr<const EndpointSettings> EndpointCheck::Run() {
  CheckName();
  CheckKind();
  CheckAddress();
  CheckTimes();
  const EndpointPlace place{message_, input_, path_, report_};
  CheckCalls(place, settings_);
  CheckCredentials(place, settings_);
  CheckProxy(place, settings_);
  CheckTls();
  CheckLimits();
  CheckErrors();
  CheckOverrides(place, settings_);
  if (message_.has_idempotent()) settings_.idempotent = message_.idempotent();
  settings_.inputs.assign(message_.inputs().begin(), message_.inputs().end());
  settings_.parameters.assign(message_.parameters().begin(), message_.parameters().end());
  return std::make_shared<const EndpointSettings>(std::move(settings_));
}

}  // namespace

std::shared_ptr<const EndpointSettings> CheckEndpoint(const EndpointMessage& message,
                                                      const LoadInput& input,
                                                      const std::string& path, Report& report) {
  return EndpointCheck(message, input, path, report).Run();
}

}  // namespace scoregate::config
