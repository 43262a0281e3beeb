// Swagger documents become columns and types, and types are given to answers that left them open.
#include "gateway/dialect/classic/schema.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace scoregate::dialect::classic {
namespace {

std::string Ports(const std::vector<scoring::v1::Port>& ports) {
  std::string text;
  for (const auto& port : ports) {
    text += port.name() + "(";
    for (const auto& column : port.columns()) {
      text += column.name() + ":" + scoring::v1::PortColumn::Type_Name(column.type()) + " ";
    }
    text += ")";
  }
  return text;
}

constexpr const char* kSwagger2 = R"({"swagger":"2.0","paths":{
  "/jobs":{"post":{"responses":{}}},
  "/execute?api-version=2.0":{"post":{
    "parameters":[{"in":"header","name":"x"},
                  {"in":"body","schema":{"$ref":"#/definitions/ExecutionRequest"}}],
    "responses":{"200":{"schema":{"$ref":"#/definitions/ExecutionResponse"}}}}}},
  "definitions":{
    "ExecutionRequest":{"properties":{"Inputs":{"properties":{
      "input1":{"type":"array","items":{"$ref":"#/definitions/input1Item"}},
      "input2":{"type":"array","items":{"properties":{"z":{"type":"boolean"}}}}}}}},
    "ExecutionResponse":{"properties":{"Results":{"properties":{
      "output1":{"type":"array","items":{"$ref":"#/definitions/output1Item"}}}}}},
    "input1Item":{"properties":{"a":{"type":"integer","format":"int32"},"b":{"type":"string"}}},
    "output1Item":{"properties":{"n":{"type":"integer"},"d":{"type":"number"},
                                 "t":{"type":"boolean"},"s":{"type":"string"},"o":{}}}}})";

constexpr const char* kOpenApi3 = R"({"openapi":"3.0.0","paths":{"/score":{"post":{
  "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/In"}}}},
  "responses":{"200":{"content":{"application/json":{"schema":{"properties":{"Results":{
    "properties":{"WebServiceOutput0":{"items":{"properties":{"p":{"type":"number"}}}}}}}}}}}}}}},
  "components":{"schemas":{"In":{"properties":{"Inputs":{"properties":{
    "WebServiceInput0":{"items":{"properties":{"q":{"type":"integer"}}}}}}}}}}})";

TEST(ReadSchema, BothFormsOfDocument) {
  auto classic = ReadSchema(kSwagger2);
  ASSERT_TRUE(classic);
  EXPECT_EQ(Ports(classic->inputs), "input1(a:INT64 b:STRING )input2(z:BOOL )");
  EXPECT_EQ(Ports(classic->outputs),
            "output1(n:INT64 d:DOUBLE t:BOOL s:STRING o:TYPE_UNSPECIFIED )");
  auto designer = ReadSchema(kOpenApi3);
  ASSERT_TRUE(designer);
  EXPECT_EQ(Ports(designer->inputs), "WebServiceInput0(q:INT64 )");
  EXPECT_EQ(Ports(designer->outputs), "WebServiceOutput0(p:DOUBLE )");
}

