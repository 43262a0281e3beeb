#include "gateway/translation/details/written_details.h"

#include <algorithm>

namespace scoregate::translation {

void TextMap::Put(std::string_view key, std::string&& value) {
  // Mostly they come in their order.
  if (entries_.empty() || entries_.back().first < key) {
    entries_.emplace_back(key, std::move(value));
    return;
  }
  auto at = std::ranges::lower_bound(entries_, key, {}, &Entry::first);
  if (at != entries_.end() && at->first == key) {
    at->second = std::move(value);
    return;
  }
  entries_.emplace(at, key, std::move(value));
}

std::string* TextMap::Find(std::string_view key) {
  auto at = std::ranges::lower_bound(entries_, key, {}, &Entry::first);
  return at != entries_.end() && at->first == key ? &at->second : nullptr;
}

}  // namespace scoregate::translation
