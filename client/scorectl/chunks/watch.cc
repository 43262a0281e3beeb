#include "client/scorectl/chunks/watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace scoregate::scorectl {
namespace {

// How often it is looked whether answers still come.
constexpr int kLookMilliseconds = 50;
// timeout(1) and others signal both a program and its group; within this, that is one signal.
constexpr int kOneSignalMilliseconds = 500;

bool IsIgnored(int number) {
  struct sigaction action {};
  sigaction(number, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

// The gateway's own word that an endpoint was too slow says more than silence, and comes a little
// after the same time.
std::chrono::milliseconds WithGrace(std::chrono::milliseconds longest) {
  return longest + std::min(longest / 10, std::chrono::milliseconds(1000));
}

}  // namespace

Watch::Watch() {
  sigemptyset(&caught_);
  for (int number : {SIGINT, SIGTERM}) {
    if (!IsIgnored(number)) sigaddset(&caught_, number);
  }
  pthread_sigmask(SIG_BLOCK, &caught_, &before_);
  signals_ = signalfd(-1, &caught_, SFD_CLOEXEC | SFD_NONBLOCK);
  stopped_ = eventfd(0, EFD_CLOEXEC);
}

Watch::~Watch() {
  Stop();
  close(signals_);
  close(stopped_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Watch::Begin(const Tables& tables, std::chrono::milliseconds longest_silence,
                  std::function<void()> give_up) {
  give_up_ = std::move(give_up);
  thread_ = std::thread([this, &tables, longest_silence] { Run(tables, longest_silence); });
}

void Watch::Stop() {
  if (!thread_.joinable()) return;
  const std::uint64_t one = 1;
  // It cannot fill up: one is added once.
  [[maybe_unused]] ssize_t written = write(stopped_, &one, sizeof one);
  thread_.join();
}

void Watch::Run(const Tables& tables, std::chrono::milliseconds longest_silence) {
  const auto longest = WithGrace(longest_silence);
  std::array<pollfd, 2> watched = {{{stopped_, POLLIN, 0}, {signals_, POLLIN, 0}}};
  while (true) {
    const int ready = poll(watched.data(), watched.size(), kLookMilliseconds);
    if (ready > 0 && watched[0].revents != 0) return;
    if (ready > 0 && TakeSignal()) break;
    silent_ = tables.Silence() >= longest;
    if (silent_) break;
  }
  give_up_();
  if (poll(watched.data(), 1, kOneSignalMilliseconds) > 0) return;
  // Whoever asks again does not want to wait for what is left to do.
  while (TakeSignal()) continue;
  pthread_sigmask(SIG_UNBLOCK, &caught_, nullptr);
  poll(watched.data(), 1, -1);
}

bool Watch::TakeSignal() {
  signalfd_siginfo info{};
  if (read(signals_, &info, sizeof info) != sizeof info) return false;
  signal_ = static_cast<int>(info.ssi_signo);
  return true;
}

void EndBySignal(int number) {
  std::signal(number, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  std::raise(number);
  std::abort();
}

}  // namespace scoregate::scorectl
