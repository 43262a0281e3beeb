// Rows of a table said as rows of the file that it comes from.
#include "client/scorectl/chunks/file_rows.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace scoregate::scorectl {
namespace {

TEST(RowsText, IsShort) {
  struct Case {
    std::vector<RowRange> ranges;
    const char* text;
  };
  const std::vector<Case> cases = {
      {{{5, 5}}, "row 5"},
      {{{1, 3000}}, "rows 1 to 3000"},
      {{{1, 3000}, {5001, 6000}, {9000, 9000}}, "rows 1 to 3000, 5001 to 6000, 9000"},
  };
  for (const Case& c : cases) EXPECT_EQ(RowsText(c.ranges), c.text);
}

TEST(InRowsOfFile, CountsThroughTheWholeFile) {
  struct Case {
    const char* name;
    const char* said;
    const char* meant;
  };
  const std::vector<Case> cases = {
      {"a row", "row 1, column 'sepal width': no number",
       "row 150001, column 'sepal width': no "
       "number"},
      {"the last one", "at row 1000.", "at row 151000."},
      {"two", "row 2 and row 3", "row 150002 and row 150003"},
      {"a number that the table does not have", "row 1001", "row 1001"},
      {"no row is numbered 0", "row 0", "row 0"},
      {"another word", "arrow 1, narrow 2", "arrow 1, narrow 2"},
      {"no number", "a row is missing; the row one", "a row is missing; the row one"},
      {"at the end", "which row ", "which row "},
      {"too long for a number", "row 99999999999999999999999", "row 99999999999999999999999"},
  };
  for (const Case& c : cases) {
    client::ScoreError error;
    error.message = c.said;
    error.field_violations.emplace_back().set_description(c.said);
    error.upstream.emplace().set_message(c.said);
    error.upstream->add_items()->set_message(c.said);
    const client::ScoreError meant = InRowsOfFile(error, {150'001, 151'000});
    EXPECT_EQ(meant.message, c.meant) << c.name;
    EXPECT_EQ(meant.field_violations[0].description(), c.meant) << c.name;
    EXPECT_EQ(meant.upstream->message(), c.meant) << c.name;
    EXPECT_EQ(meant.upstream->items(0).message(), c.meant) << c.name;
  }
}

TEST(InRowsOfFile, AddsTheRowToAFieldThatIsAValue) {
  struct Case {
    const char* field;
    const char* shown;
  };
  const std::vector<Case> cases = {
      {R"(inputs["a"].columns[1].doubles.values[0])",
       R"(inputs["a"].columns[1].doubles.values[0] (row 11))"},
      {R"(inputs["a"].columns[1].doubles.values[9])",
       R"(inputs["a"].columns[1].doubles.values[9] (row 20))"},
      {R"(inputs["a"].columns[1].doubles.values[10])",
       R"(inputs["a"].columns[1].doubles.values[10])"},
      {R"(inputs["a"].columns[1].null_rows[0])", R"(inputs["a"].columns[1].null_rows[0])"},
      {"endpoint", "endpoint"},
  };
  for (const Case& c : cases) {
    client::ScoreError error;
    error.field_violations.emplace_back().set_field(c.field);
    EXPECT_EQ(InRowsOfFile(error, {11, 20}).field_violations[0].field(), c.shown);
  }
}

}  // namespace
}  // namespace scoregate::scorectl
