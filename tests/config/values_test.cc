// Single values: durations, sizes, addresses, and how findings are printed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "gateway/config/finding.h"
#include "gateway/config/read/scalar.h"
#include "gateway/config/settings.h"
#include "scoring/config/v1/config.pb.h"

namespace scoregate::config {
namespace {

using std::chrono::milliseconds;

TEST(Durations, ReadAndWritten) {
  struct Case {
    const char* text;
    std::optional<std::int64_t> expected_ms;
    const char* written;
  };
  const Case cases[] = {{"500ms", 500, "500ms"},
                        {"30s", 30'000, "30s"},
                        {"5m", 300'000, "5m"},
                        {"1h", 3'600'000, "1h"},
                        {"1m30s", 90'000, "1m30s"},
                        {"1h2m3s4ms", 3'723'004, "1h2m3s4ms"},
                        {"90s", 90'000, "1m30s"},
                        {"1500ms", 1500, "1s500ms"},
                        {"0s", 0, "0s"},
                        {"8760h", 31'536'000'000, "8760h"},
                        {"8761h", std::nullopt, ""},
                        {"8760h1ms", std::nullopt, ""},
                        {"", std::nullopt, ""},
                        {"30", std::nullopt, ""},
                        {"s", std::nullopt, ""},
                        {"1.5s", std::nullopt, ""},
                        {"-1s", std::nullopt, ""},
                        {"1 s", std::nullopt, ""},
                        {"30s1m", std::nullopt, ""},
                        {"1s1s", std::nullopt, ""},
                        {"1d", std::nullopt, ""},
                        {"1S", std::nullopt, ""},
                        {"9223372036854775808s", std::nullopt, ""}};
  for (const Case& c : cases) {
    std::optional<milliseconds> duration = ParseDuration(c.text);
    EXPECT_EQ(duration.has_value(), c.expected_ms.has_value()) << c.text;
    if (!duration || !c.expected_ms) continue;
    EXPECT_EQ(duration->count(), *c.expected_ms) << c.text;
    EXPECT_EQ(FormatDuration(*duration), c.written);
    EXPECT_EQ(ParseDuration(c.written), duration);
  }
}

TEST(Sizes, Read) {
  using Size = std::optional<std::uint64_t>;
  EXPECT_EQ(ParseBytes("0"), Size(0));
  EXPECT_EQ(ParseBytes("65536"), Size(65536));
  EXPECT_EQ(ParseBytes("64KiB"), Size(65536));
  EXPECT_EQ(ParseBytes("4 MiB"), Size(4194304));
  EXPECT_EQ(ParseBytes("1GiB"), Size(1073741824));
  EXPECT_EQ(ParseBytes("2KB"), Size(2000));
  EXPECT_EQ(ParseBytes("3MB"), Size(3000000));
  EXPECT_EQ(ParseBytes("4GB"), Size(4000000000));
  for (const char* bad : {"", "KiB", "1kib", "1.5MiB", "-1", "1  MiB", "1MiB ", "0x10",
                          "18446744073709551616", "17179869184GiB"}) {
    EXPECT_EQ(ParseBytes(bad), Size()) << bad;
  }
}

TEST(Addresses, ReadAndWritten) {
  for (const char* good : {"127.0.0.1:1", "localhost:65535", "[::1]:0", "[fe80::1]:2", "a-b_c.d:3",
                           "unix:/run/x", "unix:relative"}) {
    std::optional<ListenAddress> address = ParseListenAddress(good);
    ASSERT_TRUE(address.has_value()) << good;
    EXPECT_EQ(ToString(*address), good);
  }
  for (const char* bad : {"", "h", ":1", "h:", "h:65536", "h:-1", "h: 1", "::1:1", "[]:1", "[::1]",
                          "[::1:1", "[x]:1", "a/b:1", "unix:", "h:1:2"}) {
    EXPECT_FALSE(ParseListenAddress(bad).has_value()) << bad;
  }
  EXPECT_FALSE(ParseListenAddress("unix:" + std::string(108, 'x')).has_value());
}

TEST(Addresses, OfThisMachineOnly) {
  for (const char* local : {"127.0.0.1:1", "127.8.8.8:1", "localhost:1", "[::1]:1", "unix:/x"}) {
    EXPECT_TRUE(IsLocal(*ParseListenAddress(local))) << local;
  }
  for (const char* open : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "h:1", "127.evil.example:1"}) {
    EXPECT_FALSE(IsLocal(*ParseListenAddress(open))) << open;
  }
}

TEST(Findings, AsTextAndAsJson) {
  const std::vector<Finding> findings = {
      {Severity::kError, "f", 3, 4, "a.b", "no such key", "one of x", "c"},
      {Severity::kWarning, "environment", 0, 0, "V", "say \"hi\"\\\n", "", ""}};
  EXPECT_TRUE(HasErrors(findings));
  EXPECT_FALSE(HasErrors(std::span(findings).subspan(1)));
  EXPECT_EQ(FormatText(findings),
            "f:3:4: error: a.b: no such key; expected one of x; did you mean \"c\"?\n"
            "environment: warning: V: say \"hi\"\\\n\n");
  EXPECT_EQ(FormatJson(findings),
            "{\"ok\":false,\"findings\":[{\"severity\":\"error\",\"file\":\"f\",\"line\":3,"
            "\"column\":4,\"path\":\"a.b\",\"text\":\"no such key\",\"expected\":\"one of x\","
            "\"nearest\":\"c\"},{\"severity\":\"warning\",\"file\":\"environment\",\"path\":\"V\","
            "\"text\":\"say \\\"hi\\\"\\\\\\u000a\"}]}\n");
  EXPECT_EQ(FormatJson({}), "{\"ok\":true,\"findings\":[]}\n");
}

// The reader is generic over the schema; this holds the schema to what the reader can read.
TEST(Schema, HasOnlyTypesThatAreRead) {
  using google::protobuf::Descriptor;
  using google::protobuf::FieldDescriptor;
  std::function<void(const Descriptor&)> visit = [&](const Descriptor& type) {
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (!IsScalar(field)) {
        visit(*field.message_type());
        continue;
      }
      FieldDescriptor::CppType kind = field.cpp_type();
      bool list =
          kind == FieldDescriptor::CPPTYPE_STRING || kind == FieldDescriptor::CPPTYPE_ENUM ||
          kind == FieldDescriptor::CPPTYPE_UINT32 || kind == FieldDescriptor::CPPTYPE_MESSAGE;
      bool single =
          kind == FieldDescriptor::CPPTYPE_BOOL || kind == FieldDescriptor::CPPTYPE_UINT64;
      EXPECT_TRUE(list || (single && !field.is_repeated())) << field.full_name();
    }
  };
  visit(*scoring::config::v1::GatewayConfig::descriptor());
}

}  // namespace
}  // namespace scoregate::config
