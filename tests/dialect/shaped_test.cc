// Typed calls in declared shapes: what goes out, and what is read of the answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/dialect/dialect.h"
#include "tests/dialect/tables.h"

namespace scoregate::dialect {
namespace {

using endpoint::AnswerShape;
using endpoint::EndpointSettings;
using endpoint::RequestShape;
using http::FaultKind;

const Dialect& Online() {
  return *DialectOf(http::UpstreamKind::kOnlineEndpoint);
}

EndpointSettings SettingsOf(RequestShape shape) {
  EndpointSettings settings;
  settings.kind = http::UpstreamKind::kOnlineEndpoint;
  settings.address.path = "/score";
  settings.request_shape = shape;
  return settings;
}

constexpr char kTwoColumns[] = R"(
  endpoint: "e"
  inputs { key: "any" value {
    columns { name: "a b" doubles { values: [0.5, 2] } }
    columns { name: "c\"" strings { values: ["x", ""] } null_rows: 1 } } })";
constexpr char kParameter[] = R"(global_parameters { key: "p" value { bool_value: true } })";

std::string BodyOf(RequestShape shape, const std::string& request) {
  auto encoded = Online().EncodeScore(RequestOf(request), SettingsOf(shape));
  if (encoded.ok()) return encoded.value().body;
  return encoded.fault().field + ": " + encoded.fault().text;
}

TEST(RequestShapes, EachIsWrittenAsItsServersReadIt) {
  struct Case {
    RequestShape shape;
    const char* body;
    const char* with_parameter;
  };
  const Case cases[] = {
      {RequestShape::kInputData,
       R"({"input_data":{"columns":["a b","c\""],"index":[0,1],"data":[[0.5,"x"],[2,null]]}})",
       R"({"input_data":{"columns":["a b","c\""],"index":[0,1],"data":[[0.5,"x"],[2,null]]},"params":{"p":true}})"},
      {RequestShape::kData, R"({"data":[[0.5,"x"],[2,null]]})",
       R"({"data":[[0.5,"x"],[2,null]],"p":true})"},
      {RequestShape::kDataRecords, R"({"data":[{"a b":0.5,"c\"":"x"},{"a b":2,"c\"":null}]})",
       R"({"data":[{"a b":0.5,"c\"":"x"},{"a b":2,"c\"":null}],"p":true})"},
      {RequestShape::kRecords, R"([{"a b":0.5,"c\"":"x"},{"a b":2,"c\"":null}])",
       "global_parameters: The endpoint's request shape has no place for parameters."},
      {RequestShape::kDesigner,
       R"({"Inputs":{"any":[{"a b":0.5,"c\"":"x"},{"a b":2,"c\"":null}]},"GlobalParameters":{}})",
       R"({"Inputs":{"any":[{"a b":0.5,"c\"":"x"},{"a b":2,"c\"":null}]},"GlobalParameters":{"p":true}})"},
      {RequestShape::kDataframeSplit,
       R"({"dataframe_split":{"columns":["a b","c\""],"index":[0,1],"data":[[0.5,"x"],[2,null]]}})",
       R"({"dataframe_split":{"columns":["a b","c\""],"index":[0,1],"data":[[0.5,"x"],[2,null]]},"params":{"p":true}})"},
      {RequestShape::kDataframeRecords,
       R"({"dataframe_records":[{"a b":0.5,"c\"":"x"},{"a b":2,"c\"":null}]})",
       R"({"dataframe_records":[{"a b":0.5,"c\"":"x"},{"a b":2,"c\"":null}],"params":{"p":true}})"},
      {RequestShape::kInstances, R"({"instances":[[0.5,"x"],[2,null]]})",
       R"({"instances":[[0.5,"x"],[2,null]],"parameters":{"p":true}})"},
      {RequestShape::kInstanceRecords,
       R"({"instances":[{"a b":0.5,"c\"":"x"},{"a b":2,"c\"":null}]})",
       R"({"instances":[{"a b":0.5,"c\"":"x"},{"a b":2,"c\"":null}],"parameters":{"p":true}})"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(BodyOf(c.shape, kTwoColumns), c.body);
    EXPECT_EQ(BodyOf(c.shape, std::string(kTwoColumns) + kParameter), c.with_parameter);
  }
}

