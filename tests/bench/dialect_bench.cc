// How fast tables are written and read: bytes of JSON a second, on one core. Classic is the
// contract of Studio (classic) and Designer; shaped are the declared shapes of online endpoints.
#include <benchmark/benchmark.h>

#include <charconv>
#include <cmath>
#include <string>

#include "gateway/dialect/dialect.h"

namespace scoregate::dialect {
namespace {

using endpoint::EndpointSettings;
using endpoint::RequestFormat;
using endpoint::RequestShape;

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
std::string ClassicColumns(int rows) {
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
std::string ClassicRows(int rows) {
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

// What scoring scripts answer is written by Python, which sets a blank after ',' and ':' and gives
// a double all of its digits. A row is two probabilities, a measure, a count and a label.
struct Row {
  std::string first, second, measure, count, label;
};

std::string Digits(double value) {
  char digits[32];
  return std::string(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

Row RowOf(int row) {
  const double chance = std::fmod(row * 0.6180339887498949 + 0.01, 1);
  return {Digits(chance), Digits(1 - chance), std::to_string(4 + row % 4) + ".5",
          std::to_string(row), "\"category " + std::to_string(row % 50) + "\""};
}

using WriteRow = std::string (*)(const Row&);

std::string AsNumber(const Row& row) {
  return row.first;
}
std::string AsCount(const Row& row) {
  return row.measure.substr(0, 1);
}
std::string AsLabel(const Row& row) {
  return row.label;
}
std::string AsList(const Row& row) {
  return "[" + row.first + ", " + row.second + ", " + row.measure + ", " + row.count + ", " +
         row.label + "]";
}
std::string AsObject(const Row& row) {
  return R"({"chance of a": )" + row.first + R"(, "chance of b": )" + row.second +
         R"(, "measure": )" + row.measure + R"(, "count": )" + row.count + R"(, "label": )" +
         row.label + "}";
}

// An object that leaves out what it has no value for, in every other row.
std::string AsSparseObject(const Row& row) {
  std::string object = AsObject(row);
  const bool odd = (row.count.back() - '0') % 2 != 0;
  if (odd) object.erase(1, object.find(", ") + 1);
  return object;
}

template <WriteRow kWrite>
std::string List(int rows) {
  std::string body = "[";
  for (int row = 0; row < rows; ++row) body += (row > 0 ? ", " : "") + kWrite(RowOf(row));
  return body + "]";
}

template <WriteRow kWrite>
std::string Predictions(int rows) {
  return R"({"predictions": )" + List<kWrite>(rows) + "}";
}

std::string NamedLists(int rows) {
  return R"({"chance": )" + List<AsNumber>(rows) + R"(, "label": )" + List<AsLabel>(rows) + "}";
}

// json.dumps twice, by the script and by its server.
template <WriteRow kWrite>
std::string ListInAString(int rows) {
  std::string body = "\"";
  for (char c : List<kWrite>(rows)) body += c == '"' ? "\\\"" : std::string(1, c);
  return body + "\"";
}

void Encode(benchmark::State& state, http::UpstreamKind kind, EndpointSettings settings) {
  const scoring::v1::ScoreRequest request = RequestOf(static_cast<int>(state.range(0)));
  settings.limits.max_request_bytes = 1ull << 30;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    auto encoded = DialectOf(kind)->EncodeScore(request, settings);
    bytes += static_cast<std::int64_t>(encoded.value().body.size());
  }
  state.SetBytesProcessed(bytes);
}

void EncodeClassic(benchmark::State& state, RequestFormat format) {
  EndpointSettings settings;
  settings.address.path = "/workspaces/w/services/s";
  settings.request_format = format;
  Encode(state, http::UpstreamKind::kClassic, settings);
}

void EncodeShaped(benchmark::State& state, RequestShape shape) {
  EndpointSettings settings;
  settings.request_shape = shape;
  Encode(state, http::UpstreamKind::kOnlineEndpoint, settings);
}

using WriteAnswer = std::string (*)(int rows);

// The bytes are those of the body as it is received.
void Decode(benchmark::State& state, http::UpstreamKind kind, WriteAnswer write) {
  http::HttpResponse answer;
  answer.status = 200;
  answer.body = write(static_cast<int>(state.range(0)));
  std::int64_t bytes = 0;
  for (auto _ : state) {
    google::protobuf::Arena arena;
    auto* response = google::protobuf::Arena::CreateMessage<scoring::v1::ScoreResponse>(&arena);
    if (!DialectOf(kind)->DecodeScore(answer, {}, *response).ok()) {
      state.SkipWithError("not understood");
    }
    bytes += static_cast<std::int64_t>(answer.body.size());
  }
  state.SetBytesProcessed(bytes);
}

void DecodeClassic(benchmark::State& state, WriteAnswer write) {
  Decode(state, http::UpstreamKind::kClassic, write);
}
void DecodeShaped(benchmark::State& state, WriteAnswer write) {
  Decode(state, http::UpstreamKind::kOnlineEndpoint, write);
}

void Sizes(benchmark::internal::Benchmark* bench) {
  bench->Arg(1)->Arg(100)->Arg(10'000);
}

BENCHMARK_CAPTURE(EncodeClassic, columns, RequestFormat::kColumns)->Apply(Sizes);
BENCHMARK_CAPTURE(EncodeClassic, rows, RequestFormat::kRows)->Apply(Sizes);
BENCHMARK_CAPTURE(EncodeShaped, input_data_split, RequestShape::kInputData)->Apply(Sizes);
BENCHMARK_CAPTURE(EncodeShaped, data_lists, RequestShape::kData)->Apply(Sizes);
BENCHMARK_CAPTURE(EncodeShaped, inputs_designer, RequestShape::kDesigner)->Apply(Sizes);
BENCHMARK_CAPTURE(EncodeShaped, row_objects, RequestShape::kRecords)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeClassic, columns, ClassicColumns)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeClassic, rows, ClassicRows)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, list_of_numbers, List<AsNumber>)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, list_of_digits, List<AsCount>)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, list_of_labels, List<AsLabel>)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, list_of_lists, List<AsList>)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, list_of_objects, List<AsObject>)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, list_of_sparse_objects, List<AsSparseObject>)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, predictions_lists, Predictions<AsList>)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, predictions_objects, Predictions<AsObject>)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, named_lists, NamedLists)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, lists_in_a_string, ListInAString<AsList>)->Apply(Sizes);
BENCHMARK_CAPTURE(DecodeShaped, objects_in_a_string, ListInAString<AsObject>)->Apply(Sizes);

}  // namespace
}  // namespace scoregate::dialect

BENCHMARK_MAIN();
