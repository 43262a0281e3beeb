#include "gateway/config/read/overlay.h"

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_replace.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "gateway/config/read/nearest.h"
#include "gateway/config/read/scalar.h"

namespace scoregate::config {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using scoring::config::v1::GatewayConfig;

constexpr std::string_view kPrefix = "SCOREGATE_";
// Variables that other programs, or the command line, understand.
constexpr std::array<std::string_view, 2> kOtherVariables = {"SCOREGATE_ADDRESS",
                                                             "SCOREGATE_CONFIG"};

void AddSettings(const Descriptor& type, const std::string& parent,
                 std::vector<ScalarSetting>& settings) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_repeated()) continue;
    std::string path = Child(parent, field.name());
    if (!IsScalar(field)) {
      AddSettings(*field.message_type(), path, settings);
      continue;
    }
    std::string flag = "--" + absl::StrReplaceAll(path, {{".", "-"}, {"_", "-"}});
    std::string variable =
        std::string(kPrefix) + absl::AsciiStrToUpper(absl::StrReplaceAll(path, {{".", "_"}}));
    settings.push_back({std::move(path), std::move(flag), std::move(variable)});
  }
}

// Sets the field at a path of singular fields, such as `admin.address`.
std::optional<Mistake> SetAt(Message& root, std::string_view path, std::string_view text) {
  Message* message = &root;
  while (true) {
    std::size_t dot = path.find('.');
    const FieldDescriptor* field =
        message->GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    if (field == nullptr) return Mistake{"no such setting", "", ""};
    if (dot == path.npos) return SetScalar(*message, *field, text);
    message = message->GetReflection()->MutableMessage(message, field);
    path.remove_prefix(dot + 1);
  }
}

// A cluster sets NAME_SERVICE_HOST, NAME_PORT, NAME_PORT_443_TCP and the like for each service.
bool IsOfACluster(const std::string& variable) {
  return absl::StrContains(variable, "_SERVICE_") || absl::StrContains(variable, "_PORT_") ||
         absl::EndsWith(variable, "_PORT");
}

}  // namespace

std::vector<ScalarSetting> ScalarSettings() {
  std::vector<ScalarSetting> settings;
  AddSettings(*GatewayConfig::descriptor(), "", settings);
  return settings;
}

NamedValues ProcessEnvironment() {
  NamedValues environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    std::string_view text(*entry);
    std::size_t equals = text.find('=');
    if (equals == text.npos) continue;
    environment.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

void Overlay(const LoadInput& input, GatewayConfig& message, Report& report) {
  const std::vector<ScalarSetting> settings = ScalarSettings();
  for (const auto& [name, value] : input.environment) {
    auto setting = std::ranges::find(settings, name, &ScalarSetting::variable);
    if (setting == settings.end()) continue;
    report.Place(setting->path, {"environment", 0, 0});
    std::optional<Mistake> wrong = SetAt(message, setting->path, value);
    if (!wrong) continue;
    report.MarkUnread(setting->path);
    report.ErrorAt({"environment", 0, 0}, name, *std::move(wrong));
  }
  std::vector<std::string> paths;
  paths.reserve(settings.size());
  for (const ScalarSetting& setting : settings) paths.push_back(setting.path);
  for (const auto& [path, value] : input.flags) {
    auto setting = std::ranges::find(settings, path, &ScalarSetting::path);
    if (setting == settings.end()) {
      report.ErrorAt({"flag", 0, 0}, path, {"no such setting", "", Nearest(path, paths)});
      continue;
    }
    report.Place(path, {"flag", 0, 0});
    std::optional<Mistake> wrong = SetAt(message, path, value);
    if (!wrong) continue;
    report.MarkUnread(path);
    report.ErrorAt({"flag", 0, 0}, setting->flag, *std::move(wrong));
  }
}

void WarnOfUnknownVariables(const LoadInput& input, const GatewayConfig& message, Report& report) {
  std::set<std::string> known(kOtherVariables.begin(), kOtherVariables.end());
  for (const ScalarSetting& setting : ScalarSettings()) known.insert(setting.variable);
  const std::vector<std::string> names(known.begin(), known.end());
  for (const auto& endpoint : message.endpoints()) {
    for (const auto& secret : endpoint.api_key()) known.insert(secret.env());
    known.insert(endpoint.proxy_credentials().env());
  }
  for (const auto& [name, value] : input.environment) {
    if (!name.starts_with(kPrefix) || known.contains(name) || IsOfACluster(name)) continue;
    std::string nearest = Nearest(name, names);
    report.Place(name, {"environment", 0, 0});
    report.Warning(name, nearest.empty() ? "no setting has this variable"
                                         : absl::StrCat("no setting has this variable; did you "
                                                        "mean \"",
                                                        nearest, "\"?"));
  }
}

}  // namespace scoregate::config
