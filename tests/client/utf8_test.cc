// What may go into a string of protobuf.
#include "client/scorectl/utf8.h"

#include <gtest/gtest.h>

#include <string>

#include "google/protobuf/wrappers.pb.h"

namespace scoregate::scorectl {
namespace {

// protobuf's own verdict: it does not parse a string that is not UTF-8.
bool ProtobufTakes(const std::string& text) {
  google::protobuf::BytesValue bytes;
  bytes.set_value(text);
  return google::protobuf::StringValue().ParseFromString(bytes.SerializeAsString());
}

TEST(IsUtf8, AgreesWithProtobufOnEveryTwoBytesAndTheirContinuations) {
  testing::internal::CaptureStderr();  // protobuf logs what it refuses.
  int differences = 0;
  for (int first = 0x7F; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string two = {static_cast<char>(first), static_cast<char>(second)};
      for (const char* rest : {"", "\x80", "\xBF\xBF", "a",
                               "\x80"
                               "a",
                               "\xC3\xA9"}) {
        const std::string text = two + rest;
        differences += IsUtf8(text) == ProtobufTakes(text) ? 0 : 1;
      }
    }
  }
  testing::internal::GetCapturedStderr();
  EXPECT_EQ(differences, 0);
}

TEST(IsUtf8, TakesNothingAndWholeTexts) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("하나, caf\xC3\xA9, \xF0\x9F\x98\x80"));
  EXPECT_TRUE(IsUtf8("\xF4\x8F\xBF\xBF"));
  EXPECT_FALSE(IsUtf8("\xF4\x90\x80\x80"));
  EXPECT_FALSE(IsUtf8("caf\xC3")) << "cut inside a character";
}

}  // namespace
}  // namespace scoregate::scorectl
