// Typed requests become classic bodies and targets, or are refused with the field to fix.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "gateway/dialect/classic/target.h"
#include "gateway/dialect/dialect.h"
#include "tests/dialect/tables.h"

namespace scoregate::dialect {
namespace {

using endpoint::EndpointSettings;
using endpoint::RequestFormat;
using http::FaultKind;

const Dialect& Classic() {
  return *DialectOf(http::UpstreamKind::kClassic);
}

EndpointSettings Settings(RequestFormat format = RequestFormat::kColumns) {
  EndpointSettings settings;
  settings.address.path = "/workspaces/w/services/s";
  settings.request_format = format;
  return settings;
}

struct GoodCase {
  const char* name;
  const char* request;
  const char* columns;
  const char* rows;
};

const GoodCase kGoodCases[] = {
    {"every_type",
     R"(endpoint: "e" inputs { key: "input1" value {
       columns { name: "d" doubles { values: [0.1, -0, 1e22, 3] } }
       columns { name: "i" int64s { values: [-9223372036854775808, 9223372036854775807, 0, 1] } }
       columns { name: "b" bools { values: [true, false, true, false] } }
       columns { name: "s" strings { values: ["a", "", "1", "x"] } } } })",
     R"({"Inputs":{"input1":{"ColumnNames":["d","i","b","s"],"Values":[)"
     R"([0.1,-9223372036854775808,true,"a"],[-0,9223372036854775807,false,""],)"
     R"([1e+22,0,true,"1"],[3,1,false,"x"]]}},"GlobalParameters":{}})",
     R"({"Inputs":{"input1":[{"d":0.1,"i":-9223372036854775808,"b":true,"s":"a"},)"
     R"({"d":-0,"i":9223372036854775807,"b":false,"s":""},{"d":1e+22,"i":0,"b":true,"s":"1"},)"
     R"({"d":3,"i":1,"b":false,"s":"x"}]},"GlobalParameters":{}})"},
    {"null_rows_hide_any_filler",
     R"(endpoint: "e" inputs { key: "x" value {
       columns { name: "d" doubles { values: [nan, 1, inf] } null_rows: [0, 2] }
       columns { name: "s" strings { values: ["a", "b", ""] } null_rows: [1] } } })",
     R"({"Inputs":{"x":{"ColumnNames":["d","s"],"Values":[[null,"a"],[1,null],[null,""]]}},)"
     R"("GlobalParameters":{}})",
     R"({"Inputs":{"x":[{"d":null,"s":"a"},{"d":1,"s":null},{"d":null,"s":""}]},)"
     R"("GlobalParameters":{}})"},
    {"names_and_cells_are_escaped",
     R"(endpoint: "e" inputs { key: "in\"put" value {
       columns { name: "a\\b" strings { values: ["\"\\\n\r\t\001\037/\177\352\260\200"] } } } })",
     "{\"Inputs\":{\"in\\\"put\":{\"ColumnNames\":[\"a\\\\b\"],\"Values\":[[\"\\\"\\\\\\n\\r\\t"
     "\\u0001\\u001f/\x7F\xEA\xB0\x80\"]]}},\"GlobalParameters\":{}}",
     "{\"Inputs\":{\"in\\\"put\":[{\"a\\\\b\":\"\\\"\\\\\\n\\r\\t\\u0001\\u001f/\x7F"
     "\xEA\xB0\x80\"}]},\"GlobalParameters\":{}}"},
    {"no_rows", R"(endpoint: "e" inputs { key: "x" value { columns { name: "a" bools {} } } })",
     R"({"Inputs":{"x":{"ColumnNames":["a"],"Values":[]}},"GlobalParameters":{}})",
     R"({"Inputs":{"x":[]},"GlobalParameters":{}})"},
    {"inputs_and_parameters_in_order_of_their_names",
     R"(endpoint: "e"
        inputs { key: "b" value { columns { name: "z" int64s { values: 1 } } } }
        inputs { key: "a" value { columns { name: "y" int64s { values: 2 } } } }
        global_parameters { key: "t" value { string_value: "x\"" } }
        global_parameters { key: "n" value { number_value: 0.25 } }
        global_parameters { key: "m" value { null_value: NULL_VALUE } }
        global_parameters { key: "f" value { bool_value: false } }
        global_parameters { key: "l" value { list_value { values { number_value: 1 } values { list_value {} } } } }
        global_parameters { key: "o" value { struct_value {
          fields { key: "2" value { bool_value: true } } fields { key: "1" value { string_value: "" } } } } })",
     R"({"Inputs":{"a":{"ColumnNames":["y"],"Values":[[2]]},"b":{"ColumnNames":["z"],"Values":[[1]]}},)"
     R"("GlobalParameters":{"f":false,"l":[1,[]],"m":null,"n":0.25,"o":{"1":"","2":true},"t":"x\""}})",
     R"({"Inputs":{"a":[{"y":2}],"b":[{"z":1}]},)"
     R"("GlobalParameters":{"f":false,"l":[1,[]],"m":null,"n":0.25,"o":{"1":"","2":true},"t":"x\""}})"},
    // A parameter of a million is one for Python's range() and .NET's Int32, which 1e+06 is not.
    {"whole_numbers_have_all_their_digits",
     R"(endpoint: "e" inputs { key: "x" value {
       columns { name: "d" doubles { values: [1e5, -1e15, 9007199254740992, 1e16] } } } }
       global_parameters { key: "n" value { number_value: 1e6 } })",
     R"({"Inputs":{"x":{"ColumnNames":["d"],"Values":[[100000],[-1000000000000000],)"
     R"([9007199254740992],[1e+16]]}},"GlobalParameters":{"n":1000000}})",
     R"({"Inputs":{"x":[{"d":100000},{"d":-1000000000000000},)"
     R"({"d":9007199254740992},{"d":1e+16}]},"GlobalParameters":{"n":1000000}})"},
};

