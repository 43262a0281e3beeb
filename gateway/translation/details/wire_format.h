// Fields of protobuf messages as they are on the wire, for those that are written without a message
// object. Field numbers are below 16, so that a tag is one byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "google/protobuf/io/coded_stream.h"

namespace scoregate::translation {

using google::protobuf::io::CodedOutputStream;

/// The wire types: the low bits of a tag, beside the field's number.
inline constexpr std::uint32_t kVarint = 0;
inline constexpr std::uint32_t kLengthDelimited = 2;

/// The size of a length-delimited field.
inline std::size_t FieldBytes(std::size_t content) {
  return 1 + CodedOutputStream::VarintSize64(content) + content;
}

inline void WriteText(std::string_view text, CodedOutputStream& out) {
  out.WriteRaw(text.data(), static_cast<int>(text.size()));
}

/// What stands before the content of a length-delimited field.
inline void WriteHead(std::uint32_t field, std::size_t content, CodedOutputStream& out) {
  out.WriteTag(field << 3 | kLengthDelimited);
  out.WriteVarint32(static_cast<std::uint32_t>(content));
}

inline void WriteField(std::uint32_t field, std::string_view text, CodedOutputStream& out) {
  WriteHead(field, text.size(), out);
  WriteText(text, out);
}

/// An entry of a map is a message that holds both of its fields, even empty ones.
inline constexpr std::uint32_t kKeyField = 1;
inline constexpr std::uint32_t kValueField = 2;

template <typename Entry>
std::size_t EntryBytes(const Entry& entry) {
  return FieldBytes(entry.first.size()) + FieldBytes(entry.second.size());
}

/// Measures the fields that a message says; one that holds nothing is not sent.
class FieldMeter {
 public:
  void Text(std::uint32_t, std::string_view text) {
    if (!text.empty()) bytes_ += FieldBytes(text.size());
  }
  void Number(std::uint32_t, std::uint32_t number) {
    if (number != 0) bytes_ += 1 + CodedOutputStream::VarintSize32(number);
  }
  template <typename Entry>
  void MapEntry(std::uint32_t, const Entry& entry) {
    bytes_ += FieldBytes(EntryBytes(entry));
  }
  template <typename Message>
  void Nested(std::uint32_t, const Message& message) {
    bytes_ += FieldBytes(Of(message));
  }

  /// The size of a whole message.
  template <typename Message>
  static std::size_t Of(const Message& message) {
    FieldMeter meter;
    message.SayTo(meter);
    return meter.bytes_;
  }

 private:
  std::size_t bytes_ = 0;
};

/// Writes the fields that FieldMeter measures.
class FieldWriter {
 public:
  explicit FieldWriter(CodedOutputStream& out) : out_(out) {}

  void Text(std::uint32_t field, std::string_view text) {
    if (!text.empty()) WriteField(field, text, out_);
  }
  void Number(std::uint32_t field, std::uint32_t number) {
    if (number == 0) return;
    out_.WriteTag(field << 3 | kVarint);
    out_.WriteVarint32(number);
  }
  template <typename Entry>
  void MapEntry(std::uint32_t field, const Entry& entry) {
    WriteHead(field, EntryBytes(entry), out_);
    WriteField(kKeyField, entry.first, out_);
    WriteField(kValueField, entry.second, out_);
  }
  template <typename Message>
  void Nested(std::uint32_t field, const Message& message) {
    WriteHead(field, FieldMeter::Of(message), out_);
    message.SayTo(*this);
  }

 private:
  CodedOutputStream& out_;
};

}  // namespace scoregate::translation
