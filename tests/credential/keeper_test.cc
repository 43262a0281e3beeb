// Tokens that are renewed: files, the identity of a workload, and how lanes learn of both.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cstdio>
#include <fstream>
#include <functional>

#include "gateway/credential/token_file.h"
#include "gateway/credential/token_keeper.h"
#include "gateway/credential/workload_identity.h"
#include "tests/support/certificates.h"
#include "tests/support/fake_upstream.h"

namespace scoregate::credential {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::TemporaryFile;
using testing::HasSubstr;

void Overwrite(const std::string& path, const std::string& text) {
  // Another file under the same name, as those write who do it well.
  const std::string next = path + ".next";
  std::ofstream(next, std::ios::binary) << text;
  ASSERT_EQ(std::rename(next.c_str(), path.c_str()), 0);
}

// Keeper and one lane on a loop that the test turns.
class Desk {
 public:
  explicit Desk(const std::function<std::unique_ptr<TokenSource>(boost::asio::io_context&)>& source)
      : keeper_(std::make_shared<TokenKeeper>(context_.get_executor(), source(context_))),
        token_(keeper_->Attach(context_.get_executor())) {}

  void Start() { keeper_->Start(); }
  boost::asio::io_context& context() { return context_; }

  // The token, or the fault's kind and text.
  std::string Get(milliseconds time = seconds(10)) {
    std::string got = "hangs";
    Spawn([this, &got, time]() -> lane::Task<void> {
      auto token = co_await token_->Get(lane::Clock::now() + time);
      got = token.ok() ? *token.value() : Text(token.fault());
    });
    RunWhile([&] { return got == "hangs"; });
    return got;
  }

  // What comes after that token was refused; "none" where nothing else does.
  std::string GetOther(const std::string& refused) {
    std::string got = "hangs";
    Spawn([this, &got, &refused]() -> lane::Task<void> {
      auto token = co_await token_->Get(lane::Clock::now() + seconds(10));
      EXPECT_EQ(*token.value(), refused);
      TokenPtr other = co_await token_->GetOther(token.value(), lane::Clock::now() + seconds(10));
      got = other ? *other : "none";
    });
    RunWhile([&] { return got == "hangs"; });
    return got;
  }

  template <typename Function>
  void Spawn(Function function) {
    boost::asio::co_spawn(context_.get_executor(), std::move(function), boost::asio::detached);
  }

  // Turns the loop while it is so, 20 s at most.
  void RunWhile(const std::function<bool()>& condition) {
    const auto end = lane::Clock::now() + seconds(20);
    while (condition() && lane::Clock::now() < end) {
      context_.restart();
      context_.run_one_for(milliseconds(20));
    }
  }

  static std::string Text(const http::Fault& fault) {
    return std::string(http::FaultName(fault.kind)) + ": " + fault.text;
  }

  LaneToken& token() { return *token_; }

