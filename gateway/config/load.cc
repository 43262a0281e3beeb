#include "gateway/config/load.h"

#include <absl/strings/str_cat.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

#include "gateway/config/check/endpoint_check.h"
#include "gateway/config/check/gateway_check.h"
#include "gateway/config/read/overlay.h"
#include "gateway/config/read/report.h"
#include "gateway/config/read/yaml_reader.h"

namespace scoregate::config {
namespace {

Loaded Refused(const std::string& file, std::string text) {
  Report report(file);
  report.ErrorAt({file, 0, 0}, "", {std::move(text), "", ""});
  return {std::nullopt, report.TakeFindings()};
}

void CheckEndpoints(const LoadInput& input, Configuration& made, Report& report) {
  std::map<std::string, std::string> path_of_name;
  for (int i = 0; i < made.message.endpoints_size(); ++i) {
    const auto& message = made.message.endpoints(i);
    std::string path = Element("endpoints", static_cast<std::size_t>(i));
    made.endpoints.push_back(CheckEndpoint(message, input, path, report));
    auto [place, added] = path_of_name.emplace(message.name(), path);
    if (added || message.name().empty()) continue;
    report.Error(Child(path, "name"), {"the name is that of " + place->second, "", ""});
  }
}

}  // namespace

Loaded LoadText(std::string_view yaml, const LoadInput& input) {
  Report report(input.file);
  Configuration made;
  ReadYaml(yaml, made.message, report);
  // What was not read at all would only be reported a second time, as missing.
  const bool was_read = !report.findings().empty() ? made.message.ByteSizeLong() > 0 : true;
  if (!was_read) return {std::nullopt, report.TakeFindings()};
  Overlay(input, made.message, report);
  made.gateway = CheckGateway(made.message, input, report);
  CheckEndpoints(input, made, report);
  WarnOfUnknownVariables(input, made.message, report);
  Loaded loaded;
  if (report.errors() == 0) loaded.configuration = std::move(made);
  loaded.findings = report.TakeFindings();
  return loaded;
}

Loaded Load(const LoadInput& input) {
  struct stat status {};
  if (stat(input.file.c_str(), &status) != 0) {
    return Refused(input.file, absl::StrCat("cannot read the file: ", std::strerror(errno)));
  }
  if (!S_ISREG(status.st_mode)) return Refused(input.file, "this is not a regular file");
  std::ifstream stream(input.file, std::ios::binary);
  if (!stream) return Refused(input.file, "cannot read the file");
  // One byte more than is taken shows that the file is longer, whatever it grows to meanwhile.
  std::string text(kMaxFileBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return LoadText(text, input);
}

}  // namespace scoregate::config
