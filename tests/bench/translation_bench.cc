// From a read error to the bytes of its trailers.
#include <benchmark/benchmark.h>

#include "gateway/catalogue/message_template.h"
#include "gateway/http/fault.h"
#include "gateway/translation/trailers.h"
#include "gateway/translation/translate.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;

ReportedError Throttled() {
  ReportedError error;
  error.http_status = 503;
  error.voice = errorbody::Voice::kApplication;
  error.shape = "classic";
  error.outer_code = "ServiceUnavailable";
  error.inner_code = "ServiceUnavailable";
  error.message = "A sentence about the class, as long as they are.";
  error.items.push_back(
      {"RequestThrottled", "",
       catalogue::ComposeMessage("ServiceUnavailable", "RequestThrottled", {"churn", "200"})});
  error.request_ids = {{"x-ms-request-id", "0f8fad5b-d9cb-469f-a165-70867728950e"}};
  return error;
}

ReportedError ProxyPage() {
  ReportedError error;
  error.http_status = 502;
  error.voice = errorbody::Voice::kIntermediary;
  error.shape = "html";
  error.message = "502 Bad Gateway";
  return error;
}

CallFacts Facts() {
  CallFacts facts;
  facts.endpoint = "churn";
  facts.request_id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
  return facts;
}

template <typename Problem>
void Measure(benchmark::State& state, const Problem& problem, const CallFacts& facts) {
  std::size_t bytes = 0;
  for (auto _ : state) {
    auto trailers = Trailers(Translate(problem, facts));
    bytes = TrailersOnlyBytes(trailers);
    benchmark::DoNotOptimize(trailers);
  }
  state.counters["trailer_bytes"] = static_cast<double>(bytes);
}

void Documented(benchmark::State& state) {
  Measure(state, Throttled(), Facts());
}
BENCHMARK(Documented);

void DocumentedInKorean(benchmark::State& state) {
  CallFacts facts = Facts();
  facts.accept_language = "ko-KR";
  Measure(state, Throttled(), facts);
}
BENCHMARK(DocumentedInKorean);

void Proxy(benchmark::State& state) {
  Measure(state, ProxyPage(), Facts());
}
BENCHMARK(Proxy);

void Unreachable(benchmark::State& state) {
  Measure(state, http::Fault(http::FaultKind::kConnectFailed, "10.0.0.1:443 refused"), Facts());
}
BENCHMARK(Unreachable);

// 64 details of 4 KiB each: more than fits, so that all of shedding runs.
void Oversized(benchmark::State& state) {
  ReportedError error = Throttled();
  error.items.assign(64, {"RequestThrottled", "target", std::string(4096, 'x')});
  Measure(state, error, Facts());
}
BENCHMARK(Oversized);

}  // namespace
}  // namespace scoregate::translation

BENCHMARK_MAIN();
