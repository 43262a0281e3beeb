// Lanes and listeners by themselves.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_future.hpp>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "gateway/lane/ask.h"
#include "gateway/lane/lane.h"
#include "gateway/lane/listener.h"
#include "gateway/lane/signal.h"

namespace scoregate::lane {
namespace {

TEST(LaneTest, RunsPostedWorkInOrderOnOneThread) {
  Lane lane;
  std::vector<int> order;
  std::vector<std::thread::id> threads;
  for (int i = 0; i < 3; ++i) {
    lane.Post([&, i] {
      order.push_back(i);
      threads.push_back(std::this_thread::get_id());
    });
  }
  lane.Start();
  lane.Run([] {});
  EXPECT_THAT(order, testing::ElementsAre(0, 1, 2));
  EXPECT_THAT(threads, testing::Each(threads[0]));
  EXPECT_NE(threads[0], std::this_thread::get_id());
}

TEST(LaneTest, WhatWaitsIsDestroyedWithTheLane) {
  auto held = std::make_shared<int>(1);
  {
    Lane lane;
    lane.Post([held] {});
    boost::asio::co_spawn(
        lane.executor(),
        [](Executor on, std::shared_ptr<int> inside) -> Task<void> {
          Signal never(on);
          co_await never.Wait();
          *inside = 2;
        }(lane.executor(), held),
        boost::asio::detached);
    lane.Start();
    lane.Run([] {});
  }
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_EQ(*held, 1);
}

TEST(LanesTest, DealsToTheLeastLoadedAndTheFirstAmongEquals) {
  Lanes lanes(3);
  EXPECT_EQ(lanes.LeastLoaded(), 0u);
  EXPECT_EQ(lanes.LeastLoaded(), 0u);
  lanes[0].AddLoad();
  EXPECT_EQ(lanes.LeastLoaded(), 1u);
  lanes[1].AddLoad();
  EXPECT_EQ(lanes.LeastLoaded(), 2u);
  EXPECT_EQ(lanes.LeastLoaded(), 2u);
  lanes[1].RemoveLoad();
  lanes[2].AddLoad();
  EXPECT_EQ(lanes.LeastLoaded(), 1u);
}

TEST(LanesTest, CountFollowsTheAffinityMask) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof(before), &before), 0);
  EXPECT_GE(DefaultLaneCount(), 1u);
  EXPECT_LE(DefaultLaneCount(), static_cast<std::size_t>(CPU_COUNT(&before)));
  cpu_set_t one;
  CPU_ZERO(&one);
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu) {
    if (CPU_ISSET(cpu, &before)) CPU_SET(cpu, &one);
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
  EXPECT_EQ(DefaultLaneCount(), 1u);
  ASSERT_EQ(sched_setaffinity(0, sizeof(before), &before), 0);
}

TEST(SignalTest, WakesAllWaitersLater) {
  Lane lane;
  Signal signal(lane.executor());
  std::vector<bool> woken;
  auto wait = [&]() -> Task<void> { woken.push_back(co_await signal.Wait()); };
  boost::asio::co_spawn(lane.executor(), wait(), boost::asio::detached);
  boost::asio::co_spawn(lane.executor(), wait(), boost::asio::detached);
  lane.context().poll();
  EXPECT_TRUE(woken.empty());
  lane.Post([&] {
    signal.Notify();
    EXPECT_TRUE(woken.empty()) << "not inside the call";
  });
  lane.context().poll();
  EXPECT_THAT(woken, testing::ElementsAre(true, true));
}

// Asks `other` which thread it is; an answer is put into `told`. What it holds belongs to `here`.
Task<void> AskWhere(Executor here, Lane& other, std::shared_ptr<std::thread::id> told) {
  Timer held(here, Clock::time_point::max());
  auto question = [] { return std::this_thread::get_id(); };
  auto answer = co_await Ask(here, other, question);
  if (answer) *told = *answer;
}

TEST(AskTest, TheQuestionRunsOnTheOtherLane) {
  Lanes lanes(2);
  auto told = std::make_shared<std::thread::id>();
  lanes.Start();
  std::thread::id second;
  lanes[1].Run([&] { second = std::this_thread::get_id(); });
  auto asked = boost::asio::co_spawn(
      lanes[0].executor(), AskWhere(lanes[0].executor(), lanes[1], told), boost::asio::use_future);
  asked.get();
  EXPECT_EQ(*told, second);
}

