// The classic dialect over real sockets: both forms of tables, and every check of a request.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/emulator/envelope_reader.h"
#include "tests/emulator/loopback.h"

namespace scoregate::emulator {
namespace {

using boost::beast::http::verb;
using testing::HasSubstr;

// The first flower of the data, and what the model says of it.
constexpr std::string_view kOldBody =
    R"({"Inputs":{"input1":{"ColumnNames":["sepal length","sepal width","petal length","petal width"],)"
    R"("Values":[["5.1","3.5","1.4","0.2"]]}},"GlobalParameters":{}})";
constexpr std::string_view kSwaggerBody =
    R"({"Inputs":{"input1":[{"sepal length":5.1,"sepal width":3.5,"petal length":1.4,)"
    R"("petal width":0.2}]},"GlobalParameters":{}})";

// The cells of an answer, as text: one row a line; null is written as null.
std::string Cells(const std::string& body) {
  simdjson::dom::parser parser;
  const auto document = parser.parse(body);
  simdjson::dom::array rows;
  EXPECT_EQ(document["Results"]["output1"]["value"]["Values"].get(rows), simdjson::SUCCESS) << body;
  return simdjson::minify(rows);
}

std::string ProbabilityOf(const std::string& body, const char* species) {
  simdjson::dom::parser parser;
  std::string_view text = "<none>";
  const std::string name = std::string("Scored Probabilities for Class \"") + species + "\"";
  auto error = parser.parse(body)["Results"]["output1"].at(0)[name].get(text);
  EXPECT_EQ(error, simdjson::SUCCESS) << body;
  return std::string(text);
}

TEST(ClassicScore, AnswersTheOldFormWithStringsAndTypes) {
  RunningServer server;
  const auto reply = Client(server).Post(kExecuteDetails, kOldBody);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 200u);
  EXPECT_EQ((*reply)["content-type"], "application/json; charset=utf-8");
  EXPECT_THAT(
      std::string((*reply)["x-ms-request-id"]),
      testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_THAT(
      reply->body(),
      testing::StartsWith(
          R"({"Results":{"output1":{"type":"table","value":{"ColumnNames":[)"
          R"("Scored Probabilities for Class \"setosa\"","Scored Probabilities for Class \"versicolor\"",)"
          R"("Scored Probabilities for Class \"virginica\"","Scored Labels"],)"
          R"("ColumnTypes":["Double","Double","Double","String"],"Values":[["0.98158351661)"));
  EXPECT_THAT(Cells(reply->body()), testing::EndsWith(R"(,"setosa"]])"));
}

TEST(ClassicScore, LeavesOutTheTypesWithoutDetails) {
  RunningServer server;
  const auto reply = Client(server).Post(kExecute, kOldBody);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 200u);
  EXPECT_THAT(reply->body(), HasSubstr("\"Scored Labels\"],\"Values\":[["));
}

TEST(ClassicScore, AnswersTheSwaggerForm) {
  RunningServer server;
  const auto reply = Client(server).Post(kExecuteSwagger, kSwaggerBody);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 200u);
  EXPECT_EQ(ProbabilityOf(reply->body(), "setosa").substr(0, 12), "0.9815835166");
  EXPECT_THAT(reply->body(), testing::EndsWith(R"("Scored Labels":"setosa"}]}})"));
}

TEST(ClassicScore, TakesNumbersStringsMissingValuesAndColumnsInAnyOrder) {
  RunningServer server;
  const auto reply = Client(server).Post(
      kExecute,
      R"({"Inputs":{"input1":{"ColumnNames":["petal width","sepal width","petal length","sepal length"],)"
      R"("Values":[[0.2," 3.5 ","1.40e0","+5.1"],[2.5,3.3,6,6.3],[null,1,1,1],["",1,1,1],["NaN",1,1,1]]}}})");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 200u) << reply->body();
  const std::string cells = Cells(reply->body());
  EXPECT_THAT(cells, testing::StartsWith(R"([["0.98158351661)"));
  EXPECT_THAT(cells, HasSubstr(R"("virginica"],[null,null,null,null],)"
                               R"([null,null,null,null],[null,null,null,null]])"));
}

