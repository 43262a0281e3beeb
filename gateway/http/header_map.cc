// Look-ups in a list of fields.
#include "gateway/http/header_map.h"

#include <algorithm>

namespace scoregate::http {
namespace {

void LowerIn(std::string& name) {
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
}

}  // namespace

void HeaderMap::Add(std::string_view name, std::string_view value) {
  MakeRoom();
  LowerIn(fields_.emplace_back(name, value).first);
}

// Growing one by one moves every field several times.
void HeaderMap::MakeRoom() {
  if (fields_.empty()) fields_.reserve(kUsualFields);
}

void HeaderMap::Set(std::string_view name, std::string value) {
  std::string lowered(name);
  LowerIn(lowered);
  std::erase_if(fields_, [&](const Field& field) { return field.first == lowered; });
  MakeRoom();
  fields_.emplace_back(std::move(lowered), std::move(value));
}

std::string_view HeaderMap::First(std::string_view name) const {
  auto found = std::ranges::find(fields_, name, &Field::first);
  return found == fields_.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<std::string_view> HeaderMap::All(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Field& field : fields_) {
    if (field.first == name) values.push_back(field.second);
  }
  return values;
}

std::string HeaderMap::Joined(std::string_view name) const {
  std::string joined;
  bool first = true;
  for (const Field& field : fields_) {
    if (field.first != name) continue;
    if (!first) joined += ", ";
    joined += field.second;
    first = false;
  }
  return joined;
}

bool HeaderMap::Has(std::string_view name) const {
  return std::ranges::find(fields_, name, &Field::first) != fields_.end();
}

}  // namespace scoregate::http