TEST(ClassicEncode, WholeBodies) {
  for (const GoodCase& c : kGoodCases) {
    scoring::v1::ScoreRequest request = RequestOf(c.request);
    auto columns = Classic().EncodeScore(request, Settings());
    ASSERT_TRUE(columns.ok()) << c.name << ": " << columns.fault().text;
    EXPECT_EQ(columns.value().body, c.columns) << c.name;
    auto rows = Classic().EncodeScore(request, Settings(RequestFormat::kRows));
    ASSERT_TRUE(rows.ok()) << c.name;
    EXPECT_EQ(rows.value().body, c.rows) << c.name;
  }
}

TEST(ClassicEncode, WholeRequest) {
  EndpointSettings settings = Settings();
  settings.api_keys = {"secret"};
  settings.headers = {{"x-team", "a"}};
  auto request = Classic().EncodeScore(RequestOf(kGoodCases[3].request), settings);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request.value().method, "POST");
  EXPECT_EQ(request.value().target,
            "/workspaces/w/services/s/execute?api-version=2.0&details=true");
  using Fields = std::vector<http::HeaderMap::Field>;
  EXPECT_EQ(request.value().headers.fields(), (Fields{{"content-type", "application/json"},
                                                      {"accept", "application/json"},
                                                      {"x-team", "a"}}));
}

struct TargetCase {
  const char* name;
  const char* path;
  const char* query;
  const char* columns;
  const char* rows;
};

