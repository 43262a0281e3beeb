// Look-ups in a list of fields.
#include "gateway/http/header_map.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace scoregate::http {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x80 * kOnes;

// Eight characters at once: the high bit of each shows whether it is a capital of ASCII.
void LowerEight(char* characters) {
  std::uint64_t word = 0;
  std::memcpy(&word, characters, sizeof(word));
  const std::uint64_t low_bits = word & ~kHighBits;
  const std::uint64_t from_a = low_bits + (0x80 - 'A') * kOnes;
  const std::uint64_t beyond_z = low_bits + (0x7F - 'Z') * kOnes;
  const std::uint64_t capitals = from_a & ~beyond_z & ~word & kHighBits;
  word |= capitals >> 2;  // From the high bit to the one that a small letter has more.
  std::memcpy(characters, &word, sizeof(word));
}

void LowerIn(std::string& name) {
  constexpr std::size_t kStep = sizeof(std::uint64_t);
  if (name.size() >= kStep) {
    char* const last = name.data() + name.size() - kStep;
    for (char* at = name.data(); at < last; at += kStep) LowerEight(at);
    return LowerEight(last);
  }
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
  std::erase_if(fields_, [&](const Field& field) { return field.first == name; });
  MakeRoom();
  fields_.emplace_back(name, std::move(value));
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
