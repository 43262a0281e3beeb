// The manual page and the completion, written out of a command line that has one of everything.
#include "gateway/usage/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/usage/command_tree.h"

namespace scoregate::usage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PagesTest : public ::testing::Test {
 protected:
  PagesTest() {
    app_.set_version_flag("--version", "tool 1.2.3");
    app_.add_option("--address", text_, "Where it is")->envname("TOOL_ADDRESS")->default_str("a:1");
    app_.add_option("--secret", text_, "Not to be told")->group("");
    app_.fallthrough();
    app_.footer("Example:\n  tool run x");
    CLI::App* run = app_.add_subcommand("run", "Run it");
    run->add_option("what", text_, "What to run")->required();
    run->add_option("--format", text_, "text (as is), json or 2")
        ->check(CLI::IsMember({"text", "json", "2"}).description(""));
    CLI::Option* input = run->add_option("-i,--input", text_, "FILE to read");
    run->add_flag("--dry", flag_, "Don't do it: print ~/.tool\\x")->excludes(input);
    run->add_option("--times", number_, "How often")->check(CLI::Range(1, 5));
    run->footer("Example:\n  .tool run 'x' \\\n      --dry\n\nExit: 0 good.");
    CLI::App* fast = run->add_subcommand("fast", "Run it fast");
    fast->add_flag("--now", flag_, "At once");
    about_.see_also = "other(1)";
    about_.command = "run";
    about_.values = {"Some/Name", "Name"};
  }

  CLI::Option& Run(const char* name) { return *app_.get_subcommand("run")->get_option(name); }

  CLI::App app_{"Does things.", "tool"};
  About about_;
  std::string text_;
  int number_ = 0;
  bool flag_ = false;
};

TEST_F(PagesTest, ChoicesAreTheWordsThatTheCheckLetsPass) {
  EXPECT_THAT(Choices(Run("--format")), ElementsAre("text", "json"));
  EXPECT_THAT(Choices(Run("--times")), IsEmpty()) << "a number is not chosen from a list";
  EXPECT_THAT(Choices(Run("--input")), IsEmpty()) << "anything will do";
  EXPECT_THAT(Choices(Run("--dry")), IsEmpty());
}

TEST_F(PagesTest, TheManualPageHasEverythingThatHelpHas) {
  const std::string page = ManPage(app_, about_);
  for (const char* part : {
           ".TH \"TOOL\" 1 \"\" \"tool 1.2.3\"",
           "tool \\- does things\n",
           "\\fB\\-\\-address\\fR \\fITEXT\\fR\nWhere it is. Default: a:1. Environment: "
           "TOOL_ADDRESS.\n",
           ".SS \"tool run\"\n\\fBtool run\\fR \\fIwhat\\fR",
           "\\fIwhat\\fR\nWhat to run. Required.\n",
           "\\fB\\-i\\fR, \\fB\\-\\-input\\fR",
           "Don\\(aqt do it: print \\(ti/.tool\\ex. Not together with \\-\\-input.\n",
           "How often [1 \\- 5].\n",
           ".EX\n  .tool run \\(aqx\\(aq \\e\n      \\-\\-dry\n.EE\n.PP\nExit: 0 good.\n",
           ".SS \"tool run fast\"\n",
           ".SH EXAMPLES\nExample:\n.EX\n  tool run x\n.EE\n",
           ".SH SEE ALSO\nother(1)\n",
       }) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  EXPECT_THAT(page, Not(HasSubstr("secret")));
}

TEST_F(PagesTest, NoLineOfAManualPageIsARequestByChance) {
  app_.footer(".so /etc/passwd\n'ds x");
  const std::string page = ManPage(app_, about_);
  EXPECT_THAT(page, HasSubstr("\n\\&.so /etc/passwd\n\\(aqds x\n"));
}

TEST_F(PagesTest, TheCompletionLeavesOutWhatIsHidden) {
  const std::string script = BashCompletion(app_, about_);
  EXPECT_THAT(script, HasSubstr("complete -F _tool tool\n"));
  EXPECT_THAT(script, HasSubstr("words='Some/Name Name fast'"));
  EXPECT_THAT(script, Not(HasSubstr("secret")));
  EXPECT_THAT(script, Not(HasSubstr("PROGRAM")));
}

TEST_F(PagesTest, TheFlagsPrintThePagesAndEndTheProgram) {
  AddPageFlags(app_, about_);
  struct Case {
    const char* flag;
    std::string page;
  };
  for (const Case& c : {Case{"--man-page", ManPage(app_, about_)},
                        Case{"--bash-completion", BashCompletion(app_, about_)}}) {
    testing::internal::CaptureStdout();
    EXPECT_THROW(app_.parse(std::string(c.flag)), CLI::Success) << c.flag;
    EXPECT_EQ(testing::internal::GetCapturedStdout(), c.page) << c.flag;
  }
}

}  // namespace
}  // namespace scoregate::usage
