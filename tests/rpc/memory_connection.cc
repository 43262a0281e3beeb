#include "tests/rpc/memory_connection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <chrono>
#include <cstring>
#include <utility>

namespace scoregate::rpc {

// Shared by the transport, which the session owns, and the test.
struct MemoryConnection::Wire {
  std::span<std::uint8_t> buffer;
  std::shared_ptr<Transport::Sink> reader;
  std::shared_ptr<Transport::Sink> writer;
  std::string written;
  std::size_t writes = 0;
  std::size_t untaken = 0;  // Of the write that is held.
  bool hold_writes = false;
  bool ended = false;
  bool closed = false;
};

class MemoryConnection::WireTransport final : public Transport {
 public:
  WireTransport(std::shared_ptr<Wire> wire, lane::Lane& lane)
      : wire_(std::move(wire)), lane_(lane) {}

  void Read(std::span<std::uint8_t> buffer, std::shared_ptr<Sink> sink) override {
    wire_->buffer = buffer;
    wire_->reader = std::move(sink);
  }

  std::size_t WriteNow(std::span<const std::uint8_t>, Follows) override { return 0; }

  void Write(std::span<const std::uint8_t> bytes, std::shared_ptr<Sink> sink) override {
    ++wire_->writes;
    wire_->written.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (wire_->hold_writes) {
      wire_->untaken = bytes.size();
      wire_->writer = std::move(sink);
    } else {
      lane_.Post([sink] { sink->OnWritten({}); });
    }
  }

  void EndWriting() override { wire_->ended = true; }

  void WaitForEnd(std::shared_ptr<Sink> sink) override { wire_->reader = std::move(sink); }

  void Close() override {
    wire_->closed = true;
    auto aborted = boost::asio::error::make_error_code(boost::asio::error::operation_aborted);
    if (auto sink = std::exchange(wire_->reader, nullptr)) {
      lane_.Post([sink, aborted] { sink->OnRead(aborted, 0); });
    }
    if (auto sink = std::exchange(wire_->writer, nullptr)) {
      lane_.Post([sink, aborted] { sink->OnWritten(aborted); });
    }
  }

 private:
  std::shared_ptr<Wire> wire_;
  lane::Lane& lane_;
};

MemoryConnection::MemoryConnection(const Limits& limits, const ConnectionPolicy& policy,
                                   AnswerCompression compression)
    : wire_(std::make_shared<Wire>()) {
  SessionsOptions options = MakeEchoOptions(sightings_, limits);
  options.connection = policy;
  options.answer_compression = compression;
  auto context =
      std::make_shared<SessionContext>(lane_, MakeEchoRouter(sightings_), std::move(options));
  auto peer = std::make_shared<Peer>();
  peer->address = "memory";
  auto session = std::make_shared<Session>(
      std::move(context), std::make_unique<WireTransport>(wire_, lane_), std::move(peer));
  session_ = session;
  // As Sessions do, which hold it until it has closed.
  session->Start([this, session] { closed_ = true; });
  session.reset();
  Run();
}

MemoryConnection::~MemoryConnection() {
  Run([](Session& session) { session.Close(); });
  EXPECT_TRUE(session_.expired()) << "something keeps the session";
  EXPECT_TRUE(closed_);
  EXPECT_EQ(sightings_->started(), sightings_->unwound()) << "a handler was left hanging";
}

void MemoryConnection::Run() {
  // A piece may end between poll and Settle, which then has waited for nothing: what it gave back
  // is still to be run.
  for (bool more = true; more;) {
    const bool settled = lane_.aside().Settle();
    lane_.context().restart();
    more = lane_.context().poll() > 0 || settled;
  }
  reader_.Feed(std::exchange(wire_->written, {}));
}

void MemoryConnection::RunFor(std::chrono::milliseconds time) {
  lane_.context().restart();
  lane_.context().run_for(time);
  reader_.Feed(std::exchange(wire_->written, {}));
}

void MemoryConnection::RunUntil(const std::function<bool()>& done) {
  constexpr std::chrono::milliseconds kStep{5};
  constexpr int kMostSteps = 1000;
  for (int i = 0; i < kMostSteps && !done(); ++i) RunFor(kStep);
}

void MemoryConnection::Run(std::function<void(Session&)> step) {
  lane_.Post([weak = session_, step = std::move(step)] {
    if (auto session = weak.lock()) step(*session);
  });
  Run();
}

void MemoryConnection::Send(std::string_view bytes) {
  while (!bytes.empty() && wire_->reader && !wire_->ended) {
    std::size_t size = std::min(bytes.size(), wire_->buffer.size());
    std::memcpy(wire_->buffer.data(), bytes.data(), size);
    bytes.remove_prefix(size);
    lane_.Post([sink = std::exchange(wire_->reader, nullptr), size] { sink->OnRead({}, size); });
    Run();
  }
}

void MemoryConnection::SendBytewise(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) Send(bytes.substr(i, 1));
}

void MemoryConnection::Hangup() {
  if (auto sink = std::exchange(wire_->reader, nullptr)) {
    auto reset = boost::asio::error::make_error_code(boost::asio::error::connection_reset);
    lane_.Post([sink, reset] { sink->OnRead(reset, 0); });
    sink.reset();
  }
  Run();
}

bool MemoryConnection::reads() const {
  return wire_->reader != nullptr;
}

void MemoryConnection::HoldWrites() {
  wire_->hold_writes = true;
}

void MemoryConnection::TakeWritten(std::size_t bytes) {
  while (bytes > 0 && wire_->writer) {
    std::size_t taken = std::min(bytes, wire_->untaken);
    wire_->untaken -= taken;
    bytes -= taken;
    if (wire_->untaken > 0) return;
    lane_.Post([sink = std::exchange(wire_->writer, nullptr)] { sink->OnWritten({}); });
    Run();
  }
}

bool MemoryConnection::ended_writing() const {
  return wire_->ended;
}

std::size_t MemoryConnection::writes() const {
  return wire_->writes;
}

std::string WidePreface() {
  constexpr std::uint16_t kInitialWindowSetting = 4;
  return Preface({{kInitialWindowSetting, kWideWindow}}) +
         Frame(FrameType::kWindowUpdate, kNoFlags, 0, Number32(kWideWindow));
}

Limits WideLimits() {
  Limits limits;
  limits.call_window_bytes = kWideWindow;
  limits.connection_window_bytes = kWideWindow;
  limits.answer_backlog_bytes = kWideWindow;
  return limits;
}

}  // namespace scoregate::rpc
