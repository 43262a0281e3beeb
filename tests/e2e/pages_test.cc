// The manual pages as groff reads them, and the completions as bash runs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/process.h"

namespace scoregate::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ManPage, IsReadWithoutAWarning) {
  for (const char* program : {"scoregate", "scorectl"}) {
    Finished page = RunToEnd({Program(program), "--man-page"});
    EXPECT_EQ(page.exit_code, 0) << page.err;
    Finished read = RunToEnd({"/usr/bin/groff", "-man", "-ww", "-Tutf8", "-P-cbou"}, page.out);
    EXPECT_EQ(read.exit_code, 0) << program;
    EXPECT_THAT(read.err, IsEmpty()) << program;
    EXPECT_THAT(read.out, HasSubstr(std::string("SYNOPSIS\n       ") + program + " [OPTIONS]"));
    EXPECT_THAT(read.out, HasSubstr("SEE ALSO"));
  }
}

// What bash offers for these words, the last of which is being typed; "(files)" where it is told to
// offer files.
std::string Offered(const std::string& program, const std::vector<std::string>& words) {
  std::string script = "source <(" + Program(program) +
                       " --bash-completion)\n"
                       // Outside of a completion that goes on, bash refuses it.
                       "compopt() { echo '(files)'; }\n"
                       "COMP_WORDS=(" +
                       program;
  for (const std::string& word : words) script += " '" + word + "'";
  script += ")\nCOMP_CWORD=" + std::to_string(words.size()) + "\n_" + program +
            "\necho \"${COMPREPLY[*]}\"\n";
  Finished run = RunToEnd({"/bin/bash", "-c", script});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, IsEmpty());
  return run.out.substr(0, run.out.find('\n'));
}

TEST(BashCompletion, OffersWhatMayComeNext) {
  struct Case {
    const char* program;
    std::vector<std::string> words;
    const char* offered;
  };
  for (const Case& c : std::vector<Case>{
           {"scoregate", {""}, "serve check emulator demo translate explain catalogue"},
           {"scoregate", {"c"}, "check catalogue"},
           {"scoregate", {"--v"}, "--version"},
           {"scoregate", {"serve", "--conf"}, "--config"},
           {"scoregate", {"serve", "--config", ""}, "(files)"},
           {"scoregate", {"serve", "--lanes", ""}, ""},
           {"scoregate", {"check", "--config", "check", "--format", ""}, "text json"},
           {"scoregate", {"catalogue", "--format", "="}, "table json markdown"},
           {"scoregate", {"catalogue", "--format", "=", "m"}, "markdown"},
           {"scoregate",
            {"explain", "BadUserArgument/Input"},
            "BadUserArgument/InputMismatchError BadUserArgument/InputParseError"},
           {"scoregate", {"explain", "--locale", ""}, "ko-KR en-US"},
           {"scoregate", {"translate", "--transport-error", "tls"}, "tls tls_untrusted"},
           {"scoregate", {"translate", "--method", "Score"}, "Score ScoreRaw"},
           {"scorectl", {"re"}, "reasons report"},
           {"scorectl", {"--locale", "batch", "s"}, "score"},
           {"scorectl", {"--address", "127.0.0.1", ":", "50051", "sc"}, "score"},
           {"scorectl", {"--ca-file", ""}, "(files)"},
           {"scorectl", {"score", "iris", "--ou"}, "--output"},
           {"scorectl", {"score", "iris", "--output", ""}, "table csv json"},
           {"scorectl", {"score", "iris", "--input", "input1", "=", "ro"}, "(files)"},
           {"scorectl", {"score", "iris", "--input", "input1", "=", "a.csv", "--ch"}, "--chunk"},
           {"scorectl", {"score", "iris", "--add"}, "--address"},
           {"scorectl", {"batch", ""}, "submit start get wait cancel delete list"},
           {"scorectl", {"batch", "--js"}, "--json"},
           {"scorectl", {"batch", "wait", "--lo"}, "--longest --locale"},
           {"scorectl", {"batch", "submit", "iris", "--output", ""}, ""},
           {"scorectl", {"batch", "get", "--js"}, "--json"},
       }) {
    EXPECT_EQ(Offered(c.program, c.words), c.offered)
        << c.program << ' ' << testing::PrintToString(c.words);
  }
}

}  // namespace
}  // namespace scoregate::e2e
