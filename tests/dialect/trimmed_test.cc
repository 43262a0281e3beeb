#include "gateway/dialect/trimmed.h"

#include <gtest/gtest.h>

namespace scoregate::dialect {
namespace {

TEST(Trimmed, LeavesTheTextItself) {
  struct Case {
    const char* name;
    std::string_view text;
    std::string_view trimmed;
  };
  for (const Case& c : {
           Case{"nothing", "", ""},
           Case{"blanks alone", " \t\r\n", ""},
           Case{"nothing around it", "{}", "{}"},
           Case{"blanks and line ends on both sides", "\r\n\t {} \r\n", "{}"},
           Case{"blanks within stay", " a b ", "a b"},
           Case{"a byte order mark", "\xEF\xBB\xBF\"id\"", "\"id\""},
           Case{"a byte order mark alone", "\xEF\xBB\xBF", ""},
           Case{"a mark, then blanks", "\xEF\xBB\xBF \n[1]\n", "[1]"},
           Case{"only the first mark goes", "\xEF\xBB\xBF\xEF\xBB\xBFx", "\xEF\xBB\xBFx"},
       }) {
    EXPECT_EQ(Trimmed(c.text), c.trimmed) << c.name;
  }
}

}  // namespace
}  // namespace scoregate::dialect