TEST(AskTest, EitherLaneMayGoFirstWhileAQuestionWaits) {
  for (std::size_t asker : {0, 1}) {
    auto told = std::make_shared<std::thread::id>();
    {
      Lanes lanes(2);
      Lane& here = lanes[asker];
      Lane& never_started = lanes[1 - asker];
      here.Start();
      boost::asio::co_spawn(here.executor(), AskWhere(here.executor(), never_started, told),
                            boost::asio::detached);
      here.Run([] {});
      EXPECT_EQ(told.use_count(), 2);
    }
    EXPECT_EQ(told.use_count(), 1) << "what waited is destroyed";
    EXPECT_EQ(*told, std::thread::id());
  }
}

TEST(ListenerTest, RefusesAddressesThatItCannotRead) {
  Lanes lanes(1);
  for (const char* text :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "127.0.0.1:-1",
        "localhost:1", "::1:5", "[::1", "[::1]", "unix:", "[]:1"}) {
    Listener listener(lanes);
    EXPECT_EQ(listener.Open(text), boost::system::errc::invalid_argument) << text;
  }
  Listener listener(lanes);
  EXPECT_EQ(listener.Open("unix:/" + std::string(200, 'x')), boost::system::errc::invalid_argument);
}

TEST(ListenerTest, DealsOutManyConnectionsThatSpeakAndNoneThatIsSilent) {
  constexpr std::size_t kConnections = 5 * kAcceptsAStep + 1;
  Lanes lanes(2);
  lanes.Start();
  auto listener = std::make_shared<Listener>(lanes);
  ASSERT_FALSE(listener->Open("127.0.0.1:0"));
  std::atomic<std::size_t> dealt = 0;
  std::atomic<std::size_t> silent = 0;
  listener->Start([&](std::size_t, StreamSocket socket) {
    if (socket.available() == 0) ++silent;
    ++dealt;
  });
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(listener->port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::vector<Descriptor> callers;
  for (std::size_t i = 0; i < 2 * kConnections; ++i) {
    Descriptor& caller = callers.emplace_back(::socket(AF_INET, SOCK_STREAM, 0));
    ASSERT_EQ(connect(caller.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    if (i % 2 == 0) {
      ASSERT_EQ(send(caller.get(), "x", 1, MSG_NOSIGNAL), 1);
    }
  }
  for (int i = 0; i < 500 && dealt < kConnections; ++i) usleep(10'000);
  EXPECT_GE(dealt, kConnections);
  // On a machine so slow that kDeferAccept is over, the silent ones come, too.
  EXPECT_EQ(dealt - silent, kConnections);
  listener->Stop();
  lanes.Stop();
}

TEST(ListenerTest, SaysWhatTheSystemSays) {
  Lanes lanes(1);
  Listener first(lanes);
  ASSERT_FALSE(first.Open("127.0.0.1:0"));
  EXPECT_NE(first.port(), 0);
  EXPECT_EQ(first.address(), "127.0.0.1:" + std::to_string(first.port()));
  Listener second(lanes);
  EXPECT_EQ(second.Open(first.address()), boost::system::errc::address_in_use);
}

TEST(ListenerTest, AUnixSocketIsForItsOwnUserUnlessAskedOtherwise) {
  const std::string path = testing::TempDir() + "scoregate_mode_" + std::to_string(getpid());
  Lanes lanes(1);
  auto mode_of = [&](auto... unix_mode) {
    Listener listener(lanes);
    EXPECT_FALSE(listener.Open("unix:" + path, unix_mode...));
    struct stat status {};
    EXPECT_EQ(stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
  };
  const mode_t before = umask(0);
  for (mode_t mask : {0, 022, 0177}) {
    umask(mask);
    EXPECT_EQ(mode_of(), 0600u) << mask;
    EXPECT_EQ(mode_of(0666u), 0666u) << mask << ": the mask takes nothing away";
  }
  umask(before);
  unlink(path.c_str());
}

TEST(ListenerTest, ReplacesADeadUnixSocketButNotALiveOneNorAFile) {
  std::string path = testing::TempDir() + "scoregate_lane_" + std::to_string(getpid());
  Lanes lanes(1);
  {
    Listener dead(lanes);
    ASSERT_FALSE(dead.Open("unix:" + path));
  }
  Listener live(lanes);
  EXPECT_FALSE(live.Open("unix:" + path));
  EXPECT_EQ(live.address(), "unix:" + path);
  Listener third(lanes);
  EXPECT_EQ(third.Open("unix:" + path), boost::system::errc::address_in_use);
  unlink(path.c_str());
  std::ofstream(path) << "a file";
  EXPECT_EQ(third.Open("unix:" + path), boost::system::errc::address_in_use);
  EXPECT_EQ(access(path.c_str(), F_OK), 0) << "the file is still there";
  unlink(path.c_str());
}

}  // namespace
}  // namespace scoregate::lane
