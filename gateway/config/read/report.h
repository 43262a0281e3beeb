// Where each key of a configuration stands, and the list that findings go to.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/config/finding.h"

namespace scoregate::config {

/// Line and column count from 1; 0 where the place has none.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

/// What is wrong with a value, whoever holds it. Never quotes the value, which may be a secret that
/// stands in the wrong place.
struct Mistake {
  std::string text;
  std::string expected;
  std::string nearest;
};

/// Collects findings; knows where the keys are.
class Report {
 public:
  explicit Report(std::string file) : file_(std::move(file)) {}

  /// The root is "": what a file lacks is reported where its document begins.
  void Place(const std::string& path, Location location) { locations_[path] = std::move(location); }
  /// Whether the key stands in the file, the environment or a flag.
  bool Has(const std::string& path) const { return locations_.contains(path); }

  /// Says that the key's value could not be read: what would be found wrong with it, or below it,
  /// later on is not said any more.
  void MarkUnread(const std::string& path) { unread_.insert(path); }

  /// At the key, or at the nearest one above it that has a place; nothing where it is unread.
  void Error(const std::string& path, Mistake mistake);
  /// The same, and the key is unread.
  void Unreadable(const std::string& path, Mistake mistake) {
    ErrorAt(Find(path), path, std::move(mistake));
  }
  void Warning(const std::string& path, std::string text);
  /// At a place of its own, and the key is unread.
  void ErrorAt(const Location& location, const std::string& path, Mistake mistake);

  const std::string& file() const { return file_; }
  std::size_t errors() const { return errors_; }
  const std::vector<Finding>& findings() const { return findings_; }
  /// Ends the report.
  std::vector<Finding> TakeFindings() { return std::move(findings_); }

 private:
  Location Find(std::string_view path) const;
  void Add(const Location& location, const std::string& path, Mistake mistake);
  bool IsUnread(std::string_view path) const;

  std::string file_;
  std::map<std::string, Location, std::less<>> locations_;
  std::set<std::string, std::less<>> unread_;
  std::vector<Finding> findings_;
  std::size_t errors_ = 0;
};

/// `parent.name`, or `name` at the root.
std::string Child(const std::string& parent, std::string_view name);
/// `parent[index]`.
std::string Element(const std::string& parent, std::size_t index);

}  // namespace scoregate::config