TEST(ClassicTarget, WhateverUrlTheOperatorHadAtHand) {
  const TargetCase cases[] = {
      {"base", "/workspaces/w/services/s", "",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true&format=swagger"},
      {"trailing slash", "/workspaces/w/services/s/", "",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true&format=swagger"},
      {"pasted whole", "/workspaces/w/services/s/execute", "api-version=2.0&details=true",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true&format=swagger"},
      {"pasted swagger form; the format is a setting", "/workspaces/w/services/s/execute",
       "api-version=2.0&format=swagger",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true&format=swagger"},
      {"the batch line", "/workspaces/w/services/s/jobs", "api-version=2.0",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true",
       "/workspaces/w/services/s/execute?api-version=2.0&details=true&format=swagger"},
      {"own version, details and more", "/services/s/execute", "details=false&api-version=3&x=1",
       "/services/s/execute?details=false&api-version=3&x=1",
       "/services/s/execute?details=false&api-version=3&x=1&format=swagger"},
      {"a parameter without a version", "/services/s", "x=1",
       "/services/s/execute?api-version=2.0&x=1&details=true",
       "/services/s/execute?api-version=2.0&x=1&details=true&format=swagger"},
      {"subscription with dashes", "/subscriptions/01234567-89ab-cdef-0123-456789abcdef/services/s",
       "",
       "/subscriptions/0123456789abcdef0123456789abcdef/services/s/"
       "execute?api-version=2.0&details=true",
       "/subscriptions/0123456789abcdef0123456789abcdef/services/s/execute"
       "?api-version=2.0&details=true&format=swagger"},
      {"a subscription of another form", "/subscriptions/0-1/services/s", "",
       "/subscriptions/0-1/services/s/execute?api-version=2.0&details=true",
       "/subscriptions/0-1/services/s/execute?api-version=2.0&details=true&format=swagger"},
      {"parts that are empty", "//services//s//jobs//", "&&x=1&",
       "/services/s/execute?api-version=2.0&x=1&details=true",
       "/services/s/execute?api-version=2.0&x=1&details=true&format=swagger"},
      {"a service of that name", "/services/services", "",
       "/services/services/execute?api-version=2.0&details=true",
       "/services/services/execute?api-version=2.0&details=true&format=swagger"},
      {"no service", "/services/execute", "", "/services/execute", "/services/execute"},
      {"a service in the middle", "/services/s/t", "", "/services/s/t", "/services/s/t"},
      {"a designer endpoint", "/api/v1/service/iris/score", "", "/api/v1/service/iris/score",
       "/api/v1/service/iris/score"},
      {"a designer endpoint with a query", "/score", "a=b", "/score?a=b", "/score?a=b"},
      {"nothing", "/", "", "/", "/"},
  };
  for (const TargetCase& c : cases) {
    endpoint::Address address;
    address.path = c.path;
    address.query = c.query;
    EXPECT_EQ(classic::ExecuteTarget(address, RequestFormat::kColumns), c.columns) << c.name;
    EXPECT_EQ(classic::ExecuteTarget(address, RequestFormat::kRows), c.rows) << c.name;
  }
  EXPECT_TRUE(classic::AsksForRows("api-version=2.0&format=swagger"));
  EXPECT_FALSE(classic::AsksForRows("api-version=2.0&xformat=swagger"));
}

constexpr char kOneInput[] =
    R"(endpoint: "e" inputs { key: "x" value { columns { name: "a" int64s { values: 1 } } } } )";

// A request whose table has columns of these names.
std::string Columns(std::initializer_list<const char*> names) {
  std::string text = R"(endpoint: "e" inputs { key: "x" value { )";
  for (const char* name : names)
    text += std::string("columns { name: \"") + name + "\" bools {} } ";
  return text + "} }";
}

TEST(ClassicEncode, ColumnsOfDifferentNamesAreTaken) {
  for (const std::string& text : {Columns({"a", "b", "c", "d", "e", "f", "g", "h"}),
                                  Columns({"a", "b", "c", "d", "e", "f", "g", "h", "i"})}) {
    EXPECT_TRUE(Classic().EncodeScore(RequestOf(text), Settings()).ok()) << text;
  }
}

TEST(ClassicEncode, RefusedRequestsNameTheField) {
  const std::string one(kOneInput);
  const std::pair<std::string, std::pair<const char*, const char*>> cases[] = {
      {"", {"endpoint", "The request names no endpoint."}},
      {R"(endpoint: "e")", {"inputs", "The request has no input."}},
      {R"(endpoint: "e" inputs { key: "" value {} })", {R"(inputs[""])", "The input has no name."}},
      {R"(endpoint: "e" inputs { key: "x" value {} })",
       {R"(inputs["x"].columns)", "The table has no column."}},
      {R"(endpoint: "e" inputs { key: "a\"b" value { columns { bools {} } } })",
       {R"(inputs["a\"b"].columns[0].name)", "The column has no name."}},
      {R"(endpoint: "e" inputs { key: "x" value { columns { name: "a" } } })",
       {R"(inputs["x"].columns[0])",
        "The column has no values; set one of doubles, int64s, bools, strings."}},
      {R"(endpoint: "e" inputs { key: "x" value { columns { name: "a" bools { values: true } }
          columns { name: "b" strings { values: ["1", "2"] } } } })",
       {R"(inputs["x"].columns[1])", "The column has 2 rows, the first column has 1."}},
      {R"(endpoint: "e" inputs { key: "x" value { columns { name: "a" bools {} }
          columns { name: "a" bools {} } } })",
       {R"(inputs["x"].columns[1].name)", "An earlier column of the table has the same name."}},
      {Columns({"a", "b", "c", "d", "e", "f", "g", "a"}),
       {R"(inputs["x"].columns[7].name)", "An earlier column of the table has the same name."}},
      {Columns({"a", "b", "c", "d", "e", "f", "g", "h", "h"}),
       {R"(inputs["x"].columns[8].name)", "An earlier column of the table has the same name."}},
      {R"(endpoint: "e" inputs { key: "x" value { columns { name: "a" bools { values: true }
          null_rows: 1 } } })",
       {R"(inputs["x"].columns[0].null_rows[0])",
        "Row 1 is not in the table, which has 1 rows; the first row is 0."}},
      {R"(endpoint: "e" inputs { key: "x" value { columns { name: "a" bools { values: [true, true] }
          null_rows: [1, 0] } } })",
       {R"(inputs["x"].columns[0].null_rows[1])",
        "The rows without a value have to be ascending, each once."}},
      {R"(endpoint: "e" inputs { key: "x" value { columns { name: "a" bools { values: [true, true] }
          null_rows: [1, 1] } } })",
       {R"(inputs["x"].columns[0].null_rows[1])",
        "The rows without a value have to be ascending, each once."}},
      {R"(endpoint: "e" inputs { key: "x" value { columns { name: "a"
          doubles { values: [nan, 1, nan] } null_rows: [0] } } })",
       {R"(inputs["x"].columns[0].doubles.values[2])",
        "JSON cannot carry NaN or an infinity; list the row in null_rows to send a missing "
        "value."}},
      {R"(endpoint: "e" inputs { key: "x" value { columns { name: "a"
          doubles { values: [-inf] } } } })",
       {R"(inputs["x"].columns[0].doubles.values[0])",
        "JSON cannot carry NaN or an infinity; list the row in null_rows to send a missing "
        "value."}},
      {one + R"(global_parameters { key: "" value { number_value: 1 } })",
       {R"(global_parameters[""])", "The parameter has no name."}},
      {one + R"(global_parameters { key: "p" value {} })",
       {R"(global_parameters["p"])", "The value is not set."}},
      {one + R"(global_parameters { key: "p" value { number_value: inf } })",
       {R"(global_parameters["p"])", "JSON cannot carry NaN or an infinity."}},
      {one + R"(global_parameters { key: "p" value { list_value { values { bool_value: true }
          values { struct_value { fields { key: "k" value { number_value: nan } } } } } } })",
       {R"(global_parameters["p"][1]["k"])", "JSON cannot carry NaN or an infinity."}},
  };
  for (const auto& [request, expected] : cases) {
    auto encoded = Classic().EncodeScore(RequestOf(request), Settings());
    ASSERT_FALSE(encoded.ok()) << request;
    EXPECT_EQ(encoded.fault().kind, FaultKind::kRequestInvalid) << request;
    EXPECT_EQ(encoded.fault().field, expected.first) << request;
    EXPECT_EQ(encoded.fault().text, expected.second) << request;
  }
}