TEST(ClassicScore, TakesNoRows) {
  RunningServer server;
  Client client(server);
  const auto old_form = client.Post(
      kExecute,
      R"({"Inputs":{"input1":{"ColumnNames":["sepal length","sepal width","petal length","petal width"],"Values":[]}}})");
  ASSERT_TRUE(old_form);
  EXPECT_EQ(Cells(old_form->body()), "[]");
  const auto swagger = client.Post(kExecuteSwagger, R"({"Inputs":{"input1":[]}})");
  ASSERT_TRUE(swagger);
  EXPECT_EQ(swagger->body(), R"({"Results":{"output1":[]}})");
}

TEST(ClassicScore, TheTemperatureChangesTheProbabilities) {
  RunningServer server;
  Client client(server);
  const std::string body(kSwaggerBody.substr(0, kSwaggerBody.size() - 2));
  const auto number = client.Post(kExecuteSwagger, body + R"("Temperature":2}})");
  const auto text = client.Post(kExecuteSwagger, body + R"("Temperature":"2.0"}})");
  ASSERT_TRUE(number && text);
  // The square roots of the probabilities at 1 (0.98158, 0.018416, 1.45e-8), normalized.
  EXPECT_EQ(ProbabilityOf(number->body(), "setosa").substr(0, 6), "0.8794");
  EXPECT_EQ(text->body(), number->body());
}

struct Refusal {
  const char* why;
  std::string target;
  std::string body;
  const char* error;
  const char* message;
};

constexpr std::string_view kBase = "/workspaces/w/services/s/execute";

std::string Old(const std::string& columns, const std::string& values) {
  return R"({"Inputs":{"input1":{"ColumnNames":)" + columns + R"(,"Values":)" + values + "}}}";
}

const char* const kColumns = R"(["sepal length","sepal width","petal length","petal width"])";

class ClassicRefusals : public testing::Test {
 protected:
  void Check(const Refusal& c) {
    const auto reply = client_.Post(c.target, c.body);
    ASSERT_TRUE(reply) << c.why;
    const SeenError seen = ReadEnvelope(static_cast<int>(reply->result_int()), reply->body());
    EXPECT_EQ(seen.Text(), c.error) << c.why << ": " << reply->body();
    ASSERT_EQ(seen.messages.size(), 1u) << c.why;
    EXPECT_THAT(seen.messages[0], HasSubstr(c.message)) << c.why;
  }

  RunningServer server_;
  Client client_{server_};
};

TEST_F(ClassicRefusals, OfTheQuery) {
  const std::string base(kBase);
  const std::string body(kOldBody);
  const Refusal cases[] = {
      {"no version", base, body, "400 BadArgument[BadVersionCall]", "none"},
      {"another version", base + "?api-version=1.0", body, "400 BadArgument[BadVersionCall]",
       "1.0"},
      {"details is neither", base + "?api-version=2.0&details=yes", body,
       "400 BadArgument[InvalidQueryParameter]", "details"},
      {"another format", base + "?api-version=2.0&format=xml", body,
       "400 BadArgument[InvalidQueryParameter]", "format"},
  };
  for (const Refusal& c : cases) Check(c);
}

