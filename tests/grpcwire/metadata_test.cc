// What may leave as metadata: each flaw by itself, and each limit at its edge.
#include "gateway/grpcwire/metadata.h"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/grpcwire/field_size.h"

namespace scoregate::grpcwire {

void PrintTo(MetadataFlaw flaw, std::ostream* out) {
  *out << FlawText(flaw);
}

namespace {

using enum MetadataFlaw;
using Fields = std::vector<MetadataField>;
constexpr auto kApplication = MetadataOwner::kApplication;
constexpr auto kProtocol = MetadataOwner::kProtocol;

TEST(Metadata, KeysByCharacter) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool valid =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    const std::string key = std::string("x") + c + "y";
    EXPECT_EQ(IsValidKey(key), valid) << byte;
    EXPECT_EQ(CheckField(key, "v", kApplication),
              valid ? std::nullopt : std::optional(kKeyCharacter))
        << byte;
  }
  EXPECT_FALSE(IsValidKey(""));
}

TEST(Metadata, ValuesByCharacter) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool valid = byte >= 0x20 && byte <= 0x7E;
    const std::string value = std::string("v") + static_cast<char>(byte) + "w";
    EXPECT_EQ(IsValidValue(value), valid) << byte;
    EXPECT_EQ(CheckField("k", value, kApplication),
              valid ? std::nullopt : std::optional(kValueCharacter))
        << byte;
  }
  EXPECT_TRUE(IsValidValue(""));
}

// Values are checked sixteen bytes at a time: no byte may hide behind its neighbors.
TEST(Metadata, ValuesByCharacterAtEveryPlace) {
  constexpr std::size_t kPlaces = 37;
  for (char neighbor : {' ', 'v', '~'}) {
    for (std::size_t place = 0; place < kPlaces; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string value(kPlaces, neighbor);
        value[place] = static_cast<char>(byte);
        ASSERT_EQ(IsValidValue(value), byte >= 0x20 && byte <= 0x7E) << byte << " at " << place;
      }
    }
  }
}

struct FieldCase {
  std::string_view key;
  std::string_view value;
  MetadataOwner owner;
  std::optional<MetadataFlaw> flaw;
  std::string_view why;
};

TEST(Metadata, ChecksOneField) {
  const FieldCase cases[] = {
      {"x-request-id", "abc", kApplication, std::nullopt, "an ordinary field"},
      {"x-empty", "", kApplication, std::nullopt, "an empty value"},
      {"", "v", kApplication, kKeyEmpty, ""},
      {"X-Request-Id", "abc", kApplication, kKeyCharacter, "upper case makes gRPC C++ abort"},
      {":status", "200", kProtocol, kKeyCharacter, "a pseudo field is no metadata"},
      {"k", "caf\xC3\xA9", kApplication, kValueCharacter, "outside ASCII"},
      {"k", "a\r\nb: c", kApplication, kValueCharacter, "a field within a field"},
      {"a-bin", "Zm9v", kApplication, std::nullopt, "base64"},
      {"a-bin", "Zg==,Zm8", kApplication, std::nullopt, "a list of base64"},
      {"a-bin", "foo!", kApplication, kValueNotBase64, "one such value makes peers drop the call"},
      {"a-binary", "foo!", kApplication, std::nullopt, "only -bin at the end says bytes"},
      {"grpc-status", "0", kApplication, kKeyReserved, "an outsider must not end the call"},
      {"grpc-anything", "0", kApplication, kKeyReserved, "the whole prefix"},
      {"grpc-status-details-bin", "Zm9v", kApplication, kKeyReserved, ""},
      {"grpc", "x", kApplication, std::nullopt, "not the prefix"},
      {"content-type", "a/b", kApplication, kKeyReserved, "written by gRPC"},
      {"connection", "close", kApplication, kKeyReserved, "forbidden in HTTP/2"},
      {"te", "trailers", kApplication, kKeyReserved, ""},
      {"grpc-status", "5", kProtocol, std::nullopt, "the protocol ends the call"},
      {"grpc-message", "a%20b", kProtocol, std::nullopt, ""},
      {"grpc-status-details-bin", "Zm9v", kProtocol, std::nullopt, ""},
      {"grpc-status-details-bin", "fo", kProtocol, std::nullopt, "unpadded"},
      {"grpc-status-details-bin", "f", kProtocol, kValueNotBase64, "checked here, too"},
      {"grpc-retry-pushback-ms", "-1", kProtocol, std::nullopt, ""},
      {"grpc-timeout", "1S", kProtocol, kKeyReserved, "a client's field, no server's"},
      {"connection", "close", kProtocol, kKeyReserved, "forbidden to everybody"},
  };
  for (const FieldCase& c : cases) {
    EXPECT_EQ(CheckField(c.key, c.value, c.owner), c.flaw) << c.key << ": " << c.why;
  }
}

