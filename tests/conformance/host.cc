#include "tests/conformance/host.h"

#include <pthread.h>
#include <signal.h>

#include <cstdlib>
#include <iostream>
#include <utility>

#include "gateway/grpcwire/percent_encoding.h"
#include "gateway/translation/translate.h"

namespace scoregate::conformance {
namespace {

constexpr std::size_t kLanes = 2;

sigset_t EndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// For this thread and all that it starts, so that Serve alone gets them.
void BlockEndSignals() {
  sigset_t signals = EndSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

[[noreturn]] void GiveUp(const std::string& why) {
  std::cerr << why << "\n";
  std::exit(1);
}

rpc::SessionsOptions OptionsOf(const rpc::Limits& limits) {
  rpc::SessionsOptions options;
  options.limits = limits;
  options.write_failure = [](const http::Fault& fault, const rpc::CallView&) {
    google::rpc::Status status = translation::Translate(fault, translation::CallFacts()).Status();
    return rpc::Metadata{{"grpc-status", std::to_string(status.code())},
                         {"grpc-message", grpcwire::PercentEncode(status.message())}};
  };
  return options;
}

}  // namespace

Host::Host(const MakeRouter& make_router, const HostOptions& options) : lanes_(kLanes) {
  BlockEndSignals();
  if (options.tls) {
    rpc::MadeServerTls made = rpc::ServerTls::Make(*options.tls);
    if (made.problem) GiveUp("TLS: " + made.problem->text);
    tls_ = made.tls;
  }
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    sessions_.push_back(
        std::make_unique<rpc::Sessions>(lanes_[i], make_router(), OptionsOf(options.limits)));
  }
  lanes_.Start();
  listener_ = std::make_shared<lane::Listener>(lanes_);
  if (auto error = listener_->Open("127.0.0.1:0")) GiveUp("cannot listen: " + error.message());
  listener_->Start([this](std::size_t lane, lane::StreamSocket socket) {
    sessions_[lane]->Adopt(std::move(socket), tls_);
  });
}

Host::~Host() {
  listener_->Stop();
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].Run([&] { sessions_[i].reset(); });
  }
  lanes_.Stop();
}

void Host::Serve() {
  sigset_t signals = EndSignals();
  int received = 0;
  sigwait(&signals, &received);
}

lane::Task<void> Sleep(rpc::Call call, std::chrono::microseconds time) {
  lane::Timer timer(call.executor());
  timer.expires_after(time);
  co_await timer.async_wait(lane::kUseTask);
}

}  // namespace scoregate::conformance
