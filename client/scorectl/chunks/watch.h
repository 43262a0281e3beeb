// Ends a long call from outside: by Ctrl-C, or because nothing is answered any more.
#pragma once

#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

#include "client/scorectl/chunks/tables.h"

namespace scoregate::scorectl {

/// Made before other threads are: SIGINT and SIGTERM then come here and nowhere else, unless they
/// were ignored from the beginning. One that comes
/// later, while what is left is still being done, ends the program at once.
class Watch {
 public:
  Watch();
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// Calls `give_up` once, on a thread of its own, at a signal or when no answer came for so long.
  void Begin(const Tables& tables, std::chrono::milliseconds longest_silence,
             std::function<void()> give_up);
  /// From now on nothing is watched any more. The signals stay caught.
  void Stop();

  /// The signal that came; 0 where none did.
  int signal() const { return signal_; }
  bool was_silent() const { return silent_; }

 private:
  void Run(const Tables& tables, std::chrono::milliseconds longest_silence);
  bool TakeSignal();

  sigset_t caught_;
  sigset_t before_;
  int signals_ = -1;
  int stopped_ = -1;
  std::atomic<int> signal_ = 0;
  std::atomic<bool> silent_ = false;
  std::function<void()> give_up_;
  std::thread thread_;
};

/// Ends the program by that signal, as it would have ended had nobody caught it: a shell that runs
/// it in a loop has to see that.
[[noreturn]] void EndBySignal(int number);

}  // namespace scoregate::scorectl
