#include "gateway/cli/running/until_signal.h"

#include <csignal>
#include <iostream>

namespace scoregate::cli {
namespace {

sigset_t HandledSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, number);
  return signals;
}

}  // namespace

void BlockSignals() {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t signals = HandledSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void WaitForEnd(const std::function<void()>& on_hangup) {
  sigset_t signals = HandledSignals();
  int number = 0;
  while (sigwait(&signals, &number) == 0 && number == SIGHUP) {
    if (on_hangup) {
      on_hangup();
    } else {
      std::cerr << "scoregate: SIGHUP: nothing is reloaded here; restart it\n";
    }
  }
}

}  // namespace scoregate::cli
