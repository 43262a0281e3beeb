// The whole server over real sockets, with a caller that writes its own frames.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "echo.pb.h"
#include "gateway/grpcwire/gzip.h"
#include "tests/rpc/echo_server.h"
#include "tests/rpc/h2_peer.h"
#include "tests/rpc/tls_caller.h"

namespace scoregate::rpc {
namespace {

// A blocking connection to a port of 127.0.0.1.
class Caller {
 public:
  explicit Caller(std::uint16_t port) : socket_(Connect(port)) {}
  ~Caller() { Close(); }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// Reads once. False at the end of the connection, or after a time that only a hang takes.
  bool Read() {
    char buffer[4096];
    ssize_t size = ::recv(socket_, buffer, sizeof(buffer), 0);
    if (size <= 0) return false;
    reader_.Feed({buffer, static_cast<std::size_t>(size)});
    return true;
  }

  /// Takes what has come, and waits for nothing.
  void Take() {
    char buffer[4096];
    ssize_t size = ::recv(socket_, buffer, sizeof(buffer), MSG_DONTWAIT);
    if (size > 0) reader_.Feed({buffer, static_cast<std::size_t>(size)});
  }

  /// All that comes until the end of the connection; with "(reset)" where it was no orderly end.
  std::string ReadAll() {
    std::string all;
    char buffer[4096];
    ssize_t size = 0;
    while ((size = ::recv(socket_, buffer, sizeof(buffer), 0)) > 0) {
      all.append(buffer, static_cast<std::size_t>(size));
    }
    return size == 0 ? all : all + "(reset)";
  }