TEST(RequestShapes, WhatHasNoPlaceIsRefusedWithItsField) {
  const std::string two =
      std::string(kTwoColumns) + R"(inputs { key: "b" value { columns { name: "x" bools { } } } })";
  EXPECT_EQ(BodyOf(RequestShape::kData, two),
            "inputs: The endpoint takes one table, and the request has 2.");
  EXPECT_THAT(BodyOf(RequestShape::kDesigner, two), testing::StartsWith(R"({"Inputs":{"any")"));
  const std::string clash =
      std::string(kTwoColumns) + R"(global_parameters { key: "data" value { bool_value: true } })";
  EXPECT_EQ(BodyOf(RequestShape::kData, clash),
            "global_parameters[\"data\"]: A parameter has the name of the member that holds the "
            "rows.");
  EXPECT_THAT(BodyOf(RequestShape::kInputData, clash), testing::HasSubstr(R"("params":{"data")"));
}

TEST(RequestShapes, TheRequestGoesToTheUrlAsItIs) {
  EndpointSettings settings = SettingsOf(RequestShape::kData);
  settings.address.query = "a=b";
  settings.headers = {{"x-team", "churn"}};
  for (http::UpstreamKind kind :
       {http::UpstreamKind::kOnlineEndpoint, http::UpstreamKind::kOpaque}) {
    auto encoded = DialectOf(kind)->EncodeScore(RequestOf(kTwoColumns), settings);
    ASSERT_TRUE(encoded.ok());
    EXPECT_EQ(encoded.value().method, "POST");
    EXPECT_EQ(encoded.value().target, "/score?a=b");
    EXPECT_EQ(encoded.value().headers.First("content-type"), "application/json");
    EXPECT_EQ(encoded.value().headers.First("x-team"), "churn");
  }
}

TEST(RequestShapes, TheLimitHoldsForEach) {
  for (int shape = 1; shape <= static_cast<int>(RequestShape::kInstanceRecords); ++shape) {
    EndpointSettings settings = SettingsOf(static_cast<RequestShape>(shape));
    const std::size_t size =
        Online().EncodeScore(RequestOf(kTwoColumns), settings).value().body.size();
    settings.limits.max_request_bytes = size;
    EXPECT_TRUE(Online().EncodeScore(RequestOf(kTwoColumns), settings).ok()) << shape;
    settings.limits.max_request_bytes = size - 1;
    auto refused = Online().EncodeScore(RequestOf(kTwoColumns), settings);
    ASSERT_FALSE(refused.ok()) << shape;
    EXPECT_EQ(refused.fault().kind, FaultKind::kRequestTooLarge) << shape;
  }
}

std::string Decoded(const std::string& body, const EndpointSettings& settings) {
  http::HttpResponse answer;
  answer.status = 200;
  answer.body = body;
  scoring::v1::ScoreResponse response;
  http::Result<Certainty> read = Online().DecodeScore(answer, settings, response);
  if (read.ok()) return Describe(response);
  EXPECT_EQ(read.fault().kind, FaultKind::kResponseInvalid) << body;
  EXPECT_EQ(response.outputs_size(), 0) << body;
  return read.fault().text;
}

struct AnswerCase {
  const char* why;
  const char* body;
  const char* expected;
  AnswerShape shape = AnswerShape::kByStructure;
  std::vector<std::string> columns = {};
};

void PrintTo(const AnswerCase& c, std::ostream* out) {
  *out << c.why;
}

class Answers : public testing::TestWithParam<AnswerCase> {};

EndpointSettings SettingsOf(const AnswerCase& c) {
  EndpointSettings settings = SettingsOf(RequestShape::kData);
  settings.answer_shape = c.shape;
  settings.output_columns = c.columns;
  return settings;
}

