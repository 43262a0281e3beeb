#include "gateway/rpc/request_message.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <utility>

#include "gateway/lane/aside.h"
#include "gateway/rpc/call.h"

namespace scoregate::rpc {
namespace {

bool Parse(const std::string& bytes, google::protobuf::MessageLite& message) {
  // Reads what it knows the size of, so that a length that lies takes no memory.
  if (message.ParseFromString(bytes)) return true;
  // Its limit on nesting comes before the one that requests have of their own.
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                               static_cast<int>(bytes.size()));
  input.SetRecursionLimit(kMaxMessageNesting);
  return message.ParseFromCodedStream(&input) && input.ConsumedEntireMessage();
}

}  // namespace

bool TakesLong(const InMessage& message) {
  if (message.bytes.size() >= lane::kAsideBytes) return true;
  return message.compressed && grpcwire::AnnouncedSize(message.bytes) >= lane::kAsideBytes;
}

MessageReading ReadMessage(const InMessage& in, const grpcwire::InflateLimits& limits,
                           grpcwire::Gzip& gzip, google::protobuf::MessageLite& message) {
  MessageReading reading;
  reading.compressed = in.compressed;
  if (!in.compressed) {
    reading.bytes = in.bytes.size();
    reading.parsed = Parse(in.bytes, message);
    return reading;
  }
  std::string inflated;
  reading.inflating = gzip.Inflate(in.bytes, limits, inflated);
  if (reading.inflating != grpcwire::InflateVerdict::kWhole) return reading;
  reading.bytes = reading.inflated = inflated.size();
  reading.parsed = Parse(inflated, message);
  return reading;
}

MessageReading ReadLargeMessage(InMessage in, const grpcwire::InflateLimits& limits,
                                google::protobuf::MessageLite& message) {
  // The lane's own is the lane's: each thread that reads aside keeps one.
  thread_local grpcwire::Gzip gzip;
  MessageReading reading = ReadMessage(in, limits, gzip, message);
  in = {};
  if (auto* whole = dynamic_cast<google::protobuf::Message*>(&message)) {
    whole->DiscardUnknownFields();
  }
  return reading;
}

}  // namespace scoregate::rpc
