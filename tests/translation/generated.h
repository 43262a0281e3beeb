// Errors and calls made by a seeded generator, for properties that hold whatever arrives.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/errorbody/reported_error.h"
#include "gateway/translation/translate.h"

namespace scoregate::translation {

/// Gives the same sequence for the same seed on every machine.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  /// A number from 0 to count - 1.
  std::size_t Below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  bool OneIn(std::size_t count) { return Below(count) == 0; }

  /// An error with any status, voice, codes (mostly documented ones) and texts, some with a secret.
  errorbody::ReportedError Error(http::UpstreamKind kind);

  /// An answer's body as upstreams send it, with some of its bytes changed, cut or doubled.
  std::string Body();

  /// A call to an upstream of that kind; settings are one of a few, with static lifetime.
  CallFacts Facts(http::UpstreamKind kind);

  http::UpstreamKind Kind();
  int Status();
  std::string Text();

  /// The secrets that Text() has planted so far.
  const std::vector<std::string>& secrets() const { return secrets_; }

 private:
  std::string Secret();
  std::string Code(std::string_view error_class);

  std::mt19937_64 random_;
  std::vector<std::string> secrets_;
};

}  // namespace scoregate::translation