TEST_P(Answers, BecomeTables) {
  EXPECT_EQ(Decoded(GetParam().body, SettingsOf(GetParam())), GetParam().expected);
}

// Whatever stands in the answer, the same inside a string, and no cut of it makes it hang or crash.
TEST_P(Answers, AreReadInsideAStringAndRefusedWhenCut) {
  const EndpointSettings settings = SettingsOf(GetParam());
  const std::string body = GetParam().body;
  std::string packed = "\"";
  for (char c : body) {
    if (c == '"' || c == '\\') packed += '\\';
    packed += c;
  }
  packed += '"';
  const bool tree = body.starts_with('[') || body.starts_with('{');
  if (tree) {
    EXPECT_EQ(Decoded(packed, settings), GetParam().expected);
  }
  for (std::size_t cut = 1; tree && cut < body.size(); ++cut) {
    EXPECT_THAT(Decoded(body.substr(0, cut), settings), testing::StartsWith("The answer")) << cut;
  }
}

using S = AnswerShape;
const AnswerCase kAnswers[] = {
    {"a list of integers", "[3, 7]", "output{output:int64s[3,7]}"},
    {"an integer and a fraction", "[3, 7.5]", "output{output:doubles[3,7.5]}"},
    {"bare NaN", "[NaN]", "output{output:doubles[nan]}"},
    {"infinities after an integer", "[1, Infinity, -Infinity]",
     "output{output:doubles[1,inf,-inf]}"},
    {"texts", R"(["setosa", "virginica"])", R"(output{output:strings["setosa","virginica"]})"},
    {"truth values", "[true, false]", "output{output:bools[true,false]}"},
    {"a null is a row without a value", "[1, null, 3]", "output{output:int64s[1,-,3]}"},
    {"a null first", "[null, 0.5]", "output{output:doubles[-,0.5]}"},
    {"a word that only begins with null", "[nullx, 1]",
     "The answer is not understood: row 0 holds something that is no JSON value."},
    {"such a word among lists", "[[1], null1, [2]]",
     "The answer is not understood: row 1 holds something that is no JSON value."},
    {"a minus zero keeps its sign wherever it stands", "[1, -0]", "output{output:doubles[1,-0]}"},
    {"nulls alone", "[null, null]", "output{output:strings[-,-]}"},
    {"a mixture is texts, as they were written", R"([1, "x", 2.50, true, null])",
     R"(output{output:strings["1","x","2.50","true",-]})"},
    {"an integer that is too large for 64 bits", "[1, 9223372036854775808]",
     "output{output:doubles[1,9223372036854775808]}"},
    {"a list of lists", "[[0.1, 0.9], [0.5, 0.5]]",
     "output{output_0:doubles[0.1,0.5] output_1:doubles[0.9,0.5]}"},
    {"each column has its own type", R"([[1, "a", true], [2, "b", false]])",
     R"(output{output_0:int64s[1,2] output_1:strings["a","b"] output_2:bools[true,false]})"},
    {"a list of lists with a null row", "[[1], null, [3]]", "output{output_0:int64s[1,-,3]}"},
    {"lists of different lengths are texts", "[[1, 2], [3]]",
     R"(output{output:strings["[1, 2]","[3]"]})"},
    {"empty lists are texts", "[[], []]", R"(output{output:strings["[]","[]"]})"},
    {"deep lists are texts", "[[[1], [2]], [[3], [4]]]",
     R"(output{output_0:strings["[1]","[3]"] output_1:strings["[2]","[4]"]})"},
    {"rows of different kinds are texts", R"([{"a": 1}, [2], 3])",
     R"(output{output:strings["{"a": 1}","[2]","3"]})"},
    {"objects name their columns", R"([{"label": "a", "score": 1}, {"score": 0.5, "label": "b"}])",
     R"(output{label:strings["a","b"] score:doubles[1,0.5]})"},
    {"what an object leaves out is a row without a value", R"([{"a": 1}, {"b": 2}])",
     "output{a:int64s[1,-] b:int64s[-,2]}"},
    {"an empty list", "[]", "output{}"},
    {"an empty list with declared columns",
     "[]",
     R"(output{label:strings[]})",
     S::kByStructure,
     {"label"}},
    {"a declared name", "[1, 2]", "output{label:int64s[1,2]}", S::kByStructure, {"label"}},
    {"declared names",
     "[[1, 0.5]]",
     "output{id:int64s[1] chance:doubles[0.5]}",
     S::kByStructure,
     {"id", "chance"}},
    {"too few declared names",
     "[[1, 2]]",
     "The answer is not understood: it has 2 columns, and output_columns names 1.",
     S::kByStructure,
     {"a"}},
    {"names that the answer has itself stay",
     R"([{"a": 1}])",
     "output{a:int64s[1]}",
     S::kByStructure,
     {"x", "y"}},
    {"predictions", R"({"predictions": [1, 2]})", "output{output:int64s[1,2]}"},
    {"predictions beside others", R"({"model": "m", "predictions": [[1, 2]], "x": []})",
     "output{output_0:int64s[1] output_1:int64s[2]}"},
    {"predictions as objects", R"({"predictions": [{"label": "a"}]})",
     R"(output{label:strings["a"]})"},
    {"predictions that are no list", R"({"predictions": 3})",
     "The answer is not understood: its predictions is not a list."},
    {"predictions twice", R"({"predictions": [1], "predictions": [2]})",
     "The answer is not understood: it has predictions twice."},
    {"Results as Designer answers", R"({"Results": {"WebServiceOutput0": [{"a": 1, "b": "x"}]}})",
     R"(WebServiceOutput0{a:int64s[1] b:strings["x"]})"},
    {"Results as automated ML answers", R"({"Results": [1.5, 2]})",
     "output{output:doubles[1.5,2]}"},
    {"an object of lists", R"({"label": ["a", "b"], "chance": [0.5, NaN], "model": "m"})",
     R"(output{label:strings["a","b"] chance:doubles[0.5,nan]})"},
    {"an object of lists of lists", R"({"label": ["a"], "chances": [[0.25, 0.75]]})",
     R"(output{label:strings["a"] chances_0:doubles[0.25] chances_1:doubles[0.75]})"},
    {"objects inside a named list are texts", R"({"result": [{"a": 1}]})",
     R"(output{result:strings["{"a": 1}"]})"},
    {"an object of empty lists", R"({"label": [], "chance": []})",
     "output{label:strings[] chance:strings[]}"},
    {"a list that is there twice", R"({"a": [1], "b": [2], "a": [3]})",
     "The answer is not understood: column a is given by two of its lists."},
    {"a list with the name of another's column", R"({"a": [[1, 2]], "a_1": [3]})",
     "The answer is not understood: column a_1 is given by two of its lists."},
    {"a list that is no other's column after all", R"({"a": [[1, 2], [3]], "a_1": [4, 5]})",
     R"(output{a:strings["[1, 2]","[3]"] a_1:int64s[4,5]})"},
    {"an object of lists of different lengths", R"({"a": [1, 2], "b": [3]})",
     "The answer is not understood: its lists have different lengths, a 2 and b 1; answer_shape "
     "can say which one holds the rows."},
    {"an object without lists is one row", R"({"label": "a", "score": 0.5, "why": {"x": [1]}})",
     R"(output{label:strings["a"] score:doubles[0.5] why:strings["{"x": [1]}"]})"},
    {"a single number", "0.5", "output{output:doubles[0.5]}"},
    {"a single NaN", " NaN ", "output{output:doubles[nan]}"},
    {"a single text", R"("setosa")", R"(output{output:strings["setosa"]})"},
    {"a text that begins like JSON's end", R"("a]")", R"(output{output:strings["a]"]})"},
    {"a string that holds a string that holds JSON", R"("\"[1]\"")", "output{output:int64s[1]}"},
    {"null alone", "null", "output{output:strings[-]}"},
    {"a byte order mark", "\xEF\xBB\xBF[1]", "output{output:int64s[1]}"},
    {"a declared list", "[1]", "output{output:int64s[1]}", S::kList},
    {"a declared list that is none", R"({"a": 1})",
     "The answer is not understood: it is an object, and answer_shape says that it is a list.",
     S::kList},
    {"declared predictions that are a list", "[1]",
     "The answer is not understood: it is no object, and answer_shape says that it is one.",
     S::kPredictions},
    {"declared predictions that are a single value", "3",
     "The answer is not understood: it is no object, and answer_shape says that it is one.",
     S::kPredictions},
    {"declared predictions that are not there", R"({"a": [1]})",
     "The answer is not understood: it has no predictions.", S::kPredictions},
    {"declared Results that are not there", R"({"a": [1]})",
     "The answer is not understood: it has no Results.", S::kResults},
    {"predictions as one of several lists", R"({"predictions": ["a"], "probabilities": [[1, 0]]})",
     R"(output{predictions:strings["a"] probabilities_0:int64s[1] probabilities_1:int64s[0]})",
     S::kNamedLists},
    {"no body", "", "The answer has no body."},
    {"a page", "<html>",
     "The answer is not understood: row 0 holds something that is no JSON value."},
};
INSTANTIATE_TEST_SUITE_P(All, Answers, testing::ValuesIn(kAnswers));