TEST(ReadSchema, ATableWithoutPorts) {
  struct Case {
    const char* name;
    const char* body;
    const char* inputs;
  };
  for (const Case& c : {
           Case{"rows as objects",
                R"({"properties":{"data":{"type":"array","items":)"
                R"({"properties":{"a":{"type":"integer"}}}}}})",
                "data(a:INT64 )"},
           Case{"rows that are the body", R"({"type":"array","items":{"properties":{"a":{}}}})",
                "input(a:TYPE_UNSPECIFIED )"},
           Case{"a member of another name",
                R"({"properties":{"rows":{"items":{"properties":)"
                R"({"a":{"type":"string"}}}}}})",
                "rows(a:STRING )"},
           Case{"columns of an example",
                R"({"properties":{"input_data":{"properties":{"columns":{"type":"array"}}}},)"
                R"("example":{"input_data":{"columns":["a","b"],"data":[[1,2]]}}})",
                "input_data(a:TYPE_UNSPECIFIED b:TYPE_UNSPECIFIED )"},
           Case{"columns of a member's example",
                R"({"properties":{"input_data":{"properties":{"columns":{"example":["a"]}}}}})",
                "input_data(a:TYPE_UNSPECIFIED )"},
           Case{"Inputs with one table in it",
                R"({"properties":{"Inputs":{"properties":{"data":{"items":{"properties":)"
                R"({"a":{"type":"number"}}}}}}}})",
                "data(a:DOUBLE )"},
           Case{"Inputs that are rows",
                R"({"properties":{"Inputs":{"items":{"properties":{"a":{"type":"boolean"}}}}}})",
                "Inputs(a:BOOL )"},
           Case{"rows without names", R"({"properties":{"data":{"items":{"type":"array"}}}})", ""},
           Case{"an unknown member",
                R"({"properties":{"other":{"items":{"properties":{"a":{}}}}}})", ""},
       }) {
    auto schema =
        ReadSchema(R"({"paths":{"/score":{"post":{"parameters":[{"in":"body","schema":)" +
                   std::string(c.body) +
                   R"(}],"responses":{"200":{"schema":{"type":"array","items":{"properties":)"
                   R"({"p":{"type":"number"}}}}}}}}}})");
    ASSERT_TRUE(schema) << c.name;
    EXPECT_EQ(Ports(schema->inputs), c.inputs) << c.name;
    EXPECT_EQ(Ports(schema->outputs), "output(p:DOUBLE )") << c.name;
  }
}

TEST(ReadSchema, WhatIsNoDocumentGivesNothing) {
  const std::vector<std::string> texts = {
      "", "<html>", "{}", "[]", R"({"paths":{}})", R"({"paths":{"/a":{"get":{}}}})",
      R"({"paths":{"/a":{"post":{"parameters":"x","responses":[]}}}})",
      // References in a circle, to nowhere, and to somewhere else.
      R"({"paths":{"/a":{"post":{"$ref":"#/paths/~1a/post"}}}})",
      R"({"paths":{"/a":{"post":{"$ref":"#/nowhere"}}}})",
      R"({"paths":{"/a":{"post":{"$ref":"https://elsewhere/"}}}})"};
  for (const std::string& text : texts) EXPECT_FALSE(ReadSchema(text)) << text;
  const std::string whole = kSwagger2;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(ReadSchema(whole.substr(0, size))) << size;
  }
}

// Every input refers to one and the same wide table: walked once a reference, this would be more
// than a hundred million columns.
TEST(ReadSchema, ReferencesToAWideTableAreNotFollowedForEver) {
  std::string wide = R"({"items":{"properties":{)";
  for (int i = 0; i < 100'000; ++i) wide += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":{}";
  wide += "}}}";
  std::string inputs;
  for (int i = 0; i < 2000; ++i) {
    inputs += (i == 0 ? "\"" : ",\"") + std::to_string(i) + R"(":{"$ref":"#/definitions/w"})";
  }
  const std::string document =
      R"({"paths":{"/execute":{"post":{"parameters":[{"in":"body","schema":{"properties":)"
      R"({"Inputs":{"properties":{)" +
      inputs + R"(}}}}}]}}},"definitions":{"w":)" + wide + "}}";
  auto schema = ReadSchema(document);
  ASSERT_TRUE(schema);
  std::size_t columns = 0;
  for (const auto& port : schema->inputs) columns += static_cast<std::size_t>(port.columns_size());
  EXPECT_EQ(columns, kMaxSchemaColumns);
  EXPECT_FALSE(ReadSchema(document + std::string(kMaxSchemaBytes, ' '))) << "too large";
}