TEST_F(ClassicRefusals, OfTheBody) {
  const std::string url(kExecute);
  const char* const kInvalid = "400 BadArgument[RequestBodyInvalid]";
  const Refusal cases[] = {
      {"no body", url, "", kInvalid, "There is no body."},
      {"null", url, "null", "400 BadArgument[RequestIsEmpty]", "null"},
      {"not JSON", url, "{'Inputs':{}}", kInvalid, "not JSON"},
      {"bare NaN", url, Old(kColumns, "[[NaN,1,1,1]]"), kInvalid, "not JSON"},
      {"not UTF-8", url, "{\"Inputs\":\"\xFF\"}", kInvalid, "not JSON"},
      {"too deep", url, std::string(100'000, '['), kInvalid, "not JSON"},
      {"not an object", url, "[1]", kInvalid, "not an object"},
      {"Inputs of another type", url, R"({"Inputs":7})", kInvalid, "Inputs is not an object"},
      {"parameters of another type", url, R"({"GlobalParameters":[]})", kInvalid,
       "GlobalParameters is not an object"},
      {"old form where swagger is due", std::string(kExecuteSwagger), Old(kColumns, "[]"), kInvalid,
       "a list of objects"},
      {"swagger form where the old is due", url, std::string(kSwaggerBody), kInvalid,
       "the lists ColumnNames and Values"},
      {"a column's name is a number", url, Old("[1]", "[]"), kInvalid, "not a string"},
      {"a row is no list", url, Old(kColumns, "[1]"), kInvalid, "not a list"},
      {"a record is no object", std::string(kExecuteSwagger), R"({"Inputs":{"input1":[1]}})",
       kInvalid, "not an object"},
  };
  for (const Refusal& c : cases) Check(c);
}

TEST_F(ClassicRefusals, OfParameters) {
  const std::string url(kExecute);
  const auto with = [](const char* parameters) {
    return std::string(R"({"GlobalParameters":)") + parameters + "}";
  };
  const char* const kBadValue = "400 BadArgument[BadParameterValue@Temperature]";
  const Refusal cases[] = {
      {"unknown", url, with(R"({"Seed":1})"), "400 BadArgument[UnexpectedParameter@Seed]",
       "Temperature"},
      {"other case", url, with(R"({"temperature":1})"),
       "400 BadArgument[UnexpectedParameter@temperature]", "Temperature"},
      {"zero", url, with(R"({"Temperature":0})"), kBadValue, "0.01 to 100"},
      {"too much", url, with(R"({"Temperature":100.1})"), kBadValue, "0.01 to 100"},
      {"NaN", url, with(R"({"Temperature":"nan"})"), kBadValue, "0.01 to 100"},
      {"text", url, with(R"({"Temperature":"warm"})"), kBadValue, "0.01 to 100"},
      {"null", url, with(R"({"Temperature":null})"), kBadValue, "0.01 to 100"},
      {"raise is a number", url, with(R"({"raise":503})"),
       "400 BadArgument[BadParameterValue@raise]", "a string"},
  };
  for (const Refusal& c : cases) Check(c);
}

TEST_F(ClassicRefusals, OfInputs) {
  const std::string url(kExecute);
  const std::string swagger(kExecuteSwagger);
  const char* const kMissing = "400 BadArgument[MissingRequestInput@input1]";
  const char* const kMismatch = "400 BadUserArgument[InputMismatchError@input1]";
  const char* const kParse = "400 BadUserArgument[InputParseError@input1]";
  const Refusal cases[] = {
      {"no Inputs", url, "{}", kMissing, "input1"},
      {"null Inputs", url, R"({"Inputs":null})", kMissing, "input1"},
      {"no input1", url, R"({"Inputs":{}})", kMissing, "input1"},
      {"null input1", url, R"({"Inputs":{"input1":null}})", kMissing, "input1"},
      {"unknown inputs", url, R"({"Inputs":{"input1":{},"input2":{},"x":[]}})",
       "400 BadArgument[InvalidInputNames]", "input2, x"},
      {"unknown column", url, Old(R"(["sepal length","color"])", "[]"), kMismatch, "'color'"},
      {"missing column", url, Old(R"(["sepal length"])", "[]"), kMismatch,
       "'sepal width' is missing"},
      {"a column twice", url, Old(R"(["sepal length","sepal length"])", "[]"), kMismatch, "twice"},
      {"unknown member", swagger, R"({"Inputs":{"input1":[{"color":"red"}]}})", kMismatch,
       "'color'"},
      {"missing member", swagger, R"({"Inputs":{"input1":[{"sepal length":1}]}})", kMismatch,
       "Row 1"},
      {"short row", url, Old(kColumns, "[[1,1,1,1],[1,1,1]]"), kParse,
       "row 2, 3 values for 4 columns"},
      {"long row", url, Old(kColumns, "[[1,1,1,1,1]]"), kParse, "row 1, 5 values for 4 columns"},
      {"not a number", url, Old(kColumns, R"([[1,1,"x",1]])"), kParse,
       "row 1, column 'petal length': \"x\""},
      {"a number and more", url, Old(kColumns, R"([[1,1,"1x",1]])"), kParse, "\"1x\""},
      {"a boolean", url, Old(kColumns, "[[1,true,1,1]]"), kParse, "column 'sepal width': true"},
      {"a list", url, Old(kColumns, "[[[],1,1,1]]"), kParse, "column 'sepal length': []"},
      {"infinite", url, Old(kColumns, R"([["inf",1,1,1]])"), kParse, "\"inf\""},
      {"no such flower", url, Old(kColumns, "[[1e9,1,1,1]]"), kParse, "1000000000"},
  };
  for (const Refusal& c : cases) Check(c);
}

TEST_F(ClassicRefusals, RepeatOnlyTheBeginningOfWhatWasSent) {
  const std::string longest(1'000'000, 'x');
  const auto reply = client_.Post(kExecute, R"({"Inputs":{")" + longest + R"(":1}})");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 400u);
  EXPECT_LT(reply->body().size(), 1000u);
}

TEST(ClassicScore, AnswersABodyCutAnywhereWithADocumentedError) {
  RunningServer server;
  Client client(server);
  for (std::size_t length = 0; length < kOldBody.size(); ++length) {
    const auto reply = client.Post(kExecute, kOldBody.substr(0, length));
    ASSERT_TRUE(reply) << length;
    EXPECT_EQ(ReadEnvelope(static_cast<int>(reply->result_int()), reply->body()).Text(),
              "400 BadArgument[RequestBodyInvalid]")
        << length;
  }
}

TEST(ClassicKey, AnyKeyDoesUntilOneIsConfigured) {
  RunningServer open;
  Options options;
  options.api_key = "right+key/==";
  RunningServer closed(options);
  struct Case {
    const RunningServer& server;
    const char* authorization;
    int status;
  };
  const Case cases[] = {
      {open, "Bearer anything", 200},
      {open, "bearer anything", 200},
      {open, "Bearer", 401},
      {open, "Basic anything", 401},
      {open, "", 401},
      {closed, "Bearer right+key/==", 200},
      {closed, "BEARER   right+key/==", 200},
      {closed, "Bearer right+key/=", 401},
      {closed, "Bearer wrong", 401},
      {closed, "right+key/==", 401},
      {closed, "", 401},
  };
  for (const Case& c : cases) {
    const auto reply =
        Client(c.server).PostWithoutKey(kExecute, kOldBody, {{"Authorization", c.authorization}});
    ASSERT_TRUE(reply) << c.authorization;
    EXPECT_EQ(reply->result_int(), static_cast<unsigned>(c.status)) << c.authorization;
    if (c.status == 200) continue;
    EXPECT_EQ(ReadEnvelope(401, reply->body()).Text(),
              "401 Unauthorized[ScoreRequestUnauthorized]");
    EXPECT_THAT(reply->body(), testing::Not(HasSubstr("wrong"))) << "a key is never repeated";
  }
}

TEST(ClassicSwagger, DescribesBothTablesWithoutAKey) {
  RunningServer server;
  Client client(server);
  for (const char* const base : {"/workspaces/w/services/s", "/subscriptions/u/services/s"}) {
    const auto reply =
        client.Ask(verb::get, std::string(base) + "/swagger.json", "", {{"Authorization", ""}});
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->result_int(), 200u);
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    ASSERT_EQ(parser.parse(reply->body()).get(document), simdjson::SUCCESS) << reply->body();
    std::string_view text;
    ASSERT_EQ(document["basePath"].get(text), simdjson::SUCCESS);
    EXPECT_EQ(text, base);
    const auto type_of = [&](const char* item, const char* column) {
      std::string_view type = "<none>";
      [[maybe_unused]] const auto error =
          document["definitions"][item]["properties"][column]["type"].get(type);
      return std::string(type);
    };
    EXPECT_EQ(type_of("input1Item", "petal width"), "number");
    EXPECT_EQ(type_of("output1Item", "Scored Labels"), "string");
    EXPECT_EQ(type_of("output1Item", "Scored Probabilities for Class \"setosa\""), "number");
    // The example is a request that the service takes.
    simdjson::dom::element example;
    ASSERT_EQ(document["definitions"]["ExecutionRequest"]["example"].get(example),
              simdjson::SUCCESS);
    const std::string body = simdjson::minify(example);
    const auto scored =
        client.Post(std::string(base) + "/execute?api-version=2.0&format=swagger", body);
    ASSERT_TRUE(scored);
    EXPECT_EQ(scored->result_int(), 200u) << scored->body();
  }
}

}  // namespace
}  // namespace scoregate::emulator