TEST(ShapedAnswers, EndWithTheirJson) {
  const EndpointSettings settings = SettingsOf(RequestShape::kData);
  EXPECT_EQ(Decoded("[1] [2]", settings), "The answer goes on after its JSON has ended.");
  EXPECT_EQ(Decoded(R"({"a": [1]} {})", settings), "The answer goes on after its JSON has ended.");
  EXPECT_EQ(Decoded("[1] 2", settings), "The answer is not JSON, or it ends too early.");
  EXPECT_EQ(Decoded(R"("[1]" 2)", settings), "The answer is not JSON, or it ends too early.");
}

TEST(ShapedAnswers, LongNamesAreShortenedAtACharacter) {
  std::string name;
  for (int i = 0; i < 40; ++i) name += "\xEA\xB0\x80";
  const std::string shown = name.substr(0, 63) + "...";
  const EndpointSettings settings = SettingsOf(RequestShape::kData);
  EXPECT_EQ(Decoded("{\"" + name + "\": [1], \"b\": [1, 2]}", settings),
            "The answer is not understood: its lists have different lengths, " + shown +
                " 1 and b 2; answer_shape can say which one holds the rows.");
  EXPECT_EQ(Decoded("{\"" + name + "\": [1], \"" + name + "\": [2]}", settings),
            "The answer is not understood: column " + shown + " is given by two of its lists.");
}

TEST(ShapedAnswers, AreBoundedInWhatTheyCost) {
  EndpointSettings settings = SettingsOf(RequestShape::kData);
  std::string wide = "[[0";
  for (int i = 0; i < 70'000; ++i) wide += ",0";
  EXPECT_EQ(Decoded(wide + "]]", settings),
            "The answer is not understood: it has more columns than are taken.");
  std::string holes = "[[0";
  for (int i = 0; i < 5'000; ++i) holes += ",0";
  holes += "]";
  for (int i = 0; i < 1'000; ++i) holes += ",null";
  EXPECT_EQ(Decoded(holes + "]", settings),
            "The answer is not understood: its rows leave out too many columns.");
  std::string deep(100'000, '[');
  EXPECT_THAT(Decoded(deep, settings), testing::StartsWith("The answer"));
  EXPECT_THAT(Decoded(deep + std::string(100'000, ']'), settings),
              testing::StartsWith("The answer is not understood"));
}

}  // namespace
}  // namespace scoregate::dialect
