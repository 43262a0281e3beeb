// The header fields of one HTTP message, as values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scoregate::http {

/// Header fields in the order of arrival. Names are kept in lower case, so look-ups are plain
/// comparisons; values are kept byte for byte. A name may occur more than once.
class HeaderMap {
 public:
  using Field = std::pair<std::string, std::string>;

  HeaderMap() = default;

  /// Appends a field; the name is lowered.
  void Add(std::string_view name, std::string_view value);

  /// Removes every field of that name (lower case), then appends this one.
  void Set(std::string_view name, std::string value);

  /// The first value of that name (lower case), or an empty view. The view lives as long as the
  /// map is not changed.
  std::string_view First(std::string_view name) const;

  /// Every value of that name (lower case), in order.
  std::vector<std::string_view> All(std::string_view name) const;

  /// All values of that name joined by ", ", as HTTP allows for list fields.
  std::string Joined(std::string_view name) const;

  bool Has(std::string_view name) const;

  const std::vector<Field>& fields() const { return fields_; }
  bool empty() const { return fields_.empty(); }

 private:
  /// As many as most messages have, or more.
  static constexpr std::size_t kUsualFields = 10;

  void MakeRoom();

  std::vector<Field> fields_;
};

}  // namespace scoregate::http
