// The reader of error bodies: any answer becomes a ReportedError that keeps its promises, twice the
// same, and judging whether it is a success cannot fail either.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/errorbody/read.h"
#include "tests/errorbody/promises.h"
#include "tests/fuzz/exchange.h"
#include "tests/fuzz/require.h"

namespace scoregate::fuzz {
namespace {

constexpr http::UnixSeconds kNow{std::chrono::seconds(1'700'000'000)};

void Run(std::string_view input) {
  const Exchange exchange = ReadExchange(input);
  const http::HttpResponse& response = exchange.response;
  const errorbody::ReportedError error = errorbody::Read(response, exchange.kind, kNow);
  const std::string_view broken = errorbody::BrokenPromise(error, response);
  Require(broken.empty(), broken);
  using enum http::CallKind;
  for (http::CallKind call : {kScore, kScoreRaw, kCreateBatchJob, kGetOperation}) {
    const bool success = errorbody::IsSuccess(response, exchange.kind, call);
    const bool not_modified = call == kGetOperation && response.status == 304;
    Require(!success || response.status / 100 == 2 || not_modified, "only 2xx is a success");
  }
  Require(!errorbody::IsSuccessWithoutBody(response) || response.status / 100 == 2,
          "only 2xx is a success without a body");
}

}  // namespace
}  // namespace scoregate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scoregate::fuzz::Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
