// Looking up names: what is kept, for how long, and which of several addresses is used.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/upstream/connection/dial.h"
#include "gateway/upstream/names/name_cache.h"
#include "tests/support/scripted_server.h"
#include "tests/upstream/stage.h"

namespace scoregate::upstream {
namespace {

using boost::asio::ip::make_address;
using support::Script;
using support::ScriptedServer;
using Addresses = std::vector<boost::asio::ip::address>;

ResolvedName Found(const std::vector<const char*>& addresses) {
  ResolvedName name;
  name.outcome = ResolvedName::Outcome::kFound;
  for (const char* text : addresses) name.addresses.push_back(make_address(text));
  return name;
}

ResolvedName Missing(ResolvedName::Outcome outcome, const char* text) {
  ResolvedName name;
  name.outcome = outcome;
  name.text = text;
  return name;
}

// Says what it was told to say, and counts how often it was asked.
class ToldResolver final : public Resolver {
 public:
  explicit ToldResolver(ResolvedName name) : name_(std::move(name)) {}

  ResolvedName Resolve(const std::string&) override {
    std::scoped_lock lock(mutex_);
    ++asked_;
    return name_;
  }
  void Tell(ResolvedName name) {
    std::scoped_lock lock(mutex_);
    name_ = std::move(name);
  }
  int asked() {
    std::scoped_lock lock(mutex_);
    return asked_;
  }

 private:
  std::mutex mutex_;
  ResolvedName name_;
  int asked_ = 0;
};

// A time that stands still until the test moves it.
class HeldClock {
 public:
  void Advance(std::chrono::seconds time) {
    std::scoped_lock lock(mutex_);
    now_ += time;
  }
  lane::Clock::time_point Now() {
    std::scoped_lock lock(mutex_);
    return now_;
  }

 private:
  std::mutex mutex_;
  lane::Clock::time_point now_ = lane::Clock::now();
};

// A cache at a time that the test sets, and a loop to be woken on. Threads of the cache may outlive
// the test, as they outlive a client.
class Names : public testing::Test {
 protected:
  void TearDown() override { waiter_->Withdraw(); }

  void Advance(std::chrono::seconds time) { clock_->Advance(time); }

  NameCache::Answer Find() { return cache_->Find("model.example", waiter_); }

  // Waits for the first answer as an exchange does.
  NameCache::Answer FindSoon() {
    NameCache::Answer answer = Find();
    while (!answer) {
      context_.restart();
      if (context_.run_one_for(kLongestRun) == 0) return nullptr;
      answer = Find();
    }
    return answer;
  }

  // Whether a look-up in the background changes the answer to these addresses.
  bool BecomesSoon(const Addresses& addresses) {
    lane::Clock::time_point end = lane::Clock::now() + kLongestRun;
    while (lane::Clock::now() < end) {
      NameCache::Answer answer = Find();
      if (answer && answer->addresses == addresses) return true;
      std::this_thread::yield();
    }
    return false;
  }

  std::shared_ptr<ToldResolver> resolver_ = std::make_shared<ToldResolver>(Found({"10.0.0.1"}));
  std::shared_ptr<HeldClock> clock_ = std::make_shared<HeldClock>();
  boost::asio::io_context context_{1};
  std::shared_ptr<lane::Signal> changed_ = std::make_shared<lane::Signal>(context_.get_executor());
  std::shared_ptr<NameWaiter> waiter_ =
      std::make_shared<NameWaiter>(context_.get_executor(), changed_);
  std::shared_ptr<NameCache> cache_ =
      std::make_shared<NameCache>(resolver_, [clock = clock_] { return clock->Now(); });
};

TEST_F(Names, AreAskedForOnceWhileFresh) {
  EXPECT_EQ(Find(), nullptr);
  NameCache::Answer answer = FindSoon();
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->addresses, Addresses{make_address("10.0.0.1")});
  Advance(kNameFresh - std::chrono::seconds(1));
  EXPECT_EQ(Find(), answer);
  EXPECT_EQ(resolver_->asked(), 1);
}

TEST_F(Names, AreUsedOnWhileTheyAreAskedForAgain) {
  NameCache::Answer old = FindSoon();
  resolver_->Tell(Found({"10.0.0.2"}));
  Advance(kNameFresh);
  EXPECT_EQ(Find(), old) << "nobody waits for the second look-up";
  EXPECT_TRUE(BecomesSoon({make_address("10.0.0.2")}));
  EXPECT_EQ(resolver_->asked(), 2);
}

TEST_F(Names, OutliveAResolverThatFailsForAWhile) {
  NameCache::Answer old = FindSoon();
  resolver_->Tell(Missing(ResolvedName::Outcome::kFailed, "try again"));
  Advance(kNameFresh);
  EXPECT_EQ(Find(), old);
  while (resolver_->asked() < 2) std::this_thread::yield();
  EXPECT_EQ(Find(), old);
  Advance(kNameUsable);
  NameCache::Answer last = FindSoon();
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->outcome, ResolvedName::Outcome::kFailed);
  EXPECT_EQ(last->text, "try again");
}

TEST_F(Names, AreAskedForAgainOnceDoubted) {
  NameCache::Answer old = FindSoon();
  resolver_->Tell(Found({"10.0.0.2"}));
  cache_->Doubt("model.example");
  EXPECT_EQ(Find(), old) << "the last look-up was a moment ago";
  Advance(kNameFailureStands);
  EXPECT_TRUE(BecomesSoon({make_address("10.0.0.2")}));
}

