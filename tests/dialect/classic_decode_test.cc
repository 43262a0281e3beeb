// Classic answers become tables: every form, every type, and every way not to be understood.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "gateway/dialect/dialect.h"
#include "tests/dialect/tables.h"

namespace scoregate::dialect {
namespace {

struct Decoded {
  std::string tables;
  std::string fault;
};

Decoded Decode(std::string body) {
  http::HttpResponse answer;
  answer.status = 200;
  answer.body = std::move(body);
  scoring::v1::ScoreResponse response;
  http::Result<Certainty> read =
      DialectOf(http::UpstreamKind::kClassic)->DecodeScore(answer, {}, response);
  if (read.ok()) return {Describe(response), ""};
  EXPECT_EQ(read.fault().kind, http::FaultKind::kResponseInvalid) << read.fault().text;
  EXPECT_TRUE(response.outputs().empty()) << "a fault leaves the response empty";
  return {"", read.fault().text};
}

// {"Results":{"o":{"type":"table","value":VALUE}}}
std::string InTable(std::string_view value) {
  return std::string(R"({"Results":{"o":{"type":"table","value":)") + std::string(value) + "}}}";
}

std::string InRows(std::string_view rows) {
  return std::string(R"({"Results":{"o":)") + std::string(rows) + "}}";
}

struct GoodCase {
  const char* name;
  std::string body;
  const char* tables;
};

class GoodAnswers : public testing::TestWithParam<GoodCase> {};

TEST_P(GoodAnswers, AreReadWhole) {
  Decoded decoded = Decode(GetParam().body);
  EXPECT_EQ(decoded.fault, "");
  EXPECT_EQ(decoded.tables, GetParam().tables);
}

const GoodCase kGoodCases[] = {
    {"all_declared_types", InTable(R"({"ColumnNames":["i","l","d","b","s"],
                 "ColumnTypes":["Int32","Int64","Double","Boolean","String"],
                 "Values":[["3","-9223372036854775808","0.1","True","a"],
                           ["-4","9223372036854775807","1E-05","False",""]]})"),
     "o{i:int64s[3,-4] l:int64s[-9223372036854775808,9223372036854775807] d:doubles[0.1,1e-05] "
     "b:bools[true,false] s:strings[\"a\",\"\"]}"},
    {"declared_types_read_json_values_too",
     InTable(
         R"({"ColumnNames":["i","d","b","s"],"ColumnTypes":["Int32","Double","Boolean","String"],
                 "Values":[[3,2,true,7.50],[4,0.5,false,true]]})"),
     "o{i:int64s[3,4] d:doubles[2,0.5] b:bools[true,false] s:strings[\"7.50\",\"true\"]}"},
    {"type_names_in_any_case_and_unknown_ones",
     InTable(R"({"ColumnNames":["i","u","x"],"ColumnTypes":["int32","UInt64","DateTime"],
                 "Values":[["1","2","3"]]})"),
     "o{i:int64s[1] u:int64s[2] x:strings[\"3\"]}"},
    {"null_is_not_the_empty_string",
     InTable(R"({"ColumnNames":["s","i"],"ColumnTypes":["String","Int32"],
                 "Values":[[null,null],["","5"],["x",null]]})"),
     "o{s:strings[-,\"\",\"x\"] i:int64s[-,5,-]}"},
    {"an_empty_number_is_missing",
     InTable(R"({"ColumnNames":["i","d","b"],"ColumnTypes":["Int32","Double","Boolean"],
                 "Values":[["","",""],["1","2","True"]]})"),
     "o{i:int64s[-,1] d:doubles[-,2] b:bools[-,true]}"},
    {"numbers_that_json_lacks_as_text", InTable(R"({"ColumnNames":["d"],"ColumnTypes":["Double"],
                 "Values":[["NaN"],["Infinity"],["-Infinity"]]})"),
     "o{d:doubles[nan,inf,-inf]}"},
    {"bare_words_for_numbers_that_json_lacks",
     InTable(R"({"ColumnNames":["d","e"],"ColumnTypes":["Double","Double"],
                 "Values":[[NaN,-Infinity],[Infinity , NaN]]})"),
     "o{d:doubles[nan,inf] e:doubles[-inf,nan]}"},
    {"a_word_in_an_integer_column_makes_it_strings",
     InTable(R"({"ColumnNames":["i","d"],"ColumnTypes":["Int32","Double"],
                 "Values":[["007","0.10"],["abc","1"],[null,"2"]]})"),
     "o{i:strings[\"007\",\"abc\",-] d:doubles[0.1,1,2]}"},
    {"two_columns_that_do_not_fit_and_escapes_read_twice",
     InTable(R"({"ColumnNames":["i","b","s"],"ColumnTypes":["Int32","Boolean","String"],
                 "Values":[["1","True","\u00e9\n"],["2.5","1","\"q\""]]})"),
     "o{i:strings[\"1\",\"2.5\"] b:strings[\"True\",\"1\"] s:strings[\"\xC3\xA9\n\",\"\"q\"\"]}"},
    {"an_integer_over_64_bits_makes_strings",
     InTable(
         R"({"ColumnNames":["i"],"ColumnTypes":["Int64"],"Values":[["1"],["9223372036854775808"]]})"),
     "o{i:strings[\"1\",\"9223372036854775808\"]}"},
    {"a_double_over_its_range_makes_strings",
     InTable(R"({"ColumnNames":["d"],"ColumnTypes":["Double"],"Values":[["1e999"],["2"]]})"),
     "o{d:strings[\"1e999\",\"2\"]}"},
    {"without_types_text_stays_text",
     InTable(R"({"ColumnNames":["a","b"],"Values":[["1","True"],["2","False"]]})"),
     "o{a:strings[\"1\",\"2\"] b:strings[\"True\",\"False\"]}"},
    {"without_types_json_values_rule", InTable(R"({"ColumnNames":["i","d","b","m","n","z"],
       "Values":[[1,1,true,1,null,-0],[2,2.5,false,"x",null,1]]})"),
     "o{i:int64s[1,2] d:doubles[1,2.5] b:bools[true,false] m:strings[\"1\",\"x\"] n:strings[-,-] "
     "z:doubles[-0,1]}"},
    {"integers_turn_to_doubles_with_their_nulls",
     InTable(R"({"ColumnNames":["d"],"Values":[[null],[1],[null],[18446744073709551616],[null]]})"),
     "o{d:doubles[-,1,-,18446744073709551616,-]}"},
    {"a_truth_value_among_numbers_makes_strings",
     InTable(R"({"ColumnNames":["m"],"Values":[[1.50],[true],[null]]})"),
     "o{m:strings[\"1.50\",\"true\",-]}"},
    {"nested_cells_are_their_json",
     InTable(R"({"ColumnNames":["v"],"Values":[[[1, {"a":"]"}]],[{"k": [ ]} ]]})"),
     "o{v:strings[\"[1, {\"a\":\"]\"}]\",\"{\"k\": [ ]}\"]}"},
    {"code_service_without_names", InTable(R"({"Values":[["a",null],["b","2"]]})"),
     "o{Col1:strings[\"a\",\"b\"] Col2:strings[-,\"2\"]}"},
    {"types_without_names", InTable(R"({"ColumnTypes":["Int32","String"],"Values":[["1","2"]]})"),
     "o{Col1:int64s[1] Col2:strings[\"2\"]}"},
    {"names_and_types_are_null",
     InTable(R"({"ColumnNames":null,"ColumnTypes":null,"Values":[["1"]]})"),
     "o{Col1:strings[\"1\"]}"},
    {"no_rows",
     InTable(R"({"ColumnNames":["i","s"],"ColumnTypes":["Int32","String"],"Values":[]})"),
     "o{i:int64s[] s:strings[]}"},
    {"no_rows_and_no_types", InTable(R"({"ColumnNames":["a"],"Values":[]})"), "o{a:strings[]}"},
    {"no_rows_and_no_names", InTable(R"({"Values":[]})"), "o{}"},
    {"members_in_another_order",
     InTable(R"({"Values":[["1","a"]],"Extra":{"x":[1]},"ColumnTypes":["Int32","String"],
                 "ColumnNames":["i","s"]})"),
     "o{i:int64s[1] s:strings[\"a\"]}"},
    {"types_after_values",
     InTable(R"({"ColumnNames":["i"],"Values":[["1"]],"ColumnTypes":["Int32"]})"),
     "o{i:int64s[1]}"},
    {"value_before_type_and_the_page_s_name_of_it",
     R"({"Results":{"o":{"value":{"ColumnNames":["a"],"Values":[["1"]]},"type":"DataTable"}}})",
     "o{a:strings[\"1\"]}"},
    {"several_outputs",
     R"({"Results":{"output1":{"type":"table","value":{"ColumnNames":["a"],"Values":[["1"]]}},
                    "output2":{"type":"table","value":{"ColumnNames":["log"],"Values":[["x"],["y"]]}}}})",
     "output1{a:strings[\"1\"]} output2{log:strings[\"x\",\"y\"]}"},
    {"misfits_of_one_output_leave_the_other",
     R"({"Results":{"p":{"value":{"ColumnNames":["a"],"ColumnTypes":["Int32"],"Values":[["1"]]}},
                    "q":{"value":{"ColumnNames":["a"],"ColumnTypes":["Int32"],"Values":[["x"]]}}}})",
     "p{a:int64s[1]} q{a:strings[\"x\"]}"},
    {"rows_as_objects",
     InRows(R"([{"Scored Labels":"1","p":"0.99"},{"Scored Labels":"0","p":null}])"),
     "o{Scored Labels:strings[\"1\",\"0\"] p:strings[\"0.99\",-]}"},
    {"rows_as_objects_of_a_designer_endpoint",
     InRows(R"([{"n":1,"d":0.5,"b":true},{"n":2,"d":1,"b":false}])"),
     "o{n:int64s[1,2] d:doubles[0.5,1] b:bools[true,false]}"},
    {"rows_with_other_keys_in_another_order",
     InRows(R"([{"a":1},{"b":"x","a":2},{"c":true},{"a":3,"b":"y"}])"),
     "o{a:int64s[1,2,-,3] b:strings[-,\"x\",-,\"y\"] c:bools[-,-,true,-]}"},
    {"rows_mixed_types_read_twice", InRows(R"([{"a":1,"b":2},{"b":"x","a":2.0},{"b":3}])"),
     "o{a:doubles[1,2,-] b:strings[\"2\",\"x\",\"3\"]}"},
    {"keys_with_escapes", InRows(R"([{"\u0061\"":"1"},{"a\"":"2"}])"),
     "o{a\":strings[\"1\",\"2\"]}"},
    {"no_row_objects", InRows("[]"), "o{}"},
    {"empty_row_objects", InRows("[{},{}]"), "o{}"},
    {"rows_as_the_value_of_a_table", InTable(R"([{"a":"1"}])"), "o{a:strings[\"1\"]}"},
    {"no_outputs", R"({"Results":{}})", ""},
    {"a_byte_order_mark_and_blanks", "\xEF\xBB\xBF \r\n\t" + InRows(R"([ {"a" : "1" } ] )") + " \n",
     "o{a:strings[\"1\"]}"},
    {"unknown_members_beside_results",
     R"({"a":[[[{}]]],"Results":{"o":[{"a":"1"}]},"z":{"Results":1}})", "o{a:strings[\"1\"]}"},
    {"names_are_not_ascii", InRows("[{\"\xEA\xB0\x80\":\"\xEB\x82\x98\"}]"),
     "o{\xEA\xB0\x80:strings[\"\xEB\x82\x98\"]}"},
};