 private:
  boost::asio::io_context context_{1};
  std::shared_ptr<TokenKeeper> keeper_;
  std::shared_ptr<LaneToken> token_;
};

std::unique_ptr<Desk> FileDesk(const std::string& path) {
  auto desk = std::make_unique<Desk>(
      [&](boost::asio::io_context&) { return std::make_unique<TokenFile>(path); });
  desk->Start();
  return desk;
}

TEST(TokenFile, IsReadAgainWhenItChanges) {
  TemporaryFile file("first\n");
  auto desk = FileDesk(file.path());
  EXPECT_EQ(desk->Get(), "first");
  Overwrite(file.path(), "second");
  std::string seen;
  desk->RunWhile([&] {
    seen = desk->Get();
    return seen == "first";
  });
  EXPECT_EQ(seen, "second");
}

TEST(TokenFile, IsReadAtOnceAfterARefusal) {
  TemporaryFile file("first");
  auto desk = FileDesk(file.path());
  EXPECT_EQ(desk->GetOther("first"), "none") << "it has not changed";
  Overwrite(file.path(), "second");
  EXPECT_EQ(desk->GetOther("first"), "second");
}

TEST(TokenFile, ThatGoesAwayLeavesTheLastToken) {
  TemporaryFile file("first");
  auto desk = FileDesk(file.path());
  EXPECT_EQ(desk->Get(), "first");
  Overwrite(file.path(), "two words");
  EXPECT_EQ(desk->GetOther("first"), "none") << "that is no token";
  ASSERT_EQ(std::remove(file.path().c_str()), 0);
  EXPECT_EQ(desk->GetOther("first"), "none");
  Overwrite(file.path(), "third");
  EXPECT_EQ(desk->GetOther("first"), "third");
}

TEST(TokenFile, ThatWasNeverThereIsAFaultUntilItIs) {
  TemporaryFile file("x");
  ASSERT_EQ(std::remove(file.path().c_str()), 0);
  auto desk = FileDesk(file.path());
  EXPECT_EQ(desk->Get(),
            "credential_refused: the gateway has no token for the endpoint: cannot "
            "read " +
                file.path() + ": No such file or directory");
  Overwrite(file.path(), "at-last");
  std::string seen;
  desk->RunWhile([&] {
    seen = desk->Get();
    return seen != "at-last";
  });
  EXPECT_EQ(seen, "at-last");
}

TEST(LaneToken, WaitsForTheFirstAttemptNoLongerThanTheCallHas) {
  TemporaryFile file("first");
  Desk desk([&](boost::asio::io_context&) { return std::make_unique<TokenFile>(file.path()); });
  EXPECT_EQ(desk.Get(milliseconds(30)),
            "timeout: the time for the call ran out while waiting for a token");
  std::string got;
  desk.Spawn([&]() -> lane::Task<void> {
    auto token = co_await desk.token().Get(lane::Clock::now() + seconds(10));
    got = *token.value();
  });
  desk.Start();
  desk.RunWhile([&] { return got.empty(); });
  EXPECT_EQ(got, "first");
}

TEST(LaneToken, ACancelledCallStopsWaiting) {
  TemporaryFile file("first");
  Desk desk([&](boost::asio::io_context&) { return std::make_unique<TokenFile>(file.path()); });
  boost::asio::cancellation_signal signal;
  std::string got;
  auto call = [&]() -> lane::Task<void> {
    auto token = co_await desk.token().Get(lane::Clock::now() + seconds(10));
    got = Desk::Text(token.fault());
  };
  bool ended = false;
  boost::asio::co_spawn(desk.context().get_executor(), call,
                        boost::asio::bind_cancellation_slot(
                            signal.slot(), [&](std::exception_ptr) { ended = true; }));
  desk.context().poll();
  signal.emit(boost::asio::cancellation_type::terminal);
  desk.RunWhile([&] { return !ended; });
  EXPECT_EQ(got, "cancelled: the call was cancelled");
}

// A workload's identity against an authority that says what the test has put in.
class Workload : public testing::Test {
 protected:
  Workload()
      : desk_([this](boost::asio::io_context& context) {
          auto fake = std::make_unique<support::FakeUpstream>(context.get_executor());
          authority_ = fake.get();
          endpoint::WorkloadIdentity identity;
          identity.tenant = "tenant";
          identity.client = "client";
          identity.token_file = own_.path();
          identity.authority.host = "login.example";
          identity.authority.path = "/";
          return std::make_unique<WorkloadIdentity>(identity, std::move(fake));
        }) {}

  void Grant(const std::string& token, int lifetime = 3600) {
    http::HttpResponse answer;
    answer.status = 200;
    answer.body =
        R"({"access_token":")" + token + R"(","expires_in":)" + std::to_string(lifetime) + "}";
    authority_->Put(answer);
  }
  void Refuse(int status) {
    http::HttpResponse answer;
    answer.status = status;
    answer.body = R"({"error":"e","error_description":"d"})";
    authority_->Put(answer);
  }

