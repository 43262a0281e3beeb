#include "tests/hostile/target.h"

#include <sys/resource.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <stdexcept>

#include "tests/hostile/bytes.h"

namespace scoregate::hostile {
namespace {

std::string Started(e2e::Server& server, const char* what) {
  auto address = server.WaitForLine("listening on ");
  if (!address) throw std::runtime_error(std::string(what) + " did not start: " + server.err());
  return *address;
}

// Limits of time are shorter than the defaults, so that rows which run into them end soon; what all
// connections may hold together is more, so that rows show what one may hold.
std::string Configuration(const std::vector<std::string>& endpoints) {
  std::string text =
      "listeners:\n- address: 127.0.0.1:0\n"
      "lanes: 2\n"
      "server: {handshake_timeout: 500ms}\n"
      "callers: {max_connections: 12000, request_timeout: 500ms, answer_timeout: 500ms,"
      " max_total_held_bytes: 1073741824}\n"
      "endpoints:\n";
  for (const std::string& endpoint : endpoints) text += endpoint;
  return text;
}

std::string Endpoint(const std::string& name, const std::string& emulator) {
  return "- name: " + name + "\n  dialect: CLASSIC\n  url: http://" + emulator +
         "/workspaces/ws/services/iris\n"
         "  api_key: {env: HOSTILE_KEY}\n"
         "  limits: {max_in_flight: 4000}\n";
}

std::chrono::nanoseconds Read(clockid_t clock) {
  timespec time{};
  if (clock_gettime(clock, &time) != 0) return {};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// A line of /proc/PID/status in bytes, such as "VmRSS:".
std::size_t StatusLine(pid_t pid, const std::string& name) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string word; status >> word;) {
    std::size_t kibibytes = 0;
    if (word == name && status >> kibibytes) return kibibytes * 1024;
  }
  return 0;
}

}  // namespace

Target::Target() {
  setenv("HOSTILE_KEY", "a-key-for-hostile-peers", 1);
  std::string program = e2e::Program("scoregate");
  std::vector<std::string> endpoints;
  for (const char* name : {kAttacked, kOthers}) {
    auto& emulator = emulators_.emplace_back(std::make_unique<e2e::Server>(
        std::vector<std::string>{program, "emulator", "--address", "127.0.0.1:0"}));
    endpoints.push_back(Endpoint(name, Started(*emulator, "the emulator")));
  }
  configuration_ = Configuration(endpoints);
  std::string config = e2e::WriteFile("gateway.yaml", configuration_);
  gateway_ =
      std::make_unique<e2e::Server>(std::vector<std::string>{program, "serve", "--config", config});
  address_ = Started(*gateway_, "the gateway");
}

std::chrono::nanoseconds Target::cpu() const {
  clockid_t clock{};
  if (clock_getcpuclockid(gateway_->pid(), &clock) != 0) return {};
  return Read(clock);
}

std::size_t Target::rss() const {
  return StatusLine(gateway_->pid(), "VmRSS:");
}

std::size_t Target::peak() const {
  return StatusLine(gateway_->pid(), "VmHWM:");
}

void Target::ResetPeak() {
  constexpr char kForgetPeak[] = "5";
  std::ofstream("/proc/" + std::to_string(gateway_->pid()) + "/clear_refs") << kForgetPeak;
}

std::chrono::nanoseconds ThreadCpu() {
  return Read(CLOCK_THREAD_CPUTIME_ID);
}

std::size_t RaiseFileLimit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

}  // namespace scoregate::hostile
