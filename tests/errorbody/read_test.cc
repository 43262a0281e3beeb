// Every shape of error body, read as a whole.
#include "gateway/errorbody/read.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "gateway/errorbody/shapes/list.h"
#include "tests/errorbody/cases.h"

namespace scoregate::errorbody {
namespace {

TEST(Read, EveryCaseIsReadWhole) {
  for (const Case& test : Cases()) {
    const ReportedError error = Read(ResponseOf(test), test.kind, std::nullopt);
    EXPECT_EQ(Describe(error), test.expected) << test.name;
    EXPECT_EQ(error.http_status, test.status) << test.name;
  }
}

TEST(Read, EveryShapeHasACase) {
  std::set<std::string_view> seen;
  for (const Case& test : Cases()) {
    seen.insert(test.expected.substr(0, test.expected.find(':')));
  }
  std::set<std::string_view> shapes;
  for (const Shape* shape : JsonShapes()) shapes.insert(shape->name);
  for (const Shape* shape : TextShapes()) shapes.insert(shape->name);
  EXPECT_EQ(seen, shapes);
}

ReportedError ReadText(std::string body) {
  http::HttpResponse response;
  response.status = 500;
  response.body = std::move(body);
  return Read(response, http::UpstreamKind::kOpaque, std::nullopt);
}

TEST(Read, MoreThan256BytesOfProseAreText) {
  const std::string json = R"({"error":{"code":"A","message":"m"}})";
  EXPECT_EQ(ReadText(std::string(256, 'x') + json).outer_code, "A");
  const ReportedError error = ReadText(std::string(257, 'x') + json);
  EXPECT_EQ(error.shape, "text");
  EXPECT_EQ(error.voice, Voice::kIntermediary);
  EXPECT_EQ(error.message, std::string(257, 'x') + json);
}

TEST(Read, TextsAreCutAtACharacter) {
  // Neither 4,096 nor what is dropped of an unbroken text (128) is a multiple of three.
  std::string korean;
  for (int i = 0; i < 5000; ++i) korean += "\xEC\x98\xA4";
  const ReportedError error =
      ReadText("{\"error\":{\"code\":\"" + korean + "\",\"message\":\"" + korean +
               "\",\"details\":[{\"target\":\"" + korean + "\"}]}}");
  EXPECT_EQ(error.message, korean.substr(0, 3966));
  EXPECT_EQ(error.outer_code, korean.substr(0, 255));
  EXPECT_EQ(error.items.at(0).target, korean.substr(0, 255));
  EXPECT_EQ(ReadText(korean).message, korean.substr(0, 3966));
  EXPECT_EQ(ReadText("<p>" + korean).message, korean.substr(0, 3966));
}

TEST(Read, NoWordIsCut) {
  struct Row {
    const char* name;
    std::string body;
  };
  // The bound falls into "word".
  const std::string text = std::string(4090, 'x') + " a,word that is long";
  const std::string escaped = std::string(4088, 'x') + "\xC3\xA9 a,word";
  for (const Row& row :
       {Row{"plain", R"({"error":{"code":"A","message":")" + text + "\"}}"},
        Row{"not ASCII", R"({"error":{"code":"A","message":")" + escaped + "\"}}"},
        Row{"text", text}, Row{"markup", "<p>" + text},
        Row{"two texts", R"({"error":"a","error_description":")" + text.substr(3) + "\"}"}}) {
    EXPECT_TRUE(ReadText(row.body).message.ends_with("x a,") ||
                ReadText(row.body).message.ends_with("\xA9 a,"))
        << row.name << ReadText(row.body).message.substr(4000);
  }
}

TEST(Read, OfABodyThatWasCutTheLastWordIsDropped) {
  http::HttpResponse answer;
  answer.status = 500;
  answer.body = R"({"error":{"code":"A","message":"some wor)";
  EXPECT_EQ(Read(answer, http::UpstreamKind::kOpaque, std::nullopt).message, "some wor");
  answer.body_cut = true;
  EXPECT_EQ(Read(answer, http::UpstreamKind::kOpaque, std::nullopt).message, "some");
}

TEST(Read, ItemsBeyondTheBoundAreCounted) {
  // 1,000 is more than the reader keeps of an array, too.
  for (std::size_t count : {64u, 65u, 256u, 257u, 1000u}) {
    std::string body = R"({"error":{"code":"A","details":[)";
    for (std::size_t i = 0; i < count; ++i) {
      body += (i == 0 ? "" : ",") + (R"({"code":"c)" + std::to_string(i) + "\"}");
    }
    const ReportedError error = ReadText(body + "]}}");
    ASSERT_EQ(error.items.size(), 64u) << count;
    EXPECT_EQ(error.items.back().code, "c63") << count;
    EXPECT_EQ(error.omitted_items, count - 64) << count;
  }
}

TEST(Read, InnerErrorsAreFollowedDown) {
  std::string body = R"({"error":{"code":"c0","message":"m")";
  for (int i = 1; i <= 50; ++i) {
    body += R"(,"innererror":{"code":"c)" + std::to_string(i) + "\"";
  }
  body += std::string(52, '}');
  const ReportedError error = ReadText(body);
  EXPECT_EQ(error.outer_code, "c0");
  EXPECT_EQ(error.inner_code, "c50");
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

TEST(Read, JsonInStringsIsUnpackedThreeTimes) {
  std::string body = R"({"error":{"code":"A","message":"m"}})";
  for (int i = 0; i < 3; ++i) body = Quoted(body);
  EXPECT_EQ(ReadText(body).outer_code, "A");
  const ReportedError fourth = ReadText(Quoted(body));
  EXPECT_EQ(fourth.outer_code, "");
  EXPECT_EQ(fourth.shape, "text");
}

TEST(Read, AMessageInAMessageIsUnpackedThreeTimes) {
  std::string body = R"({"code":"A","message":"m"})";
  for (int i = 0; i < 3; ++i) body = R"({"message":)" + Quoted(body) + "}";
  EXPECT_EQ(ReadText(body).outer_code, "A");
  EXPECT_EQ(ReadText(R"({"message":)" + Quoted(body) + "}").outer_code, "");
}

}  // namespace
}  // namespace scoregate::errorbody
