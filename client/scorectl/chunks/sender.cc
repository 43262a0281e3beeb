#include "client/scorectl/chunks/sender.h"

#include <utility>
#include <variant>
#include <vector>

#include "client/scorectl/csv/csv_table.h"

namespace scoregate::scorectl {
namespace {

// A row as it stands in a file, quotes apart.
std::size_t BytesOf(const CsvRow& row) {
  std::size_t bytes = 0;
  for (const std::string& cell : row) bytes += cell.size() + 1;
  return bytes;
}

}  // namespace

Sender::Sender(const ChunkOptions& options, std::istream& file, client::ScoreStream& stream,
               Tables& tables)
    : options_(options), reader_(file, options.path), stream_(stream), tables_(tables) {}

void Sender::Run() {
  // One table ahead, so that it is known whether there is a next one to send.
  std::optional<FileTable> next = Read();
  while (true) {
    if (!next) tables_.EndReading();
    const Tables::Step step = tables_.Next();
    bool sent = false;
    if (step.kind == Tables::Step::Kind::kSendAgain) {
      sent = stream_.Send(std::to_string(step.number), step.request);
    } else if (step.kind == Tables::Step::Kind::kSendNext) {
      const scoring::v1::ScoreRequest request = next->request;
      const std::uint64_t number = tables_.Add(*std::move(next));
      sent = stream_.Send(std::to_string(number), request);
      next = sent ? Read() : std::nullopt;
    }
    if (!sent) break;
  }
  if (next) first_unsent_ = next->rows.first;
  stream_.DoneSending();
}

// Nothing at the end of the file, or where it is no CSV from here on.
std::optional<FileTable> Sender::Read() {
  auto read = reader_.Next(options_.rows);
  if (read.index() == 1) {
    wrong_ = std::get<1>(read);
    return std::nullopt;
  }
  std::vector<CsvRow>& rows = std::get<0>(read);
  if (rows.size() == 1) return std::nullopt;
  FileTable table;
  table.request = options_.request;
  (*table.request.mutable_inputs())[options_.input] = TableOf(rows);
  for (std::size_t i = 1; i < rows.size(); ++i) read_bytes_ += BytesOf(rows[i]);
  table.end = read_bytes_;
  table.rows = {read_rows_ + 1, read_rows_ + rows.size() - 1};
  read_rows_ = table.rows.last;
  if (!options_.failed.empty()) table.text = std::move(rows);
  return table;
}

}  // namespace scoregate::scorectl
