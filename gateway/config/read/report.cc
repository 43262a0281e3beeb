#include "gateway/config/read/report.h"

#include <utility>

namespace scoregate::config {

namespace {

// The key above; empty above the root's keys.
std::string_view Parent(std::string_view path) {
  std::size_t end = path.find_last_of(".[");
  return end == path.npos ? std::string_view() : path.substr(0, end);
}

}  // namespace

Location Report::Find(std::string_view path) const {
  auto place = locations_.find(path);
  for (; place == locations_.end() && !path.empty(); place = locations_.find(path)) {
    path = Parent(path);
  }
  return place == locations_.end() ? Location{file_, 0, 0} : place->second;
}

bool Report::IsUnread(std::string_view path) const {
  for (; !path.empty(); path = Parent(path)) {
    if (unread_.contains(path)) return true;
  }
  return false;
}

void Report::Error(const std::string& path, Mistake mistake) {
  if (!IsUnread(path)) Add(Find(path), path, std::move(mistake));
}

void Report::ErrorAt(const Location& location, const std::string& path, Mistake mistake) {
  MarkUnread(path);
  Add(location, path, std::move(mistake));
}

void Report::Add(const Location& location, const std::string& path, Mistake mistake) {
  ++errors_;
  findings_.push_back({Severity::kError, location.file, location.line, location.column, path,
                       std::move(mistake.text), std::move(mistake.expected),
                       std::move(mistake.nearest)});
}

void Report::Warning(const std::string& path, std::string text) {
  Location location = Find(path);
  findings_.push_back({Severity::kWarning, location.file, location.line, location.column, path,
                       std::move(text), "", ""});
}

std::string Child(const std::string& parent, std::string_view name) {
  std::string path = parent;
  if (!path.empty()) path += '.';
  path += name;
  return path;
}

std::string Element(const std::string& parent, std::size_t index) {
  return parent + "[" + std::to_string(index) + "]";
}

}  // namespace scoregate::config