TEST_F(Names, ThatFailAreNotAskedForByEveryCall) {
  resolver_->Tell(Missing(ResolvedName::Outcome::kNotFound, "no such name"));
  NameCache::Answer answer = FindSoon();
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->outcome, ResolvedName::Outcome::kNotFound);
  EXPECT_EQ(Find(), answer);
  EXPECT_EQ(resolver_->asked(), 1);
  resolver_->Tell(Found({"10.0.0.3"}));
  Advance(kNameFailureStands);
  EXPECT_TRUE(BecomesSoon({make_address("10.0.0.3")}));
}

TEST(Resolver, LetsTheFamiliesTakeTurns) {
  auto list = [](std::vector<const char*> texts) { return Found(texts).addresses; };
  EXPECT_EQ(Interleave(list({"::1", "::2", "::3", "10.0.0.1", "10.0.0.2"})),
            list({"::1", "10.0.0.1", "::2", "10.0.0.2", "::3"}));
  EXPECT_EQ(Interleave(list({"10.0.0.1", "10.0.0.2", "::1"})),
            list({"10.0.0.1", "::1", "10.0.0.2"}));
  EXPECT_EQ(Interleave(list({"10.0.0.1", "10.0.0.2"})), list({"10.0.0.1", "10.0.0.2"}));
  EXPECT_EQ(Interleave({}), Addresses());
}

TEST(Resolver, AsksTheSystem) {
  ResolvedName local = MakeSystemResolver()->Resolve("localhost");
  EXPECT_EQ(local.outcome, ResolvedName::Outcome::kFound);
  for (const auto& address : local.addresses) EXPECT_TRUE(address.is_loopback());
  // Where there is no name server the system says "try again" of a name that cannot exist.
  ResolvedName missing = MakeSystemResolver()->Resolve("no-such-name.invalid");
  EXPECT_NE(missing.outcome, ResolvedName::Outcome::kFound);
  EXPECT_FALSE(missing.text.empty());
}

Script Hello() {
  return Script().ReadRequest().Write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
}

TEST(NamedEndpoint, TellsMissingNamesFromMissingAnswers) {
  struct Row {
    ResolvedName name;
    const char* expected;
  };
  const Row rows[] = {
      {Missing(ResolvedName::Outcome::kNotFound, "Name or service not known"),
       "name_not_found: the host name model.example does not exist"},
      {Missing(ResolvedName::Outcome::kFailed, "Temporary failure in name resolution"),
       "dns: could not look up the host name model.example: Temporary failure in name "
       "resolution"},
  };
  for (const Row& row : rows) {
    Stage stage(80, std::make_shared<ToldResolver>(row.name));
    stage.settings.address.host = "model.example";
    EXPECT_EQ(stage.Exchange(SmallRequest()), row.expected);
  }
}

TEST(NamedEndpoint, TriesAddressesInTurn) {
  ScriptedServer server({Hello()});
  // Nobody listens on the first two.
  Stage stage(server.port(), std::make_shared<ToldResolver>(
                                 Found({"127.0.0.2", "::1", "127.0.0.1", "127.0.0.3"})));
  stage.settings.address.host = "model.example";
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");
  EXPECT_THAT(server.received(0), testing::HasSubstr("\r\nhost: model.example:"));
}

TEST(NamedEndpoint, TellsOfTheFirstAddressWhereNoneConnects) {
  std::uint16_t port = ScriptedServer({Script()}).port();
  Stage stage(port, std::make_shared<ToldResolver>(Found({"127.0.0.2", "127.0.0.3"})));
  stage.settings.address.host = "model.example";
  EXPECT_EQ(stage.Exchange(SmallRequest()), "connect: could not connect to model.example:" +
                                                std::to_string(port) + ": Connection refused");
}

TEST(Dial, StartsTheNextAddressBesideOneThatDoesNotAnswer) {
  using boost::asio::ip::tcp;
  boost::asio::io_context context(1);
  // Its queue is full, so it does not answer.
  tcp::acceptor full(context);
  full.open(tcp::v4());
  full.bind({boost::asio::ip::address_v4::loopback(), 0});
  full.listen(0);
  std::vector<tcp::socket> fillers;
  for (int i = 0; i < 4; ++i) {
    fillers.emplace_back(context);
    fillers.back().async_connect(full.local_endpoint(), [](auto) {});
  }
  context.poll();
  tcp::acceptor good(context, {boost::asio::ip::address_v4::loopback(), 0});
  std::vector<tcp::endpoint> endpoints = {full.local_endpoint(), good.local_endpoint()};
  auto dial = std::make_shared<Dial>(context.get_executor(), endpoints);
  bool ended = false;
  auto run = [&]() -> lane::Task<void> { ended = co_await dial->Run(); };
  boost::asio::co_spawn(context.get_executor(), run(), boost::asio::detached);
  context.restart();
  while (!ended && context.run_one_for(kLongestRun) > 0) {
  }
  ASSERT_TRUE(ended);
  EXPECT_FALSE(dial->error()) << dial->error().message();
  EXPECT_EQ(dial->TakeSocket().remote_endpoint(), good.local_endpoint());
}

}  // namespace
}  // namespace scoregate::upstream
