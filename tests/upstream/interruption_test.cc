// Calls that are cancelled or run out of time, at every step of an exchange.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <string>

#include "tests/support/scripted_server.h"
#include "tests/upstream/stage.h"

namespace scoregate::upstream {
namespace {

using support::Script;
using support::ScriptedServer;

// Long enough to get to any step on a busy machine, short enough to wait for.
constexpr std::chrono::milliseconds kShort{200};

// Does not answer until it is told to.
class SilentResolver final : public Resolver {
 public:
  ResolvedName Resolve(const std::string&) override {
    asked_.set_value();
    released_.get_future().wait();
    return {};
  }
  void Release() { released_.set_value(); }
  bool WaitUntilAsked() {
    return asked_.get_future().wait_for(kLongestRun) == std::future_status::ready;
  }

 private:
  std::promise<void> asked_;
  std::promise<void> released_;
};

// A port that takes no connection and refuses none: its queue is full.
class FullPort {
 public:
  FullPort() : acceptor_(context_) {
    using boost::asio::ip::tcp;
    tcp::endpoint any(boost::asio::ip::address_v4::loopback(), 0);
    acceptor_.open(any.protocol());
    acceptor_.bind(any);
    constexpr int kNoQueue = 0;
    acceptor_.listen(kNoQueue);
    // The kernel takes one more than it was told; what is beyond that stays unanswered.
    constexpr int kMoreThanItTakes = 4;
    for (int i = 0; i < kMoreThanItTakes; ++i) {
      sockets_.emplace_back(context_);
      sockets_.back().async_connect(acceptor_.local_endpoint(), [](auto) {});
    }
    context_.poll();
  }
  std::uint16_t port() { return acceptor_.local_endpoint().port(); }

