// How fast classic bodies are written and read: bytes of JSON a second, on one core.
#include <benchmark/benchmark.h>

#include <string>

#include "gateway/dialect/dialect.h"

namespace scoregate::dialect {
namespace {

const Dialect& Classic() {
  return *DialectOf(http::UpstreamKind::kClassic);
}

// A request of numbers, truth values and short texts, as models take them.
scoring::v1::ScoreRequest RequestOf(int rows) {
  scoring::v1::ScoreRequest request;
  request.set_endpoint("e");
  scoring::v1::Table& table = (*request.mutable_inputs())["input1"];
  for (int c = 0; c < 6; ++c) {
    scoring::v1::Column& column = *table.add_columns();
    column.set_name("column " + std::to_string(c));
    for (int row = 0; row < rows; ++row) {
      if (c < 3) column.mutable_doubles()->add_values(0.001 * row + c / 7.0);
      if (c == 3) column.mutable_int64s()->add_values(1000 * row);
      if (c == 4) column.mutable_bools()->add_values(row % 2 == 0);
      if (c == 5) column.mutable_strings()->add_values("category " + std::to_string(row % 50));
    }
  }
  return request;
}

// The answer of a service that gives back such rows, every cell a string, as classic writes them.
std::string ColumnsAnswer(int rows) {
  std::string body =
      R"({"Results":{"output1":{"type":"table","value":{"ColumnNames":["a","b","c","d","e"],)"
      R"("ColumnTypes":["Double","Double","Int32","Boolean","String"],"Values":[)";
  for (int row = 0; row < rows; ++row) {
    std::string n = std::to_string(row);
    if (row > 0) body += ',';
    body += "[\"0." + n + "57721566\",\"" + n + ".25\",\"" + n + "\",\"" +
            (row % 2 == 0 ? "True" : "False") + "\",\"category " + std::to_string(row % 50) + "\"]";
  }
  return body + "]}}}}";
}

// The same of a Designer endpoint: objects, typed JSON.
std::string RowsAnswer(int rows) {
  std::string body = R"({"Results":{"WebServiceOutput0":[)";
  for (int row = 0; row < rows; ++row) {
    std::string n = std::to_string(row);
    if (row > 0) body += ',';
    body += "{\"sepal length\":0." + n + "57721566,\"sepal width\":" + n + ".25,\"count\":" + n +
            ",\"flag\":" + (row % 2 == 0 ? "true" : "false") + ",\"Scored Labels\":\"category " +
            std::to_string(row % 50) + "\"}";
  }
  return body + "]}}";
}

void Encode(benchmark::State& state, endpoint::RequestFormat format) {
  const scoring::v1::ScoreRequest request = RequestOf(static_cast<int>(state.range(0)));
  endpoint::EndpointSettings settings;
  settings.address.path = "/workspaces/w/services/s";
  settings.request_format = format;
  settings.limits.max_request_bytes = 1ull << 30;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    auto encoded = Classic().EncodeScore(request, settings);
    bytes += static_cast<std::int64_t>(encoded.value().body.size());
  }
  state.SetBytesProcessed(bytes);
}

void Decode(benchmark::State& state, const std::string& body) {
  http::HttpResponse answer;
  answer.status = 200;
  answer.body = body;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    google::protobuf::Arena arena;
    auto* response = google::protobuf::Arena::CreateMessage<scoring::v1::ScoreResponse>(&arena);
    if (!Classic().DecodeScore(answer, {}, *response).ok()) state.SkipWithError("not understood");
    bytes += static_cast<std::int64_t>(body.size());
  }
  state.SetBytesProcessed(bytes);
}

void EncodeColumns(benchmark::State& state) {
  Encode(state, endpoint::RequestFormat::kColumns);
}
void EncodeRows(benchmark::State& state) {
  Encode(state, endpoint::RequestFormat::kRows);
}
void DecodeColumns(benchmark::State& state) {
  Decode(state, ColumnsAnswer(static_cast<int>(state.range(0))));
}
void DecodeRows(benchmark::State& state) {
  Decode(state, RowsAnswer(static_cast<int>(state.range(0))));
}

BENCHMARK(EncodeColumns)->Arg(1)->Arg(100)->Arg(10'000);
BENCHMARK(EncodeRows)->Arg(1)->Arg(100)->Arg(10'000);
BENCHMARK(DecodeColumns)->Arg(1)->Arg(100)->Arg(10'000);
BENCHMARK(DecodeRows)->Arg(1)->Arg(100)->Arg(10'000);

}  // namespace
}  // namespace scoregate::dialect

BENCHMARK_MAIN();
