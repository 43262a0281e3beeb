// What every subcommand does around its call: make the client, report a failure, say usage errors.
#pragma once

#include <chrono>
#include <string>

#include "client/batch_client.h"
#include "client/scorectl/commands.h"
#include "client/scoring_client.h"

namespace scoregate::scorectl {

/// The shared options. Throws CLI::ValidationError for a timeout or a language that is none, and
/// for TLS files that cannot be read.
client::ClientOptions OptionsOf(const Globals& globals);

/// A client by the shared options. Throws as OptionsOf.
client::ScoringClient Connect(const Globals& globals);
client::BatchClient ConnectBatch(const Globals& globals);

/// Reads 500ms, 30s, 5m or 1h, up to a day. Throws CLI::ValidationError in the option's name.
std::chrono::milliseconds ParseDuration(const std::string& option, const std::string& text);

/// Reports a failed call: as JSON on stdout where `as_json`, else as a readable report on stderr,
/// with advice where the gateway itself cannot be reached. Returns the exit code.
enum class ReportAs { kText, kJson };
int ReportFailure(const client::ScoreError& error, const Globals& globals, ReportAs as);

}  // namespace scoregate::scorectl