 private:
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::vector<boost::asio::ip::tcp::socket> sockets_;
};

/// A place in an exchange where it can wait for ever, and what is to be said of that.
struct StepRow {
  const char* name;
  std::function<void(Stage&)> prepare;
  Script script;
  std::size_t bytes;  ///< How many bytes the server has got when the step is reached.
  std::string timeout;
  std::string connect_timeout;  ///< Empty where the time to connect is over by then.
};

const std::string kAnswerLate =
    "timeout: the time for the call ran out while waiting for the answer of PLACE";

std::vector<StepRow> StepRows() {
  auto plain = [](Stage&) {};
  auto large = [](Stage& stage) { stage.settings.limits.max_request_bytes = 64u << 20; };
  return {
      {"waiting for the answer", plain, Script().ReadRequest().Pause(), 100, kAnswerLate, ""},
      {"inside the head", plain, Script().ReadRequest().Write("HTTP/1.1 2").Pause(), 100,
       kAnswerLate, ""},
      {"inside the body", plain,
       Script().ReadRequest().Write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe").Pause(), 100,
       kAnswerLate, ""},
      {"inside a chunk", plain,
       Script()
           .ReadRequest()
           .Write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5")
           .Pause(),
       100, kAnswerLate, ""},
      {"sending", large, Script().ReadHead().Pause(), 100, kAnswerLate, ""},
      {"TLS handshake", [](Stage& stage) { stage.settings.address.tls = true; },
       Script().ReadBytes(100).Pause(), 100,
       "timeout: the time for the call ran out while making a TLS handshake with PLACE",
       "tls: no TLS handshake with PLACE within 200 ms, the endpoint's connect_timeout"},
      {"tunnel",
       [](Stage& stage) {
         stage.settings.address.tls = true;
         stage.settings.proxy = "127.0.0.1:" + std::to_string(stage.settings.address.port);
       },
       Script().ReadHead().Pause(), 30,
       "timeout: the time for the call ran out while connecting to the proxy PLACE",
       "connect: the proxy PLACE opened no tunnel to PLACE within 200 ms, the endpoint's "
       "connect_timeout"},
  };
}

http::HttpRequest RequestFor(const StepRow& row) {
  http::HttpRequest request = SmallRequest();
  if (std::string_view(row.name) == "sending") request.body.assign(32u << 20, 'x');
  return request;
}

TEST(Interruption, CancelsEveryStepAtOnce) {
  for (const StepRow& row : StepRows()) {
    ScriptedServer server({row.script});
    Stage stage(server.port());
    row.prepare(stage);
    auto call = stage.Start(RequestFor(row));
    ASSERT_TRUE(stage.RunUntil([&] { return server.received(0).size() >= row.bytes; })) << row.name;
    EXPECT_FALSE(call->ended()) << row.name;
    call->Cancel();
    stage.context().restart();
    stage.context().poll();
    ASSERT_TRUE(call->ended()) << row.name;
    EXPECT_EQ(Describe(call->outcome(), server.port()), "cancelled: the call was cancelled");
    EXPECT_EQ(stage.client().idle_connections(), 0u) << row.name;
    server.Resume();
    EXPECT_TRUE(server.WaitForEnd(0)) << row.name << ": the connection is still open";
  }
}

TEST(Interruption, EndsEveryStepAtTheDeadline) {
  for (const StepRow& row : StepRows()) {
    ScriptedServer server({row.script});
    Stage stage(server.port());
    row.prepare(stage);
    stage.timeout = kShort;
    EXPECT_EQ(stage.Exchange(RequestFor(row)), row.timeout) << row.name;
    EXPECT_EQ(stage.client().idle_connections(), 0u) << row.name;
    server.Resume();
    EXPECT_TRUE(server.WaitForEnd(0)) << row.name << ": the connection is still open";
  }
}

TEST(Interruption, NamesTheLimitThatWasOver) {
  using Whose = http::TimeLimit::Whose;
  struct Row {
    Whose whose;
    const char* named;
  };
  for (const Row& row :
       {Row{Whose::kEndpoint, ": after 200 ms, the endpoint's timeout"},
        Row{Whose::kCaller, ": after 200 ms, the caller's deadline"}, Row{Whose::kNobodys, ""}}) {
    ScriptedServer server({Script().ReadRequest().Pause()});
    Stage stage(server.port());
    stage.timeout = kShort;
    stage.whose = row.whose;
    EXPECT_EQ(stage.Exchange(SmallRequest()), kAnswerLate + row.named);
    server.Resume();
    EXPECT_TRUE(server.WaitForEnd(0));
  }
}

TEST(Interruption, GivesConnectingItsOwnTime) {
  for (const StepRow& row : StepRows()) {
    if (row.connect_timeout.empty()) continue;
    ScriptedServer server({row.script});
    Stage stage(server.port());
    row.prepare(stage);
    stage.settings.connect_timeout = kShort;
    EXPECT_EQ(stage.Exchange(RequestFor(row)), row.connect_timeout) << row.name;
    server.Resume();
    EXPECT_TRUE(server.WaitForEnd(0)) << row.name;
  }
}

TEST(Interruption, TheTimeToConnectIsNotTheTimeToAnswer) {
  ScriptedServer server({Script().ReadRequest().Pause().Write("HTTP/1.1 204 X\r\n\r\n")});
  Stage stage(server.port());
  stage.settings.connect_timeout = kShort;
  auto call = stage.Start(SmallRequest());
  ASSERT_TRUE(stage.RunUntil([&] { return server.received(0).size() > 100; }));
  lane::Clock::time_point past = lane::Clock::now() + 2 * kShort;
  ASSERT_TRUE(stage.RunUntil([&] { return lane::Clock::now() > past; }));
  EXPECT_FALSE(call->ended());
  server.Resume();
  ASSERT_TRUE(stage.RunUntil([&] { return call->ended(); }));
  EXPECT_EQ(Describe(call->outcome(), server.port()), "204 ");
}

TEST(Interruption, EndsConnecting) {
  FullPort full;
  Stage cancelled(full.port());
  auto call = cancelled.Start(SmallRequest());
  cancelled.context().restart();
  cancelled.context().poll();
  ASSERT_FALSE(call->ended());
  call->Cancel();
  cancelled.context().restart();
  cancelled.context().poll();
  ASSERT_TRUE(call->ended());
  EXPECT_EQ(Describe(call->outcome(), full.port()), "cancelled: the call was cancelled");

  Stage late(full.port());
  late.timeout = kShort;
  EXPECT_EQ(late.Exchange(SmallRequest()),
            "timeout: the time for the call ran out while connecting to PLACE");

  Stage slow(full.port());
  slow.settings.connect_timeout = kShort;
  EXPECT_EQ(slow.Exchange(SmallRequest()),
            "connect: could not connect to PLACE within 200 ms, the endpoint's connect_timeout");
}

TEST(Interruption, EndsALookUpWithoutWaitingForTheResolver) {
  auto stage_with = [](const std::shared_ptr<Resolver>& resolver) {
    auto stage = std::make_unique<Stage>(std::uint16_t{80}, resolver);
    stage->settings.address.host = "model.example";
    return stage;
  };
  {
    auto resolver = std::make_shared<SilentResolver>();
    auto stage = stage_with(resolver);
    auto call = stage->Start(SmallRequest());
    stage->context().poll();
    ASSERT_TRUE(resolver->WaitUntilAsked());
    call->Cancel();
    stage->context().poll();
    ASSERT_TRUE(call->ended());
    EXPECT_EQ(Describe(call->outcome(), 80), "cancelled: the call was cancelled");
    // The client goes away while the look-up is under way.
    stage.reset();
    resolver->Release();
  }
  {
    auto resolver = std::make_shared<SilentResolver>();
    auto stage = stage_with(resolver);
    stage->timeout = kShort;
    EXPECT_EQ(
        stage->Exchange(SmallRequest()),
        "timeout: the time for the call ran out while looking up the host name model.example");
    resolver->Release();
  }
  {
    auto resolver = std::make_shared<SilentResolver>();
    auto stage = stage_with(resolver);
    stage->settings.connect_timeout = kShort;
    EXPECT_EQ(stage->Exchange(SmallRequest()),
              "dns: could not look up the host name model.example within 200 ms, the endpoint's "
              "connect_timeout");
    resolver->Release();
  }
}

TEST(Interruption, DoesNothingWhenItIsTooLateAlready) {
  ScriptedServer server({Script()});
  Stage stage(server.port());
  stage.timeout = std::chrono::milliseconds(0);
  EXPECT_EQ(stage.Exchange(SmallRequest()),
            "timeout: the time for the call ran out while connecting to PLACE");
  EXPECT_EQ(server.connections(), 0u);
}

TEST(Interruption, CallersThatGoAwayWithTheirLoopLeaveNothingBehind) {
  // What a stopped lane does: frames and connections are destroyed, never resumed. The sanitizers
  // are the judges here.
  for (const StepRow& row : StepRows()) {
    ScriptedServer server({row.script});
    std::unique_ptr<Pending> call;
    {
      Stage stage(server.port());
      row.prepare(stage);
      call = stage.Start(RequestFor(row));
      ASSERT_TRUE(stage.RunUntil([&] { return server.received(0).size() >= row.bytes; }));
    }
    EXPECT_FALSE(call->ended()) << row.name;
    server.Resume();
    EXPECT_TRUE(server.WaitForEnd(0)) << row.name;
  }
}

TEST(Interruption, OneDeadlineDoesNotHurtTheOthers) {
  ScriptedServer server({Script().ReadRequest().Pause().Write("HTTP/1.1 204 X\r\n\r\n")});
  Stage stage(server.port());
  auto patient = stage.Start(SmallRequest());
  ASSERT_TRUE(stage.RunUntil([&] { return server.received(0).size() > 100; }));
  stage.timeout = kShort;
  EXPECT_EQ(stage.Exchange(SmallRequest()), kAnswerLate);
  EXPECT_FALSE(patient->ended());
  server.Resume();
  server.Resume();
  ASSERT_TRUE(stage.RunUntil([&] { return patient->ended(); }));
  EXPECT_EQ(Describe(patient->outcome(), server.port()), "204 ");
}

}  // namespace
}  // namespace scoregate::upstream
