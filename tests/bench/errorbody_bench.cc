// How long it takes to read an error answer, and to judge a success.
#include <benchmark/benchmark.h>

#include <string>

#include "gateway/errorbody/read.h"

namespace scoregate::errorbody {
namespace {

http::HttpResponse Answer(int status, std::string body) {
  http::HttpResponse response;
  response.status = status;
  response.headers.Add("content-type", "application/json; charset=utf-8");
  response.headers.Add("x-ms-request-id", "0f8fad5b-d9cb-469f-a165-70867728950e");
  response.headers.Add("date", "Sun, 06 Nov 1994 08:49:37 GMT");
  response.body = std::move(body);
  return response;
}

// The classic envelope; its texts fill what is left of `bytes`.
std::string Envelope(std::size_t bytes) {
  std::string text = "Parsing of the input failed at row 12: the value is no number. ";
  std::string body =
      R"({"error":{"code":"BadArgument","message":"Bad or missing arguments.","details":[)"
      R"({"code":"InputParseError","target":"input1","message":")";
  while (body.size() + text.size() + 5 < bytes) body += text;
  return body + "\"}]}}";
}

void BM_Read(benchmark::State& state, http::HttpResponse response) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Read(response, http::UpstreamKind::kClassic, std::nullopt));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * response.body.size()));
}

std::string Brackets(std::size_t count) {
  return std::string(count, '[');
}

BENCHMARK_CAPTURE(BM_Read, Envelope200B, Answer(400, Envelope(200)));
BENCHMARK_CAPTURE(BM_Read, Envelope1KB, Answer(400, Envelope(1024)));
BENCHMARK_CAPTURE(BM_Read, Envelope64KB, Answer(400, Envelope(64 << 10)));
BENCHMARK_CAPTURE(BM_Read, Html,
                  Answer(502, "<html><head><title>502 Bad Gateway</title></head></html>"));
BENCHMARK_CAPTURE(BM_Read, Brackets200K, Answer(400, Brackets(200'000)));

// A classic answer of 10 MB: rows of cells that are all strings, or numbers.
std::string Results(std::string_view row) {
  constexpr std::size_t kBytes = 10u << 20;
  std::string body = R"({"Results":{"output1":{"type":"table","value":{"Values":[)";
  while (body.size() < kBytes) body.append(row).append(",");
  body.back() = ']';
  return body + "}}}}";
}

void BM_IsSuccess(benchmark::State& state, std::string_view row) {
  const http::HttpResponse response = Answer(200, Results(row));
  for (auto _ : state) {
    const bool success = IsSuccess(response, http::UpstreamKind::kClassic, http::CallKind::kScore);
    if (!success) state.SkipWithError("not a success");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * response.body.size()));
}

BENCHMARK_CAPTURE(BM_IsSuccess, Strings10MB, R"(["3","0.183920","setosa","True","1"])");
BENCHMARK_CAPTURE(BM_IsSuccess, Numbers10MB, "[3,0.183920,-17.25,1e-7,1]");
BENCHMARK_CAPTURE(BM_IsSuccess, LongTexts10MB,
                  R"(["A sentence of some length, as a text model answers it, without a quote."])");

}  // namespace
}  // namespace scoregate::errorbody

BENCHMARK_MAIN();
