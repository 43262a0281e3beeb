#include "client/scorectl/csv/csv_reader.h"

#include <csv.h>

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "client/scorectl/csv/number_cells.h"
#include "client/scorectl/utf8.h"

namespace scoregate::scorectl {
namespace {

// Bytes that are read from the stream at once.
constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

struct CsvReader::Parser {
  Parser() : good(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0) {}
  ~Parser() {
    if (good) csv_free(&parser);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  static void OnCell(void* cell, std::size_t length, void* self) {
    static_cast<Parser*>(self)->current.emplace_back(static_cast<char*>(cell), length);
  }
  static void OnRow(int, void* self) {
    auto* parser = static_cast<Parser*>(self);
    parser->rows.push_back({std::move(parser->current), parser->row_line});
    parser->current.clear();
    parser->in_row = false;
  }

  // False where it is no CSV.
  bool Feed(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find_first_of("\r\n");
      const std::string_view piece = text.substr(0, end == text.npos ? end : end + 1);
      text.remove_prefix(piece.size());
      if (!FeedPiece(piece)) return false;
    }
    return true;
  }
  bool Finish() { return csv_fini(&parser, OnCell, OnRow, this) == 0; }

  struct Row {
    CsvRow cells;
    std::size_t line;
  };

  csv_parser parser{};
  bool good;
  bool begun = false;
  bool ended = false;
  std::deque<Row> rows;
  CsvRow current;
  // Where the row begins that is being read.
  std::size_t row_line = 1;

 private:
  // At most one line, with its end.
  bool FeedPiece(std::string_view piece) {
    // Blank lines between rows are none.
    if (!in_row && piece.find_first_not_of(" \t\r\n") != piece.npos) {
      in_row = true;
      row_line = line;
    }
    const bool read =
        csv_parse(&parser, piece.data(), piece.size(), OnCell, OnRow, this) == piece.size();
    // CR LF ends one line, in two pieces.
    const bool second_half = piece == "\n" && after_cr;
    after_cr = piece.back() == '\r';
    if (!second_half && (after_cr || piece.back() == '\n')) ++line;
    return read;
  }

  std::size_t line = 1;
  bool in_row = false;
  bool after_cr = false;
};

CsvReader::CsvReader(std::istream& stream, std::string name)
    : stream_(stream),
      name_(name == "-" ? "standard input" : std::move(name)),
      parser_(std::make_unique<Parser>()) {}

CsvReader::~CsvReader() = default;

// Feeds one block to the parser; a sentence where it is no CSV.
std::string CsvReader::ReadMore() {
  std::array<char, kBlockBytes> block;
  stream_.read(block.data(), block.size());
  if (stream_.bad()) return name_ + ": it cannot be read to its end";
  std::string_view text(block.data(), static_cast<std::size_t>(stream_.gcount()));
  if (!std::exchange(parser_->begun, true) && text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  bool read = parser_->good && parser_->Feed(text);
  if (read && !stream_) {
    parser_->ended = true;
    read = parser_->Finish();
  }
  if (read) return "";
  return Line(parser_->row_line) + ": " + csv_strerror(csv_error(&parser_->parser)) +
         "; a quote inside a quoted cell is written twice";
}

// A row, held against what a request can carry; a sentence where it cannot.
std::string CsvReader::NotUtf8(const CsvRow& row, std::size_t line) const {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (IsUtf8(row[i])) continue;
    // The header's own name cannot be shown where it is what is wrong.
    const bool in_header = &row == &header_;
    return Line(line) + ", column " + (in_header ? std::to_string(i + 1) : "'" + header_[i] + "'") +
           ": not UTF-8; save the file as UTF-8";
  }
  return "";
}

// Takes the first row for the header; a sentence where it cannot be one.
std::string CsvReader::ReadHeader() {
  const std::size_t line = parser_->rows.front().line;
  header_ = std::move(parser_->rows.front().cells);
  parser_->rows.pop_front();
  if (std::string wrong = NotUtf8(header_, line); !wrong.empty()) return wrong;
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    auto [found, added] = places.emplace(header_[i], i);
    if (added) continue;
    return Line(line) + ": columns " + std::to_string(found->second + 1) + " and " +
           std::to_string(i + 1) + " have the same name, '" + header_[i] + "'; rename one of them";
  }
  return "";
}

std::variant<std::vector<CsvRow>, std::string> CsvReader::Next(std::size_t most) {
  while (!parser_->ended && (header_.empty() || parser_->rows.size() < most)) {
    if (std::string wrong = ReadMore(); !wrong.empty()) return wrong;
    if (!header_.empty() || parser_->rows.empty()) continue;
    if (std::string wrong = ReadHeader(); !wrong.empty()) return wrong;
  }
  if (header_.empty()) return name_ + ": no header row; the first row names the columns";
  if (!gave_rows_ && parser_->rows.empty()) return name_ + ": a header row and no rows to score";
  gave_rows_ = true;
  std::vector<CsvRow> rows = {header_};
  std::vector<std::size_t> lines = {0};
  while (!parser_->rows.empty() && rows.size() <= most) {
    lines.push_back(parser_->rows.front().line);
    rows.push_back(std::move(parser_->rows.front().cells));
    parser_->rows.pop_front();
    if (rows.back().size() != header_.size()) {
      return Line(lines.back()) + " has " + std::to_string(rows.back().size()) +
             " cells, the header has " + std::to_string(header_.size());
    }
    if (std::string wrong = NotUtf8(rows.back(), lines.back()); !wrong.empty()) return wrong;
  }
  const std::optional<CellPlace> unsendable = FindNotFinite(rows);
  if (!unsendable) return rows;
  return Line(lines[unsendable->row]) + ", column '" + header_[unsendable->column] +
         "': " + rows[unsendable->row][unsendable->column] +
         " cannot be sent as JSON; leave the cell empty for a missing value";
}

}  // namespace scoregate::scorectl
