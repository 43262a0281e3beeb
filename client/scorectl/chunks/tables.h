// The tables of one file that are under way: which may be sent, which have to be sent again, what
// may be printed next.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "client/score_stream.h"
#include "client/scorectl/chunks/file_rows.h"
#include "client/scorectl/csv/csv_reader.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::scorectl {

/// A table and where it comes from.
struct FileTable {
  scoring::v1::ScoreRequest request;
  RowRange rows;
  /// Of the file's rows up to the last of this one, in bytes.
  std::size_t end = 0;
  /// The header and the rows as they were read, where they may be needed again.
  std::vector<CsvRow> text;
};

struct AnsweredTable {
  FileTable table;
  client::StreamedScore score;
};

/// Shared by the thread that sends, the one that receives, and the one that watches.
class Tables {
 public:
  using Clock = std::chrono::steady_clock;

  /// A table is tried `attempts` times at most.
  explicit Tables(int attempts) : attempts_(attempts) {}

  /// What the sender has to do next.
  struct Step {
    enum class Kind { kSendNext, kSendAgain, kEnd };
    Kind kind = Kind::kEnd;
    /// Of kSendAgain.
    std::uint64_t number = 0;
    scoring::v1::ScoreRequest request;
  };
  /// Blocks until there is something to do. Until the first table has come to its end, good or bad,
  /// no second one is sent: what is wrong with all of them is told by one.
  Step Next();
  std::uint64_t Add(FileTable table);
  /// No new tables will come.
  void EndReading();
  /// The call is over: nobody waits any longer.
  void End();

  struct Taken {
    /// What may be printed now, in the order of the file.
    std::vector<AnsweredTable> answered;
    /// Where the table is to be sent again: what to tell a person who waits.
    std::string waiting;
  };
  Taken Take(client::StreamedScore score);

  /// Whether a table failed for what no other can escape, so that no new ones are sent.
  bool hopeless() const;
  /// How long no answer has come while there was something to answer.
  Clock::duration Silence() const;

 private:
  struct UnderWay {
    FileTable table;
    int tries = 1;
    /// When it is to be sent again; nothing while it is with the gateway.
    std::optional<Clock::time_point> due;
  };

  std::map<std::uint64_t, UnderWay>::iterator FirstDue();
  std::size_t Room() const;

  const int attempts_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, UnderWay> under_way_;
  std::map<std::uint64_t, client::StreamedScore> done_;
  std::uint64_t last_ = 0;
  std::uint64_t printed_ = 0;
  bool first_ended_ = false;
  bool reading_ = true;
  bool hopeless_ = false;
  bool over_ = false;
  /// Of the tables under way, those that the gateway has to answer, and since when it is silent.
  std::size_t unanswered_ = 0;
  Clock::time_point silent_since_;
};

}  // namespace scoregate::scorectl
