// The table says what the list of documented facts says, no more and no less, and finds its rows.
#include "gateway/catalogue/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace scoregate::catalogue {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A fact as documented_errors.tsv writes it.
std::string FactOf(const ErrorClass& row) {
  return std::string(row.name) + '\t' + std::to_string(row.http_status) + "\t\t0\tyes";
}

std::string FactOf(const ErrorClass& error_class, const ErrorCode& row) {
  return std::string(row.error_class) + '\t' + std::to_string(error_class.http_status) + '\t' +
         std::string(row.name) + '\t' + std::to_string(row.parameters) + '\t' +
         (row.has_message ? "yes" : "no");
}

std::multiset<std::string> FactsOfTheTable() {
  std::multiset<std::string> facts;
  for (const ErrorClass& row : Classes()) facts.insert(FactOf(row));
  for (const ErrorCode& row : Codes()) {
    const ErrorClass* error_class = FindClass(row.error_class);
    if (error_class != nullptr) facts.insert(FactOf(*error_class, row));
  }
  return facts;
}

std::multiset<std::string> DocumentedFacts() {
  std::ifstream file(SCOREGATE_DOCUMENTED_ERRORS);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "class\thttp_status\tcode\tparameters\thas_user_message");
  std::multiset<std::string> facts;
  while (std::getline(file, line)) facts.insert(line);
  return facts;
}

TEST(Catalogue, SaysWhatIsDocumentedAndNothingElse) {
  const std::multiset<std::string> documented = DocumentedFacts();
  EXPECT_EQ(documented.size(), kClassCount + kCodeCount);
  EXPECT_EQ(FactsOfTheTable(), documented);
}

TEST(Catalogue, NamesTheHeadingOfEachClass) {
  for (const ErrorClass& row : Classes()) {
    std::string anchor(row.name);
    for (char& c : anchor) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    EXPECT_EQ(row.anchor, anchor + "-http-status-code-" + std::to_string(row.http_status));
  }
}

TEST(Catalogue, FindsEachRowAndNoOther) {
  for (const ErrorClass& row : Classes()) {
    EXPECT_EQ(FindClass(row.name), &row) << row.name;
    EXPECT_EQ(FindCode(row.name, ""), nullptr) << "a class is no code: " << row.name;
    EXPECT_EQ(FindCode(row.name, row.name), nullptr) << row.name;
  }
  for (const ErrorCode& row : Codes()) {
    EXPECT_EQ(FindCode(row.error_class, row.name), &row) << row.error_class << "/" << row.name;
    EXPECT_EQ(FindClass(row.name), nullptr) << "a code is no class: " << row.name;
  }
}

// Each name also cut at every byte, and one byte longer: never found.
TEST(Catalogue, NamesAreComparedByteForByte) {
  const std::string_view name = "InternalErrorSystemLowOnMemory";
  for (std::size_t size = 0; size < name.size(); ++size) {
    const ErrorClass* found = FindClass(name.substr(0, size));
    EXPECT_EQ(found != nullptr, name.substr(0, size) == "InternalError") << size;
  }
  for (const ErrorCode& row : Codes()) {
    for (std::size_t size = 0; size < row.name.size(); ++size) {
      const std::string_view cut = row.name.substr(0, size);
      const ErrorCode* found = FindCode(row.error_class, cut);
      EXPECT_TRUE(found == nullptr || found->name == cut) << row.name << " cut to " << size;
    }
    EXPECT_EQ(FindCode(row.error_class, std::string(row.name) + '\0'), nullptr) << row.name;
  }
  EXPECT_EQ(FindClass("badargument"), nullptr);
  EXPECT_EQ(FindClass(" BadArgument"), nullptr);
  EXPECT_EQ(FindClass("\xFF"), nullptr);
  EXPECT_EQ(FindCode("BadArgument", "blobNotFound"), nullptr);
}

TEST(Catalogue, ACodeBelongsToItsClass) {
  EXPECT_EQ(FindCode("BadUserArgument", "BlobNotFound"), nullptr);
  EXPECT_EQ(FindCode("NoSuchClass", "BlobNotFound"), nullptr);
  const ErrorCode* callers = FindCode("BadArgument", "UnknownError");
  const ErrorCode* internal = FindCode("InternalError", "UnknownError");
  ASSERT_NE(callers, nullptr);
  ASSERT_NE(internal, nullptr);
  EXPECT_TRUE(callers->has_message);
  EXPECT_FALSE(internal->has_message);
}

TEST(Catalogue, ListsTheCodesOfAClass) {
  std::vector<std::string_view> names;
  for (const ErrorCode& row : CodesOf("InvalidOperation")) names.push_back(row.name);
  EXPECT_THAT(names,
              ElementsAre("CannotStartJob", "IncompatibleModel", "MultipleInputsNotAllowed"));
  EXPECT_THAT(CodesOf("LibraryExecutionError"), IsEmpty());
  EXPECT_THAT(CodesOf("NoSuchClass"), IsEmpty());
  std::size_t all = 0;
  for (const ErrorClass& row : Classes()) all += CodesOf(row.name).size();
  EXPECT_EQ(all, kCodeCount);
}

TEST(Catalogue, OrdersAClassBeforeItsCodesAndTheUnknownLast) {
  std::size_t expected = 0;
  for (const ErrorClass& error_class : Classes()) {
    EXPECT_EQ(OrderOf(error_class.name, ""), expected++) << error_class.name;
    for (const ErrorCode& row : CodesOf(error_class.name)) {
      EXPECT_EQ(OrderOf(row.error_class, row.name), expected++) << row.name;
    }
  }
  EXPECT_EQ(expected, kClassCount + kCodeCount);
  EXPECT_EQ(OrderOf("NoSuchClass", ""), expected);
  EXPECT_EQ(OrderOf("NoSuchClass", "BlobNotFound"), expected);
  EXPECT_EQ(OrderOf("BadArgument", "NoSuchCode"), expected);
  EXPECT_EQ(OrderOf("BadUserArgument", "BlobNotFound"), expected);
}

}  // namespace
}  // namespace scoregate::catalogue
