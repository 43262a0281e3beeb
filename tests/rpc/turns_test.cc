// Handlers of one connection that have much to do let the others of the lane come in between.
#include "gateway/rpc/schedule/turns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <functional>
#include <string>

#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

using std::chrono::microseconds;

constexpr microseconds kMoreThanATurn{300};
constexpr microseconds kMostOfATurn{150};

void Work(microseconds time) {
  const auto until = lane::Clock::now() + time;
  while (lane::Clock::now() < until) {
  }
}

TEST(Turns, TheFirstPieceGoesOnAtOnceAndTheNextOneWhenOthersHadTheLane) {
  MemoryConnection connection;
  connection.Run([](Session& session) {
    EXPECT_TRUE(session.turns().Has());
    EXPECT_TRUE(session.turns().Has()) << "the turn is not over";
    Work(kMoreThanATurn);
    EXPECT_FALSE(session.turns().Has());
  });
  connection.Run([](Session& session) { EXPECT_TRUE(session.turns().Has()); });
}

TEST(Turns, AnotherConnectionHasItsStepBetweenAnyTwoTurns) {
  constexpr std::ptrdiff_t kPieces = 12;
  MemoryConnection connection;
  std::string seen;
  // What another connection does: a step, and when the loop comes round another one.
  std::function<void()> step;
  connection.Run([&](Session& session) {
    for (int i = 0; i < kPieces; ++i) {
      session.turns().Wait([&] {
        Work(kMostOfATurn);
        seen += 'p';
      });
    }
    step = [&, executor = session.context()->executor] {
      seen += '.';
      if (std::ranges::count(seen, 'p') < kPieces) boost::asio::post(executor, step);
    };
    step();
  });
  EXPECT_EQ(std::ranges::count(seen, 'p'), kPieces);
  EXPECT_EQ(seen.find("ppp"), seen.npos) << seen;
}

TEST(Turns, WhatWaitsWhenTheConnectionClosesIsCalledAllTheSame) {
  MemoryConnection connection;
  int called = 0;
  connection.Run([&](Session& session) {
    for (int i = 0; i < 5; ++i) {
      session.turns().Wait([&] {
        Work(kMoreThanATurn);
        ++called;
      });
    }
    session.Close();
  });
  EXPECT_EQ(called, 5);
}

}  // namespace
}  // namespace scoregate::rpc
