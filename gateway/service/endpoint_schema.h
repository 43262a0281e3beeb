// An endpoint's swagger document: fetched when somebody first needs it, kept for all lanes.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

#include "gateway/dialect/classic/schema.h"
#include "gateway/lane/task.h"
#include "gateway/service/authorized_client.h"

namespace scoregate::service {

using SchemaPtr = std::shared_ptr<const dialect::classic::Schema>;

/// How long a fetch of the document takes at most, and who asks for the columns waits for it.
inline constexpr std::chrono::milliseconds kSchemaPatience{2'000};
/// How long a call waits that could use the columns' types and has its answer otherwise.
inline constexpr std::chrono::milliseconds kTypesPatience{50};
/// How long nobody asks again after the endpoint published none.
inline constexpr std::chrono::minutes kSchemaRetryPause{5};

/// What all lanes share of it.
class SharedSchema {
 public:
  /// Null where none is known.
  SchemaPtr Get() const { return schema_.load(std::memory_order_acquire); }
  void Set(SchemaPtr schema) { schema_.store(std::move(schema), std::memory_order_release); }

  bool MayAsk(lane::Clock::time_point now) const {
    return now.time_since_epoch().count() >= ask_from_.load(std::memory_order_relaxed);
  }
  void AskFrom(lane::Clock::time_point time) {
    ask_from_.store(time.time_since_epoch().count(), std::memory_order_relaxed);
  }

 private:
  std::atomic<SchemaPtr> schema_;
  std::atomic<lane::Clock::rep> ask_from_ =
      lane::Clock::time_point::min().time_since_epoch().count();
};

/// One lane's way to it. Lives and is used on its lane.
class LaneSchema {
 public:
  /// All three outlive it.
  LaneSchema(SharedSchema& shared, AuthorizedClient& client,
             const endpoint::EndpointSettings& settings, const lane::Executor& executor);

  /// The schema, fetched where nobody did yet; null where the endpoint is of a kind that has none,
  /// or publishes none, or does not answer in time: within `patience` of the time when the fetch
  /// began, so that of many calls during a slow one few wait. Never fails a call: of the time until
  /// the caller's deadline it waits for half at most. The fetch is nobody's own, so it goes on
  /// where the call that began it ends: a document that is slow to come fails one wait, not all.
  lane::Task<SchemaPtr> Get(std::chrono::milliseconds patience,
                            std::optional<lane::Clock::time_point> deadline);

 private:
  struct Turn;

  void BeginFetch();
  lane::Task<void> Fetch();

  SharedSchema& shared_;
  AuthorizedClient& client_;
  const endpoint::EndpointSettings& settings_;
  lane::Executor executor_;
  // Shared with those who wait and the fetch, which may go later than this object.
  std::shared_ptr<Turn> turn_;
};

}  // namespace scoregate::service
