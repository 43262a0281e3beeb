#include "client/scorectl/score_chunks.h"

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "client/scorectl/csv/csv_reader.h"
#include "client/scorectl/csv/csv_table.h"
#include "client/scorectl/progress_line.h"
#include "client/scorectl/session.h"
#include "client/scorectl/standard_input.h"
#include "gateway/usage/named_file.h"

namespace scoregate::scorectl {
namespace {

using Clock = std::chrono::steady_clock;

// Tables that are sent and not yet printed, at most: what this program holds in memory.
constexpr std::size_t kMaxUnprinted = 64;
// Failed tables that are reported one by one; the rest is counted.
constexpr std::size_t kMaxReported = 10;
constexpr std::chrono::milliseconds kProgressPause{200};

struct Chunk {
  scoring::v1::ScoreRequest request;
  std::size_t rows = 0;
  // Of the file's rows up to the last of this one, in bytes.
  std::size_t end = 0;
  int tries = 1;
  // When it is to be sent again; nothing while it is under way.
  std::optional<Clock::time_point> due;
};

// What the sending and the receiving thread share.
class Chunks {
 public:
  Chunks(const ChunkOptions& options, const Globals& globals, std::optional<std::size_t> size)
      : options_(options), globals_(globals), size_(size), progress_(isatty(STDERR_FILENO) == 1) {}

  /// Waits until another table may be sent. What it gives is one that has to be sent again; nothing
  /// where there is room for a new one, or the call is over.
  std::optional<std::pair<std::uint64_t, scoring::v1::ScoreRequest>> NextToRepeat() {
    std::unique_lock lock(mutex_);
    while (!over_) {
      auto next = FirstDue();
      if (next != chunks_.end() && *next->second.due <= Clock::now()) {
        next->second.due.reset();
        return std::pair(next->first, next->second.request);
      }
      if (reading_ ? chunks_.size() < kMaxUnprinted : chunks_.empty()) return std::nullopt;
      if (next != chunks_.end()) {
        changed_.wait_until(lock, *next->second.due);
      } else {
        changed_.wait(lock);
      }
    }
    return std::nullopt;
  }

  /// `end` is how much of the file that makes with all before, in bytes.
  std::uint64_t Add(scoring::v1::ScoreRequest request, std::size_t rows, std::size_t end) {
    std::lock_guard lock(mutex_);
    Chunk& chunk = chunks_[++last_];
    chunk.request = std::move(request);
    chunk.rows = rows;
    chunk.end = end;
    return last_;
  }
  /// No new tables will come.
  void EndReading() {
    std::lock_guard lock(mutex_);
    reading_ = false;
  }
  bool AllDone() {
    std::lock_guard lock(mutex_);
    return over_ || (!reading_ && chunks_.empty());
  }
  /// The call is over: nobody waits any longer.
  void End() {
    std::lock_guard lock(mutex_);
    over_ = true;
    changed_.notify_all();
  }

  void Take(client::StreamedScore score) {
    std::lock_guard lock(mutex_);
    auto found = chunks_.find(std::strtoull(score.id.c_str(), nullptr, 10));
    if (found == chunks_.end()) return;
    Chunk& chunk = found->second;
    if (score.error && score.error->retry_delay && chunk.tries < globals_.attempts) {
      ++chunk.tries;
      chunk.due = Clock::now() + *score.error->retry_delay;
    } else {
      done_[found->first] = std::move(score);
      PrintInOrder();
    }
    changed_.notify_all();
  }

  /// What is left to say when all is over; the exit code.
  int Summary(const std::optional<client::ScoreError>& ended) {
    if (progress_) std::cerr << "\r\x1b[K";
    if (failed_ > kMaxReported) std::cerr << "and " << failed_ - kMaxReported << " more\n";
    if (failed_ > 0 || progress_) {
      std::cerr << scored_rows_ << " rows scored, " << failed_rows_ << " rows failed\n";
    }
    if (!ended) return exit_code_;
    std::cerr << "The call broke off after row " << scored_rows_ + failed_rows_ << ".\n";
    return ReportFailure(*ended, globals_, ReportAs::kText);
  }

 private:
  std::map<std::uint64_t, Chunk>::iterator FirstDue() {
    auto first = chunks_.end();
    for (auto chunk = chunks_.begin(); chunk != chunks_.end(); ++chunk) {
      if (!chunk->second.due) continue;
      if (first == chunks_.end() || *chunk->second.due < *first->second.due) first = chunk;
    }
    return first;
  }

  void PrintInOrder() {
    while (!done_.empty() && done_.begin()->first == printed_ + 1) {
      auto chunk = chunks_.find(++printed_);
      Print(done_.begin()->second, chunk->second.rows);
      printed_end_ = chunk->second.end;
      done_.erase(done_.begin());
      chunks_.erase(chunk);
    }
    if (!progress_ || Clock::now() < next_progress_) return;
    next_progress_ = Clock::now() + kProgressPause;
    const std::string line = ProgressLine(ShareDone(printed_end_, size_), scored_rows_);
    std::cerr << "\r\x1b[K" << line << std::flush;
  }

