#include <google/protobuf/duration.pb.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "gateway/config/load.h"
#include "gateway/config/read/scalar.h"
#include "gateway/redact/redact.h"

namespace scoregate::config {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// One field, or one element of a list, while it is written.
struct Place {
  const Message& message;
  const FieldDescriptor& field;
  /// -1 where the field is no list.
  int index;
};

void EmitMessage(YAML::Emitter& out, const Message& message);

std::string StringOf(const Place& place) {
  const Reflection& reflection = *place.message.GetReflection();
  return place.index < 0 ? reflection.GetString(place.message, &place.field)
                         : reflection.GetRepeatedString(place.message, &place.field, place.index);
}

void EmitChild(YAML::Emitter& out, const Message& child) {
  if (child.GetDescriptor() != google::protobuf::Duration::descriptor()) {
    EmitMessage(out, child);
    return;
  }
  const auto& duration = static_cast<const google::protobuf::Duration&>(child);
  out << FormatDuration(std::chrono::seconds(duration.seconds()) +
                        std::chrono::milliseconds(duration.nanos() / 1'000'000));
}

void EmitValue(YAML::Emitter& out, const Place& place) {
  const Message& message = place.message;
  const Reflection& reflection = *message.GetReflection();
  switch (place.field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      out << YAML::DoubleQuoted << redact::Redact(StringOf(place));
      return;
    case FieldDescriptor::CPPTYPE_BOOL:
      out << reflection.GetBool(message, &place.field);
      return;
    case FieldDescriptor::CPPTYPE_UINT32:
      out << (place.index < 0 ? reflection.GetUInt32(message, &place.field)
                              : reflection.GetRepeatedUInt32(message, &place.field, place.index));
      return;
    case FieldDescriptor::CPPTYPE_UINT64:
      out << reflection.GetUInt64(message, &place.field);
      return;
    case FieldDescriptor::CPPTYPE_ENUM:
      out << reflection.GetEnum(message, &place.field)->name();
      return;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      EmitChild(out, place.index < 0
                         ? reflection.GetMessage(message, &place.field)
                         : reflection.GetRepeatedMessage(message, &place.field, place.index));
      return;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      out << YAML::Null;
      return;
  }
}

// Fixed headers: the one map of the schema. Some of them hold a key under any name.
void EmitMap(YAML::Emitter& out, const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<std::pair<std::string, std::string>> entries;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
    const auto& type = *entry.GetDescriptor();
    entries.emplace_back(StringOf({entry, *type.map_key(), -1}),
                         StringOf({entry, *type.map_value(), -1}));
  }
  std::ranges::sort(entries);
  out << YAML::BeginMap;
  for (const auto& [name, value] : entries) {
    std::string lower = name;
    std::ranges::transform(lower, lower.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    bool secret = redact::IsSecretHeader(lower);
    out << YAML::Key << YAML::DoubleQuoted << name << YAML::Value << YAML::DoubleQuoted
        << (secret ? std::string(redact::kRedacted) : redact::Redact(value));
  }
  out << YAML::EndMap;
}

void EmitMessage(YAML::Emitter& out, const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  out << YAML::BeginMap;
  for (const FieldDescriptor* field : fields) {
    out << YAML::Key << field->name() << YAML::Value;
    if (field->is_map()) {
      EmitMap(out, message, *field);
    } else if (field->is_repeated()) {
      out << YAML::BeginSeq;
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        EmitValue(out, {message, *field, i});
      }
      out << YAML::EndSeq;
    } else {
      EmitValue(out, {message, *field, -1});
    }
  }
  out << YAML::EndMap;
}

}  // namespace

std::string RedactedDump(const scoring::config::v1::GatewayConfig& message) {
  YAML::Emitter out;
  EmitMessage(out, message);
  return std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace scoregate::config
