// Pieces beside a lane by themselves: where they run, in which order, and how they end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/system/system_error.hpp>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/lane/aside.h"
#include "gateway/lane/lane.h"

namespace scoregate::lane {
namespace {

using Place = Aside::Place;
using Words = std::vector<std::string>;

/// A piece that runs until it is told to end.
class Gate {
 public:
  /// The piece.
  std::function<void()> Piece() {
    return [this] {
      begun_.set_value();
      open_.get_future().wait();
    };
  }
  void WaitUntilBegun() { begun_.get_future().wait(); }
  void Open() { open_.set_value(); }

 private:
  std::promise<void> begun_;
  std::promise<void> open_;
};

/// What one coroutine did, told by the lane.
Task<void> Do(Lane& lane, Aside::LinePtr line, Place place, std::function<void()> piece,
              std::function<void()> then) {
  co_await lane.aside().Run(std::move(line), place, std::move(piece));
  then();
}

void Spawn(Lane& lane, Task<void> task) {
  boost::asio::co_spawn(lane.executor(), std::move(task), boost::asio::detached);
}

TEST(AsideTest, ThePieceRunsOnAThreadOfItsOwnAndTheCoroutineGoesOnOnItsLane) {
  Lane lane;
  lane.Start();
  std::thread::id here, there, back;
  lane.Run([&] { here = std::this_thread::get_id(); });
  auto piece = [&] { there = std::this_thread::get_id(); };
  auto then = [&] { back = std::this_thread::get_id(); };
  boost::asio::co_spawn(lane.executor(), Do(lane, Aside::MakeLine(), Place::kBegins, piece, then),
                        boost::asio::use_future)
      .get();
  EXPECT_EQ(back, here);
  EXPECT_NE(there, here);
  EXPECT_NE(there, std::this_thread::get_id());
}

TEST(AsideTest, TheLaneServesOthersMeanwhile) {
  Gate gate;
  Lane lane;
  lane.Start();
  std::atomic<bool> done = false;
  Spawn(lane, Do(lane, Aside::MakeLine(), Place::kBegins, gate.Piece(), [&] { done = true; }));
  gate.WaitUntilBegun();
  lane.Run([] {});
  EXPECT_FALSE(done);
  gate.Open();
  lane.aside().Settle();
  lane.Run([] {});
  EXPECT_TRUE(done);
  EXPECT_FALSE(lane.aside().Settle()) << "nothing is left";
}

TEST(AsideTest, WhatThePieceThrowsComesOutOfRun) {
  Lane lane;
  lane.Start();
  auto piece = [] { throw std::runtime_error("by the piece"); };
  auto ended = boost::asio::co_spawn(lane.executor(),
                                     Do(lane, Aside::MakeLine(), Place::kBegins, piece, [] {}),
                                     boost::asio::use_future);
  EXPECT_THROW(ended.get(), std::runtime_error);
}

// Lines take turns; in a line what goes on comes before what begins.
TEST(AsideTest, TheOrder) {
  struct Piece {
    std::size_t line;
    Place place;
    const char* name;
  };
  struct Case {
    const char* name;
    std::vector<Piece> pieces;
    Words order;
  };
  using enum Place;
  const std::vector<Case> cases = {
      {"one line, first come, first served",
       {{0, kBegins, "a"}, {0, kBegins, "b"}, {0, kBegins, "c"}},
       {"a", "b", "c"}},
      {"what goes on first",
       {{0, kBegins, "a"}, {0, kGoesOn, "b"}, {0, kBegins, "c"}, {0, kGoesOn, "d"}},
       {"b", "d", "a", "c"}},
      {"lines in turn, however many pieces one has",
       {{0, kBegins, "a"}, {0, kBegins, "b"}, {0, kBegins, "c"}, {1, kBegins, "x"}},
       {"a", "x", "b", "c"}},
      {"another line's piece that goes on has no precedence",
       {{0, kBegins, "a"}, {1, kGoesOn, "x"}, {1, kGoesOn, "y"}, {2, kBegins, "s"}},
       {"a", "x", "s", "y"}},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    Gate gate;
    Words order;
    Lane lane;
    lane.Start();
    Spawn(lane, Do(lane, Aside::MakeLine(), kBegins, gate.Piece(), [] {}));
    gate.WaitUntilBegun();
    const std::vector<Aside::LinePtr> lines = {Aside::MakeLine(), Aside::MakeLine(),
                                               Aside::MakeLine()};
    for (const Piece& piece : row.pieces) {
      auto tell = [&order, name = piece.name] { order.emplace_back(name); };
      Spawn(lane, Do(lane, lines[piece.line], piece.place, tell, [] {}));
    }
    lane.Run([] {});
    gate.Open();
    lane.aside().Settle();
    EXPECT_EQ(order, row.order);
  }
}

/// How a coroutine ended that asked for one piece and then for another step.
struct Ending {
  bool ran = false;
  bool came_back = false;
  bool went_on = false;
};

Task<void> AskAndGoOn(Lane& lane, Aside::LinePtr line, std::function<void()> piece,
                      Ending& ending) {
  auto whole = [&] {
    piece();
    ending.ran = true;
  };
  co_await lane.aside().Run(std::move(line), Place::kBegins, whole);
  ending.came_back = true;
  Timer timer(lane.executor(), Clock::now());
  co_await timer.async_wait(kUseTask);
  ending.went_on = true;
}

TEST(AsideTest, APieceThatRunsIsNotCancelledAndTheNextStepIs) {
  Gate gate;
  Ending ending;
  boost::asio::cancellation_signal cancel;
  Lane lane;
  lane.Start();
  auto ended = boost::asio::co_spawn(
      lane.executor(), AskAndGoOn(lane, Aside::MakeLine(), gate.Piece(), ending),
      boost::asio::bind_cancellation_slot(cancel.slot(), boost::asio::use_future));
  gate.WaitUntilBegun();
  lane.Run([&] { cancel.emit(boost::asio::cancellation_type::terminal); });
  lane.Run([&] { EXPECT_FALSE(ending.came_back) << "not before its piece has ended"; });
  gate.Open();
  EXPECT_THROW(ended.get(), boost::system::system_error);
  EXPECT_TRUE(ending.ran);
  EXPECT_TRUE(ending.came_back);
  EXPECT_FALSE(ending.went_on);
}

TEST(AsideTest, APieceThatWaitsIsCancelledUnrun) {
  Gate gate;
  Ending ending;
  boost::asio::cancellation_signal cancel;
  Lane lane;
  lane.Start();
  const Aside::LinePtr line = Aside::MakeLine();
  Spawn(lane, Do(lane, line, Place::kBegins, gate.Piece(), [] {}));
  gate.WaitUntilBegun();
  auto ended = boost::asio::co_spawn(
      lane.executor(),
      AskAndGoOn(
          lane, line, [] {}, ending),
      boost::asio::bind_cancellation_slot(cancel.slot(), boost::asio::use_future));
  lane.Run([&] { cancel.emit(boost::asio::cancellation_type::terminal); });
  EXPECT_THROW(ended.get(), boost::system::system_error) << "though the gate is shut";
  gate.Open();
  lane.aside().Settle();
  EXPECT_FALSE(ending.ran);
  EXPECT_FALSE(ending.came_back);
}

TEST(AsideTest, StopWaitsForThePieceThatRunsAndDropsThoseThatWait) {
  Gate gate;
  std::atomic<int> told = 0;
  auto held = std::make_shared<int>(0);
  {
    Lane lane;
    lane.Start();
    auto touch = [&told, held] { told += 1 + *held; };
    for (int i = 0; i < 3; ++i) {
      auto piece = [&told, held, gated = i == 0 ? gate.Piece() : [] {}] {
        gated();
        told += 1 + *held;
      };
      Spawn(lane, Do(lane, Aside::MakeLine(), Place::kBegins, piece, touch));
    }
    gate.WaitUntilBegun();
    std::thread opens([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      gate.Open();
    });
    lane.Stop();
    EXPECT_EQ(told, 1) << "one piece, and nobody was resumed";
    opens.join();
  }
  EXPECT_EQ(held.use_count(), 1) << "the coroutines are gone with the lane";
}

TEST(AsideTest, AfterStopPiecesAreGivenBackUnrun) {
  Ending ending;
  Lane lane;
  lane.aside().Stop();
  lane.Start();
  auto ended = boost::asio::co_spawn(lane.executor(),
                                     AskAndGoOn(
                                         lane, Aside::MakeLine(), [] {}, ending),
                                     boost::asio::use_future);
  EXPECT_THROW(ended.get(), boost::system::system_error);
  EXPECT_FALSE(ending.ran);
}

}  // namespace
}  // namespace scoregate::lane
