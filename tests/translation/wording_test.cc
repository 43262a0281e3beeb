// Text that is fit to leave.
#include "gateway/translation/texts/wording.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "gateway/redact/redact.h"
#include "gateway/translation/rules/documented_wording.h"
#include "gateway/translation/texts/sentences.h"

namespace scoregate::translation {
namespace {

const std::string kHangul = "\xED\x95\x9C";

TEST(IsUtf8, TakesWhatIsWellFormed) {
  for (const char* good : {"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
  for (const char* bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2z", "\xE0\x9F\xBF", "\xE2\x82", "\xED\xA0\x80",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "ok \xFE"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

// ASCII is passed over eight bytes at a time: what is none shows wherever it stands.
TEST(IsUtf8, LooksAtEveryPlace) {
  const std::string ascii(19, '\x7F');
  for (std::size_t place = 0; place <= ascii.size(); ++place) {
    EXPECT_TRUE(IsUtf8(std::string(ascii).insert(place, kHangul))) << place;
    EXPECT_FALSE(IsUtf8(std::string(ascii).insert(place, "\x80"))) << place;
  }
}

TEST(Cut, StopsAtACharacterAndSaysSo) {
  struct Case {
    std::string text;
    std::size_t limit;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"abcdef", 6, "abcdef"},
      {"abcdefg", 6, "abc..."},
      {kHangul + kHangul + kHangul, 9, kHangul + kHangul + kHangul},
      {kHangul + kHangul + kHangul, 8, kHangul + "..."},
      {kHangul + kHangul, 4, "..."},
      {kHangul + kHangul, 3, kHangul},
      {kHangul + kHangul, 2, ""},
      {"abc", 0, ""},
  };
  for (const Case& c : cases) {
    std::string text = c.text;
    Cut(text, c.limit);
    EXPECT_EQ(text, c.expected) << c.limit;
  }
}

TEST(ElideMiddle, KeepsHeadAndTail) {
  std::string text = "abcdefghijklmnopqrstuvwxyz";
  ElideMiddle(text, 12);
  EXPECT_EQ(text, "abcdef...xyz");
  ElideMiddle(text, 12);
  EXPECT_EQ(text, "abcdef...xyz");
  for (std::size_t limit = 0; limit < 12; ++limit) {
    std::string cut = text;
    ElideMiddle(cut, limit);
    EXPECT_EQ(cut.size(), limit);
  }
}

TEST(AsciiMessage, OneQuestionMarkACharacter) {
  EXPECT_EQ(AsciiMessage("plain ~ text!"), "plain ~ text!");
  EXPECT_EQ(AsciiMessage(kHangul + " \x7F\n\xF0\x9F\x98\x80."), "? ???.");
  EXPECT_EQ(AsciiMessage(std::string(513, 'a')).size(), 512u);
  EXPECT_EQ(AsciiMessage(std::string(512, 'a')), std::string(512, 'a'));
}

TEST(Clean, RepairsThenRedactsThenCuts) {
  EXPECT_EQ(Clean("bad \xFF byte", 100), "bad \xEF\xBF\xBD byte");
  std::string key(86, 'k');
  key.replace(3, 4, "A+/9");
  std::string cut = Clean("AccountKey=" + key + "== and more", 40);
  EXPECT_EQ(cut.find(key.substr(0, 20)), std::string::npos) << cut;
  EXPECT_LE(cut.size(), 40u);
}

// Names that Clean does not hand to redaction are names that redaction leaves alone.
TEST(Clean, PlainNamesHoldNothingToRedact) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::mt19937_64 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string name(random() % 41, ' ');
    for (char& c : name) c = kAlphabet[random() % kAlphabet.size()];
    EXPECT_EQ(redact::Redact(name), name);
    EXPECT_EQ(Clean(name, 100), name);
  }
  for (const char* name : {"AccountKey", "sig", "Bearer", "password", "api-key"}) {
    EXPECT_EQ(redact::Redact(name), name);
  }
}

TEST(CleanName, EndsWithTheLine) {
  EXPECT_EQ(CleanName("Name\r\n   at Foo()", 100), "Name");
  EXPECT_EQ(CleanName("a name that is long", 9), "a name...");
}

TEST(SplitTrace, Cases) {
  struct Case {
    const char* name;
    const char* text;
    const char* kept;
    bool traced;
  };
  const std::vector<Case> cases = {
      {"none", "All is well at home.", "All is well at home.", false},
      {"Python behind a sentence",
       "boom\nTraceback (most recent call last):\n  File \"a.py\"\nValueError: x", "boom", true},
      {"Python alone: its last line says what happened",
       "Traceback (most recent call last):\n  File \"a.py\", line 1\nValueError: x\n",
       "ValueError: x", true},
      {"Python cut within a frame", "Traceback (most recent call last):\n  File \"a.py\"", "",
       true},
      {"Python cut in its first line", "Traceback (most recent call last):", "", true},
      {".NET", "Boom: x\r\n   at Foo.Bar(Int32 i) in C:\\a.cs:line 3", "Boom: x", true},
      {".NET with plain line ends", "Boom\n   at Foo.Bar()", "Boom", true},
      {"an indented word is no frame", "see\n  at home", "see\n  at home", false},
  };
  for (const Case& c : cases) {
    Untraced parts = SplitTrace(c.text);
    EXPECT_EQ(parts.text, c.kept) << c.name;
    EXPECT_EQ(!parts.trace.empty(), c.traced) << c.name;
  }
}

TEST(SplitTrace, StaysWithinTheTextWhereverItIsCut) {
  const std::string whole =
      "boom\nTraceback (most recent call last):\n  File \"a.py\", line 1\nValueError: x\n";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    for (std::size_t from : {std::size_t{0}, std::min<std::size_t>(5, size)}) {
      std::string text = whole.substr(from, size - from);
      Untraced parts = SplitTrace(text);
      EXPECT_LE(parts.text.size(), text.size());
      EXPECT_EQ(parts.text.find("a.py"), std::string::npos) << text;
    }
  }
}

// Short ones are enough to show the comparison; the whole page is compared elsewhere, where the
// page is at hand.
TEST(DocumentedWording, NormalizesBlanksAndTheLastPeriod) {
  EXPECT_TRUE(IsDocumentedWording("BadArgument", "UnknownError", "Unknown error."));
  EXPECT_TRUE(IsDocumentedWording("BadArgument", "UnknownError", " Unknown \r\n error \n"));
  EXPECT_FALSE(IsDocumentedWording("BadArgument", "UnknownError", "Unknown Error."));
  EXPECT_FALSE(IsDocumentedWording("BadArgument", "UnknownError", ""));
  // The page gives no words for this one.
  EXPECT_FALSE(IsDocumentedWording("InternalError", "UnknownError", "Unknown error."));
  EXPECT_TRUE(IsDocumentedWording("Unauthorized", "AdminRequestUnauthorized", "Unauthorized"));
  EXPECT_FALSE(IsDocumentedWording("Unauthorized", "ScoreRequestUnauthorized", "Unauthorized"));
  EXPECT_FALSE(IsDocumentedWording("Nonsense", "", "Unauthorized"));
}

TEST(Say, EverySentenceInEveryLocale) {
  for (int i = 1; i < static_cast<int>(Sentence::kCount); ++i) {
    Sentence sentence = static_cast<Sentence>(i);
    std::string english = Say(sentence, "en-US", {"503", "host"});
    std::string korean = Say(sentence, "ko-KR", {"503", "host"});
    EXPECT_FALSE(english.empty()) << i;
    EXPECT_NE(english, korean) << i;
    EXPECT_EQ(AsciiMessage(english), english) << i;
    EXPECT_TRUE(IsUtf8(korean)) << i;
    // The same values in both.
    EXPECT_EQ(english.find("503") == std::string::npos, korean.find("503") == std::string::npos);
    EXPECT_EQ(
        english.find("host") == std::string::npos || english.find("host name") != std::string::npos,
        korean.find("host") == std::string::npos)
        << i;
    EXPECT_EQ(english.find('{'), std::string::npos) << english;
    EXPECT_EQ(korean.find('{'), std::string::npos) << korean;
  }
  EXPECT_EQ(Say(Sentence::kTimeout, "xx-XX", {}), Say(Sentence::kTimeout, "en-US", {}));
  EXPECT_EQ(Say(Sentence::kNone, "en-US", {}), "");
  EXPECT_EQ(Say(Sentence::kCount, "en-US", {}), "");
}

}  // namespace
}  // namespace scoregate::translation
