// Long values of an answer, which follow the fields that nghttp2 writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/rpc/http2/headers.h"
#include "tests/rpc/h2_peer.h"

namespace scoregate::rpc {
namespace {

const Fields kFields = {{":status", "200"}, {"grpc-status", "13"}};

// What a caller reads of a frame with these fields and one more.
SeenStream ReadWith(const grpcwire::MetadataField& field) {
  const std::string before = Frame(FrameType::kPing, kAck, 0, "12345678");
  const std::string frame =
      Frame(FrameType::kHeaders, kEndStream | kEndHeaders, 5, HeaderBlock(kFields));
  std::vector<std::uint8_t> output(before.begin(), before.end());
  output.insert(output.end(), frame.begin(), frame.end());
  std::vector<std::uint8_t> block;
  AppendField(field, block);
  LengthenFrame(before.size(), block, output);
  H2Reader reader;
  reader.Feed(std::string(output.begin(), output.end()));
  return reader.streams[5];
}

TEST(LongField, IsReadBehindTheOthersWhateverItsSize) {
  for (std::size_t size : {0, 126, 127, 128, 254, 255, 256, 1200, 7168}) {
    const grpcwire::MetadataField field = {"grpc-status-details-bin", std::string(size, 'C')};
    const SeenStream seen = ReadWith(field);
    Fields expected = kFields;
    expected.push_back(field);
    EXPECT_THAT(seen.blocks, testing::ElementsAre(expected)) << size;
    EXPECT_TRUE(seen.ended) << size;
  }
}

struct ListCase {
  const char* name;
  Metadata fields;
  // The place of the field that follows by itself; -1 for none.
  int apart;
  std::size_t listed;
};

TEST(LongField, OneIsLeftOutOfTheList) {
  const std::string details(256, 'C');
  const std::vector<ListCase> cases = {
      {"the details", {{"grpc-status", "13"}, {"d-bin", details}}, 1, 1},
      {"the first of two", {{"a-bin", details}, {"b-bin", details}}, 0, 1},
      {"a short one", {{"d-bin", std::string(255, 'C')}}, -1, 1},
      {"what must not leave", {{"d-bin", details + "\n"}}, -1, 0},
      {"a name that must not leave", {{"D-bin", details}}, -1, 0},
      {"too long for one frame", {{"d-bin", std::string(8200, 'C')}}, -1, 1},
      {"long together", {{"a", std::string(8000, 'C')}, {"b-bin", details}}, -1, 2},
  };
  for (const ListCase& row : cases) {
    HeaderList list;
    const grpcwire::MetadataField* apart = list.AddButOneLong(row.fields);
    EXPECT_EQ(apart == nullptr ? -1 : apart - row.fields.data(), row.apart) << row.name;
    EXPECT_EQ(list.size(), row.listed) << row.name;
  }
}

}  // namespace
}  // namespace scoregate::rpc
