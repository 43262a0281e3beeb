// Secrets out of files and the environment. Their contents never reach a finding.
#pragma once

#include <optional>
#include <string>

#include "gateway/config/load.h"
#include "gateway/config/read/report.h"
#include "scoring/config/v1/config.pb.h"

namespace scoregate::config {

/// The secret, or nothing where it is missing, empty, too long or has a character that no header
/// can carry; then `path` has an error that names the file or variable. One line end at a file's
/// end is ignored.
std::optional<std::string> ReadSecret(const scoring::config::v1::Secret& secret,
                                      const NamedValues& environment, const std::string& path,
                                      Report& report);

/// A secret that was read from a file, or why there is none; `why` names the file.
struct FileSecret {
  std::string secret;
  std::string why;
};

/// The same for a file alone. Blocks.
FileSecret ReadSecretFile(const std::string& file);

/// Reports at `path` a file that cannot be opened for reading.
void CheckReadable(const std::string& file, const std::string& path, Report& report);

/// The value of the variable; nothing where there is none.
const std::string* FindVariable(const NamedValues& environment, const std::string& name);

}  // namespace scoregate::config
