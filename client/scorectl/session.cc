#include "client/scorectl/session.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <optional>

#include "client/scorectl/connect/address.h"
#include "client/scorectl/connect/metadata.h"
#include "client/scorectl/print.h"
#include "client/scorectl/progress_line.h"
#include "client/scorectl/report/next_step.h"
#include "gateway/usage/named_file.h"

namespace scoregate::scorectl {
namespace {

std::string ReadPem(const char* flag, const std::string& path) {
  if (path.empty()) return "";
  std::string text = usage::ReadFile(flag, path);
  if (text.find("-----BEGIN ") == text.npos) {
    throw CLI::ValidationError(flag, "'" + path + "' is no PEM file (-----BEGIN ...)");
  }
  return text;
}

bool SpeaksTls(const Globals& globals) {
  return globals.tls || !globals.ca_file.empty() || !globals.cert_file.empty() ||
         !globals.key_file.empty() || !globals.server_name.empty();
}

std::optional<client::TlsOptions> TlsOf(const Globals& globals) {
  if (!SpeaksTls(globals)) return std::nullopt;
  if (globals.cert_file.empty() != globals.key_file.empty()) {
    throw CLI::ValidationError(globals.key_file.empty() ? "--cert-file" : "--key-file",
                               "--cert-file and --key-file come together");
  }
  client::TlsOptions tls;
  tls.ca_pem = ReadPem("--ca-file", globals.ca_file);
  tls.certificate_pem = ReadPem("--cert-file", globals.cert_file);
  tls.key_pem = ReadPem("--key-file", globals.key_file);
  tls.server_name = globals.server_name;
  return tls;
}

// It travels as a header, and gRPC ends the program for one that is not printable ASCII.
std::string LanguageOf(const Globals& globals) {
  const auto printable = [](unsigned char c) { return c >= 0x20 && c < 0x7F; };
  if (!std::ranges::all_of(globals.locale, printable)) {
    throw CLI::ValidationError("--locale",
                               "a language is written in letters of ASCII, such as ko-KR");
  }
  return globals.locale;
}

// What else it may be that no connection comes about.
const char* ConnectAdvice(const Globals& globals) {
  if (SpeaksTls(globals)) {
    return "Over TLS it may also be that it serves clear text there (leave the TLS flags away), "
           "that its certificate comes from an unknown authority (--ca-file) or has another name "
           "(--server-name), or that it wants one of yours (--cert-file, --key-file) and allows "
           "its name (allowed_sans). GRPC_VERBOSITY=ERROR before the command shows what TLS "
           "said.\n";
  }
  if (globals.address.starts_with("unix:")) {
    return "The socket may also be for other users: see mode, allowed_uids and allowed_gids of "
           "the listener's unix_socket.\n";
  }
  return "Where the gateway serves TLS, add --tls or --ca-file FILE.\n";
}

// What was tried, where that was more than once, and why no more.
std::string Attempts(const client::ScoreError& error, const Globals& globals) {
  if (error.attempts < 2) return "";
  std::string text = "gave up after " + std::to_string(error.attempts) + " attempts in " +
                     InSeconds(error.elapsed);
  if (error.attempts < globals.attempts && error.retry_delay) {
    text += "; --timeout " + globals.timeout + " has no room for another";
  }
  return text + '\n';
}

}  // namespace

std::chrono::milliseconds ParseDuration(const std::string& option, const std::string& text) {
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string unit(end, text.data() + text.size());
  double factor = unit == "ms"  ? 1
                  : unit == "s" ? 1000
                  : unit == "m" ? 60'000
                  : unit == "h" ? 3'600'000
                                : 0;
  constexpr double kMaxMilliseconds = 24.0 * 3600 * 1000;
  double milliseconds = number * factor;
  if (error != std::errc() || !(milliseconds >= 1) || milliseconds > kMaxMilliseconds) {
    throw CLI::ValidationError(option, "'" + text + "' is not a duration; write 500ms, 30s or 5m");
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds));
}

client::ClientOptions OptionsOf(const Globals& globals) {
  client::ClientOptions options;
  RequireAddress(globals.address);
  options.address = globals.address;
  options.timeout = ParseDuration("--timeout", globals.timeout);
  options.accept_language = LanguageOf(globals);
  options.max_attempts = globals.attempts;
  options.metadata = ReadMetadata(globals.metadata);
  options.tls = TlsOf(globals);
  options.on_retry = [](const client::Retry& retry) {
    // Where there is no end to the attempts but time, lines that stay would fill the terminal.
    if (retry.max_attempts) {
      Terminal().Say(RetryLine(retry));
    } else {
      Terminal().Show(RetryLine(retry));
    }
  };
  return options;
}

client::ScoringClient Connect(const Globals& globals) {
  return client::ScoringClient(OptionsOf(globals));
}

client::BatchClient ConnectBatch(const Globals& globals) {
  return client::BatchClient(OptionsOf(globals));
}

int ReportFailure(const client::ScoreError& error, const Globals& globals, ReportAs as) {
  if (as == ReportAs::kJson) {
    std::cout << PrintJson(error.status);
  } else {
    std::cerr << PrintReport(error) << LanguageNote(error, globals.locale)
              << Attempts(error, globals);
  }
  if (!error.has_details && error.code == grpc::StatusCode::UNAVAILABLE) {
    const std::string other = WhatElseIsThere(globals.address, error.message);
    if (!other.empty()) {
      std::cerr << other;
    } else {
      std::cerr << "No gateway answers at " << globals.address
                << ". Start the gateway with `scoregate serve --config FILE`, or name its address "
                   "with --address HOST:PORT.\n"
                << ConnectAdvice(globals);
    }
  }
  return kExitCallFailed + static_cast<int>(error.code);
}

}  // namespace scoregate::scorectl
