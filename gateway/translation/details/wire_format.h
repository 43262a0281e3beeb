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
inline void WriteHead(std::uint32_t tag, std::size_t content, CodedOutputStream& out) {
  out.WriteTag(tag);
  out.WriteVarint32(static_cast<std::uint32_t>(content));
}

inline void WriteField(std::uint32_t tag, std::string_view text, CodedOutputStream& out) {
  WriteHead(tag, text.size(), out);
  WriteText(text, out);
}

}  // namespace scoregate::translation
