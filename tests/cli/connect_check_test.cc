// `scoregate check --connect` asks an endpoint as its calls do, and blames what it did not show.
#include "gateway/cli/configuration/connect_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "gateway/config/load.h"
#include "tests/support/certificates.h"
#include "tests/support/scripted_server.h"

namespace scoregate::cli {
namespace {

using support::Script;
using support::ScriptedServer;
using support::TemporaryFile;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ConnectCheck, AsksAsCallsDo) {
  TemporaryFile token("a-token-of-a-file\n");
  TemporaryFile assertion("an-assertion\n");
  struct Row {
    const char* name;
    std::string keys;
    const char* status;
    const char* request;
    const char* sent;
    const char* text;
    bool good;
  };
  const Row rows[] = {
      {"a key in the query, which calls send as well", "", "405 X", "GET /score?code=abc HTTP/1.1",
       "accept: application/json", "answers (HTTP 405 to a GET; calls are POSTs)", true},
      {"a key", ", api_key: {env: KEY}", "200 X", "GET /score?code=abc HTTP/1.1",
       "authorization: Bearer the-first-key", "answers (HTTP 200)", true},
      {"a token's file", ", token: {file: " + token.path() + "}", "200 X",
       "GET /score?code=abc HTTP/1.1", "authorization: Bearer a-token-of-a-file",
       "answers (HTTP 200)", true},
      {"a key that is refused", ", api_key: {env: KEY}", "401 X", "GET /score?code=abc HTTP/1.1",
       "authorization: Bearer the-first-key",
       "answers, but refuses what it was sent as a key (HTTP 401)", false},
      {"a token that only a gateway that serves gets",
       ", workload_identity: {tenant: t, client: c, token_file: " + assertion.path() + "}", "401 X",
       "GET /score?code=abc HTTP/1.1", "accept: application/json",
       "answers (HTTP 401); it was not shown the token of workload_identity", true},
  };
  for (const Row& row : rows) {
    ScriptedServer server({Script().ReadHead().Write(std::string("HTTP/1.1 ") + row.status +
                                                     "\r\ncontent-length: 0\r\n\r\n")});
    config::LoadInput input;
    input.file = "f.yaml";
    input.environment = {{"KEY", "the-first-key"}};
    config::Loaded loaded = config::LoadText(
        "listeners: [{address: 127.0.0.1:0}]\n"
        "endpoints: [{name: a, dialect: CLASSIC, url: 'http://127.0.0.1:" +
            std::to_string(server.port()) + "/score?code=abc'" + row.keys + "}]\n",
        input);
    ASSERT_TRUE(loaded.configuration) << row.name << config::FormatText(loaded.findings);
    std::vector<Reached> reached = TryEndpoints(*loaded.configuration);
    ASSERT_EQ(reached.size(), 1u) << row.name;
    EXPECT_EQ(reached[0].text, row.text) << row.name;
    EXPECT_EQ(reached[0].good, row.good) << row.name;
    EXPECT_THAT(server.received(0), StartsWith(row.request)) << row.name;
    EXPECT_THAT(server.received(0), HasSubstr(row.sent)) << row.name;
  }
}

TEST(ConnectCheck, DoesNotTryWithoutATokenThatWasThere) {
  TemporaryFile token("a-token");
  config::LoadInput input;
  input.file = "f.yaml";
  // Nobody listens there, and nobody is asked.
  config::Loaded loaded = config::LoadText(
      "listeners: [{address: 127.0.0.1:0}]\n"
      "endpoints: [{name: a, dialect: CLASSIC, url: 'http://127.0.0.1:1/score', token: {file: " +
          token.path() + "}}]\n",
      input);
  ASSERT_TRUE(loaded.configuration) << config::FormatText(loaded.findings);
  std::ofstream(token.path()) << "\n";
  std::vector<Reached> reached = TryEndpoints(*loaded.configuration);
  ASSERT_EQ(reached.size(), 1u);
  EXPECT_EQ(reached[0].text,
            "was not tried without its token: the file " + token.path() + " is empty");
  EXPECT_FALSE(reached[0].good);
}

}  // namespace
}  // namespace scoregate::cli
