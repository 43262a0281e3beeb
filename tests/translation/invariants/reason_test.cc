// The invariants of reasons, I7 and I8: where they come from, and what they look like.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/catalogue/catalogue.h"
#include "gateway/translation/rules/catalogue_rules.h"
#include "gateway/translation/rules/fallback.h"
#include "gateway/translation/rules/reason.h"
#include "tests/translation/invariants/samples.h"

namespace scoregate::translation {
namespace {

TEST(I7, ReasonsAreNeverMintedFromForeignText) {
  std::set<std::string> closed = {"UPSTREAM_HTTP_OTHER_4XX",  "UPSTREAM_HTTP_OTHER_5XX",
                                  "INTERMEDIARY_RESPONSE",    "MODEL_ERROR",
                                  "MODEL_NOT_READY",          "MODEL_OVERLOADED",
                                  "UPSTREAM_RESPONSE_INVALID"};
  for (const Row& row : Rows()) closed.insert(row.reason);
  for (const StatusRule& rule : ApplicationRules()) closed.emplace(rule.verdict.reason);
  ForAll([&](const Sample& sample) {
    std::string reason = DetailOf<google::rpc::ErrorInfo>(sample.translation.Status()).reason();
    EXPECT_TRUE(closed.contains(reason)) << reason;
  });
}

TEST(I7, UnknownCodesKeepTheVerdictOfTheClass) {
  for (const catalogue::ErrorClass& error_class : catalogue::Classes()) {
    Translation bare = Translate(Classic(error_class.name, "", ""), CallFacts());
    Translation unknown = Translate(Classic(error_class.name, "Unheard", ""), CallFacts());
    EXPECT_EQ(unknown.Status().code(), bare.Status().code()) << error_class.name;
    EXPECT_EQ(unknown.pushback_ms, bare.pushback_ms) << error_class.name;
    EXPECT_EQ(unknown.rule, bare.rule) << error_class.name;
    EXPECT_EQ(MetadataOf(unknown.Status(), "upstreamCode"), "Unheard");
    EXPECT_EQ(MetadataOf(bare.Status(), "upstreamCode"), "(none)");
    for (const char* detail :
         {"RetryInfo", "BadRequest", "PreconditionFailure", "QuotaFailure", "ResourceInfo"}) {
      EXPECT_EQ(HasDetail(unknown.Status(), detail), HasDetail(bare.Status(), detail))
          << error_class.name << " " << detail;
    }
  }
}

TEST(I8, ReasonsAreMadeOfTheDocumentedNames) {
  struct Case {
    const char* error_class;
    const char* code;
    const char* reason;
  };
  const std::vector<Case> cases = {
      {"BadArgument", "", "BAD_ARGUMENT"},
      {"InternalErrorSystemLowOnMemory", "", "INTERNAL_ERROR_SYSTEM_LOW_ON_MEMORY"},
      {"BadArgument", "BlobNotFound", "BLOB_NOT_FOUND"},
      {"BadArgument", "UnknownError", "BAD_ARGUMENT_UNKNOWN_ERROR"},
      {"InternalError", "UnknownError", "INTERNAL_ERROR_UNKNOWN_ERROR"},
      {"BadArgument", "ContainerValidationFailed", "BAD_ARGUMENT_CONTAINER_VALIDATION_FAILED"},
      {"InternalError", "ContainerValidationFailed", "INTERNAL_ERROR_CONTAINER_VALIDATION_FAILED"},
      // Shared by two classes that the caller answers in the same way.
      {"BadArgument", "UserParameterInvalid", "USER_PARAMETER_INVALID"},
      {"BadUserArgument", "UserParameterInvalid", "USER_PARAMETER_INVALID"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ReasonOf(c.error_class, c.code), c.reason);
    const Row* row = FindRow(c.error_class, c.code);
    ASSERT_NE(row, nullptr) << c.reason;
    EXPECT_EQ(row->reason, c.reason);
  }
}

// Made again here, from the words of I8: every row, and whatever a row of the catalogue answers.
std::string SnakeCase(std::string_view name) {
  std::string snake;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z' && !snake.empty()) snake += '_';
    snake += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return snake;
}

std::string ReasonByI8(std::string_view error_class, std::string_view code) {
  if (code.empty()) return SnakeCase(error_class);
  bool prefixed = code == "UnknownError" || code == "ContainerValidationFailed";
  return (prefixed ? SnakeCase(error_class) + "_" : "") + SnakeCase(code);
}

TEST(I8, EveryRowHasTheReasonOfItsName) {
  for (const Row& row : Rows()) EXPECT_EQ(row.reason, ReasonByI8(row.error_class, row.error_code));
}

TEST(I8, WhatARowAnswersHasItsReason) {
  int rows = 0;
  ForAll([&](const Sample& sample) {
    if (!sample.translation.rule.starts_with("catalogue:")) return;
    ++rows;
    std::string error_class = Metadata(sample, "upstreamClass");
    std::string code = Metadata(sample, "upstreamCode");
    bool known = FindRow(error_class, code) != nullptr;
    EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(sample.translation.Status()).reason(),
              ReasonByI8(error_class, known ? code : ""));
  });
  EXPECT_GT(rows, kRounds / 10);
}

TEST(I8, ReasonsAreDistinctButForTheSharedThree) {
  std::map<std::string, int> uses;
  std::size_t longest_unprefixed = 0;
  for (const Row& row : Rows()) {
    EXPECT_TRUE(IsReason(row.reason)) << row.reason;
    ++uses[row.reason];
    if (!NeedsClassPrefix(row.error_code)) {
      longest_unprefixed = std::max(longest_unprefixed, row.reason.size());
    }
  }
  std::set<std::string> shared;
  for (const auto& [reason, count] : uses) {
    if (count > 1) shared.insert(reason);
  }
  std::set<std::string> expected = {"MISSING_REQUIRED_GLOBAL_PARAMETERS", "UNEXPECTED_PARAMETER",
                                    "USER_PARAMETER_INVALID"};
  EXPECT_EQ(shared, expected);
  EXPECT_EQ(longest_unprefixed, 51u);
}

TEST(I8, AReasonIsWhatAip193Allows) {
  const std::string longest(63, 'A');
  for (const char* good : {"ABC", "A_B", "UPSTREAM_HTTP_403", "A1B", longest.c_str()}) {
    EXPECT_TRUE(IsReason(good)) << good;
  }
  const std::string too_long(64, 'A');
  for (const char* bad :
       {"", "A", "AB", "_AB", "AB_", "1AB", "AbC", "A B", "A-B", "ABC\n", too_long.c_str()}) {
    EXPECT_FALSE(IsReason(bad)) << bad;
  }
}

}  // namespace
}  // namespace scoregate::translation
