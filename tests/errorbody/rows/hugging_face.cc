#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"Hugging Face: the retry hint is in the body", kOpaque, 503, "",
     R"j({"error":"Model gpt2 is currently loading","estimated_time":118.25})j",
     "hugging_face: application\nmessage: Model gpt2 is currently loading\n"
     "body delay: 118250 ms\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, retry 118250 ms, pushback -1, said in BODY"},
    {"Hugging Face: a time that was cut is none", kOpaque, 503, "",
     R"j({"error":"Model gpt2 is currently loading","estimated_time":11)j",
     "hugging_face: application\nmessage: Model gpt2 is currently loading\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, retry 1000 ms, pushback 1000"},
    {"every hint apart: translation chooses", kOpaque, 503, "retry-after: 7\n",
     R"j({"error":"Loading. Retry in 9 seconds","estimated_time":8})j",
     "hugging_face: application\nmessage: Loading. Retry in 9 seconds\nheader delay: 7000 ms\n"
     "body delay: 8000 ms\nprose delay: 9000 ms\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, retry 7000 ms, pushback 7000, said in HEADER"},
    {"a time beyond reason: kept to a day", kOpaque, 503,
     "",
     R"j({"error":"loading","estimated_time":1e99})j",
     "hugging_face: application\nmessage: loading\nbody delay: 315360000000 ms\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, retry 86400000 ms, pushback -1, said in BODY"},
    {"a time of 200,000 seconds: kept to a day", kOpaque, 503,
     "",
     R"j({"error":"loading","estimated_time":200000})j",
     "hugging_face: application\nmessage: loading\nbody delay: 200000000 ms\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, retry 86400000 ms, pushback -1, said in BODY"},
};
// clang-format on

}  // namespace

std::span<const Case> HuggingFaceRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