  void Print(const client::StreamedScore& score, std::size_t rows) {
    if (score.error) return Report(*score.error, rows);
    scored_rows_ += rows;
    std::string text = PrintResponse(score.response, options_.output);
    if (options_.output == Format::kCsv) {
      // One header for all tables that have the same columns.
      std::string header = text.substr(0, text.find('\n') + 1);
      if (header == header_) text.erase(0, header.size());
      header_ = std::move(header);
    }
    std::cout << text;
  }

  void Report(const client::ScoreError& error, std::size_t rows) {
    const std::size_t first = scored_rows_ + failed_rows_ + 1;
    failed_rows_ += rows;
    if (exit_code_ == 0) exit_code_ = kExitCallFailed + static_cast<int>(error.code);
    if (++failed_ > kMaxReported) return;
    if (progress_) std::cerr << "\r\x1b[K";
    std::cerr << "rows " << first << " to " << first + rows - 1 << ": ";
    if (failed_ == 1) {
      std::cerr << PrintReport(error);
    } else {
      std::cerr << client::CodeName(error.code) << ' ' << error.reason << ": " << error.message
                << '\n';
    }
  }

  const ChunkOptions& options_;
  const Globals& globals_;
  // Of the file, where it has one.
  const std::optional<std::size_t> size_;
  const bool progress_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, Chunk> chunks_;
  std::map<std::uint64_t, client::StreamedScore> done_;
  std::uint64_t last_ = 0;
  std::uint64_t printed_ = 0;
  std::size_t printed_end_ = 0;
  bool reading_ = true;
  bool over_ = false;
  std::string header_;
  std::size_t scored_rows_ = 0;
  std::size_t failed_rows_ = 0;
  std::size_t failed_ = 0;
  int exit_code_ = 0;
  Clock::time_point next_progress_;
};

// A row as it stands in a file, quotes apart.
std::size_t BytesOf(const CsvRow& row) {
  std::size_t bytes = 0;
  for (const std::string& cell : row) bytes += cell.size() + 1;
  return bytes;
}

// Sends the tables of one file over one call.
class Sender {
 public:
  Sender(const ChunkOptions& options, std::istream& file, client::ScoreStream& stream,
         Chunks& chunks)
      : options_(options), reader_(file, options.path), stream_(stream), chunks_(chunks) {}

  // Sends everything, and again what has to be; ends when all is answered or the call is over.
  void Run() {
    bool more = true;
    while (!chunks_.AllDone()) {
      if (auto again = chunks_.NextToRepeat()) {
        if (!stream_.Send(std::to_string(again->first), again->second)) break;
      } else if (more) {
        more = SendNext();
        if (!more) chunks_.EndReading();
      }
    }
    stream_.DoneSending();
  }

  // Why a file that is no CSV was not read to its end; else empty.
  const std::string& wrong() const { return wrong_; }

 private:
  // Reads the next table and sends it; false at the end of the file.
  bool SendNext() {
    auto read = reader_.Next(options_.rows);
    if (read.index() == 1) {
      wrong_ = std::get<1>(read);
      return false;
    }
    const std::vector<CsvRow>& rows = std::get<0>(read);
    if (rows.size() == 1) return false;
    scoring::v1::ScoreRequest request = options_.request;
    (*request.mutable_inputs())[options_.input] = TableOf(rows);
    for (std::size_t i = 1; i < rows.size(); ++i) sent_bytes_ += BytesOf(rows[i]);
    const std::uint64_t number = chunks_.Add(request, rows.size() - 1, sent_bytes_);
    return stream_.Send(std::to_string(number), request);
  }

  const ChunkOptions& options_;
  CsvReader reader_;
  client::ScoreStream& stream_;
  Chunks& chunks_;
  std::size_t sent_bytes_ = 0;
  std::string wrong_;
};

}  // namespace

int ScoreChunks(const ChunkOptions& options, const Globals& globals) {
  std::ifstream file;
  if (options.path != "-") {
    file = usage::OpenFile("--input", options.path);
  } else {
    usage::RefuseDirectoryAsInput("--input");
  }
  StandardInput typed;
  std::istream standard_input(&typed);
  std::istream& rows = options.path == "-" ? standard_input : file;
  client::ScoringClient client = Connect(globals);
  std::unique_ptr<client::ScoreStream> stream = client.StreamScore();
  std::error_code no_size;
  const std::uintmax_t size = std::filesystem::file_size(options.path, no_size);
  const bool has_size = options.path != "-" && !no_size;
  Chunks chunks(options, globals, has_size ? std::optional<std::size_t>(size) : std::nullopt);
  Sender sender(options, rows, *stream, chunks);
  std::thread sending([&sender] { sender.Run(); });
  while (auto score = stream->Receive()) chunks.Take(*std::move(score));
  chunks.End();
  // The sender may be waiting for rows that nobody types.
  typed.Interrupt();
  sending.join();
  const std::optional<client::ScoreError> ended = stream->Finish();
  int code = chunks.Summary(ended);
  // Rows that end because the call broke off are no fault of the file.
  if (sender.wrong().empty() || ended) return code;
  std::cerr << sender.wrong() << '\n';
  return kExitUsage;
}

}  // namespace scoregate::scorectl
