#include "gateway/service/endpoint_schema.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>
#include <vector>

#include "gateway/dialect/classic/schema.h"

namespace scoregate::service {
namespace {

constexpr int kFound = 200;

}  // namespace

// One fetch and the calls that wait for its end.
struct LaneSchema::Turn {
  bool taken = false;
  lane::Clock::time_point begun;
  std::vector<lane::Timer*> waiting;

  void End() {
    taken = false;
    for (lane::Timer* timer : waiting) timer->cancel();
  }

  // A call's place among those who wait, given back however the call ends.
  class Place {
   public:
    Place(std::shared_ptr<Turn> turn, lane::Timer& timer) : turn_(std::move(turn)), timer_(&timer) {
      turn_->waiting.push_back(timer_);
    }
    ~Place() { std::erase(turn_->waiting, timer_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    std::shared_ptr<Turn> turn_;
    lane::Timer* timer_;
  };
};

LaneSchema::LaneSchema(SharedSchema& shared, AuthorizedClient& client,
                       const endpoint::EndpointSettings& settings, const lane::Executor& executor)
    : shared_(shared),
      client_(client),
      settings_(settings),
      executor_(executor),
      turn_(std::make_shared<Turn>()) {}

lane::Task<SchemaPtr> LaneSchema::Get(std::chrono::milliseconds patience,
                                      std::optional<lane::Clock::time_point> deadline) {
  // What an opaque upstream would do with a request that nobody configured, is not known.
  if (settings_.kind == http::UpstreamKind::kOpaque) co_return nullptr;
  SchemaPtr known = shared_.Get();
  const lane::Clock::time_point now = lane::Clock::now();
  if (known != nullptr || !shared_.MayAsk(now)) co_return known;
  if (!turn_->taken) BeginFetch();
  lane::Clock::time_point until = turn_->begun + patience;
  if (deadline) until = std::min(until, now + (*deadline - now) / 2);
  if (until <= now) co_return nullptr;
  lane::Timer timer(executor_, until);
  Turn::Place place(turn_, timer);
  co_await timer.async_wait(lane::kUseTask);
  co_return shared_.Get();
}

void LaneSchema::BeginFetch() {
  turn_->taken = true;
  turn_->begun = lane::Clock::now();
  boost::asio::co_spawn(executor_, Fetch(),
                        [turn = turn_](const std::exception_ptr&) { turn->End(); });
}

lane::Task<void> LaneSchema::Fetch() {
  http::HttpRequest request = dialect::classic::SwaggerRequest(settings_);
  upstream::ExchangeOptions options;
  options.idempotent = true;
  options.deadline = turn_->begun + kSchemaPatience;
  // Classic services and scoring servers take no key for it; what stands before an online endpoint
  // wants one for everything.
  http::HttpOutcome outcome = co_await client_.ExchangeOpenly(request, options);
  std::optional<dialect::classic::Schema> read;
  if (outcome.ok() && outcome.value().status == kFound) {
    read = dialect::classic::ReadSchema(outcome.value().body);
  }
  if (read) {
    shared_.Set(std::make_shared<const dialect::classic::Schema>(*std::move(read)));
  } else {
    shared_.AskFrom(lane::Clock::now() + kSchemaRetryPause);
  }
}

}  // namespace scoregate::service
