#include "gateway/service/endpoint_schema.h"

#include <optional>
#include <utility>

namespace scoregate::service {
namespace {

constexpr int kFound = 200;

}  // namespace

LaneSchema::LaneSchema(SharedSchema& shared, upstream::UpstreamClient& client,
                       const endpoint::EndpointSettings& settings, lane::Executor executor)
    : shared_(shared),
      client_(client),
      settings_(settings),
      turn_(std::make_shared<Turn>(executor)) {}

lane::Task<SchemaPtr> LaneSchema::Get() {
  if (settings_.kind != http::UpstreamKind::kClassic) co_return nullptr;
  while (true) {
    if (SchemaPtr known = shared_.Get()) co_return known;
    if (!shared_.MayAsk(lane::Clock::now())) co_return nullptr;
    if (!turn_->taken) break;
    bool woken = co_await turn_->over.Wait();
    if (!woken) co_return nullptr;
  }
  co_await Fetch();
  co_return shared_.Get();
}

lane::Task<void> LaneSchema::Fetch() {
  // However the fetch ends, by a caller's cancel too, those who wait look again.
  struct Taken {
    explicit Taken(std::shared_ptr<Turn> t) : turn(std::move(t)) { turn->taken = true; }
    ~Taken() {
      turn->taken = false;
      turn->over.Notify();
    }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;
    std::shared_ptr<Turn> turn;
  };
  Taken taken(turn_);
  const http::HttpRequest request = dialect::classic::SwaggerRequest(settings_);
  upstream::ExchangeOptions options;
  options.idempotent = true;
  options.deadline = lane::Clock::now() + kSchemaPatience;
  http::HttpOutcome outcome = co_await client_.Exchange(request, options);
  std::optional<dialect::classic::Schema> read;
  if (outcome.ok() && outcome.value().status == kFound) {
    read = dialect::classic::ReadSchema(outcome.value().body);
  }
  if (read) {
    shared_.Set(std::make_shared<const dialect::classic::Schema>(*std::move(read)));
  } else if (outcome.ok() || outcome.fault().kind != http::FaultKind::kCancelled) {
    shared_.AskFrom(lane::Clock::now() + kSchemaRetryPause);
  }
}

}  // namespace scoregate::service
