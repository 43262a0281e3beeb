// An endpoint's swagger document: with which credential it is asked for, and who waits for it.
#include "gateway/service/endpoint_schema.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <string>
#include <vector>

#include "tests/support/fake_upstream.h"

namespace scoregate::service {
namespace {

constexpr char kDocument[] =
    R"({"swagger":"2.0","paths":{"/score":{"post":{"parameters":[{"in":"body","name":"b","schema":)"
    R"({"type":"object","properties":{"data":{"type":"array","items":{"type":"object",)"
    R"("properties":{"x":{"type":"number"}}}}}}}],"responses":{}}}}})";

http::HttpOutcome Answer(int status, std::string body = "") {
  http::HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

// One lane's schema of an online endpoint, on a loop that the test turns.
class Desk {
 public:
  explicit Desk(std::vector<std::string> keys, const std::string& token = "") {
    settings_.name = "churn";
    settings_.kind = http::UpstreamKind::kOnlineEndpoint;
    settings_.address.path = "/score";
    settings_.api_keys = std::move(keys);
    auto upstream = std::make_unique<support::FakeUpstream>(context_.get_executor());
    upstream_ = upstream.get();
    if (!token.empty()) SetToken(token);
    client_ = std::make_unique<AuthorizedClient>(settings_, order_, std::move(upstream), token_);
    schema_ = std::make_unique<LaneSchema>(shared_, *client_, settings_, context_.get_executor());
  }

  support::FakeUpstream& upstream() { return *upstream_; }
  const KeyOrder& order() const { return order_; }

  // Another token comes once somebody asks for one.
  void RenewTo(const std::string& token) { next_token_ = token; }

  // Whether the schema is there, for one who waits that long; turns the loop until it is told.
  bool Get(std::chrono::milliseconds patience) {
    std::optional<bool> found;
    boost::asio::co_spawn(
        context_,
        [&]() -> lane::Task<void> {
          SchemaPtr schema = co_await schema_->Get(patience, std::nullopt);
          found = schema != nullptr;
        },
        boost::asio::detached);
    context_.restart();
    while (!found && context_.run_one() > 0) {
    }
    return found.value_or(false);
  }
  // Runs what can run without waiting.
  void Poll() {
    context_.restart();
    context_.poll();
  }

  // What each request said of its credential; empty for none.
  std::vector<std::string> Authorizations() const {
    std::vector<std::string> all;
    for (const auto& ask : upstream_->asked()) {
      all.emplace_back(ask.request.headers.First("authorization"));
    }
    return all;
  }

 private:
  void SetToken(const std::string& token) {
    token_ = std::make_shared<credential::LaneToken>(context_.get_executor(), [this] {
      boost::asio::post(context_, [this] { token_->Set(State(next_token_, 2)); });
    });
    next_token_ = token;
    token_->Set(State(token, 1));
  }
  static credential::TokenState State(const std::string& token, std::uint64_t attempts) {
    return {std::make_shared<const std::string>(token), std::nullopt, attempts};
  }

  boost::asio::io_context context_{1};
  endpoint::EndpointSettings settings_;
  KeyOrder order_;
  SharedSchema shared_;
  std::shared_ptr<credential::LaneToken> token_;
  std::string next_token_;
  support::FakeUpstream* upstream_ = nullptr;
  std::unique_ptr<AuthorizedClient> client_;
  std::unique_ptr<LaneSchema> schema_;
};

TEST(EndpointSchema, IsAskedForOpenlyAndThenAsEveryCallIs) {
  struct Case {
    const char* name;
    std::vector<std::string> keys;
    const char* token;    // Empty: none.
    const char* renewed;  // What the token becomes once it is refused.
    std::size_t refusals;
    std::vector<std::string> authorizations;
    bool found;
  };
  const std::vector<Case> cases = {
      {"open to all", {"good"}, "", "", 0, {""}, true},
      {"a key", {"good"}, "", "", 1, {"", "Bearer good"}, true},
      {"a rotated key", {"old", "good"}, "", "", 2, {"", "Bearer old", "Bearer good"}, true},
      {"no key works", {"old", "older"}, "", "", 3, {"", "Bearer old", "Bearer older"}, false},
      {"a token", {}, "token", "", 1, {"", "Bearer token"}, true},
      {"a token that ended", {}, "t1", "t2", 2, {"", "Bearer t1", "Bearer t2"}, true},
      {"nothing to show", {}, "", "", 1, {""}, false},
  };
  for (const Case& c : cases) {
    Desk desk(c.keys, c.token);
    if (*c.renewed != '\0') desk.RenewTo(c.renewed);
    for (std::size_t i = 0; i < c.refusals; ++i) desk.upstream().Put(Answer(401));
    desk.upstream().Put(Answer(200, kDocument));
    EXPECT_EQ(desk.Get(kSchemaPatience), c.found) << c.name;
    EXPECT_EQ(desk.Authorizations(), c.authorizations) << c.name;
  }
}

TEST(EndpointSchema, TheKeyThatWorkedIsTheFirstOfTheNextCall) {
  Desk desk({"old", "good"});
  desk.upstream().Put(Answer(401));
  desk.upstream().Put(Answer(401));
  desk.upstream().Put(Answer(200, kDocument));
  EXPECT_TRUE(desk.Get(kSchemaPatience));
  EXPECT_EQ(desk.order().first(), 1u);
}

TEST(EndpointSchema, ADocumentThatHangsHoldsUpNobodyWithoutPatience) {
  using std::chrono::milliseconds;
  Desk desk({"good"});
  desk.upstream().Put(Answer(200, kDocument));
  desk.upstream().Hold();
  EXPECT_FALSE(desk.Get(milliseconds(0)));
  desk.Poll();
  EXPECT_EQ(desk.upstream().waiting(), 1u) << "the fetch goes on";
  EXPECT_FALSE(desk.Get(milliseconds(0)));
  EXPECT_EQ(desk.upstream().asked().size(), 1u) << "and nobody begins a second one";
  desk.upstream().Release();
  EXPECT_TRUE(desk.Get(kSchemaPatience)) << "who asks for the columns waits for it";
  EXPECT_TRUE(desk.Get(milliseconds(0))) << "and then it is there for all";
}

TEST(EndpointSchema, MayGoWhileItsDocumentHangs) {
  auto desk = std::make_unique<Desk>(std::vector<std::string>{"good"});
  desk->upstream().Hold();
  EXPECT_FALSE(desk->Get(std::chrono::milliseconds(0)));
  desk->Poll();
  desk.reset();  // As a lane goes that has stopped: what waits is destroyed, never resumed.
}

}  // namespace
}  // namespace scoregate::service
