#include "client/scorectl/chunks/scored_rows.h"

#include <iostream>
#include <utility>

#include "client/scorectl/csv/cells.h"
#include "client/scorectl/print.h"
#include "client/scorectl/report/row_count.h"

namespace scoregate::scorectl {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kProgressPause{200};

// Puts the rows' numbers before the other columns. An output that has not a row for each of the
// table's says nothing of single rows.
void AddNumbers(scoring::v1::ScoreResponse& response, RowRange rows) {
  for (auto& [name, table] : *response.mutable_outputs()) {
    if (static_cast<std::size_t>(RowCount(table)) != rows.count()) continue;
    scoring::v1::Table numbered;
    scoring::v1::Column& column = *numbered.add_columns();
    column.set_name("row");
    for (std::size_t row = rows.first; row <= rows.last; ++row) {
      column.mutable_int64s()->add_values(static_cast<std::int64_t>(row));
    }
    for (auto& other : *table.mutable_columns()) *numbered.add_columns() = std::move(other);
    table = std::move(numbered);
  }
}

}  // namespace

ScoredRows::ScoredRows(const ChunkOptions& options, std::optional<std::size_t> size)
    : options_(options), size_(size), failed_(options.failed, options.path) {}

void ScoredRows::Print(const AnsweredTable& answered) {
  if (answered.score.error) {
    Report(answered);
  } else {
    PrintScores(answered);
  }
  printed_end_ = answered.table.end;
  ShowProgress();
}

void ScoredRows::PrintScores(const AnsweredTable& answered) {
  scored_ += answered.table.rows.count();
  scoring::v1::ScoreResponse response = answered.score.response;
  if (!warned_) {
    const std::string warning = RowCountWarning(answered.table.request, response);
    warned_ = !warning.empty();
    if (warned_) terminal_.Clear();
    std::cerr << warning;
  }
  if (options_.numbered) AddNumbers(response, answered.table.rows);
  std::string text = PrintResponse(response, options_.output);
  if (options_.output == Format::kCsv) {
    // One header for all tables that have the same columns.
    std::string header = text.substr(0, text.find('\n') + 1);
    if (header == header_) text.erase(0, header.size());
    header_ = std::move(header);
  }
  // At once, so that a file holds whole tables however this ends.
  std::cout << text << std::flush;
}

void ScoredRows::Report(const AnsweredTable& answered) {
  const RowRange rows = answered.table.rows;
  const client::ScoreError error = InRowsOfFile(*answered.score.error, rows);
  failed_.Add(rows, error, answered.table.text);
  if (failed_.tables() > 1) return;
  exit_code_ = kExitCallFailed + static_cast<int>(error.code);
  terminal_.Clear();
  std::cerr << RowsText({rows}) << ": " << PrintReport(error);
}

void ScoredRows::ShowProgress() {
  if (!terminal_.attended() || Clock::now() < next_progress_) return;
  next_progress_ = Clock::now() + kProgressPause;
  terminal_.Show(ProgressLine(ShareDone(printed_end_, size_), scored_, failed_.rows()));
}

bool ScoredRows::written() const {
  return !std::cout.bad() && failed_.written();
}

void ScoredRows::Sum(bool broken_off) {
  terminal_.Clear();
  // One failed table has been told in full.
  if (failed_.tables() > 1) std::cerr << failed_.Reasons();
  if (!broken_off && failed_.rows() == 0 && !terminal_.attended()) return;
  std::cerr << scored_ << " rows scored, " << failed_.rows() << " rows failed\n";
  if (failed_.rows() > 0 && failed_.has_file()) {
    std::cerr << "the failed rows are in " << options_.failed << "; score them again with --input "
              << options_.input << '=' << options_.failed << '\n';
  }
}

}  // namespace scoregate::scorectl
