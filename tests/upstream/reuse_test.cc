// Connections that close while they wait, and what is sent again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/scripted_server.h"
#include "tests/upstream/stage.h"

namespace scoregate::upstream {
namespace {

using support::Script;
using support::ScriptedServer;

const std::string kHello = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
const std::string kSecond = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecond";

Script First() {
  return Script().ReadRequest().Write(kHello);
}

Script Second() {
  return Script().ReadRequest().Write(kSecond);
}

TEST(Reuse, NoticesThatAWaitingConnectionWasClosed) {
  for (Script ending : {First().Close(), First().Reset()}) {
    ScriptedServer server({ending, Second()});
    Stage stage(server.port());
    EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");
    ASSERT_TRUE(server.WaitForEnd(0));
    EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
    EXPECT_EQ(stage.client().stats().exchanges_retried, 0u);
    EXPECT_EQ(stage.client().stats().connections_reused, 0u);
  }
}

TEST(Reuse, DropsAConnectionOnWhichSomethingCameUnasked) {
  const std::string kUnasked = "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n";
  ScriptedServer server({First().Pause().Write(kUnasked).Pause(), Second()});
  Stage stage(server.port());
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");
  server.Resume();
  ASSERT_TRUE(server.WaitForPause(0, 2));
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
  EXPECT_EQ(server.connections(), 2u);
  EXPECT_EQ(stage.client().stats().connections_reused, 0u);
}

// The answer to the first request would come when the second one is asked.
TEST(Reuse, KeepsNoConnectionOnWhichThePeerSpokeFirst) {
  ScriptedServer server({Script().Write(kHello).Pause().ReadRequest().Write(kHello), Second()});
  Stage stage(server.port());
  std::unique_ptr<Pending> call = stage.Start(SmallRequest());
  // Step by step, so that the greeting is there before the loop sees that it is connected.
  constexpr int kMostSteps = 8;
  for (int step = 0; step < kMostSteps && server.connections() == 0; ++step) {
    stage.context().restart();
    stage.context().poll_one();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_TRUE(server.WaitForPause(0, 1));
  ASSERT_TRUE(stage.RunUntil([&] { return call->ended(); }));
  EXPECT_EQ(Describe(call->outcome(), server.port()), "200 hello");
  EXPECT_EQ(stage.client().idle_connections(), 0u);
  server.Resume();
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
}

struct ClosingRow {
  const char* name;
  Script first;  ///< Answers one request, then does it.
  bool idempotent;
  std::string expected;
  std::uint64_t retried;
};

std::vector<ClosingRow> ClosingRows() {
  const std::string kBefore = "reset_after_send: the connection to PLACE broke before the answer: ";
  return {
      {"closed, may be repeated", First().ReadRequest().Close(), true, "200 second", 1},
      {"reset, may be repeated", First().ReadRequest().Reset(), true, "200 second", 1},
      {"closed, may not be repeated", First().ReadRequest().Close(), false,
       kBefore + "it was closed", 0},
      {"reset, may not be repeated", First().ReadRequest().Reset(), false,
       kBefore + "Connection reset by peer", 0},
      {"closed inside the answer", First().ReadRequest().Write("H").Close(), true,
       "reset_after_send: the connection to PLACE broke inside the answer: it was closed", 0},
      {"answered nonsense", First().ReadRequest().Write("nonsense").Close(), true,
       "response_invalid: the answer of PLACE was refused: it does not begin with HTTP/", 0},
  };
}

TEST(Reuse, RepeatsOnlyWhatMayBeRepeated) {
  for (const ClosingRow& row : ClosingRows()) {
    ScriptedServer server({row.first, Second()});
    Stage stage(server.port());
    stage.idempotent = row.idempotent;
    ASSERT_EQ(stage.Exchange(SmallRequest()), "200 hello") << row.name;
    EXPECT_EQ(stage.Exchange(SmallRequest()), row.expected) << row.name;
    EXPECT_EQ(stage.client().stats().exchanges_retried, row.retried) << row.name;
    EXPECT_EQ(stage.client().stats().connections_reused, 1u) << row.name;
    EXPECT_EQ(server.connections(), 1 + row.retried) << row.name;
  }
}

TEST(Reuse, RepeatsOnceOnANewConnection) {
  // Two connections wait; both would close under the next request, and so would a third.
  ScriptedServer server({Script().ReadRequest().Pause().Write(kHello).ReadRequest().Close(),
                         Script().ReadRequest().Pause().Write(kHello).ReadRequest().Close(),
                         Script().ReadRequest().Close()});
  Stage stage(server.port());
  stage.idempotent = true;
  auto one = stage.Start(SmallRequest());
  auto two = stage.Start(SmallRequest());
  ASSERT_TRUE(stage.RunUntil([&] { return server.connections() == 2; }));
  server.Resume();
  server.Resume();
  ASSERT_TRUE(stage.RunUntil([&] { return one->ended() && two->ended(); }));
  ASSERT_EQ(stage.client().idle_connections(), 2u);
  EXPECT_EQ(stage.Exchange(SmallRequest()),
            "reset_after_send: the connection to PLACE broke before the answer: it was closed");
  EXPECT_EQ(server.connections(), 3u);
  EXPECT_EQ(stage.client().idle_connections(), 1u);
  EXPECT_EQ(stage.client().stats().exchanges_retried, 1u);
}

TEST(Reuse, TakesTheConnectionThatWaitedLeast) {
  ScriptedServer server({Script().ReadRequest().Pause().Write(kHello).ReadRequest().Write(kSecond),
                         First().ReadRequest().Write(kHello)});
  Stage stage(server.port());
  auto one = stage.Start(SmallRequest());
  ASSERT_TRUE(stage.RunUntil([&] { return server.received(0).ends_with("{}"); }));
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");  // On the other connection.
  server.Resume();
  ASSERT_TRUE(stage.RunUntil([&] { return one->ended(); }));
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
}

TEST(Reuse, ClosesConnectionsThatWaitTooLong) {
  ScriptedServer server({First(), Second()});
  Stage stage(server.port());
  stage.settings.limits.idle_timeout = std::chrono::milliseconds(30);
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");
  EXPECT_TRUE(stage.RunUntil([&] { return stage.client().idle_connections() == 0; }));
  EXPECT_TRUE(server.WaitForEnd(0));
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
}

TEST(Reuse, KeepsNoneWhereNoneMayWait) {
  ScriptedServer server({First(), Second()});
  Stage stage(server.port());
  stage.settings.limits.max_idle_connections = 0;
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");
  EXPECT_TRUE(server.WaitForEnd(0));
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
}

}  // namespace
}  // namespace scoregate::upstream
