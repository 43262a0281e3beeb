// Reading cannot fail: every case cut at every byte, mutated, and grown, keeps the promises that
// translation and protobuf rely on.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "gateway/errorbody/read.h"
#include "tests/errorbody/cases.h"
#include "tests/errorbody/promises.h"

namespace scoregate::errorbody {
namespace {

TEST(Robustness, EveryCaseCutAtEveryByte) {
  for (const Case& test : Cases()) {
    const http::HttpResponse whole = ResponseOf(test);
    const ReportedError full = Read(whole, test.kind, std::nullopt);
    for (std::size_t size = 0; size < whole.body.size(); ++size) {
      http::HttpResponse cut = whole;
      cut.body.resize(size);
      const ReportedError error = Read(cut, test.kind, std::nullopt);
      ASSERT_EQ(BrokenPromise(error, cut), "") << test.name << ", " << size << " bytes";
      // A cut may lose a code, but never make another one of it: all shapes of JSON objects that
      // name one code only agree with the whole.
      if (error.shape == full.shape && error.shape == "classic") {
        ASSERT_TRUE(error.outer_code.empty() || error.outer_code == full.outer_code)
            << test.name << ", " << size << " bytes: " << error.outer_code;
      }
      (void)IsSuccess(cut, test.kind, http::CallKind::kScore);
    }
  }
}

// One change of a body, chosen by chance.
void Mutate(std::mt19937& chance, std::string& body) {
  constexpr std::string_view kPieces[] = {"{",           "}",
                                          "[",           "]",
                                          "\"",          "'",
                                          "\\",          ",",
                                          ":",           "\\u",
                                          "\\ud",        "\xED\xA0",
                                          "\xF0\x9F",    "\xFF",
                                          "<",           ">",
                                          "<!--",        "<![CDATA[",
                                          "null",        "NaN",
                                          "1e999",       "-",
                                          "{\"error\":", "\"code\":",
                                          "&#x",         "<Error><Code>",
                                          "\\\"",        "{{",
                                          "\n",          "\0"};
  const auto below = [&](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end == 0 ? 0 : end - 1)(chance);
  };
  const std::size_t at = below(body.size() + 1);
  switch (below(5)) {
    case 0:
      body.insert(at, kPieces[below(std::size(kPieces))]);
      break;
    case 1:
      body.erase(at, below(8) + 1);
      break;
    case 2:
      if (at < body.size()) body[at] = static_cast<char>(below(256));
      break;
    case 3:
      body.insert(at, body.substr(below(body.size() + 1), below(64)));
      break;
    default:
      if (at < body.size()) body[at] = static_cast<char>(body[at] ^ (1 << below(8)));
      break;
  }
}

TEST(Robustness, MutatedCases) {
  constexpr int kRoundsPerCase = 60;
  constexpr http::UpstreamKind kKinds[] = {http::UpstreamKind::kClassic,
                                           http::UpstreamKind::kOnlineEndpoint,
                                           http::UpstreamKind::kOpaque};
  std::mt19937 chance(20161116);
  for (const Case& test : Cases()) {
    const http::HttpResponse whole = ResponseOf(test);
    http::HttpResponse response = whole;
    for (int round = 0; round < kRoundsPerCase; ++round) {
      if (round % 20 == 0) response.body = whole.body;
      Mutate(chance, response.body);
      const http::UpstreamKind kind = kKinds[round % 3];
      const ReportedError error = Read(response, kind, std::nullopt);
      ASSERT_EQ(BrokenPromise(error, response), "") << test.name << "\n" << response.body;
      (void)IsSuccess(response, kind, http::CallKind::kGetOperation);
    }
  }
}

// Bodies made of one piece, after each kind of beginning: a step that looks back or ahead too far
// makes this test run into its limit of time. Work that allocates is counted by the I1 of
// translation; this is the rest of it.
TEST(I1, HugeBodiesAreReadInLinearTime) {
  constexpr std::size_t kBytes = 40'000;
  constexpr std::string_view kSeeds[] = {"[",
                                         "{",
                                         "{\"a\":",
                                         "[{\"error\":",
                                         "\"",
                                         "\\",
                                         "\\\"",
                                         "{\"",
                                         "{\\\"",
                                         "{'",
                                         "'",
                                         ",",
                                         "]",
                                         "}",
                                         "[}",
                                         "{]",
                                         "<",
                                         "<!--",
                                         "<p>",
                                         "<script>",
                                         "&",
                                         "&#x41;",
                                         "<Error>",
                                         "<Error><Code>",
                                         "<title",
                                         "<![CDATA[",
                                         "<?",
                                         "\xFF",
                                         "\xF0",
                                         "a",
                                         " ",
                                         "\n",
                                         "1",
                                         "1,",
                                         "retry in 1 second ",
                                         "try again ",
                                         " 1",
                                         "in 1h",
                                         "\\ud800",
                                         "\\u00"};
  for (std::string_view prefix : {"", "{\"error\":{\"message\":\"", "{\"error\":{\"details\":[",
                                  "{\"a\":1,", "<html>", "prose {"}) {
    for (std::string_view seed : kSeeds) {
      http::HttpResponse response;
      response.status = 500;
      response.body = prefix;
      while (response.body.size() < kBytes) response.body += seed;
      const ReportedError error = Read(response, http::UpstreamKind::kOnlineEndpoint, std::nullopt);
      ASSERT_EQ(BrokenPromise(error, response), "") << prefix << seed;
      response.status = 200;
      (void)IsSuccess(response, http::UpstreamKind::kOnlineEndpoint, http::CallKind::kScore);
    }
  }
}

TEST(Robustness, TwoHundredThousandBrackets) {
  http::HttpResponse response;
  response.status = 500;
  for (std::string_view bracket : {"[", "{\"error\":", "{\"innererror\":", "{\"message\":["}) {
    response.body.clear();
    for (int i = 0; i < 200'000; ++i) response.body += bracket;
    const ReportedError error = Read(response, http::UpstreamKind::kClassic, std::nullopt);
    EXPECT_EQ(error.voice, Voice::kApplication) << bracket;
    EXPECT_EQ(BrokenPromise(error, response), "") << bracket;
  }
}

}  // namespace
}  // namespace scoregate::errorbody
