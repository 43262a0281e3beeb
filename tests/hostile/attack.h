// An attack as a row of a table: what it does, what it stands for, and how it must end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tests/hostile/bytes.h"
#include "tests/hostile/peer.h"

namespace scoregate::hostile {

/// How much an attack does.
struct Scale {
  /// Connections that an attack holds open at a time.
  std::size_t connections = 20;
  /// The same for rows whose point is their number.
  std::size_t many_connections = 200;
};

/// Where an attack is played.
class Field {
 public:
  Field(std::string address, Scale scale) : address_(std::move(address)), scale_(scale) {}

  const Scale& scale() const { return scale_; }
  /// A connection on which nothing was sent yet.
  std::unique_ptr<Peer> Connect();
  /// A connection with preface, these SETTINGS and the acknowledged SETTINGS of the gateway.
  std::unique_ptr<Peer> Open(
      const std::vector<std::pair<std::uint16_t, std::uint32_t>>& settings = {});
  /// What was open at most at a time, for the memory of one.
  std::size_t most_connections() const { return most_; }
  void Holding(std::size_t connections) { most_ = std::max(most_, connections); }
  /// Told when everything is open that will be: memory is read then.
  std::function<void()> on_peak = [] {};

 private:
  std::string address_;
  Scale scale_;
  std::size_t most_ = 1;
};

/// Whose bar a row is held to.
enum class Kind {
  kFlood,    ///< Played again and again: CPU is compared with the attacker's.
  kHold,     ///< Many connections that do little, as long as they may: CPU and memory.
  kCalls,    ///< Calls as anybody may make them, whose answers or ends come to nothing: memory.
  kRequest,  ///< One bad request, read and answered like any other.
};

struct Attack {
  const char* name;
  /// A CVE or a document.
  const char* stands_for;
  Kind kind;
  /// What `play` must give: for a connection "GOAWAY ENHANCE_YOUR_CALM", "closed" or "open"; for a
  /// stream "RST_STREAM PROTOCOL_ERROR", "grpc-status 3" or "HTTP 405" and whether the connection
  /// serves the next call.
  const char* ending;
  std::string (*play)(Field&);
};

/// All rows, in the order of the table.
std::vector<Attack> AllAttacks();
/// Rows that keep a machine busy for many seconds: at full scale only.
std::vector<Attack> HeavyAttacks();
std::vector<Attack> FrameFloods();
std::vector<Attack> StreamFloods();
std::vector<Attack> HeaderAttacks();
std::vector<Attack> WindowAttacks();
std::vector<Attack> SlowAttacks();
std::vector<Attack> RequestAttacks();
std::vector<Attack> ConnectionAttacks();

/// Large calls of callers that do nothing wrong: what the process keeps of such work for the next
/// is no attacker's doing.
void WarmUp(Field& field);

/// Sends `chunk` until the gateway ends the connection, `most_bytes` at most, and says how it
/// ended.
std::string Flood(Peer& peer, const std::string& chunk, std::size_t most_bytes = 16u << 20);
/// Waits for an end that must come by itself, and says which.
std::string EndingOf(Peer& peer, Peer::Milliseconds patience = Peer::kPatience);
/// What AfterThat says of a connection that serves.
inline constexpr char kServes[] = "; connection serves";
/// Sends frames and says what became of a stream, and then of the connection.
std::string Ask(Peer& peer, const std::string& frames, std::uint32_t stream = 1);
/// What became of a stream, without sending anything.
std::string VerdictOn(Peer& peer, std::uint32_t stream);
/// "; connection serves" where another Score on that stream is answered, else how it ended.
std::string AfterThat(Peer& peer, std::uint32_t stream);
/// The endings of several connections as one: the common one, or a count of each.
std::string Together(std::span<const std::string> endings);

}  // namespace scoregate::hostile
