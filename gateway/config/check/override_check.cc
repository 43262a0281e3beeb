#include "gateway/config/check/override_check.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/catalogue/catalogue.h"
#include "gateway/config/read/nearest.h"
#include "gateway/nearest/nearest.h"

namespace scoregate::config {
namespace {

// The class that was meant, where the one that is named is not documented.
std::string NearestClass(std::string_view error_class) {
  if (catalogue::FindClass(error_class) != nullptr) return "";
  std::vector<std::string> names;
  for (const catalogue::ErrorClass& known : catalogue::Classes()) names.emplace_back(known.name);
  return Nearest(error_class, names);
}

std::vector<std::string> ClassesWith(std::string_view error_code) {
  std::vector<std::string> classes;
  for (const catalogue::ErrorCode& code : catalogue::Codes()) {
    if (code.name == error_code) classes.emplace_back(code.error_class);
  }
  return classes;
}

// An endpoint may send codes that nobody documented, and an override may wait for one; but most
// names that are not documented are mistyped.
void WarnOfCode(const endpoint::RuleOverride& made, const std::string& path, Report& report) {
  const bool known_class = catalogue::FindClass(made.error_class) != nullptr;
  if (!known_class || made.error_code.empty() ||
      catalogue::FindCode(made.error_class, made.error_code) != nullptr) {
    return;
  }
  std::vector<std::string_view> here;
  for (const catalogue::ErrorCode& code : catalogue::CodesOf(made.error_class)) {
    here.push_back(code.name);
  }
  std::string text =
      absl::StrCat("no documented code of ", made.error_class, " is called '", made.error_code,
                   "'; the override waits for an endpoint that sends it so");
  const std::vector<std::string> classes = ClassesWith(made.error_code);
  if (!classes.empty()) {
    absl::StrAppend(&text, "; it is a code of ", absl::StrJoin(classes, " and "));
  }
  constexpr std::size_t kMostNames = 3;
  const auto near = nearest::NearestNames(made.error_code, here, kMostNames);
  const std::vector<std::string> names(near.begin(), near.end());
  if (!names.empty()) absl::StrAppend(&text, "; did you mean ", absl::StrJoin(names, " or "), "?");
  report.Warning(Child(path, "error_code"), std::move(text));
}

void CheckOne(const scoring::config::v1::Override& message, const std::string& path,
              const EndpointPlace& place, endpoint::EndpointSettings& settings) {
  Report& report = place.report;
  endpoint::RuleOverride made;
  made.error_class = message.error_class();
  made.error_code = message.error_code();
  made.http_status = static_cast<int>(message.http_status());
  made.code = message.code();
  made.reason = message.reason();
  if (message.has_retry_after()) {
    const google::protobuf::Duration& delay = message.retry_after();
    made.retry_after =
        std::chrono::milliseconds(delay.seconds() * 1000 + delay.nanos() / 1'000'000);
  }
  WarnOfCode(made, path, report);
  constexpr std::uint32_t kLowestStatus = 100;
  constexpr std::uint32_t kHighestStatus = 999;
  if (made.error_class.empty() && made.http_status == 0) {
    report.Error(path, {"the override names no error", "error_class or http_status", ""});
  } else if (report.Has(Child(path, "http_status")) &&
             (message.http_status() < kLowestStatus || message.http_status() > kHighestStatus)) {
    report.Error(Child(path, "http_status"), {"this is not an HTTP status", "100 to 999", ""});
  } else if (message.code() == google::rpc::OK) {
    report.Error(Child(path, "code"), {"the override gives no code", "a code other than OK", ""});
  } else if (place.input.check_override) {
    std::optional<std::string> broken = place.input.check_override(made, settings.kind);
    if (broken) {
      report.Error(path,
                   {"the override breaks a rule: " + *broken, "", NearestClass(made.error_class)});
    }
  }
  settings.overrides.push_back(std::move(made));
}

}  // namespace

void CheckOverrides(const EndpointPlace& place, endpoint::EndpointSettings& settings) {
  const std::string path = Child(place.path, "overrides");
  for (int i = 0; i < place.message.overrides_size(); ++i) {
    CheckOne(place.message.overrides(i), Element(path, static_cast<std::size_t>(i)), place,
             settings);
  }
}

}  // namespace scoregate::config
