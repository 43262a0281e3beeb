// grpc-message: every byte survives, only the necessary ones are encoded, bad escapes are text.
#include "gateway/grpcwire/percent_encoding.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace scoregate::grpcwire {
namespace {

using namespace std::string_view_literals;

struct Case {
  std::string_view text;
  std::string_view encoded;
  std::string_view why;
};

constexpr Case kCases[] = {
    {"", "", "nothing"},
    {"Input Data Error.", "Input Data Error.", "printable ASCII stays, spaces too"},
    {" ~", " ~", "both ends of the range"},
    {"100%", "100%25", "the escape itself"},
    {"a\r\nb", "a%0D%0Ab", "line ends"},
    {"\0\x1F\x7F"sv, "%00%1F%7F", "both ends outside the range"},
    {"\xED\x95\x9C", "%ED%95%9C", "a Hangul syllable costs nine bytes"},
    {"\xFF", "%FF", "bytes that are not UTF-8 are carried"},
    {"%41", "%2541", "what looks like an escape"},
};

TEST(PercentEncoding, EncodesAndDecodes) {
  for (const Case& c : kCases) {
    EXPECT_EQ(PercentEncode(c.text), c.encoded) << c.why;
    EXPECT_EQ(PercentEncodedSize(c.text), c.encoded.size()) << c.why;
    EXPECT_EQ(PercentDecode(c.encoded), c.text) << c.why;
  }
}

TEST(PercentEncoding, EveryByteSurvives) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  const std::string encoded = PercentEncode(all);
  for (char c : encoded) EXPECT_TRUE(c >= 0x20 && c <= 0x7E);
  EXPECT_EQ(encoded.size(), PercentEncodedSize(all));
  EXPECT_EQ(PercentDecode(encoded), all);
}

TEST(PercentEncoding, DecodingIsTolerant) {
  constexpr Case cases[] = {
      {"%", "%", "nothing follows"},
      {"%4", "%4", "one digit follows"},
      {"%4%41", "%4A", "the second escape is good"},
      {"%%41", "%A", "the first percent sign stands for itself"},
      {"%zz%4g%g4", "%zz%4g%g4", "no hex digits"},
      {"%c3%A4", "\xC3\xA4", "hex digits of either case"},
      {"a\xFF%41",
       "a\xFF"
       "A",
       "raw bytes stay"},
  };
  for (const Case& c : cases) EXPECT_EQ(PercentDecode(c.text), c.encoded) << c.why;
}

TEST(PercentEncoding, DecodesWhereverItIsCut) {
  const std::string encoded = PercentEncode("a%\xED\x95\x9C\n");
  for (std::size_t cut = 0; cut <= encoded.size(); ++cut) {
    const std::string decoded = PercentDecode(std::string_view(encoded).substr(0, cut));
    EXPECT_LE(decoded.size(), cut);
    // What is cut off inside an escape stands for itself, so nothing is lost.
    EXPECT_EQ(PercentDecode(PercentEncode(decoded)), decoded);
  }
}

}  // namespace
}  // namespace scoregate::grpcwire