TEST(Metadata, LimitsOfAFieldAtTheirEdges) {
  constexpr MetadataLimits limits{.max_key_bytes = 4, .max_value_bytes = 6};
  EXPECT_EQ(CheckField("abcd", "123456", kApplication, limits), std::nullopt);
  EXPECT_EQ(CheckField("abcde", "123456", kApplication, limits), kKeyTooLong);
  EXPECT_EQ(CheckField("abcd", "1234567", kApplication, limits), kValueTooLong);
}

TEST(Metadata, LimitsOfABlockAtTheirEdges) {
  const Fields three = {{"a", "1"}, {"b", "2"}, {"c", "3"}};
  EXPECT_EQ(CheckBlock(three, kApplication, {.max_fields = 3}), std::nullopt);
  EXPECT_EQ(CheckBlock(three, kApplication, {.max_fields = 2}),
            (MetadataFinding{2, kTooManyFields}));
  const std::size_t total = FieldsSize(three);
  EXPECT_EQ(total, 3 * (1 + 1 + kFieldOverheadBytes));
  EXPECT_EQ(CheckBlock(three, kApplication, {.max_total_bytes = total}), std::nullopt);
  EXPECT_EQ(CheckBlock(three, kApplication, {.max_total_bytes = total - 1}),
            (MetadataFinding{2, kBlockTooLarge}));
  EXPECT_EQ(CheckBlock({}, kApplication), std::nullopt);
}

TEST(Metadata, ABlockNamesItsFirstFlaw) {
  const Fields fields = {{"a", "1"}, {"B", "2"}, {"", "3"}};
  EXPECT_EQ(CheckBlock(fields, kApplication), (MetadataFinding{1, kKeyCharacter}));
}

TEST(Metadata, TheDefaultLimitKeepsABlockUnderWhatGrpcClientsTake) {
  const Fields largest = {{"k", std::string(7168 - 1 - kFieldOverheadBytes, 'v')}};
  EXPECT_EQ(CheckBlock(largest, kApplication), std::nullopt);
  const Fields larger = {{"k", std::string(7168 - kFieldOverheadBytes, 'v')}};
  EXPECT_EQ(CheckBlock(larger, kApplication), (MetadataFinding{0, kBlockTooLarge}));
}

TEST(Metadata, TrimsOnlyTheEnds) {
  EXPECT_EQ(TrimValue(" \t a b \t"), "a b");
  EXPECT_EQ(TrimValue("a"), "a");
  EXPECT_EQ(TrimValue("  "), "");
  EXPECT_EQ(TrimValue(""), "");
}

TEST(Metadata, EachFlawHasItsOwnSentence) {
  std::vector<std::string_view> texts;
  for (int flaw = 0; flaw <= static_cast<int>(kBlockTooLarge); ++flaw) {
    const std::string_view text = FlawText(static_cast<MetadataFlaw>(flaw));
    EXPECT_TRUE(text.ends_with('.'));
    for (std::string_view other : texts) EXPECT_NE(text, other);
    texts.push_back(text);
  }
}

TEST(FieldSize, CountsAsHttp2Does) {
  EXPECT_EQ(FieldSize("grpc-status", "14"), 11u + 2 + 32);
  EXPECT_EQ(kTrailersOnlyHeadBytes, 102u);
}

}  // namespace
}  // namespace scoregate::grpcwire