TEST(ClassicEncode, ParametersNestThirtyTwoLevels) {
  scoring::v1::ScoreRequest request = RequestOf(kOneInput);
  google::protobuf::Value* value = &(*request.mutable_global_parameters())["p"];
  for (int level = 0; level < 32; ++level) value = value->mutable_list_value()->add_values();
  value->set_bool_value(true);
  auto encoded = Classic().EncodeScore(request, Settings());
  ASSERT_TRUE(encoded.ok());
  EXPECT_THAT(encoded.value().body,
              testing::HasSubstr("\"p\":" + std::string(32, '[') + "true" + std::string(32, ']')));
  value->mutable_list_value()->add_values()->set_bool_value(true);
  auto refused = Classic().EncodeScore(request, Settings());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().text, "The value is nested deeper than 32 levels.");
}

TEST(ClassicEncode, TheLimitOfSizeIsExact) {
  scoring::v1::ScoreRequest request = RequestOf(kGoodCases[4].request);
  for (RequestFormat format : {RequestFormat::kColumns, RequestFormat::kRows}) {
    EndpointSettings settings = Settings(format);
    auto whole = Classic().EncodeScore(request, settings);
    ASSERT_TRUE(whole.ok());
    const std::size_t size = whole.value().body.size();
    settings.limits.max_request_bytes = size;
    EXPECT_TRUE(Classic().EncodeScore(request, settings).ok());
    for (std::size_t limit = 0; limit < size; ++limit) {
      settings.limits.max_request_bytes = limit;
      auto refused = Classic().EncodeScore(request, settings);
      ASSERT_FALSE(refused.ok()) << limit;
      ASSERT_EQ(refused.fault().kind, FaultKind::kRequestTooLarge) << limit;
    }
  }
}

