// CSV in and out: types by what all cells agree on, nulls apart, mistakes said with their place.
#include "client/scorectl/csv/csv_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <sstream>

namespace scoregate::scorectl {
namespace {

std::string TextOf(const std::variant<scoring::v1::Table, std::string>& parsed) {
  if (parsed.index() == 1) return std::get<1>(parsed);
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  std::string text;
  printer.PrintToString(std::get<0>(parsed), &text);
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

TEST(ParseCsv, Table) {
  struct Case {
    const char* why;
    std::string csv;
    std::string expected;
  };
  const Case cases[] = {
      {"whole numbers", "a\n1\n-2\n", R"(columns { name: "a" int64s { values: 1 values: -2 } })"},
      {"one fraction makes the column doubles", "a\n1\n2.5\n",
       R"(columns { name: "a" doubles { values: 1 values: 2.5 } })"},
      {"a number beyond 64 bits is a double", "a\n9223372036854775808\n",
       R"(columns { name: "a" doubles { values: 9.2233720368547758e+18 } })"},
      {"words of any case are booleans", "a\ntrue\nFalse\n",
       R"(columns { name: "a" bools { values: true values: false } })"},
      {"one word makes the column strings, numbers kept as written", "a\n01\nx\n",
       R"(columns { name: "a" strings { values: "01" values: "x" } })"},
      {"an empty cell is null, in typed columns too", "a,b\n1,x\n,\n",
       R"(columns { name: "a" int64s { values: 1 values: 0 } null_rows: 1 } )"
       R"(columns { name: "b" strings { values: "x" values: "" } null_rows: 1 })"},
      {"a column of nulls is strings", "a,b\n1,\n",
       R"(columns { name: "a" int64s { values: 1 } } )"
       R"(columns { name: "b" strings { values: "" } null_rows: 0 })"},
      {"quotes, commas and line ends inside cells", "\"a,1\"\n\"x \"\"y\"\"\nz\"\n",
       R"(columns { name: "a,1" strings { values: "x \"y\"\nz" } })"},
      {"a byte order mark, CRLF, no last line end",
       "\xEF\xBB\xBF"
       "a\r\n1\r\n2",
       R"(columns { name: "a" int64s { values: 1 values: 2 } })"},
      {"a row too short", "a,b\n1,2\n3\n", "rows.csv line 3 has 1 cells, the header has 2"},
      {"blank lines and lines inside cells count", "\n \r\na,b\n\n\"x\r\ny\nz\",2\n3\n",
       "rows.csv line 8 has 1 cells, the header has 2"},
      {"CR alone ends a line too", "a,b\r\r1,2\r3\r",
       "rows.csv line 4 has 1 cells, the header has 2"},
      {"a number that JSON cannot carry", "a,sepal width\n1,2\n2,nan\n",
       "rows.csv line 3, column 'sepal width': nan cannot be sent as JSON; leave the cell empty "
       "for "
       "a missing value"},
      {"an infinity", "a\n1\n\n-Inf\n",
       "rows.csv line 4, column 'a': -Inf cannot be sent as JSON; leave the cell empty for a "
       "missing value"},
      {"the same word in a column of texts", "a\nnan\nx\n",
       R"(columns { name: "a" strings { values: "nan" values: "x" } })"},
      {"two columns of one name", "a,b,a\n1,2,3\n",
       "rows.csv line 1: columns 1 and 3 have the same name, 'a'; rename one of them"},
      {"no text", "", "rows.csv: no header row; the first row names the columns"},
      {"only a header", "a,b\n", "rows.csv: a header row and no rows to score"},
      {"a cell that is not UTF-8", "a,b\n1,x\n2,caf\xE9\n",
       "rows.csv line 3, column 'b': not UTF-8; save the file as UTF-8"},
      {"a name that is not UTF-8", "a,caf\xE9\n1,x\n",
       "rows.csv line 1, column 2: not UTF-8; save the file as UTF-8"},
      {"UTF-16 as spreadsheets save it",
       std::string("\xFF\xFE"
                   "a\0\n\0"
                   "1\0\n\0",
                   10),
       "rows.csv line 1, column 1: not UTF-8; save the file as UTF-8"},
      {"letters beyond ASCII", "이름\n하나\n",
       R"(columns { name: "\354\235\264\353\246\204" strings { values: "\355\225\230\353\202\230" } })"},
      {"an open quote", "a\n\"x\n",
       "rows.csv line 2: error parsing data while strict checking enabled; a quote inside a "
       "quoted cell is written twice"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(TextOf(ParseCsv(c.csv, "rows.csv")), c.expected) << c.why;
  }
}

TEST(ParseCsv, CutAtEveryByteGivesATableOrASentence) {
  const std::string whole = "a,\"b \"\"q\"\"\"\r\n1,x\r\n2.5,\"y\nz\"\r\n,\r\n";
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    auto parsed = ParseCsv(whole.substr(0, cut), "rows.csv");
    if (parsed.index() == 1) {
      EXPECT_THAT(std::get<1>(parsed), testing::StartsWith("rows.csv")) << cut;
      continue;
    }
    for (const auto& column : std::get<0>(parsed).columns()) {
      EXPECT_NE(column.values_case(), scoring::v1::Column::VALUES_NOT_SET) << cut;
    }
  }
}

// A file that cannot be read any further: its rows are no table.
class Broken : public std::stringbuf {
 public:
  using std::stringbuf::stringbuf;

 protected:
  int_type underflow() override { throw std::ios_base::failure("broken"); }
};

TEST(CsvReader, AFileThatBreaksOffIsNotTakenForAWholeOne) {
  Broken broken("a\n1\n2\n");
  std::istream stream(&broken);
  CsvReader reader(stream, "rows.csv");
  auto read = reader.Next(kAllRows);
  ASSERT_EQ(read.index(), 1u);
  EXPECT_EQ(std::get<1>(read), "rows.csv: it cannot be read to its end");
}

TEST(WriteCsv, ReadsBackAsTheSameTable) {
  const std::string csv =
      "n,x,flag,text\n1,0.1,true,\"a,b\"\n,2.5,false,\"say \"\"hi\"\"\"\n3,,,\n";
  auto first = ParseCsv(csv, "f");
  ASSERT_EQ(first.index(), 0u);
  EXPECT_EQ(WriteCsv(std::get<0>(first)), csv);
  auto second = ParseCsv(WriteCsv(std::get<0>(first)), "f");
  ASSERT_EQ(second.index(), 0u);
  EXPECT_TRUE(
      google::protobuf::util::MessageDifferencer::Equals(std::get<0>(first), std::get<0>(second)));
}

}  // namespace
}  // namespace scoregate::scorectl
