#include "client/scorectl/chunks/failed_rows.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "client/scorectl/csv/csv_table.h"

namespace scoregate::scorectl {
namespace {

constexpr const char* kOption = "--failed";

std::string Why() {
  return errno == 0 ? "" : ": " + std::generic_category().message(errno);
}

}  // namespace

FailedRows::FailedRows(const std::string& path, const std::string& input) : path_(path) {
  if (path.empty()) return;
  std::error_code ignored;
  if (path == input || std::filesystem::equivalent(path, input, ignored)) {
    throw CLI::ValidationError(kOption, "'" + path + "' is the input itself; name another file");
  }
  errno = 0;
  file_.open(path, std::ios::binary);
  if (!file_) throw CLI::ValidationError(kOption, "'" + path + "' cannot be written" + Why());
}

void FailedRows::Add(RowRange rows, const client::ScoreError& error,
                     const std::vector<CsvRow>& text) {
  rows_ += rows.count();
  const std::string name =
      client::CodeName(error.code) + (error.reason.empty() ? "" : " " + error.reason);
  auto [reason, is_new] = reasons_.try_emplace(name);
  if (is_new) reason->second = Reason{reasons_.size(), error.message, {}};
  std::vector<RowRange>& ranges = reason->second.ranges;
  if (!ranges.empty() && ranges.back().last + 1 == rows.first) {
    ranges.back().last = rows.last;
  } else {
    ranges.push_back(rows);
  }
  ++tables_;
  if (path_.empty()) return;
  // One header for all of them.
  for (std::size_t i = tables_ == 1 ? 0 : 1; i < text.size(); ++i) file_ << CsvLine(text[i]);
}

std::string FailedRows::Finish() {
  if (path_.empty()) return "";
  errno = 0;
  if (file_.is_open()) file_.close();
  return file_.good() ? "" : "--failed: '" + path_ + "' could not be written" + Why();
}

std::string FailedRows::Reasons() const {
  std::vector<std::pair<std::string, const Reason*>> sorted;
  for (const auto& [name, reason] : reasons_) sorted.emplace_back(name, &reason);
  std::ranges::sort(sorted, {}, [](const auto& entry) { return entry.second->order; });
  std::string text;
  for (const auto& [name, reason] : sorted) {
    text += RowsText(reason->ranges) + ": " + name + ": " + reason->message + '\n';
  }
  return text;
}

}  // namespace scoregate::scorectl
