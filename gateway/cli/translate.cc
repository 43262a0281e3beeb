// scoregate translate: one HTTP answer in, one google.rpc.Status out; no network, clock or chance.
#include <charconv>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "gateway/cli/commands.h"
#include "gateway/cli/texts/exchange_line.h"
#include "gateway/cli/texts/status_line.h"
#include "gateway/service/errors/translate_exchange.h"
#include "gateway/usage/named_file.h"

namespace scoregate::cli {
namespace {

constexpr const char* kTransportErrors =
    "dns, connect, tls, tls_untrusted, reset_before_send, reset_after_send, timeout, cancelled, "
    "request_too_large, response_too_large or in_flight_limit";

struct TranslateOptions {
  bool jsonl = false;
  std::string upstream = "classic";
  std::string method = "Score";
  int status = 0;
  std::string transport_error;
  std::vector<std::string> headers;
  std::string body;
  std::string accept_language;
  std::uint32_t previous_attempts = 0;
  std::int64_t remaining_deadline_ms = -1;
  std::string format = "text";
};

int TranslateLines() {
  usage::RefuseDirectoryAsInput("--jsonl");
  ExchangeReader reader;
  int exit_code = kExitGood;
  std::string text;
  for (std::size_t number = 1; std::cout && std::getline(std::cin, text); ++number) {
    ExchangeLine line = reader.Read(text);
    if (line.input_error.empty()) {
      std::cout << StatusLine(line.id_json, service::TranslateExchange(line.exchange)) << '\n';
    } else {
      std::cout << InputErrorLine(line.id_json, number, line.input_error) << '\n';
      exit_code = kExitRefused;
    }
  }
  std::cout.flush();
  return exit_code;
}

service::EndedExchange ExchangeOf(const TranslateOptions& options) {
  service::EndedExchange exchange;
  exchange.kind = *service::ParseUpstreamKind(options.upstream);
  exchange.call = *service::ParseCallKind(options.method);
  if (!options.transport_error.empty()) {
    exchange.transport_error = service::ParseTransportError(options.transport_error);
  }
  exchange.response.status = options.status;
  for (const std::string& header : options.headers) {
    std::size_t colon = header.find(':');
    if (colon == 0 || colon == header.npos) {
      throw CLI::ValidationError("--header", "'" + header + "' is not 'Name: value'");
    }
    std::size_t value = header.find_first_not_of(' ', colon + 1);
    exchange.response.headers.Add(header.substr(0, colon),
                                  value == header.npos ? "" : header.substr(value));
  }
  if (!options.body.empty()) {
    exchange.response.body = usage::ReadFileOrInput("--body", options.body);
  }
  exchange.accept_language = options.accept_language;
  exchange.previous_attempts = options.previous_attempts;
  if (options.remaining_deadline_ms >= 0) {
    exchange.remaining_deadline = std::chrono::milliseconds(options.remaining_deadline_ms);
  }
  return exchange;
}

// With --jsonl the lines say all; an option beside it would be left out of account.
void RefuseOptionsBesideLines(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    const std::string name = option->get_name();
    const bool agrees =
        name == "--jsonl" || (name == "--format" && option->as<std::string>() == "json");
    if (option->count() == 0 || agrees) continue;
    throw CLI::ValidationError("--jsonl", "the lines on standard input say all of it; leave " +
                                              name + " away, or --jsonl");
  }
}

int TranslateOne(const TranslateOptions& options) {
  if (options.status == 0 && options.transport_error.empty()) {
    throw CLI::ValidationError(
        "translate", "what ended the exchange? Give --status N, --transport-error NAME or --jsonl");
  }
  auto translated = service::TranslateExchange(ExchangeOf(options));
  if (options.format == "json") {
    std::cout << StatusLine("null", translated) << '\n';
  } else {
    std::cout << StatusText(translated);
  }
  return kExitGood;
}

void AddExchangeOptions(CLI::App& command, TranslateOptions& options) {
  command.add_option("--upstream", options.upstream, "classic, online_endpoint or opaque")
      ->check(CLI::IsMember({"classic", "online_endpoint", "opaque"}).description(""))
      ->capture_default_str();
  command
      .add_option("--method", options.method,
                  "The gRPC method: Score, ScoreRaw, CreateBatchJob or GetOperation")
      ->check(
          CLI::IsMember({"Score", "ScoreRaw", "CreateBatchJob", "GetOperation"}).description(""))
      ->capture_default_str();
  CLI::Option* status = command.add_option("--status", options.status, "The HTTP status")
                            ->check(CLI::Range(100, 999));
  command
      .add_option("--transport-error", options.transport_error,
                  std::string("Instead of a status: ") + kTransportErrors)
      ->check(
          [](const std::string& word) {
            return service::ParseTransportError(word)
                       ? std::string()
                       : "'" + word + "' is no transport error; there are: " + kTransportErrors;
          },
          "", "")
      ->excludes(status);
  command.add_option("--header", options.headers, "A header field of the answer: 'Name: value'")
      ->allow_extra_args(false);
  command.add_option("--body", options.body, "FILE with the answer's body (- for standard input)");
  command.add_option("--accept-language", options.accept_language,
                     "What the caller asks for, such as ko-KR");
  command.add_option("--previous-attempts", options.previous_attempts,
                     "How often the caller has tried before");
  command
      .add_option("--remaining-deadline-ms", options.remaining_deadline_ms,
                  "What is left of the caller's deadline")
      ->check(CLI::NonNegativeNumber);
}

}  // namespace

void AddTranslate(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<TranslateOptions>();
  CLI::App* command = app.add_subcommand(
      "translate", "Translate an HTTP answer into a google.rpc.Status, without any network");
  AddExchangeOptions(*command, *options);
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->capture_default_str();
  command->add_flag("--jsonl", options->jsonl,
                    "Read one exchange a line from standard input, write one Status a line");
  command->footer(
      "Examples:\n"
      "  scoregate translate --status 503 --header 'Retry-After: 7' --body error.json\n"
      "  scoregate translate --upstream online_endpoint --status 424 \\\n"
      "      --header 'ms-azureml-model-error-statuscode: 500' --accept-language ko-KR\n"
      "  scoregate translate --transport-error connect --format json\n"
      "  scoregate translate --jsonl < answers.jsonl > statuses.jsonl\n\n"
      "Exit: 0 all was understood, 1 some line was not, 2 usage.");
  command->callback([options, command, &exit_code] {
    if (options->jsonl) RefuseOptionsBesideLines(*command);
    exit_code = options->jsonl ? TranslateLines() : TranslateOne(*options);
  });
}

}  // namespace scoregate::cli
