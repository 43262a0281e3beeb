#include "gateway/credential/token_file.h"

#include <sys/stat.h>

#include <utility>

#include "gateway/config/check/secret.h"

namespace scoregate::credential {

bool TokenFile::HasChanged() {
  struct stat status {};
  if (stat(path_.c_str(), &status) != 0) return true;
  const Version found{status.st_dev, status.st_ino, status.st_size, status.st_mtim};
  const Version& old = version_;
  const bool same = found.device == old.device && found.file == old.file &&
                    found.bytes == old.bytes && found.changed.tv_sec == old.changed.tv_sec &&
                    found.changed.tv_nsec == old.changed.tv_nsec;
  version_ = found;
  return !same;
}

void TokenFile::Read() {
  config::FileSecret read = config::ReadSecretFile(path_);
  if (!read.why.empty()) {
    why_ = std::move(read.why);
    return;
  }
  if (token_ && *token_ == read.secret) return;
  token_ = std::make_shared<const std::string>(std::move(read.secret));
}

lane::Task<Attempt> TokenFile::Try(Occasion occasion) {
  const bool changed = HasChanged();
  if (changed || !token_ || occasion == Occasion::kRefusal) Read();
  const auto next = lane::Clock::now() + kTokenFilePeriod;
  if (token_) co_return Attempt{token_, next};
  http::Fault fault(http::FaultKind::kCredentialRefused,
                    "the gateway has no token for the endpoint: " + why_);
  co_return Attempt{std::move(fault), next};
}

}  // namespace scoregate::credential
