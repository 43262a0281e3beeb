// A token in a file that somebody else renews.
#pragma once

#include <sys/types.h>

#include <ctime>
#include <string>

#include "gateway/credential/token_source.h"

namespace scoregate::credential {

/// How often it is looked whether the file has changed.
inline constexpr std::chrono::milliseconds kTokenFilePeriod{1'000};

/// Reads the file again when it is another one, has another length or another time of change, and
/// after a refusal. A file that is gone or holds no token leaves the last token in use.
class TokenFile final : public TokenSource {
 public:
  explicit TokenFile(std::string path) : path_(std::move(path)) {}

  lane::Task<Attempt> Try(Occasion occasion) override;

 private:
  struct Version {
    dev_t device = 0;
    ino_t file = 0;
    off_t bytes = 0;
    std::timespec changed = {};
  };

  bool HasChanged();
  void Read();

  const std::string path_;
  Version version_;
  TokenPtr token_;
  std::string why_;  ///< Why there is no token.
};

}  // namespace scoregate::credential