TEST(SwaggerRequest, BesideTheServiceOrAtTheRoot) {
  endpoint::EndpointSettings settings;
  settings.address.path = "/workspaces/w/services/s/execute";
  settings.api_keys = {"secret"};
  EXPECT_EQ(SwaggerRequest(settings).target, "/workspaces/w/services/s/swagger.json");
  EXPECT_EQ(SwaggerRequest(settings).headers.First("authorization"), "") << "it takes no key";
  settings.address.path = "/score";
  EXPECT_EQ(SwaggerRequest(settings).target, "/swagger.json");
  settings.kind = http::UpstreamKind::kOnlineEndpoint;
  EXPECT_EQ(SwaggerRequest(settings).target, "/swagger.json");
  settings.address.path = "/a/b/score";
  settings.address.query = "key=secret";
  EXPECT_EQ(SwaggerRequest(settings).target, "/a/b/swagger.json");
  settings.address.path = "";
  EXPECT_EQ(SwaggerRequest(settings).target, "/swagger.json");
}

TEST(ApplyTypes, OnlyWhereEveryCellFits) {
  scoring::v1::ScoreResponse response;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(outputs { key: "output1" value {
           columns { name: "n" strings { values: ["1", "", "-3"] } null_rows: 1 }
           columns { name: "d" strings { values: ["0.5", "x", "1"] } }
           columns { name: "t" strings { values: ["True", "false", "True"] } }
           columns { name: "s" strings { values: ["1", "2", "3"] } }
           columns { name: "u" strings { values: ["1", "2", "3"] } } } }
         outputs { key: "other" value { columns { name: "n" strings { values: "1" } } } })",
      &response));
  auto schema = ReadSchema(kSwagger2);
  ASSERT_TRUE(schema);
  ApplyTypes(*schema, response);
  scoring::v1::ScoreResponse expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(outputs { key: "output1" value {
           columns { name: "n" int64s { values: [1, 0, -3] } null_rows: 1 }
           columns { name: "d" strings { values: ["0.5", "x", "1"] } }
           columns { name: "t" bools { values: [true, false, true] } }
           columns { name: "s" strings { values: ["1", "2", "3"] } }
           columns { name: "u" strings { values: ["1", "2", "3"] } } } }
         outputs { key: "other" value { columns { name: "n" strings { values: "1" } } } })",
      &expected));
  EXPECT_EQ(response.outputs().at("output1").DebugString(),
            expected.outputs().at("output1").DebugString());
  EXPECT_EQ(response.outputs().at("other").DebugString(),
            expected.outputs().at("other").DebugString());
}

TEST(LeavesTypesOpen, OnlyWithoutColumnTypesAndWithStrings) {
  scoring::v1::ScoreResponse strings;
  (*strings.mutable_outputs())["o"].add_columns()->mutable_strings()->add_values("1");
  scoring::v1::ScoreResponse numbers;
  (*numbers.mutable_outputs())["o"].add_columns()->mutable_doubles()->add_values(1);
  http::HttpResponse open;
  open.body = R"({"Results":{}})";
  http::HttpResponse typed;
  typed.body = R"({"Results":{"o":{"value":{"ColumnTypes":["String"]}}}})";
  EXPECT_TRUE(LeavesTypesOpen(open, strings));
  EXPECT_FALSE(LeavesTypesOpen(typed, strings));
  EXPECT_FALSE(LeavesTypesOpen(open, numbers));
  // Wherever it stands, and all of it.
  for (std::size_t before = 0; before < 30; ++before) {
    open.body = std::string(before, '"') + "ColumnTypes," + R"("ColumnType","olumnTypes")";
    EXPECT_TRUE(LeavesTypesOpen(open, strings)) << before;
    typed.body = std::string(before, ' ') + R"("ColumnTypes")";
    EXPECT_FALSE(LeavesTypesOpen(typed, strings)) << before;
  }
}

}  // namespace
}  // namespace scoregate::dialect::classic
