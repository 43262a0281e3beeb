// Emulator and gateway as a user starts them, and a client in front.
#pragma once

#include <memory>
#include <string>

#include "client/scoring_client.h"
#include "tests/e2e/process.h"

namespace scoregate::e2e {

/// Both programs on free ports; ended with the object. The emulator's endpoint is `iris`; the same
/// upstream is configured as `opaque` with kind OPAQUE, `rows` with the row format, and `nobody`
/// where nothing listens.
class Stack {
 public:
  /// `extra` is appended to the configuration: more endpoints, then keys of the top level. EMULATOR
  /// in it stands for the emulator's host and port.
  explicit Stack(const std::string& extra = "");

  const std::string& gateway_address() const { return gateway_address_; }
  const std::string& emulator_address() const { return emulator_address_; }
  const std::string& config_path() const { return config_path_; }
  Server& gateway() { return *gateway_; }
  Server& emulator() { return *emulator_; }

  /// A client that does not retry, so that each call is seen as it ended.
  std::unique_ptr<client::ScoringClient> Client(const std::string& accept_language = "") const;

 private:
  std::unique_ptr<Server> emulator_;
  std::string emulator_address_;
  std::string config_path_;
  std::unique_ptr<Server> gateway_;
  std::string gateway_address_;
};

/// One iris flower for `iris`; where `raise` is not empty, with that global parameter.
scoring::v1::ScoreRequest IrisRequest(const std::string& raise = "");

}  // namespace scoregate::e2e
