// Plays one shape against the real client and says what came of it.
#pragma once

#include <string>
#include <vector>

#include "tests/support/certificates.h"
#include "tests/upstream/hostile/shape.h"

namespace scoregate::upstream::hostile {

/// What came of a shape, in the words of Expected.
struct Found {
  std::string outcome;
  std::string status;
  Retry retry = Retry::kNever;
  std::string connection;  ///< "kept" or "closed", or what does not add up.
};

std::string FateName(Fate fate);
std::string RetryName(Retry retry);

/// What a caller of Score would be told of an outcome, when the call may be repeated or not.
struct CallerView {
  std::string status;  ///< "OK" or code and reason.
  bool retry = false;  ///< Whether a RetryInfo is there.
};
CallerView ShowToCaller(const http::HttpOutcome& outcome, bool idempotent);
/// Code and reason, and when a RetryInfo is there.
void ShowToCaller(const http::HttpOutcome& outcome, Found& found);

/// Certificates for all rows: made once, and trusted by the rows that speak TLS.
class Trust {
 public:
  Trust();
  const support::Identity& server() const { return server_; }
  const std::string& authority_file() const { return file_.path(); }

 private:
  const support::CertificateAuthority authority_;
  const support::Identity server_;
  const support::TemporaryFile file_;
};

Found Play(const Shape& shape, const Trust& trust);

/// Plays all of them, many at a time; most of their time is waiting.
std::vector<Found> PlayAll(const std::vector<Shape>& shapes, const Trust& trust);

/// Runs `one(i)` for i below `count` on a few threads.
void RunAtOnce(std::size_t count, const std::function<void(std::size_t)>& one);

}  // namespace scoregate::upstream::hostile
