// A TCP proxy on loopback that hurts what goes through it: the eight toxics of Toxiproxy, by name
// and meaning.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace scoregate::support {

/// What a toxic does from the moment it is added, to connections that are open as well.
enum class ToxicKind {
  kLatency,    ///< Every byte comes `time` later.
  kDown,       ///< No connection is taken any more, and those that are open are closed.
  kBandwidth,  ///< `bytes` a second go through.
  kSlowClose,  ///< The end of the connection comes `time` later.
  kTimeout,    ///< Nothing goes through, and after `time` the connection is closed.
  kResetPeer,  ///< Nothing goes through, and after `time` the connection is reset.
  kSlicer,     ///< Goes through in slices of `bytes`, each `time` after the one before.
  kLimitData,  ///< After `bytes` the connection is closed.
};

/// Which way the bytes go that are hurt.
enum class Flow { kRequest, kAnswer };

struct Toxic {
  ToxicKind kind;
  Flow flow = Flow::kAnswer;
  std::chrono::milliseconds time{0};
  std::size_t bytes = 0;
};

/// Something between client and server that can be made worse. Any thread.
class FaultyNetwork {
 public:
  virtual ~FaultyNetwork() = default;
  /// Where clients connect to.
  virtual std::uint16_t port() const = 0;
  /// From now on, when this returns; at most one toxic in all.
  virtual void Add(const Toxic& toxic) = 0;
  /// Waits until what the server has sent is with the client.
  virtual void Settle() = 0;
};

/// One thread for all connections.
class FaultProxy final : public FaultyNetwork {
 public:
  explicit FaultProxy(std::uint16_t server_port);
  ~FaultProxy() override;
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  std::uint16_t port() const override { return port_; }
  void Add(const Toxic& toxic) override;
  void Settle() override;

 private:
  struct Pipe;
  struct Link;

  void Run();
  void Apply();
  void Accept();
  void Wake();
  int WaitForWork();
  void ServeLinks();
  void CloseListener();

  const std::uint16_t server_port_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  int wake_event_ = -1;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Toxic> toxic_;
  bool applied_ = true;
  std::vector<std::unique_ptr<Link>> links_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace scoregate::support