  /// Closes with a reset, as a process that dies with unread input does.
  void Abort() {
    linger now{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    Close();
  }

  void Close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  H2Reader& seen() { return reader_; }

 private:
  int socket_;
  H2Reader reader_;
};

std::string Request(test::Action action) {
  test::EchoRequest request;
  request.set_body("hello");
  request.set_action(action);
  return Message(request.SerializeAsString());
}

std::string ChatCall(std::uint32_t stream, test::Action action) {
  return RequestHeaders(stream, "/scoregate.test.Echo/Chat") + Data(stream, Request(action));
}

TEST(Socket, ALostConnectionUnwindsEveryHandler) {
  EchoServer server;
  Caller orderly(server.port());
  Caller dead(server.port());
  for (Caller* caller : {&orderly, &dead}) {
    std::string frames = Preface();
    for (std::uint32_t id = 1; id < 40; id += 2) frames += ChatCall(id, test::ACTION_HANG);
    caller->Send(frames);
  }
  ASSERT_TRUE(server.seen().WaitForStarted(40));
  orderly.Close();
  EXPECT_TRUE(server.seen().WaitForUnwound(20));
  dead.Abort();
  EXPECT_TRUE(server.seen().WaitForUnwound(40));
  ASSERT_TRUE(server.seen().WaitForEnds(40));
  for (const SeenEnd& end : server.seen().ends()) EXPECT_EQ(end.grpc_status, "");
  EXPECT_EQ(server.calls(), 0u);
}

// Calls that are read and answered beside the lane; some pieces run, others wait, when it ends.
TEST(Socket, LargeCallsMayEndInAnyWayWhileTheyAreUnderWay) {
  enum class Way { kReset, kAbort, kServerStops, kAnswered };
  constexpr std::uint32_t kEnd = 21;
  test::EchoRequest request;
  request.set_body(std::string(500'000, 'x'));
  const std::string plain = request.SerializeAsString();
  std::string packed(plain.size(), '\0');
  packed.resize(grpcwire::Gzip().Deflate(plain, packed));
  for (int round = 0; round < 16; ++round) {
    EchoServer server({}, "127.0.0.1:0", 1);
    Caller caller(server.port());
    std::string calls = Preface();
    std::string resets;
    for (std::uint32_t id = 1; id < kEnd; id += 2) {
      calls += RequestHeaders(id, "/scoregate.test.Echo/Unary", {{"grpc-encoding", "gzip"}}) +
               Data(id, Message(packed, 1), kEndStream);
      resets += Reset(id);
    }
    caller.Send(calls);
    std::this_thread::sleep_for(std::chrono::microseconds(500) * (round / 4));
    switch (static_cast<Way>(round % 4)) {
      case Way::kReset:
        caller.Send(resets);
        break;
      case Way::kAbort:
        caller.Abort();
        break;
      case Way::kServerStops:
        continue;
      case Way::kAnswered:
        // As far as the caller's windows let answers through.
        while (caller.seen().streams[1].data.empty() && caller.Read()) {
        }
        break;
    }
    Caller other(server.port());
    other.Send(Preface() + ChatCall(1, test::ACTION_ECHO) + Data(1, "", kEndStream));
    while (!other.seen().streams[1].ended && other.Read()) {
    }
    EXPECT_TRUE(other.seen().streams[1].ended) << round;
  }
}

TEST(Socket, Http1IsAnsweredInItsOwnWords) {
  const std::string refusal =
      "HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Type: text/plain\r\n"
      "Content-Length: 51\r\nConnection: close\r\n\r\n"
      "This port speaks gRPC over HTTP/2 without Upgrade.\n";
  struct Case {
    const char* name;
    std::string bytes;
    std::string answer;
  };
  const Case cases[] = {
      {"a browser", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", refusal},
      {"a method that begins like the preface", "POST /x HTTP/1.1\r\nHost: x\r\n\r\n{}", refusal},
      {"HTTP/1.0", "HEAD / HTTP/1.0\r\n\r\n", refusal},
      {"an upgrade", "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\n\r\n", refusal},
      {"more than is read at once", "PUT /x HTTP/1.1\r\n\r\n" + std::string(100'000, 'x'), refusal},
      {"a shell", "quit\r\n", ""},
      {"a line without end", std::string(100, 'A') + " / HTTP/1.1", ""},
      {"a preface that is none", "INVALID CONNECTION PREFACE\r\n\r\n", ""},
  };
  EchoServer server;
  for (const Case& row : cases) {
    Caller caller(server.port());
    caller.Send(row.bytes);
    EXPECT_EQ(caller.ReadAll(), row.answer) << row.name;
  }
  EXPECT_EQ(server.calls(), 0u);
}

TEST(Socket, TheServerEndsACallAtItsDeadline) {
  EchoServer server;
  Caller caller(server.port());
  caller.Send(Preface() +
              RequestHeaders(1, "/scoregate.test.Echo/Chat", {{"grpc-timeout", "20m"}}) +
              Data(1, Request(test::ACTION_HANG)) + ChatCall(3, test::ACTION_HANG));
  while (!caller.seen().streams[1].ended && caller.Read()) {
  }
  ASSERT_EQ(caller.seen().streams[1].blocks.size(), 1u);
  EXPECT_EQ(caller.seen().streams[1].blocks[0][4].second, "timeout");
  EXPECT_TRUE(server.seen().WaitForUnwound(1));
  EXPECT_EQ(server.calls(), 1u) << "the call without a deadline goes on";
  ASSERT_TRUE(server.seen().WaitForEnds(1));
  EXPECT_EQ(server.seen().ends()[0].grpc_status, "4");
}

TEST(Socket, ASilentConnectionIsClosed) {
  Limits limits;
  limits.handshake_timeout = std::chrono::milliseconds(20);
  EchoServer server(limits);
  Caller silent(server.port());
  Caller slow(server.port());
  slow.Send(Preface().substr(0, 20));
  for (Caller* caller : {&silent, &slow}) {
    while (caller->Read()) {
    }
    EXPECT_TRUE(caller->seen().streams.size() <= 1) << "nothing but SETTINGS and its window";
  }
}

TEST(Socket, AnIdleConnectionThatHasSpokenStays) {
  Limits limits;
  limits.handshake_timeout = std::chrono::milliseconds(20);
  EchoServer server(limits);
  Caller spoken(server.port());
  spoken.Send(Preface());
  while (spoken.seen().settings_acks == 0 && spoken.Read()) {
  }
  Caller silent(server.port());
  while (silent.Read()) {
  }
  // The silent one's time, which began later, is over.
  spoken.Send(ChatCall(1, test::ACTION_ECHO));
  while (spoken.seen().streams[1].data.empty() && spoken.Read()) {
  }
  EXPECT_FALSE(spoken.seen().streams[1].data.empty());
}

// A connection that is set up, and when it is told to leave.
struct Aging {
  using Clock = std::chrono::steady_clock;

  explicit Aging(std::uint16_t port) : caller(port) {
    caller.Send(Preface());
    while (caller.seen().settings_acks == 0 && caller.Read()) {
    }
  }

  bool IsTold() {
    if (told) return true;
    caller.Take();
    if (!caller.seen().goaways.empty()) told = Clock::now();
    return told.has_value();
  }

  const Clock::time_point before = Clock::now();
  Caller caller;
  const Clock::time_point after = Clock::now();
  std::optional<Clock::time_point> told;
};

// Opens connections one after another and demands that each is told to leave when its age is due.
// Gives whether one was told before another that is older.
bool OneOvertakesAnother(std::uint16_t port, std::chrono::milliseconds age) {
  constexpr std::size_t kConnections = 8;
  // Only a machine that stands still, or a hang, takes longer.
  constexpr std::chrono::seconds kLateness{20};
  std::deque<Aging> connections;
  for (std::size_t i = 0; i < kConnections; ++i) connections.emplace_back(port);
  const auto give_up = connections.back().after + age * 11 / 10 + kLateness;
  bool overtaken = false;
  for (bool all = false; !all && Aging::Clock::now() < give_up;) {
    all = true;
    bool younger_is_told = false;
    // An older one is looked at after the younger ones: what came in order is never taken for what
    // did not, however long it takes to look at all.
    for (auto aging = connections.rbegin(); aging != connections.rend(); ++aging) {
      const bool told = aging->IsTold();
      overtaken = overtaken || (younger_is_told && !told);
      younger_is_told = younger_is_told || told;
      all = all && told;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  for (const Aging& aging : connections) {
    if (!aging.told) ADD_FAILURE() << "a connection was never told to leave";
    if (!aging.told) continue;
    EXPECT_GE(*aging.told - aging.before, age * 9 / 10);
    EXPECT_LE(*aging.told - aging.after, age * 11 / 10 + kLateness);
  }
  return overtaken;
}

// Ages that did not vary would end in the order in which they began, always. Those that do keep to
// it once in 8! times, or where the machine stands still: then they get another chance.
TEST(Socket, ConnectionsThatBeganTogetherAreNotToldToLeaveTogether) {
  constexpr int kChances = 10;
  constexpr std::chrono::milliseconds kAge{500};
  ConnectionPolicy policy;
  policy.max_age = kAge;
  EchoServer server({}, "127.0.0.1:0", 1, nullptr, policy);
  bool overtaken = false;
  for (int i = 0; i < kChances && !overtaken; ++i) {
    overtaken = OneOvertakesAnother(server.port(), kAge);
  }
  EXPECT_TRUE(overtaken) << "each had the same age as the others";
}

TEST(Socket, OneConnectionTooManyIsClosedAndOthersServe) {
  Limits limits;
  limits.max_connections = 2;
  constexpr std::size_t kLanes = 1;
  EchoServer server(limits, "127.0.0.1:0", kLanes);
  auto serves = [](Caller& caller, std::uint32_t stream) {
    caller.Send(ChatCall(stream, test::ACTION_ECHO));
    while (caller.seen().streams[stream].data.empty() && caller.Read()) {
    }
    return !caller.seen().streams[stream].data.empty();
  };
  Caller first(server.port());
  Caller second(server.port());
  for (Caller* caller : {&first, &second}) {
    caller->Send(Preface());
    EXPECT_TRUE(serves(*caller, 1));
  }
  Caller third(server.port());
  while (third.Read()) {
  }
  EXPECT_TRUE(third.seen().settings.empty()) << "closed before a word";
  EXPECT_TRUE(serves(first, 3));
  second.Close();
  while (server.connections() > 1) {
  }
  Caller fourth(server.port());
  fourth.Send(Preface());
  EXPECT_TRUE(serves(fourth, 1)) << "there is room again";
}

TEST(Socket, DrainClosesAConnectionThatIgnoresIt) {
  EchoServer server;
  Caller caller(server.port());
  caller.Send(Preface() + ChatCall(1, test::ACTION_HANG));
  ASSERT_TRUE(server.seen().WaitForStarted(1));
  EXPECT_FALSE(server.Drain(std::chrono::milliseconds(1)));
  EXPECT_EQ(server.connections(), 0u);
  while (caller.Read()) {
  }
  EXPECT_EQ(caller.seen().goaways.size(), 2u);
  EXPECT_EQ(caller.seen().streams[1].blocks[0][4].second, "shutting_down");
}

}  // namespace
}  // namespace scoregate::rpc
