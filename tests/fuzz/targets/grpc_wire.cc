// What gRPC writes into HTTP/2: messages found in bytes however they are cut, and each text form
// read back as it was written.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/field_size.h"
#include "gateway/grpcwire/frame.h"
#include "gateway/grpcwire/metadata.h"
#include "gateway/grpcwire/percent_encoding.h"
#include "gateway/grpcwire/timeout.h"
#include "tests/fuzz/require.h"

namespace scoregate::fuzz {
namespace {

constexpr std::size_t kMaxMessageBytes = 600;

struct Frames {
  std::vector<std::pair<bool, std::string>> messages;
  grpcwire::FrameStep end = grpcwire::FrameStep::kNeedMore;
  bool at_boundary = false;
  bool operator==(const Frames&) const = default;
};

// Reads `bytes` in pieces of that size.
Frames ReadFrames(std::string_view bytes, std::size_t piece) {
  grpcwire::FrameReader reader(kMaxMessageBytes);
  Frames frames;
  while (!bytes.empty()) {
    std::string_view input = bytes.substr(0, piece);
    bytes.remove_prefix(input.size());
    grpcwire::FrameMessage message;
    while ((frames.end = reader.Next(input, message)) == grpcwire::FrameStep::kMessage) {
      frames.messages.emplace_back(message.compressed(), std::string(message.bytes()));
      Require(frames.messages.back().second.size() <= kMaxMessageBytes, "the limit holds");
    }
    if (frames.end != grpcwire::FrameStep::kNeedMore) break;
    Require(input.empty(), "all input is taken");
  }
  frames.at_boundary = reader.AtBoundary();
  return frames;
}

void CheckFrames(std::string_view bytes) {
  const Frames whole = ReadFrames(bytes, bytes.size());
  for (std::size_t piece : {1u, 2u, 3u, 7u}) {
    Require(ReadFrames(bytes, piece) == whole, "cuts change no message");
  }
}

void CheckTexts(std::string_view text) {
  const std::string encoded = grpcwire::PercentEncode(text);
  Require(grpcwire::PercentEncodedSize(text) == encoded.size(), "the encoded size is known");
  Require(grpcwire::IsValidValue(encoded), "what is encoded is printable");
  Require(grpcwire::PercentDecode(encoded) == text, "percent-encoding can be undone");
  Require(grpcwire::PercentDecode(text).size() <= text.size(), "decoding does not grow");
  const std::string base64 = grpcwire::Base64Encode(text);
  Require(grpcwire::Base64EncodedSize(text.size()) == base64.size(), "base64's size is known");
  Require(grpcwire::Base64Decode(base64) == text, "base64 can be undone");
  if (const auto bytes = grpcwire::Base64Decode(text)) {
    Require(bytes->size() <= text.size(), "base64 does not grow");
  }
  if (const auto list = grpcwire::Base64DecodeList(text)) {
    Require(!list->empty(), "a list has an element");
  }
  if (const auto timeout = grpcwire::ParseTimeout(text)) {
    const auto again = grpcwire::ParseTimeout(grpcwire::FormatTimeout(*timeout));
    Require(again.has_value() && *again >= *timeout, "a timeout never shrinks");
  }
}

// Lines "key: value".
void CheckMetadata(std::string_view text) {
  std::vector<grpcwire::MetadataField> fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view value = line.substr(std::min(colon + 1, line.size()));
    fields.emplace_back(line.substr(0, colon), grpcwire::TrimValue(value));
  }
  for (auto owner : {grpcwire::MetadataOwner::kApplication, grpcwire::MetadataOwner::kProtocol}) {
    const auto finding = grpcwire::CheckBlock(fields, owner);
    if (finding) {
      Require(finding->index < fields.size(), "a finding names a field");
      Require(!grpcwire::FlawText(finding->flaw).empty(), "a flaw has a text");
      continue;
    }
    for (const auto& [key, value] : fields) {
      Require(!grpcwire::CheckField(key, value, owner), "a good block has good fields");
      Require(grpcwire::IsValidKey(key) && grpcwire::IsValidValue(value), "only valid bytes leave");
      if (grpcwire::IsBinaryKey(key)) {
        Require(grpcwire::Base64DecodeList(value).has_value(), "binary values are base64");
      }
    }
  }
}

}  // namespace
}  // namespace scoregate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  scoregate::fuzz::CheckFrames(input);
  scoregate::fuzz::CheckTexts(input);
  scoregate::fuzz::CheckMetadata(input);
  return 0;
}
