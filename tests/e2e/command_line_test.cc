// The programs as a newcomer meets them: help, mistakes, explain, check, demo.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/e2e/process.h"

namespace scoregate::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(CommandLine, HelpIsOnStdoutWithExamples) {
  for (const char* command :
       {"serve", "check", "emulator", "demo", "translate", "explain", "catalogue"}) {
    Finished help = RunToEnd({Program("scoregate"), command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_THAT(help.out, HasSubstr("Example")) << command;
    EXPECT_THAT(help.err, IsEmpty()) << command;
  }
  for (const char* command : {"score", "batch", "endpoints", "reasons", "report", "health"}) {
    Finished help = RunToEnd({Program("scorectl"), command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_THAT(help.out, HasSubstr("Example")) << command;
  }
}

TEST(CommandLine, MistakesSayWhatToTypeAndEndWithTwo) {
  struct Case {
    std::vector<std::string> words;
    const char* says;
  };
  const std::vector<Case> cases = {
      {{"scoregate"}, "Examples:"},
      {{"scoregate", "serv"}, "did you mean: scoregate serve\n"},
      {{"scoregate", "x"}, "The commands are: serve check emulator demo"},
      {{"scoregate", "serve", "--confg", "x"},
       "'--confg' was not expected; did you mean: --config"},
      {{"scoregate", "translate", "--statuss=4"}, "did you mean: --status\n"},
      {{"scoregate", "--versio"}, "did you mean: --version"},
      {{"scoregate", "serve"}, "--config is required"},
      {{"scoregate", "check", "gw.yaml"},
       "scoregate check: 'gw.yaml' was not expected; did you mean: scoregate check --config "
       "gw.yaml\n`scoregate check --help`"},
      {{"scoregate", "serve", "gw.yaml"}, "did you mean: scoregate serve --config gw.yaml\n"},
      {{"scoregate", "check", "--config", "a.yaml", "b.yaml"},
       "'b.yaml' was not expected\n`scoregate check --help`"},
      {{"scoregate", "translate"}, "--status N"},
      {{"scoregate", "translate", "--status", "99"}, "--status"},
      {{"scoregate", "translate", "--status", "400", "--header", "nonsense"}, "'Name: value'"},
      {{"scoregate", "explain"}, "error is required"},
      {{"scoregate", "explain", "BadArgument", "--locale", "xx"}, "there are: en-US ko-KR"},
      {{"scorectl"}, "Examples:"},
      {{"scoregate", "catalogue", "--versio"},
       "'--versio' was not expected\n`scoregate catalogue --help`"},
      {{"scoregate", "translate"}, "scoregate translate: what ended"},
      {{"scoregate", "translate", "--transport-error", "conect"}, "there are: dns, connect, tls"},
      {{"scorectl", "scor"}, "no command 'scor'; did you mean: scorectl score\n"},
      {{"scorectl", "--tls", "scor"}, "did you mean: scorectl score\n"},
      {{"scorectl", "--tls", "scor"},
       "The commands are: score batch endpoints reasons report health\n"},
      {{"scorectl", "score", "iris", "--inputs", "a=b.csv"},
       "scorectl score: '--inputs' was not expected; did you mean: --input\n"},
      {{"scorectl", "score", "iris", "--adress", "a:1"}, "did you mean: --address\n"},
      {{"scorectl", "score", "iris", "--input", "a=b.csv", "--output", "xml"},
       "scorectl score: --output: xml not in {table,csv,json}"},
      {{"scorectl", "report"}, "scorectl report: request_id is required"},
      {{"scorectl", "batch"}, "The commands are: submit start get wait cancel"},
      {{"scorectl", "batch", "submt", "iris"}, "did you mean: scorectl batch submit\n"},
      {{"scorectl", "batch", "wait", "x", "--longst", "5s"},
       "scorectl batch wait: '--longst' was not expected; did you mean: --longest\n`scorectl"},
      {{"scorectl", "score", "iris"}, "--input NAME=FILE"},
      {{"scorectl", "score", "iris", "--input", "rows.csv"}, "NAME=VALUE"},
      {{"scorectl", "--timeout", "soon", "endpoints"}, "500ms, 30s or 5m"},
      {{"scoregate", "translate", "--jsonl", "--status", "503", "--body", "/nope"},
       "leave --status away"},
      {{"scoregate", "translate", "--jsonl", "--format", "text"}, "leave --format away"},
      {{"scorectl", "score", "iris", "--input", "a=b.csv", "--parameter", "p=1", "--parameter",
        "p=2"},
       "--parameter: 'p' is given twice"},
      {{"scorectl", "score", "iris", "--input", "a=b.csv", "--input", "a=b.csv"},
       "--input: 'a' is given twice"},
      {{"scorectl", "batch", "submit", "iris", "--parameter", "p=1", "--parameter", "p=1"},
       "--parameter: 'p' is given twice"},
      {{"scorectl", "score", "iris", "--input", "a=b.csv", "--parameter", "p=[1,2"},
       "--parameter: '[1,2' is no JSON"},
      {{"scorectl", "score", "\xFF", "--input", "a=b.csv"}, "endpoint: its value is not UTF-8"},
      {{"scorectl", "score", "iris", "--input", "\xE9=b.csv"}, "--input: the name before '='"},
      {{"scorectl", "score", "iris", "--input", "a=b.csv", "--parameter", "p=\xE9"},
       "--parameter: its value is not UTF-8"},
      {{"scorectl", "batch", "get", "\xE9"}, "name: its value is not UTF-8"},
      {{"scorectl", "--address", "localhost", "endpoints"}, "has no port; write localhost:50051"},
      {{"scorectl", "--metadata", "grpc-x=1", "endpoints"}, "--metadata: 'grpc-x': gRPC itself"},
      {{"scorectl", "score", "iris", "--input", "a=b.csv", "--chunk", "2", "--output", "table"},
       "--output: a table takes all rows at once"},
      {{"scoregate", "emulator", "--key", "a b"}, "--key: a key has letters, digits"},
      {{"scorectl", "--locale", "한국어", "endpoints"}, "--locale: a language is written in"},
  };
  for (const Case& c : cases) {
    std::vector<std::string> command = c.words;
    command[0] = Program(command[0]);
    Finished run = RunToEnd(command);
    std::string words = testing::PrintToString(c.words);
    EXPECT_EQ(run.exit_code, 2) << words << run.err;
    EXPECT_THAT(run.err, HasSubstr(c.says)) << words;
    EXPECT_THAT(run.out, IsEmpty()) << words;
  }
}

TEST(CommandLine, ADirectoryInPlaceOfAFileIsAMistake) {
  const std::string directory = testing::TempDir();
  const std::string storage = WriteFile("storage.txt", "AccountName=a\n");
  const std::vector<std::vector<std::string>> cases = {
      {"scoregate", "translate", "--status", "400", "--body", directory},
      {"scorectl", "score", "iris", "--raw", directory},
      {"scorectl", "score", "iris", "--input", "input1=" + directory},
      {"scorectl", "score", "iris", "--input", "input1=" + directory, "--chunk", "2"},
      {"scorectl", "--ca-file", directory, "endpoints"},
      {"scorectl", "--cert-file", directory, "--key-file", storage, "endpoints"},
      {"scorectl", "batch", "submit", "iris", "--job", directory},
      {"scorectl", "batch", "submit", "iris", "--connection", directory},
  };
  for (const std::vector<std::string>& words : cases) {
    std::vector<std::string> command = words;
    command[0] = Program(command[0]);
    Finished run = RunToEnd(command);
    EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(words) << run.err;
    EXPECT_THAT(run.err, HasSubstr("'" + directory + "' is a directory; name a file\n"))
        << testing::PrintToString(words);
  }
  const std::vector<std::string> programs = {
      Program("scoregate") + " translate --jsonl",
      Program("scorectl") + " score iris --raw -",
      Program("scorectl") + " score iris --input a=- --chunk 2",
  };
  for (const std::string& program : programs) {
    Finished run = RunToEnd({"/bin/bash", "-c", program + " < " + directory});
    EXPECT_EQ(run.exit_code, 2) << program << run.err;
    EXPECT_THAT(run.err, HasSubstr("standard input is a directory")) << program;
  }
}

TEST(CommandLine, AFileThatIsNotUtf8IsAMistakeWithItsPlace) {
  const std::string csv = WriteFile("latin1.csv", "n,name\n1,x\n2,Andr\xE9\n");
  const std::string storage = WriteFile("latin1.txt", "AccountName=\xE9\n");
  Finished scored = RunToEnd({Program("scorectl"), "score", "iris", "--input", "a=" + csv});
  EXPECT_EQ(scored.exit_code, 2);
  EXPECT_THAT(scored.err, HasSubstr("--input: " + csv +
                                    " line 3, column 'name': not UTF-8; save the file as UTF-8"));
  EXPECT_THAT(scored.err, testing::Not(HasSubstr("libprotobuf")));
  Finished submitted = RunToEnd({Program("scorectl"), "batch", "submit", "iris", "--connection",
                                 storage, "--input", "a=b/c.csv"});
  EXPECT_EQ(submitted.exit_code, 2);
  EXPECT_THAT(submitted.err, HasSubstr("--connection: '" + storage + "' is not UTF-8"));
}

TEST(Explain, PrintsOnePage) {
  Finished page =
      RunToEnd({Program("scoregate"), "explain", "ServiceUnavailable/RequestThrottled"});
  EXPECT_EQ(page.exit_code, 0);
  EXPECT_THAT(page.out, StartsWith("ServiceUnavailable/RequestThrottled\n"));
  for (const char* fact : {"RESOURCE_EXHAUSTED", "REQUEST_THROTTLED", "503", "QuotaFailure",
                           "endpointName, maxConcurrency", "yes, after 1 s"}) {
    EXPECT_THAT(page.out, HasSubstr(fact));
  }
}

TEST(Explain, SpeaksTheLanguageThatACallerWouldGet) {
  const std::vector<std::string> command = {Program("scoregate"), "explain",
                                            "ServiceUnavailable/RequestThrottled", "--locale"};
  auto page = [&](const std::string& locale) {
    std::vector<std::string> words = command;
    words.push_back(locale);
    return RunToEnd(words);
  };
  Finished korean = page("ko-KR");
  EXPECT_EQ(korean.exit_code, 0);
  for (const char* line :
       {"\n조치          동시에", "\n재시도        예, 1초 후에", "\n책임          UPSTREAM\n",
        "\ngRPC 코드     RESOURCE_EXHAUSTED\n", "\nHTTP 상태     503\n",
        "raise=ServiceUnavailable/RequestThrottled을(를) 넣어"}) {
    EXPECT_THAT(korean.out, HasSubstr(line));
  }
  for (const char* english : {"retry ", "yes", "fault", "what", "reason", "then"}) {
    EXPECT_THAT(korean.out, testing::Not(HasSubstr(english)));
  }
  for (const char* locale : {"ko", "KO-kr", "fr, ko;q=0.5"}) {
    EXPECT_EQ(page(locale).out, korean.out) << locale;
  }
  EXPECT_THAT(page("en").out, HasSubstr("\nretry         yes, after 1 s, doubling with each"));
}

TEST(Explain, TakesTheReasonsAndRulesThatCallersHave) {
  for (const auto& [name, first_line] :
       {std::pair{"UPSTREAM_UNREACHABLE", "UPSTREAM_UNREACHABLE\n"},
        std::pair{"REQUEST_THROTTLED", "ServiceUnavailable/RequestThrottled\n"},
        std::pair{"gateway:connect", "gateway:connect\n"}}) {
    Finished run = RunToEnd({Program("scoregate"), "explain", name});
    EXPECT_EQ(run.exit_code, 0) << name << run.err;
    EXPECT_THAT(run.out, StartsWith(first_line)) << name;
    EXPECT_THAT(run.out, HasSubstr("what to do")) << name;
  }
}

TEST(Explain, SuggestsTheNearestNames) {
  struct Case {
    const char* name;
    const char* suggestion;
  };
  for (const Case& c : {Case{"RequestThrottled", "ServiceUnavailable/RequestThrottled"},
                        Case{"badargument/badversioncall", "BadArgument/BadVersionCall"},
                        Case{"ServiceUnavailble", "ServiceUnavailable"},
                        Case{"BadVersonCall", "BadArgument/BadVersionCall"},
                        Case{"throttled", "ServiceUnavailable/RequestThrottled"},
                        Case{"request_throttled", "REQUEST_THROTTLED"},
                        Case{"UPSTREAM_UNREACHABEL", "UPSTREAM_UNREACHABLE"},
                        Case{"hosts", "ServiceUnavailable/TooManyHostsBeingInitialized"},
                        Case{"argument/badver", "BadArgument/BadVersionCall"}}) {
    Finished run = RunToEnd({Program("scoregate"), "explain", c.name});
    EXPECT_EQ(run.exit_code, 1) << c.name;
    EXPECT_THAT(run.out, IsEmpty()) << c.name;
    EXPECT_THAT(run.err,
                HasSubstr("did you mean: scoregate explain " + std::string(c.suggestion) + "\n"))
        << c.name;
  }
}

TEST(Explain, SuggestsNothingForWhatIsInTooManyNamesOrInNone) {
  for (const char* name : {"er", "xyzzyxyzzy", "__"}) {
    Finished run = RunToEnd({Program("scoregate"), "explain", name});
    EXPECT_EQ(run.exit_code, 1) << name;
    EXPECT_THAT(run.err, testing::Not(HasSubstr("did you mean"))) << name;
  }
}

TEST(Catalogue, HasEveryRowInEveryFormat) {
  Finished table = RunToEnd({Program("scoregate"), "catalogue"});
  EXPECT_EQ(std::count(table.out.begin(), table.out.end(), '\n'), 129);
  Finished json = RunToEnd({Program("scoregate"), "catalogue", "--format", "json"});
  EXPECT_EQ(std::count(json.out.begin(), json.out.end(), '\n'), 128);
  Finished page = RunToEnd({Program("scoregate"), "catalogue", "--format", "markdown"});
  EXPECT_THAT(page.out, HasSubstr("RequestThrottled"));
}

TEST(Check, AcceptsAGoodFileAndPlacesEachMistake) {
  setenv("E2E_KEY", "right-key-of-the-test", 1);
  const std::string good =
      "listeners:\n- address: 127.0.0.1:0\n"
      "endpoints:\n- name: a\n  dialect: CLASSIC\n  url: http://127.0.0.1:1/x\n"
      "  api_key: {env: E2E_KEY}\n";
  Finished accepted =
      RunToEnd({Program("scoregate"), "check", "--config", WriteFile("good.yaml", good)});
  EXPECT_EQ(accepted.exit_code, 0) << accepted.out << accepted.err;
  EXPECT_THAT(accepted.out, HasSubstr("good, 1 endpoint"));

  std::string bad_file = WriteFile("bad.yaml", good + "  timout: 5s\n");
  Finished refused = RunToEnd({Program("scoregate"), "check", "--config", bad_file});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.out, HasSubstr(bad_file + ":8:3: "));
  EXPECT_THAT(refused.out, HasSubstr("timeout"));

  Finished serve = RunToEnd({Program("scoregate"), "serve", "--config", bad_file});
  EXPECT_EQ(serve.exit_code, 1) << "refused before any port is bound";
  EXPECT_THAT(serve.err, testing::Not(HasSubstr("listening")));
}

TEST(Demo, ScoresRowsAndShowsBothSidesOfEveryClass) {
  Finished demo = RunToEnd({Program("scoregate"), "demo"});
  EXPECT_EQ(demo.exit_code, 0) << demo.out << demo.err;
  EXPECT_THAT(demo.out, HasSubstr("setosa"));
  EXPECT_THAT(demo.out, testing::Not(HasSubstr("\x1b["))) << "no colors into a pipe";
  for (const char* error_class :
       {"BadArgument", "BadUserArgument", "InvalidOperation", "LibraryExecutionError",
        "ModuleExecutionError", "WebServicePackageError", "Unauthorized", "NotFound",
        "RequestTimeout", "Conflict", "MemoryQuotaViolation", "InternalError",
        "InternalErrorSystemLowOnMemory", "ModelPackageFormatError",
        "WebServicePackageInternalError", "InitializingContainers", "ServiceUnavailable",
        "GatewayTimeout"}) {
    EXPECT_THAT(demo.out, HasSubstr("\"code\":\"" + std::string(error_class) + "\""));
  }
}

}  // namespace
}  // namespace scoregate::e2e