INSTANTIATE_TEST_SUITE_P(Table, GoodAnswers, testing::ValuesIn(kGoodCases),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ClassicDecode, AZeroByteInAString) {
  Decoded decoded = Decode(InRows(R"([{"a":"x\u0000y"}])"));
  EXPECT_EQ(decoded.tables, std::string("o{a:strings[\"x\0y\"]}", 19));
}

struct BadCase {
  const char* name;
  std::string body;
  const char* fault;
};

class BadAnswers : public testing::TestWithParam<BadCase> {};

TEST_P(BadAnswers, SayWhatIsWrong) {
  Decoded decoded = Decode(GetParam().body);
  EXPECT_EQ(decoded.fault, GetParam().fault);
  EXPECT_EQ(decoded.tables, "");
}

constexpr char kBrokenJson[] = "The answer is not JSON, or it ends too early.";
#define OUTPUT_O "The answer's output \"o\" is not understood: "

const BadCase kBadCases[] = {
    {"empty", "", "The answer has no body."},
    {"blanks", "  \n", "The answer has no body."},
    {"prose", "Healthy", "The answer is not a JSON object."},
    {"a_string", R"("Healthy")", "The answer is not a JSON object."},
    {"a_json_string_that_holds_json", R"("{\"Results\":{}}")", "The answer is not a JSON object."},
    {"a_list", R"([{"Results":{}}])", "The answer is not a JSON object."},
    {"a_number", "3", "The answer is not a JSON object."},
    {"no_results", R"({"result":{}})", "The answer has no Results."},
    {"results_in_another_case", R"({"results":{}})", "The answer has no Results."},
    {"results_null", R"({"Results":null})", "The answer's Results is not an object."},
    {"results_a_list", R"({"Results":[1,2]})", "The answer's Results is not an object."},
    {"results_twice", R"({"Results":{},"Results":{}})", "The answer has Results twice."},
    {"more_after_the_end", R"({"Results":{}} {})", "The answer goes on after its JSON has ended."},
    {"a_bracket_after_the_end", R"({"Results":{}}})",
     "The answer goes on after its JSON has ended."},
    {"not_utf8", InRows("[{\"a\":\"\xFF\"}]"), "The answer's JSON is not UTF-8."},
    {"an_output_twice", R"({"Results":{"o":[],"o":[]}})", OUTPUT_O "it is there twice."},
    {"an_output_null", R"({"Results":{"o":null}})",
     OUTPUT_O "it is neither a table nor a list of rows."},
    {"an_output_a_number", R"({"Results":{"o":3}})",
     OUTPUT_O "it is neither a table nor a list of rows."},
    {"no_value", R"({"Results":{"o":{"type":"table"}}})", OUTPUT_O "it has no value."},
    {"value_null", InTable("null"), OUTPUT_O "its value is not a table."},
    {"value_twice", R"({"Results":{"o":{"value":[],"value":[]}}})",
     OUTPUT_O "value is there twice."},
    {"no_values", InTable(R"({"ColumnNames":["a"]})"), OUTPUT_O "it has no Values."},
    {"values_null", InTable(R"({"ColumnNames":["a"],"Values":null})"),
     OUTPUT_O "Values is not a list."},
    {"values_twice", InTable(R"({"Values":[],"Values":[]})"), OUTPUT_O "Values is there twice."},
    {"names_twice", InTable(R"({"ColumnNames":["a"],"ColumnNames":["b"],"Values":[]})"),
     OUTPUT_O "ColumnNames is there twice."},
    {"names_not_a_list", InTable(R"({"ColumnNames":"a","Values":[]})"),
     OUTPUT_O "ColumnNames is not a list of strings."},
    {"types_not_strings", InTable(R"({"ColumnNames":["a"],"ColumnTypes":[1],"Values":[]})"),
     OUTPUT_O "ColumnTypes is not a list of strings."},
    {"names_and_types_differ",
     InTable(R"({"ColumnNames":["a","b"],"ColumnTypes":["Int32"],"Values":[]})"),
     OUTPUT_O "it has 2 ColumnNames and 1 ColumnTypes."},
    {"a_row_is_no_list", InTable(R"({"ColumnNames":["a"],"Values":[["1"],"2"]})"),
     OUTPUT_O "row 1 is not a list."},
    {"a_short_row", InTable(R"({"ColumnNames":["a","b"],"Values":[["1","2"],["3"]]})"),
     OUTPUT_O "row 1 has 1 cells, the table has 2 columns."},
    {"a_long_row", InTable(R"({"ColumnNames":["a"],"Values":[["1"],["3","4"]]})"),
     OUTPUT_O "row 1 has more cells than the table has columns, which is 1."},
    {"ragged_without_names", InTable(R"({"Values":[["1","2"],["3","4"],["5"]]})"),
     OUTPUT_O "row 2 has 1 cells, the table has 2 columns."},
    {"a_row_object_among_lists", InTable(R"({"Values":[["1"],{"a":1}]})"),
     OUTPUT_O "row 1 is not a list."},
    {"a_list_among_row_objects", InRows(R"([{"a":1},[1]])"), OUTPUT_O "row 1 is not an object."},
    {"lists_without_a_table", InRows("[[1,2]]"), OUTPUT_O "row 0 is not an object."},
    {"a_key_twice", InRows(R"([{"a":1},{"a":1,"a":2}])"), OUTPUT_O "row 1 names a column twice."},
    {"a_key_twice_at_other_places", InRows(R"([{"a":1,"b":2},{"b":1,"c":2,"b":3}])"),
     OUTPUT_O "row 1 names a column twice."},
    {"an_unknown_word", InRows(R"([{"a":nan}])"),
     OUTPUT_O "row 0 holds something that is no JSON value."},
    {"plus_infinity", InRows(R"([{"a":+Infinity}])"),
     OUTPUT_O "row 0 holds something that is no JSON value."},
    {"a_leading_zero", InRows(R"([{"a":1},{"a":01}])"),
     OUTPUT_O "row 1 holds something that is no JSON value."},
    {"a_number_without_fraction", InRows(R"([{"a":1.}])"),
     OUTPUT_O "row 0 holds something that is no JSON value."},
    {"a_number_without_exponent", InRows(R"([{"a":1e+}])"),
     OUTPUT_O "row 0 holds something that is no JSON value."},
    {"a_missing_comma", InTable(R"({"Values":[["1" "2"]]})"), OUTPUT_O "its JSON is broken."},
    {"a_trailing_comma", InTable(R"({"Values":[["1",]]})"),
     OUTPUT_O "row 0 holds something that is no JSON value."},
    {"brackets_of_two_forms", InTable(R"({"Values":[["1"}]})"), OUTPUT_O "its JSON is broken."},
    {"a_nested_cell_with_brackets_of_two_forms", InTable(R"({"Values":[[[1}]]})"),
     OUTPUT_O "row 0 holds something that is no JSON value."},
    {"an_illegal_escape", InRows(R"([{"a":"\'"}])"),
     OUTPUT_O "row 0 holds something that is no JSON value."},
    {"half_a_surrogate_pair", InRows(R"([{"a":"\ud800"}])"),
     OUTPUT_O "row 0 holds something that is no JSON value."},
};
#undef OUTPUT_O

INSTANTIATE_TEST_SUITE_P(Table, BadAnswers, testing::ValuesIn(kBadCases),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ClassicDecode, EveryCutIsRefused) {
  for (const GoodCase& c : kGoodCases) {
    std::size_t whole = c.body.find_last_not_of(" \n") + 1;
    for (std::size_t length = 0; length < whole; ++length) {
      Decoded decoded = Decode(c.body.substr(0, length));
      EXPECT_NE(decoded.fault, "") << c.name << " cut to " << length;
    }
  }
}

// Whatever the bytes: no crash, and either tables or a fault. Sanitizers do the rest.
TEST(ClassicDecode, MutatedAnswersAreReadOrRefused) {
  std::mt19937 random(20160811);
  constexpr std::string_view kBytes = "{}[]\":,\\0123456789-+.eENnIitfu \n\xEF\xFF";
  int refused = 0;
  for (int round = 0; round < 40; ++round) {
    for (const GoodCase& c : kGoodCases) {
      std::string body = c.body;
      for (int i = 0; i < 1 + round % 4; ++i) {
        std::size_t at = random() % body.size();
        if (random() % 3 == 0) {
          body.erase(at, 1 + random() % 3);
          if (body.empty()) break;
        } else {
          body[at] = kBytes[random() % kBytes.size()];
        }
      }
      if (!Decode(std::move(body)).fault.empty()) ++refused;
    }
  }
  EXPECT_GT(refused, 100);
}

TEST(ClassicDecode, DeepNestingIsNoDanger) {
  constexpr std::size_t kLevels = 200'000;
  const std::string deep = std::string(kLevels, '[') + std::string(kLevels, ']');
  EXPECT_EQ(Decode(InTable("{\"Values\":[[" + deep + "]]}")).fault,
            "The answer's output \"o\" is not understood: row 0 holds something that is no JSON "
            "value.");
  EXPECT_EQ(Decode("{\"x\":" + deep + ",\"Results\":{\"o\":[{\"a\":\"1\"}]}}").tables,
            "o{a:strings[\"1\"]}");
  EXPECT_NE(Decode(std::string(kLevels, '[')).fault, "");
  EXPECT_NE(Decode(InRows(std::string(kLevels, '{'))).fault, "");
}

TEST(ClassicDecode, SixtyFourLevelsInACellAreTaken) {
  auto nested = [](std::size_t levels) {
    return InTable("{\"Values\":[[" + std::string(levels, '[') + std::string(levels, ']') + "]]}");
  };
  EXPECT_EQ(Decode(nested(64)).fault, "");
  EXPECT_NE(Decode(nested(65)).fault, "");
}

TEST(ClassicDecode, AFewBytesDoNotBecomeATableOfTerabytes) {
  std::string rows = "[";
  for (int i = 0; i < 2000; ++i) rows += "{\"k" + std::to_string(i) + "\":1},";
  rows.back() = ']';
  EXPECT_EQ(Decode(InRows(rows)).fault,
            "The answer's output \"o\" is not understood: its rows leave out too many columns.");
  std::string cells = "1";
  for (int i = 0; i < 70'000; ++i) cells += ",1";
  EXPECT_EQ(Decode(InTable("{\"Values\":[[" + cells + "]]}")).fault,
            "The answer's output \"o\" is not understood: it has more columns than are taken.");
  std::string outputs = "\"x\":[]";
  for (int i = 0; i < 300; ++i) outputs += ",\"o" + std::to_string(i) + "\":[]";
  EXPECT_EQ(Decode("{\"Results\":{" + outputs + "}}").fault,
            "The answer has more than 256 outputs.");
}

TEST(ClassicDecode, WhatStandsBesideResultsMayBeAnError) {
  struct Case {
    const char* beside;
    Certainty certainty;
  };
  for (const Case& c : {Case{R"("ContainerAllocationDurationMs":0)", Certainty::kSuccess},
                        Case{R"("Error":1)", Certainty::kSuccess},
                        Case{R"("error":null)", Certainty::kPerhapsAnError},
                        Case{R"("statusCode":200)", Certainty::kPerhapsAnError},
                        Case{R"("StatusCode":"500")", Certainty::kPerhapsAnError}}) {
    http::HttpResponse answer;
    answer.body = "{" + std::string(c.beside) + R"(,"Results":{"error":[{"a":"1"}]}})";
    scoring::v1::ScoreResponse response;
    auto read = DialectOf(http::UpstreamKind::kClassic)->DecodeScore(answer, {}, response);
    ASSERT_TRUE(read.ok()) << c.beside;
    EXPECT_EQ(read.value(), c.certainty) << c.beside;
  }
}

TEST(ClassicDecode, AHugeTable) {
  constexpr int kRows = 100'000;
  std::string body = R"({"Results":{"o":{"type":"table","value":{"ColumnNames":["i","s"],)"
                     R"("ColumnTypes":["Int32","String"],"Values":[)";
  for (int i = 0; i < kRows; ++i) {
    std::string number = std::to_string(i);
    body += (i > 0 ? ",[\"" : "[\"") + number + "\",\"row " + number + "\"]";
  }
  body += "]}}}}";
  http::HttpResponse answer;
  answer.body = std::move(body);
  scoring::v1::ScoreResponse response;
  ASSERT_TRUE(DialectOf(http::UpstreamKind::kClassic)->DecodeScore(answer, {}, response).ok());
  const auto& columns = response.outputs().at("o").columns();
  ASSERT_EQ(columns[0].int64s().values_size(), kRows);
  for (int i = 0; i < kRows; ++i) {
    ASSERT_EQ(columns[0].int64s().values(i), i);
    ASSERT_EQ(columns[1].strings().values(i), "row " + std::to_string(i));
  }
}

TEST(ClassicDecode, LongNamesAreShortenedAtACharacter) {
  std::string name;
  for (int i = 0; i < 40; ++i) name += "\xEA\xB0\x80";
  std::string shown = name.substr(0, 63);
  EXPECT_EQ(Decode("{\"Results\":{\"" + name + "\":1}}").fault,
            "The answer's output \"" + shown +
                "...\" is not understood: it is neither a table nor a list of rows.");
}

}  // namespace
}  // namespace scoregate::dialect
