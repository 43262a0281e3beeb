#include "tests/hostile/bytes.h"

#include <algorithm>

#include "scoring/v1/scoring.pb.h"

namespace scoregate::hostile {

std::string HpackInteger(std::uint8_t first, unsigned prefix_bits, std::uint64_t value) {
  const std::uint64_t most = (1u << prefix_bits) - 1;
  if (value < most) return std::string(1, static_cast<char>(first | value));
  std::string bytes(1, static_cast<char>(first | most));
  for (value -= most; value >= 128; value >>= 7) {
    bytes.push_back(static_cast<char>(value % 128 + 128));
  }
  bytes.push_back(static_cast<char>(value));
  return bytes;
}

std::string HpackString(std::string_view text) {
  return HpackInteger(0, 7, text.size()) + std::string(text);
}

std::string Indexing(std::string_view name, std::string_view value) {
  return std::string(1, 0x40) + HpackString(name) + HpackString(value);
}

std::string Indexed(std::uint32_t index) {
  return HpackInteger(0x80, 7, index);
}

std::string TableSize(std::uint32_t bytes) {
  return HpackInteger(0x20, 5, bytes);
}

std::string Headers(std::uint32_t stream, std::string_view block, std::uint8_t flags) {
  return rpc::Frame(rpc::FrameType::kHeaders, flags, stream, block);
}

std::string Continuation(std::uint32_t stream, std::string_view block, std::uint8_t flags) {
  return rpc::Frame(rpc::FrameType::kContinuation, flags, stream, block);
}

std::string WindowUpdate(std::uint32_t stream, std::uint32_t increment) {
  return rpc::Frame(rpc::FrameType::kWindowUpdate, rpc::kNoFlags, stream, rpc::Number32(increment));
}

std::string Settings(std::string_view payload) {
  return rpc::Frame(rpc::FrameType::kSettings, rpc::kNoFlags, 0, payload);
}

std::string Setting(std::uint16_t id, std::uint32_t value) {
  return std::string{static_cast<char>(id >> 8), static_cast<char>(id)} + rpc::Number32(value);
}

std::string Ping() {
  return rpc::Frame(rpc::FrameType::kPing, rpc::kNoFlags, 0, "12345678");
}

std::string Repeat(std::string_view bytes, std::size_t times) {
  std::string all;
  all.reserve(bytes.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += bytes;
  return all;
}

std::string FirstBlock() {
  return Indexed(3) + Indexed(6) + Indexing(":path", kScorePath) + Indexing(":authority", "test") +
         Indexing("content-type", "application/grpc") + Indexing("te", "trailers");
}

std::string LaterBlock() {
  return Indexed(3) + Indexed(6) + Indexed(65) + Indexed(64) + Indexed(63) + Indexed(62);
}

std::string ScoreMessage(std::size_t rows, const char* endpoint) {
  scoring::v1::ScoreRequest request;
  request.set_endpoint(endpoint);
  scoring::v1::Table& table = (*request.mutable_inputs())["input1"];
  for (const char* name : {"sepal length", "sepal width", "petal length", "petal width"}) {
    scoring::v1::Column* column = table.add_columns();
    column->set_name(name);
    for (std::size_t i = 0; i < rows; ++i) column->mutable_doubles()->add_values(1.5);
  }
  return rpc::Message(request.SerializeAsString());
}

std::string InFrames(std::uint32_t stream, std::string_view bytes, std::uint8_t flags) {
  std::string frames;
  do {
    std::string_view part = bytes.substr(0, rpc::kMaxFrameBytes);
    bytes.remove_prefix(part.size());
    frames += rpc::Data(stream, part, bytes.empty() ? flags : rpc::kNoFlags);
  } while (!bytes.empty());
  return frames;
}

std::string ScoreCall(std::uint32_t stream, std::size_t rows) {
  return rpc::RequestHeaders(stream, kScorePath) + InFrames(stream, ScoreMessage(rows));
}

std::string CallOf(std::uint32_t stream, const rpc::Fields& fields) {
  return rpc::SplitHeaders(stream, fields) + InFrames(stream, ScoreMessage());
}

std::string InnocentCall(std::uint32_t stream) {
  return rpc::RequestHeaders(stream, kScorePath) + InFrames(stream, ScoreMessage(1, kOthers));
}

}  // namespace scoregate::hostile