  TemporaryFile own_{"own-token"};
  support::FakeUpstream* authority_ = nullptr;
  Desk desk_;
};

TEST_F(Workload, ATokenIsGotOnceForAllCalls) {
  Grant("granted");
  desk_.Start();
  for (int call = 0; call < 20; ++call) EXPECT_EQ(desk_.Get(), "granted");
  ASSERT_EQ(authority_->asked().size(), 1u);
  EXPECT_THAT(authority_->asked()[0].request.body, HasSubstr("client_assertion=own-token"));
}

TEST_F(Workload, CallsThatComeBeforeItShareOneExchange) {
  authority_->Hold();
  desk_.Start();
  int served = 0;
  for (int call = 0; call < 20; ++call) {
    desk_.Spawn([&]() -> lane::Task<void> {
      auto token = co_await desk_.token().Get(lane::Clock::now() + seconds(10));
      served += token.ok() && *token.value() == "granted" ? 1 : 0;
    });
  }
  desk_.RunWhile([&] { return authority_->waiting() == 0; });
  Grant("granted");
  authority_->Release();
  desk_.RunWhile([&] { return served < 20; });
  EXPECT_EQ(served, 20);
  EXPECT_EQ(authority_->asked().size(), 1u);
}

TEST_F(Workload, ItIsRenewedBeforeItEnds) {
  Grant("first", 1);
  Grant("second", 3600);
  desk_.Start();
  EXPECT_EQ(desk_.Get(), "first");
  std::string seen;
  desk_.RunWhile([&] {
    seen = desk_.Get();
    return seen == "first";
  });
  EXPECT_EQ(seen, "second") << "without a call ever waiting or failing";
}

TEST_F(Workload, AFailedRenewalLeavesTheTokenUntilItEnds) {
  Grant("first", 3);
  for (int i = 0; i < 10; ++i) Refuse(503);
  desk_.Start();
  EXPECT_EQ(desk_.Get(), "first");
  desk_.RunWhile([&] { return authority_->asked().size() < 2; });
  EXPECT_EQ(desk_.Get(), "first") << "renewing failed, but it is still good";
  std::string seen;
  desk_.RunWhile([&] {
    seen = desk_.Get();
    return seen == "first";
  });
  EXPECT_EQ(
      seen,
      "credential_unavailable: the authority login.example gave no token: HTTP status 503, e: "
      "d");
}

TEST_F(Workload, ARefusalByTheAuthorityIsTold) {
  Refuse(401);
  desk_.Start();
  EXPECT_EQ(desk_.Get(),
            "credential_refused: the authority login.example gave no token: HTTP status 401, e: d");
}

TEST_F(Workload, AnAuthorityThatCannotBeReachedIsTold) {
  authority_->Put(http::Fault(http::FaultKind::kConnectFailed, "could not connect to x"));
  desk_.Start();
  EXPECT_EQ(desk_.Get(),
            "credential_unavailable: the authority gave no token: could not connect to x");
}

TEST_F(Workload, WithoutItsOwnTokenTheAuthorityIsNotAsked) {
  ASSERT_EQ(std::remove(own_.path().c_str()), 0);
  desk_.Start();
  EXPECT_EQ(desk_.Get(), "credential_refused: the workload's own token is missing: cannot read " +
                             own_.path() + ": No such file or directory");
  EXPECT_TRUE(authority_->asked().empty());
}

TEST_F(Workload, AYoungTokenIsNotRenewedForARefusal) {
  Grant("first");
  Grant("second");
  desk_.Start();
  EXPECT_EQ(desk_.GetOther("first"), "none");
  EXPECT_EQ(authority_->asked().size(), 1u) << "refusals must not become a flood at the authority";
}

}  // namespace
}  // namespace scoregate::credential
