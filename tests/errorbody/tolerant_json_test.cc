// The tolerant reader: what it takes, what it calls JSON, and that nothing makes it slow or deep.
#include "gateway/errorbody/tolerant_json.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace scoregate::errorbody {
namespace {

// The tree in a form of our own: names quoted with <>, `!` behind what was cut.
void Print(JsonValue value, std::string& out) {
  if (value.IsObject() || value.IsArray()) {
    out += value.IsObject() ? '{' : '[';
    for (JsonValue child = value.first(); child; child = child.next()) {
      if (value.IsObject()) out += "<" + child.Key(100) + ">";
      Print(child, out);
    }
    out += value.IsObject() ? '}' : ']';
  } else {
    if (value.IsString()) out += "'" + value.Text(100) + "'";
    if (value.IsNumber()) out += "#" + value.Text(100);
    if (value.Is(JsonKind::kNull)) out += "null";
    if (value.Is(JsonKind::kTrue)) out += "true";
    if (value.Is(JsonKind::kFalse)) out += "false";
    if (value.Is(JsonKind::kOther)) out += "?" + value.Text(100);
    out += ";";
  }
  if (!value.finished()) out += '!';
}

std::string Printed(const JsonTree& tree) {
  std::string out;
  if (tree.root()) Print(tree.root(), out);
  return out;
}

struct TreeCase {
  std::string_view name;
  std::string_view text;
  std::string_view expected;
  bool exact;
  bool trailing;
};

constexpr TreeCase kTrees[] = {
    {"nothing", "", "", false, false},
    {"blanks", " \n", "", false, false},
    {"an object", R"({"a":1,"b":[true,false,null],"c":"x"})",
     "{<a>#1;<b>[true;false;null;]<c>'x';}", true, false},
    {"blanks everywhere", " { \"a\" : [ ] , \"b\" : { } } \r\n\t", "{<a>[]<b>{}}", true, false},
    {"numbers stay text", "[0,-0,1.50,1e400,-1E-7,123456789012345678901234567890]",
     "[#0;#-0;#1.50;#1e400;#-1E-7;#123456789012345678901234567890;]", true, false},
    {"NaN and infinities are taken as JSON", "[NaN,Infinity,-Infinity]",
     "[#NaN;#Infinity;#-Infinity;]", true, false},
    {"numbers that JSON does not know", "[007,+1,.5,5.,nan,-inf]", "[#007;#+1;#.5;#5.;#nan;#-inf;]",
     false, false},
    {"bare words", "[yes,2024-01-02,1.2.3,-,0x1f]", "[?yes;?2024-01-02;?1.2.3;?-;?0x1f;]", false,
     false},
    {"Python", "{'a': None, u'b': True, 'c': b'x', \"d\": \"it's\"}",
     "{<a>null;<b>true;<c>'x';<d>'it's';}", false, false},
    {"trailing comma in an array", "[1,]", "[#1;]", false, false},
    {"trailing comma in an object", R"({"a":1,})", "{<a>#1;}", false, false},
    {"leading and doubled commas", "[,1,,2]", "[#1;#2;]", false, false},
    {"missing commas", R"({"a":1 "b":2 "c":[1 2]})", "{<a>#1;<b>#2;<c>[#1;#2;]}", false, false},
    {"missing colons", R"({"a" 1, "b" "x"})", "{<a>#1;<b>'x';}", false, false},
    {"a name without a value is dropped", R"({"a","b":,"c":1})", "{<c>#1;}", false, false},
    {"names without quotes", "{a:1,b_2:'x'}", "{<a>#1;<b_2>'x';}", false, false},
    {"doubled braces", R"({{"a":1}})", "{<a>#1;}", false, true},
    {"a closing bracket of the wrong kind ends up to its own", R"({"a":[1,2},"b":3)",
     "{<a>[#1;#2;]!}", false, true},
    {"a closing bracket that nobody opened is skipped", "[1},2]", "[#1;#2;]", false, false},
    {"text behind the value", R"({"a":1} and more)", "{<a>#1;}", false, true},
    {"escapes", R"(["\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00"])",
     "['\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80';]", true, false},
    {"escapes that JSON does not know", R"(["\'","\x41","\q","C:\dir"])",
     "[''';'A';'\\q';'C:\\dir';]", false, false},
    {"lone surrogates", R"(["\ud800","\udc00x","\ud800\ud800","\ud800\u0041"])",
     "['\xEF\xBF\xBD';'\xEF\xBF\xBDx';'\xEF\xBF\xBD\xEF\xBF\xBD';'\xEF\xBF\xBD"
     "A';]",
     true, false},
    {"half an escape inside a string is text", R"(["\u12x","\u12"])", "['\\u12x';'';]", false,
     false},
    {"raw control characters", "[\"a\nb\tc\x01\"]", "['a\nb\tc\x01';]", false, false},
    {"bad UTF-8: one U+FFFD for each maximal part", "[\"\xE2\x82|\xC0\xAF|\xED\xA0\x80|\xF5\"]",
     "['\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD';]",
     true, false},
    {"cut in a string", R"({"a":"xy)", "{<a>'xy';!}!", false, false},
    {"cut in an escape", R"({"a":"xy\u00)", "{<a>'xy';!}!", false, false},
    {"cut behind a backslash", "{\"a\":\"xy\\", "{<a>'xy';!}!", false, false},
    {"cut in a name", R"({"a":1,"bc)", "{<a>#1;}!", false, false},
    {"cut behind a colon", R"({"a":1,"b":)", "{<a>#1;}!", false, false},
    {"cut in a number", R"({"a":12)", "{<a>#12;!}!", false, false},
    {"cut in a word", R"({"a":tru)", "{<a>?tru;!}!", false, false},
    {"a number that is all is whole", "12", "#12;", true, false},
    {"a string that is all", R"("x")", "'x';", true, false},
};

TEST(TolerantJson, TakesWhatUpstreamsSend) {
  for (const TreeCase& test : kTrees) {
    const JsonTree tree(test.text);
    EXPECT_EQ(Printed(tree), test.expected) << test.name;
    EXPECT_EQ(tree.exact(), test.exact) << test.name;
    EXPECT_EQ(tree.trailing(), test.trailing) << test.name;
  }
}

TEST(TolerantJson, NothingButJsonIsExact) {
  for (std::string_view text : {"",
                                " ",
                                "[",
                                "]",
                                "{",
                                "}",
                                "[1",
                                "[1,",
                                "[1,]",
                                "[,1]",
                                "[1 2]",
                                "{\"a\"}",
                                "{\"a\":}",
                                "{\"a\":1,}",
                                "{,}",
                                "{a:1}",
                                "{'a':1}",
                                "{\"a\" 1}",
                                "{1:2}",
                                "[1}",
                                "{\"a\":1]",
                                "[]]",
                                "[] []",
                                "1 2",
                                "tru",
                                "truex",
                                "None",
                                "01",
                                "1.",
                                ".1",
                                "+1",
                                "1e",
                                "1e+",
                                "--1",
                                "-",
                                "\"",
                                "\"\\",
                                "\"\\x\"",
                                "\"\\u12g4\"",
                                "\"a\nb\"",
                                "nan",
                                "-NaN",
                                "[1:2]",
                                "{\"a\"::1}",
                                "{\"a\":1:\"b\":2}",
                                "\"a\"\"b\"",
                                "[\"a\"\"b\"]",
                                "u\"x\"",
                                "[1]x",
                                ",",
                                ":"}) {
    EXPECT_FALSE(JsonTree(text).exact()) << text;
  }
  for (std::string_view text : {"{}", "[]", "0", "-0.0e-0", "\"\"", "null", "NaN", "[[[]]]",
                                "{\"\":{\"\":[]}}", "[\"\\u0000\"]", " 1 "}) {
    EXPECT_TRUE(JsonTree(text).exact()) << text;
  }
}

TEST(TolerantJson, TheFirstOfTwoMembersCounts) {
  const JsonTree tree(R"({"a":1,"\u0061":2,"b":3,"\u0063":4,"a\u12":5})");
  EXPECT_EQ(tree.root()["a"].Text(10), "1");
  EXPECT_EQ(tree.root()["c"].Text(10), "4");
  EXPECT_FALSE(tree.root()["A"]);
  EXPECT_FALSE(tree.root()["missing"]);
  EXPECT_EQ(tree.root().count(), 5u);
}

TEST(TolerantJson, NamesAreComparedWhole) {
  const JsonTree tree("{\"co\\u0064e2\":1,\"code\\ud83d\\ude00\":2,\"\xE9\":3,\"cod\":4}");
  EXPECT_FALSE(tree.root()["code"]);
  EXPECT_EQ(tree.root()["code2"].Text(10), "1");
  EXPECT_EQ(tree.root()["\xEF\xBF\xBD"].Text(10), "3");
}

TEST(TolerantJson, NamesThatLookAlikeAreToldApart) {
  const JsonTree tree(R"({"innerError":1,"":2,"list":[3]})");
  EXPECT_FALSE(tree.root()["innererror"]);
  EXPECT_EQ(tree.root()["innerError"].Text(10), "1");
  EXPECT_EQ(tree.root()[""].Text(10), "2");
  EXPECT_FALSE(tree.root()["list"]["list"]) << "an element has no name";
}

TEST(TolerantJson, NoneAnswersEveryQuestion) {
  const JsonValue none;
  EXPECT_FALSE(none);
  EXPECT_TRUE(none.IsNothing());
  EXPECT_FALSE(none["a"]["b"].first().next());
  EXPECT_EQ(none.Text(10), "");
  EXPECT_EQ(none.Key(10), "");
  EXPECT_EQ(none.raw(), "");
  EXPECT_EQ(none.count(), 0u);
  EXPECT_FALSE(none.finished());
  const JsonTree tree("[1]");
  EXPECT_FALSE(tree.root()["a"]);
  EXPECT_FALSE(tree.root().first()["a"]);
}

TEST(TolerantJson, RawIsTheTextOfTheValue) {
  const JsonTree tree(R"({"a": {"x": [1, 2]} , "b":"q\"r", "c": [1)");
  EXPECT_EQ(tree.root()["a"].raw(), R"({"x": [1, 2]})");
  EXPECT_EQ(tree.root()["a"]["x"].raw(), "[1, 2]");
  EXPECT_EQ(tree.root()["b"].raw(), R"(q\"r)");
  EXPECT_EQ(tree.root()["c"].raw(), "[1");
  EXPECT_FALSE(tree.root()["c"].finished());
}

TEST(TolerantJson, TextIsCutBetweenWords) {
  const JsonTree tree("[\"a, \xC3\xA9\xC3\xA9\", \"a, \\u00e9\\u00e9\", \"a, cdef\"]");
  const JsonValue first = tree.root().first();
  for (JsonValue value : {first, first.next()}) {
    EXPECT_EQ(value.Text(7), "a, \xC3\xA9\xC3\xA9");
    EXPECT_EQ(value.Text(6), "a, ");
    EXPECT_EQ(value.Text(4), "a, ");
    EXPECT_EQ(value.Text(1), "");
    EXPECT_EQ(value.Text(0), "");
  }
  EXPECT_EQ(first.next().next().Text(7), "a, cdef");
  EXPECT_EQ(first.next().next().Text(6), "a, ");
}

TEST(TolerantJson, UnbrokenTextIsCutAtACharacter) {
  // 128 bytes before the bound are dropped, and what is left of a character.
  std::string text = "a";
  for (int i = 0; i < 200; ++i) text += "\xC3\xA9";
  const std::string json = "\"" + text + "\"";
  const JsonTree tree(json);
  EXPECT_EQ(tree.root().Text(401), text);
  EXPECT_EQ(tree.root().Text(400), text.substr(0, 271));
  EXPECT_EQ(tree.root().Text(300), text.substr(0, 171));
}

TEST(TolerantJson, DeeperLevelsAreReadAndNotKept) {
  JsonLimits limits;
  limits.depth = 2;
  const JsonTree tree(R"({"a":{"b":{"c":1},"d":[2,{"e":3}],"f":4},"g":5})", limits);
  EXPECT_EQ(Printed(tree), "{<a>{<b>{}<d>[]<f>#4;}<g>#5;}");
  EXPECT_EQ(tree.root()["a"]["b"].raw(), R"({"c":1})");
  EXPECT_EQ(tree.root()["a"]["d"].raw(), R"([2,{"e":3}])");
  EXPECT_TRUE(tree.exact());
}

TEST(TolerantJson, MoreChildrenAreCountedAndNotKept) {
  JsonLimits limits;
  limits.children = 2;
  const JsonTree tree(R"({"a":[1,2,[3,4],{"x":5}],"b":6,"c":7,"d":8})", limits);
  EXPECT_EQ(Printed(tree), "{<a>[#1;#2;]<b>#6;}");
  EXPECT_EQ(tree.root().count(), 4u);
  EXPECT_EQ(tree.root()["a"].count(), 4u);
  EXPECT_TRUE(tree.exact());
}

TEST(TolerantJson, MoreNodesAreNotKept) {
  JsonLimits limits;
  limits.nodes = 3;
  const JsonTree tree(R"([1,[2],[3,4],5])", limits);
  EXPECT_EQ(Printed(tree), "[#1;[]]");
  EXPECT_EQ(tree.root().count(), 4u);
}

std::string Repeat(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(TolerantJson, TwoHundredThousandLevels) {
  constexpr std::size_t kLevels = 200'000;
  for (const auto& [open, close] :
       {std::pair<std::string, std::string>{"[", "]"}, {"{\"a\":", "}"}}) {
    const std::string opened = Repeat(open, kLevels);
    const std::string closed = Repeat(close, kLevels);
    EXPECT_TRUE(JsonTree(opened + "1" + closed).exact());
    EXPECT_FALSE(JsonTree(opened + "1" + closed.substr(1)).exact());
    EXPECT_FALSE(JsonTree(opened).exact());
    EXPECT_FALSE(JsonTree(closed).exact());
  }
  // Each closing bracket is of the wrong kind: to look for its partner must not take the depth.
  const JsonTree crossed(Repeat("[", kLevels) + Repeat("}", kLevels));
  EXPECT_FALSE(crossed.exact());
  const JsonTree mixed(Repeat("[{\"a\":", kLevels) + Repeat("]}", kLevels));
  EXPECT_FALSE(mixed.exact());
}

// The depth that is kept ends at the limit, whatever was asked for.
TEST(TolerantJson, TheKeptDepthIsBounded) {
  JsonLimits limits;
  limits.depth = 1000;
  const JsonTree tree(Repeat("[", 500) + Repeat("]", 500), limits);
  std::size_t depth = 0;
  for (JsonValue value = tree.root(); value; value = value.first()) ++depth;
  EXPECT_EQ(depth, kMaxJsonDepth + 1);
}

}  // namespace
}  // namespace scoregate::errorbody
