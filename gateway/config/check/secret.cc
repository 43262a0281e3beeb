#include "gateway/config/check/secret.h"

#include <absl/strings/str_cat.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace scoregate::config {
namespace {

// No key or token is nearly as long; a longer file is a mistake.
constexpr std::size_t kMaxSecretBytes = std::size_t{64} * 1024;

std::optional<std::string> Refuse(const std::string& path, std::string text, Report& report) {
  report.Error(path, {std::move(text), "", ""});
  return std::nullopt;
}

// Why the file cannot be read; empty where it can. A pipe or device would block or never end.
std::string WhyUnreadable(const std::string& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) return std::strerror(errno);
  if (!S_ISREG(status.st_mode)) return "it is not a regular file";
  errno = 0;
  if (!std::ifstream(file)) return errno != 0 ? std::strerror(errno) : "it cannot be opened";
  return "";
}

// Why this cannot be a secret, as the end of a sentence; empty where it can.
std::string WhyNoSecret(const std::string& secret) {
  if (secret.empty()) return " is empty";
  if (secret.size() > kMaxSecretBytes) {
    return absl::StrCat(" is longer than ", kMaxSecretBytes, " bytes");
  }
  bool fits = std::ranges::all_of(secret, [](char c) { return c > 0x20 && c < 0x7F; });
  return fits ? ""
              : " holds a space, a line end inside, or another character that a key cannot have";
}

}  // namespace

const std::string* FindVariable(const NamedValues& environment, const std::string& name) {
  auto found = std::ranges::find(environment, name, &NamedValues::value_type::first);
  return found == environment.end() ? nullptr : &found->second;
}

void CheckReadable(const std::string& file, const std::string& path, Report& report) {
  std::string why = WhyUnreadable(file);
  if (!why.empty()) report.Error(path, {absl::StrCat("cannot read ", file, ": ", why), "", ""});
}

std::optional<std::string> ReadSecret(const scoring::config::v1::Secret& secret,
                                      const NamedValues& environment, const std::string& path,
                                      Report& report) {
  if (secret.file().empty() == secret.env().empty()) {
    report.Error(path, {"a secret has exactly one place",
                        "{file: PATH} or {env: NAME}; never the secret itself", ""});
    return std::nullopt;
  }
  if (!secret.env().empty()) {
    const std::string* value = FindVariable(environment, secret.env());
    std::string place = absl::StrCat("the environment variable ", secret.env());
    if (value == nullptr) return Refuse(path, absl::StrCat(place, " is not set"), report);
    if (auto why = WhyNoSecret(*value); !why.empty()) return Refuse(path, place + why, report);
    return *value;
  }
  FileSecret read = ReadSecretFile(secret.file());
  if (!read.why.empty()) return Refuse(path, std::move(read.why), report);
  return std::move(read.secret);
}

FileSecret ReadSecretFile(const std::string& file) {
  std::string why = WhyUnreadable(file);
  if (!why.empty()) return {"", absl::StrCat("cannot read ", file, ": ", why)};
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMaxSecretBytes + 3, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  why = WhyNoSecret(text);
  if (!why.empty()) return {"", absl::StrCat("the file ", file, why)};
  return {std::move(text), ""};
}

}  // namespace scoregate::config
