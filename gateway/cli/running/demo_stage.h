// The two servers of the demo: an emulator and a gateway in front of it, on free loopback ports.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace scoregate::cli {

/// Both servers in this process. Stops them when it goes.
class DemoStage {
 public:
  DemoStage();
  ~DemoStage();
  DemoStage(const DemoStage&) = delete;
  DemoStage& operator=(const DemoStage&) = delete;

  /// One sentence where a server could not be started.
  std::optional<std::string> Start();

  std::string emulator_address() const;
  std::string gateway_address() const;

  /// What the upstream answers, without the gateway, when that error is raised: status and body.
  std::string AnswerTo(const std::string& error);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace scoregate::cli
