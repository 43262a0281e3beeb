#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"424 with an emptied body: the headers make it the application's", kOnlineEndpoint, 424,
     "content-type: text/plain\nms-azureml-model-error-reason: too_many_pending_request\n", "",
     "empty: application\nmodel reason: too_many_pending_request\n",
     "RESOURCE_EXHAUSTED MODEL_OVERLOADED, retry 1000 ms, pushback 1000"},
    {"nothing", kClassic, 502, "", "",
     "empty: intermediary\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 1000 ms, pushback 1000"},
    {"blanks", kClassic, 502, "", " \r\n\t",
     "empty: intermediary\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 1000 ms, pushback 1000"},
    {"every header says a delay: the first in order counts", kOpaque, 429,
     "retry-after: 9\nx-ms-retry-after-ms: 2500\nretry-after-ms: soon\n",
     "",
     "empty: intermediary\nheader delay: 2500 ms\n",
     "RESOURCE_EXHAUSTED INTERMEDIARY_RESPONSE, retry 2500 ms, pushback 2500, said in HEADER"},
    {"a date, against the answer's own", kOpaque, 503,
     "date: Wed, 15 Nov 2023 07:27:00 GMT\nretry-after: Wed, 15 Nov 2023 07:28:30 GMT\n",
     "",
     "empty: intermediary\nheader delay: 90000 ms\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 90000 ms, pushback -1, said in HEADER"},
};
// clang-format on

}  // namespace

std::span<const Case> EmptyRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
