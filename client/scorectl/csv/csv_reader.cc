#include "client/scorectl/csv/csv_reader.h"

#include <csv.h>

#include <array>
#include <deque>
#include <string_view>
#include <utility>

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
    parser->rows.push_back(std::move(parser->current));
    parser->current.clear();
  }

  csv_parser parser{};
  bool good;
  bool begun = false;
  bool ended = false;
  std::deque<CsvRow> rows;
  CsvRow current;
};

CsvReader::CsvReader(std::istream& stream, std::string name)
    : stream_(stream), name_(std::move(name)), parser_(std::make_unique<Parser>()) {}

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
  bool read = parser_->good;
  if (read && !text.empty()) {
    read = csv_parse(&parser_->parser, text.data(), text.size(), Parser::OnCell, Parser::OnRow,
                     parser_.get()) == text.size();
  }
  if (read && !stream_) {
    parser_->ended = true;
    read = csv_fini(&parser_->parser, Parser::OnCell, Parser::OnRow, parser_.get()) == 0;
  }
  if (read) return "";
  return name_ + ": row " + std::to_string(given_ + parser_->rows.size() + 1) + ": " +
         csv_strerror(csv_error(&parser_->parser)) +
         "; a quote inside a quoted cell is written twice";
}

// The row that was given last, held against what a request can carry; a sentence where it cannot.
std::string CsvReader::NotUtf8(const CsvRow& row) const {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (IsUtf8(row[i])) continue;
    // The header's own name cannot be shown where it is what is wrong.
    const std::string column = given_ == 1 ? "" : " (" + header_[i] + ")";
    return name_ + ": row " + std::to_string(given_) + ", column " + std::to_string(i + 1) +
           column + ": not UTF-8; save the file as UTF-8";
  }
  return "";
}

std::variant<std::vector<CsvRow>, std::string> CsvReader::Next(std::size_t most) {
  while (!parser_->ended && (header_.empty() || parser_->rows.size() < most)) {
    if (std::string wrong = ReadMore(); !wrong.empty()) return wrong;
    if (header_.empty() && !parser_->rows.empty()) {
      header_ = std::move(parser_->rows.front());
      parser_->rows.pop_front();
      given_ = 1;
      if (std::string wrong = NotUtf8(header_); !wrong.empty()) return wrong;
    }
  }
  if (header_.empty()) return name_ + ": no header row; the first row names the columns";
  if (given_ == 1 && parser_->rows.empty()) return name_ + ": a header row and no rows to score";
  std::vector<CsvRow> rows = {header_};
  while (!parser_->rows.empty() && rows.size() <= most) {
    rows.push_back(std::move(parser_->rows.front()));
    parser_->rows.pop_front();
    ++given_;
    if (rows.back().size() != header_.size()) {
      return name_ + ": row " + std::to_string(given_) + " has " +
             std::to_string(rows.back().size()) + " cells, the header has " +
             std::to_string(header_.size());
    }
    if (std::string wrong = NotUtf8(rows.back()); !wrong.empty()) return wrong;
  }
  return rows;
}

}  // namespace scoregate::scorectl
