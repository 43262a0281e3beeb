#include "client/scorectl/chunks/score_chunks.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "client/scorectl/chunks/scored_rows.h"
#include "client/scorectl/chunks/sender.h"
#include "client/scorectl/chunks/standard_input.h"
#include "client/scorectl/chunks/tables.h"
#include "client/scorectl/chunks/watch.h"
#include "client/scorectl/session.h"
#include "gateway/usage/named_file.h"
#include "gateway/usage/standard_streams.h"

namespace scoregate::scorectl {
namespace {

std::optional<std::size_t> SizeOf(const std::string& path) {
  std::error_code none;
  const std::uintmax_t size = std::filesystem::file_size(path, none);
  if (path == "-" || none) return std::nullopt;
  return static_cast<std::size_t>(size);
}

// The file that was named, or standard input.
class Input {
 public:
  explicit Input(const std::string& path) : named_(path != "-") {
    if (named_) {
      file_ = usage::OpenFile("--input", path);
    } else {
      usage::RefuseDirectoryAsInput("--input");
    }
  }
  std::istream& stream() { return named_ ? file_ : typed_stream_; }
  /// Nobody waits any longer for rows that nobody types.
  void Interrupt() { typed_.Interrupt(); }

 private:
  const bool named_;
  std::ifstream file_;
  StandardInput typed_;
  std::istream typed_stream_{&typed_};
};

client::ScoreError Silence(const Globals& globals) {
  client::ScoreError error;
  error.code = grpc::StatusCode::DEADLINE_EXCEEDED;
  error.message = "no answer came for " + globals.timeout + " (--timeout)";
  return error;
}

// One file from its first row to the last word about it.
class Run {
 public:
  Run(const ChunkOptions& options, const Globals& globals)
      : globals_(globals),
        client_options_(OptionsOf(globals)),
        input_(options.path),
        printed_(options, SizeOf(options.path)),
        client_(client_options_),
        stream_(client_.StreamScore()),
        tables_(globals.attempts),
        sender_(options, input_.stream(), *stream_, tables_) {}

  int Score() {
    watch_.Begin(tables_, client_options_.timeout, [this] { GiveUp(); });
    std::thread sending([this] { sender_.Run(); });
    while (auto score = stream_->Receive()) Take(*std::move(score));
    tables_.End();
    // The sender may be waiting for rows.
    input_.Interrupt();
    sending.join();
    watch_.Stop();
    return Tell(stream_->Finish());
  }

 private:
  void GiveUp() {
    tables_.End();
    stream_->Cancel();
  }

  void Take(client::StreamedScore score) {
    const Tables::Taken taken = tables_.Take(std::move(score));
    for (const AnsweredTable& answered : taken.answered) printed_.Print(answered);
    if (!taken.waiting.empty()) printed_.ShowWaiting(taken.waiting);
    if (!printed_.written()) GiveUp();
    if (tables_.hopeless()) input_.Interrupt();
  }

  // Why it ended where it did, and what to do about the rows that are left. The exit code.
  int Tell(const std::optional<client::ScoreError>& ended) {
    const std::string unwritten = printed_.failed().Finish();
    // What stands on standard output is said where all of it is known to be lost: by main.
    if (std::cout.bad()) return usage::kExitOutput;
    printed_.Sum(ended || !unwritten.empty());
    const std::string left = "the rows from " + std::to_string(printed_.next()) + " on";
    if (!unwritten.empty()) {
      std::cerr << unwritten << '\n';
      return usage::kExitOutput;
    }
    if (watch_.signal() != 0 && ended) {
      std::cerr << "stopped; " << left << " were not scored\n";
      EndBySignal(watch_.signal());
    }
    if (ended) {
      std::cerr << "The call broke off: " << left << " were not scored.\n";
      return ReportFailure(watch_.was_silent() ? Silence(globals_) : *ended, globals_,
                           ReportAs::kText);
    }
    if (tables_.hopeless()) {
      if (sender_.first_unsent()) {
        std::cerr << "No other table can escape that, so " << left << " were not sent.\n";
      }
      return printed_.exit_code();
    }
    if (sender_.wrong().empty()) return printed_.exit_code();
    std::cerr << sender_.wrong() << '\n';
    return kExitUsage;
  }

  const Globals& globals_;
  const client::ClientOptions client_options_;
  // Before the client, whose threads are to leave the signals alone.
  Watch watch_;
  Input input_;
  ScoredRows printed_;
  client::ScoringClient client_;
  std::unique_ptr<client::ScoreStream> stream_;
  Tables tables_;
  Sender sender_;
};

}  // namespace

int ScoreChunks(const ChunkOptions& options, const Globals& globals) {
  return Run(options, globals).Score();
}

}  // namespace scoregate::scorectl
