// Long values of an answer, which follow the fields that nghttp2 writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <span>
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
  AppendFields(std::span(&field, 1), block);
  LengthenFrame(before.size(), block, output);
  H2Reader reader;
  reader.Feed(std::string(output.begin(), output.end()));
  return reader.streams[5];
}

TEST(LongField, IsReadBehindTheOthersWhateverItsSize) {
  for (std::size_t size : {0, 1, 126, 127, 128, 254, 255, 256, 1200, 7168}) {
    const grpcwire::MetadataField field = {"grpc-status-details-bin", std::string(size, 'C')};
    const SeenStream seen = ReadWith(field);
    Fields expected = kFields;
    expected.push_back(field);
    EXPECT_THAT(seen.blocks, testing::ElementsAre(expected)) << size;
    EXPECT_TRUE(seen.ended) << size;
  }
}

TEST(LongField, DoesNotFollowWhereItMustNotLeave) {
  const Metadata fields = {
      {"a", "1\n2"}, {"B", "2"}, {"c-bin", std::string(1200, 'C') + "\x7F"}, {"", "4"}};
  std::vector<std::uint8_t> block;
  AppendFields(fields, block);
  EXPECT_THAT(block, testing::IsEmpty());
}

struct ListCase {
  const char* name;
  Metadata fields;
  std::size_t listed;
  // How many at the end follow by themselves.
  std::size_t late;
};

TEST(LongField, BeginsWhatIsLeftOutOfTheList) {
  const std::string text(64, 'C');
  const std::vector<ListCase> cases = {
      {"none", {}, 0, 0},
      {"an error", {{"grpc-status", "13"}, {"grpc-message", text}, {"d-bin", text}}, 1, 2},
      {"what follows a long one", {{"a-bin", text}, {"b", "1"}}, 0, 2},
      {"a short one", {{"d-bin", std::string(63, 'C')}}, 1, 0},
      {"what must not leave", {{"a", "1\n"}, {"B", "1"}, {"c", "1"}}, 1, 0},
      {"too long for one frame", {{"d-bin", std::string(8200, 'C')}}, 1, 0},
      {"long together", {{"a", std::string(8000, 'C')}, {"b-bin", std::string(256, 'C')}}, 2, 0},
      {"too long, and must not leave", {{"d-bin", std::string(8200, '\n')}, {"e", text}}, 1, 0},
  };
  for (const ListCase& row : cases) {
    HeaderList list;
    const std::span<const grpcwire::MetadataField> late = list.AddUpToLong(row.fields);
    EXPECT_EQ(late.size(), row.late) << row.name;
    EXPECT_EQ(late.data() + late.size(), row.fields.data() + row.fields.size()) << row.name;
    EXPECT_EQ(list.size(), row.listed) << row.name;
  }
}

}  // namespace
}  // namespace scoregate::rpc
