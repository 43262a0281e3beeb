// Base64: written without padding, read with or without, garbage refused.
#include "gateway/grpcwire/base64.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::grpcwire {
namespace {

using namespace std::string_view_literals;
using Values = std::vector<std::string>;

struct Case {
  std::string_view bytes;
  std::string_view encoded;
  std::string_view padded;
};

// RFC 4648, part 10, and the two characters that the URL alphabet spells otherwise.
constexpr Case kCases[] = {
    {"", "", ""},
    {"f", "Zg", "Zg=="},
    {"fo", "Zm8", "Zm8="},
    {"foo", "Zm9v", "Zm9v"},
    {"foob", "Zm9vYg", "Zm9vYg=="},
    {"fooba", "Zm9vYmE", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
    {"\xFB\xFF\xBF", "+/+/", "+/+/"},
    {"\0"sv, "AA", "AA=="},
};

TEST(Base64, EncodesWithoutPaddingAndDecodesBoth) {
  for (const Case& c : kCases) {
    EXPECT_EQ(Base64Encode(c.bytes), c.encoded);
    EXPECT_EQ(Base64EncodedSize(c.bytes.size()), c.encoded.size());
    EXPECT_EQ(Base64Decode(c.encoded), c.bytes);
    EXPECT_EQ(Base64Decode(c.padded), c.bytes);
  }
}

TEST(Base64, EveryByteAtEveryPlaceSurvives) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t before = 0; before < 3; ++before) {
      std::string bytes(before, 'x');
      bytes.push_back(static_cast<char>(byte));
      EXPECT_EQ(Base64Decode(Base64Encode(bytes)), bytes);
    }
  }
}

TEST(Base64, RefusesWhatNoEncoderWrites) {
  constexpr std::pair<std::string_view, std::string_view> cases[] = {
      {"Z", "a length that is one over"},
      {"Zm9vY", "a length that is one over"},
      {"Zg=", "one padding character too few"},
      {"Zg===", "one too many"},
      {"Zm9v=", "padding where none is due"},
      {"Zm9v==", "padding where none is due"},
      {"Zm9v====", "padding of nothing"},
      {"====", "padding of nothing"},
      {"=", "padding of nothing"},
      {"Z===", "a single character"},
      {"Zg==Zg==", "padding in the middle"},
      {"Zm 9v", "white space inside"},
      {" Zm9v", "white space before"},
      {"Zm9v\n", "a line end"},
      {"Zm9-", "the URL alphabet"},
      {"Zm9_", "the URL alphabet"},
      {"Zg..", "another padding"},
      {"Zm\xC3\xA4", "outside ASCII"},
      {"Zm9\0"sv, "a zero byte"},
  };
  for (const auto& [text, why] : cases) EXPECT_EQ(Base64Decode(text), std::nullopt) << why;
}

TEST(Base64, LetsLeftoverBitsThrough) {
  EXPECT_EQ(Base64Decode("Zh"), "f");
}

TEST(Base64, DecodesLists) {
  const std::pair<std::string_view, std::optional<Values>> cases[] = {
      {"", Values{""}},
      {"Zg", Values{"f"}},
      {"Zg,Zm8", Values{"f", "fo"}},
      {"Zg==, Zm8= ,\tZm9v", Values{"f", "fo", "foo"}},
      {"Zg,,Zg", Values{"f", "", "f"}},
      {",", Values{"", ""}},
      {"Zg,Z", std::nullopt},
      {"Zg Zg", std::nullopt},
      {"Z g", std::nullopt},
  };
  for (const auto& [text, values] : cases) EXPECT_EQ(Base64DecodeList(text), values) << text;
}

}  // namespace
}  // namespace scoregate::grpcwire