// A column of random values of one type; about a tenth of its rows hold none.
scoring::v1::Column RandomColumn(std::mt19937& random, int index, int rows) {
  scoring::v1::Column column;
  column.set_name("c" + std::to_string(index));
  for (int row = 0; row < rows; ++row) {
    bool null = random() % 10 == 0;
    if (null) column.add_null_rows(static_cast<std::uint32_t>(row));
    std::uint64_t bits = (std::uint64_t{random()} << 32) | random();
    double number = std::bit_cast<double>(bits);
    // A fraction keeps a column of doubles apart from one of integers.
    if (!std::isfinite(number) || number == std::trunc(number)) number = 0.5;
    switch (index % 4) {
      case 0:
        column.mutable_doubles()->add_values(null ? 0 : number);
        break;
      case 1:
        column.mutable_int64s()->add_values(null ? 0 : static_cast<std::int64_t>(bits));
        break;
      case 2:
        column.mutable_bools()->add_values(!null && bits % 2 == 0);
        break;
      case 3:
        column.mutable_strings()->add_values(
            null ? "" : std::string(bits % 5, static_cast<char>(bits % 0x80)));
        break;
    }
  }
  return column;
}

// What is sent, put into an answer's place without ColumnTypes, reads back as the same table.
TEST(ClassicEncode, WhatIsWrittenReadsBack) {
  std::mt19937 random(18);
  for (int round = 0; round < 300; ++round) {
    scoring::v1::ScoreRequest request;
    request.set_endpoint("e");
    scoring::v1::Table& table = (*request.mutable_inputs())["t"];
    const int rows = 1 + static_cast<int>(random() % 20);
    for (int i = 0; i < 5; ++i) *table.add_columns() = RandomColumn(random, i, rows);
    for (scoring::v1::Column& column : *table.mutable_columns()) {
      if (column.null_rows_size() < rows) continue;
      // A column without any value has no type on the wire.
      column.clear_values();
      for (int row = 0; row < rows; ++row) column.mutable_strings()->add_values("");
    }
    for (RequestFormat format : {RequestFormat::kColumns, RequestFormat::kRows}) {
      auto encoded = Classic().EncodeScore(request, Settings(format));
      ASSERT_TRUE(encoded.ok());
      const std::string& body = encoded.value().body;
      constexpr std::string_view kHead = R"({"Inputs":{"t":)";
      constexpr std::string_view kTail = R"(},"GlobalParameters":{}})";
      ASSERT_TRUE(body.starts_with(kHead) && body.ends_with(kTail));
      http::HttpResponse answer;
      answer.body = R"({"Results":{"t":{"type":"table","value":)" +
                    body.substr(kHead.size(), body.size() - kHead.size() - kTail.size()) + "}}}";
      scoring::v1::ScoreResponse response;
      ASSERT_TRUE(Classic().DecodeScore(answer, {}, response).ok()) << answer.body;
      ASSERT_EQ(Describe(response.outputs().at("t")), Describe(table)) << answer.body;
    }
  }
}

}  // namespace
}  // namespace scoregate::dialect
