// NAME=VALUE on the command line: JSON is read as JSON, any other value is a text.
#include "client/scorectl/assignments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

namespace scoregate::scorectl {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The value in one line, or what is wrong with the text.
std::string Shown(const std::string& text) {
  try {
    std::string shown = ParameterValue("--parameter", text).ShortDebugString();
    if (shown.ends_with(' ')) shown.pop_back();
    return shown;
  } catch (const CLI::ValidationError& error) {
    return error.what();
  }
}

TEST(ParameterValue, IsJsonOrText) {
  struct Case {
    const char* why;
    const char* text;
    const char* value;
  };
  const Case cases[] = {
      {"a number", "1.5", "number_value: 1.5"},
      {"a negative one with an exponent", "-2e3", "number_value: -2000"},
      {"one larger than 64 bits", "12345678901234567890123",
       "number_value: 1.2345678901234568e+22"},
      {"blanks around JSON", " 5 ", "number_value: 5"},
      {"a word of JSON", "true", "bool_value: true"},
      {"null", "null", "null_value: NULL_VALUE"},
      {"a list", "[1,\"x\"]",
       R"(list_value { values { number_value: 1 } values { string_value: "x" } })"},
      {"an object", R"({"a":{"b":[]}})",
       R"(struct_value { fields { key: "a" value { struct_value { fields { key: "b" value { list_value { } } } } } } })"},
      {"a string with escapes", R"("a\"b\u00e9\n")", R"(string_value: "a\"b\303\251\n")"},
      {"a number in quotes", R"("1.5")", R"(string_value: "1.5")"},
      {"brackets in a string", R"("[[[")", R"(string_value: "[[[")"},
      {"a text", "high risk", R"(string_value: "high risk")"},
      {"a text with blanks around", " x ", R"(string_value: " x ")"},
      {"nothing", "", R"(string_value: "")"},
      {"quotes inside a text", R"(a"b)", R"(string_value: "a\"b")"},
      {"other quotes are no JSON", "'x'", R"(string_value: "\'x\'")"},
      {"leading zeros are no JSON", "007", R"(string_value: "007")"},
      {"nor is half a number", "1.", R"(string_value: "1.")"},
      {"nor a sign alone", "-", R"(string_value: "-")"},
      {"nor a plus", "+1", R"(string_value: "+1")"},
      {"nor an exponent without digits", "1e", R"(string_value: "1e")"},
      {"nor hexadecimal", "0x10", R"(string_value: "0x10")"},
      {"nor what is no number", "NaN", R"(string_value: "NaN")"},
      {"nor another case of a word", "True", R"(string_value: "True")"},
  };
  for (const Case& c : cases) EXPECT_EQ(Shown(c.text), c.value) << c.why;
}

TEST(ParameterValue, WhatBeginsAsJsonAndIsNoneIsRefused) {
  struct Case {
    std::string text;
    const char* why;
  };
  const Case cases[] = {
      {"[1,2", "Unexpected end of string"},
      {"{\"a\":1", "Unexpected end of string"},
      {"\"a", "Closing quote expected in string"},
      {"[1] x", "Parsing terminated before end of input"},
      {R"({"a":1,"a":2})", "Repeated map key"},
      {R"("\ud800")", "Missing low surrogate"},
      {"1e999", "Number exceeds the range of double"},
      {std::string(31, '[') + std::string(31, ']'), "more than 30 levels deep"},
      {std::string(60'000, '['), "more than 30 levels deep"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Shown(c.text), StartsWith("--parameter: '" + c.text + "' is no JSON that can be "));
    EXPECT_THAT(Shown(c.text), HasSubstr(c.why));
    EXPECT_THAT(Shown(c.text), HasSubstr("written in quotes"));
  }
  EXPECT_THAT(Shown(std::string(30, '[') + std::string(30, ']')), StartsWith("list_value"));
}

TEST(ReadAssignments, GivesNamesAndValuesInTheirOrder) {
  using Expected = std::vector<Assignment>;
  EXPECT_EQ(ReadAssignments("--input", {"b=x=y", "a="}), (Expected{{"b", "x=y"}, {"a", ""}}));
  EXPECT_EQ(ReadAssignments("--input", {"a=/tmp/\xE9.csv"}), (Expected{{"a", "/tmp/\xE9.csv"}}))
      << "the file system may call a file so";
}

TEST(ReadAssignments, RefusesWhatCannotBeMeant) {
  struct Case {
    std::vector<std::string> texts;
    const char* says;
  };
  const Case cases[] = {
      {{"rows.csv"}, "--input: 'rows.csv' is not NAME=VALUE"},
      {{"=rows.csv"}, "--input: '=rows.csv' is not NAME=VALUE"},
      {{"a=1", "b=2", "a=1"}, "--input: 'a' is given twice; leave one of the two away"},
      {{"\xE9=1"}, "--input: the name before '=' is not UTF-8; type it as UTF-8"},
  };
  for (const Case& c : cases) {
    try {
      ReadAssignments("--input", c.texts);
      ADD_FAILURE() << c.says;
    } catch (const CLI::ValidationError& error) {
      EXPECT_STREQ(error.what(), c.says);
    }
  }
}

}  // namespace
}  // namespace scoregate::scorectl
