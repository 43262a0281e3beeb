// The attacker's end of one connection: a plain socket that sends any bytes and skims what comes.
#pragma once

#include <nghttp2/nghttp2.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tests/hostile/bytes.h"
#include "tests/rpc/h2_peer.h"

namespace scoregate::hostile {

/// What came on one stream.
struct Answer {
  rpc::Fields fields;
  std::size_t data_bytes = 0;
  bool ended = false;
  std::optional<std::uint32_t> reset;
};

/// Reads frames just deep enough to tell how streams and the connection end: an attacker is cheap,
/// and what it spends is compared with what the gateway spends.
class Skimmer {
 public:
  Skimmer();
  ~Skimmer();
  Skimmer(const Skimmer&) = delete;
  Skimmer& operator=(const Skimmer&) = delete;

  void Feed(std::string_view bytes);

  std::map<std::uint32_t, Answer> answers;
  std::optional<std::uint32_t> goaway;
  std::size_t ping_acks = 0;
  std::size_t settings_acks = 0;
  std::size_t settings_frames = 0;  // That are no acks.
  /// What WINDOW_UPDATE has added, by stream, and what SETTINGS say that a stream begins with.
  std::map<std::uint32_t, std::int64_t> windows = {{0, 0}};
  std::int64_t first_window = kFirstWindow;

 private:
  void Take(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload);

  std::string pending_;
  nghttp2_hd_inflater* inflater_ = nullptr;
};

/// One connection to "127.0.0.1:PORT". Closed without lingering, so that thousands leave no port
/// behind.
class Peer {
 public:
  using Clock = std::chrono::steady_clock;
  using Milliseconds = std::chrono::milliseconds;
  /// No wait of an attacker is longer.
  static constexpr Milliseconds kPatience{10'000};

  explicit Peer(const std::string& address);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  /// Sends all of it, and reads meanwhile. False where the gateway has closed, or takes nothing for
  /// kPatience.
  bool Send(std::string_view bytes);
  /// Reads what comes until `done` or the end of the connection; false where time ran out first.
  template <typename Done>
  bool ReadUntil(Done done, Milliseconds patience = kPatience) {
    auto until = Clock::now() + patience;
    while (!done()) {
      if (closed_) return false;
      if (!WaitAndRead(until)) return false;
    }
    return true;
  }
  /// Takes what has come, and waits for nothing.
  void Take() {
    while (ReadSome()) {
    }
  }
  /// Waits for the end of the connection; false where it stays.
  bool ReadToEnd(Milliseconds patience = kPatience);
  /// Lets time pass and reads nothing.
  static void Pause(Milliseconds time);
  /// From here on nothing is taken off the connection.
  void StopReading() { reads_ = false; }
  /// Shrinks what the system takes off the connection unasked.
  void ShrinkReceiveBuffer();

  bool connected() const { return fd_ >= 0; }
  bool closed() const { return closed_; }
  const Skimmer& seen() const { return seen_; }
  Answer& answer(std::uint32_t stream) { return seen_.answers[stream]; }
  /// Lets go of what a stream brought.
  void Forget(std::uint32_t stream) { seen_.answers.erase(stream); }
  /// "GOAWAY ENHANCE_YOUR_CALM", "closed" or "open".
  std::string Ending() const;

 private:
  bool WaitAndRead(Clock::time_point until);
  bool ReadSome();

  int fd_ = -1;
  bool closed_ = false;
  bool reads_ = true;
  Skimmer seen_;
};

}  // namespace scoregate::hostile
