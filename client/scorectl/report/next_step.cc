#include "client/scorectl/report/next_step.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace scoregate::scorectl {
namespace {

std::string Seconds(std::chrono::milliseconds delay) {
  std::string text = std::to_string(delay.count() / 1000);
  if (delay.count() % 1000 != 0) {
    std::string fraction = std::to_string(1000 + delay.count() % 1000).substr(1);
    text += "." + fraction.substr(0, fraction.find_last_not_of('0') + 1);
  }
  return text + " s";
}

// Whether somebody may have done, or begun, what was asked for. An UNAVAILABLE of the gateway's own
// making was not sent at all; any other that is not worth a retry broke off on the way.
bool MayHaveBeenDone(const client::ScoreError& error) {
  if (error.metadata.contains("operation")) return true;
  switch (error.code) {
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::CANCELLED:
      return true;
    case grpc::StatusCode::UNAVAILABLE:
      return error.fault_domain() != "GATEWAY";
    default:
      return false;
  }
}

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// The language of a tag: "ko" of "ko-KR;q=0.5".
std::string LanguageOf(std::string_view tag) {
  tag.remove_prefix(std::min(tag.find_first_not_of(' '), tag.size()));
  return Lower(std::string(tag.substr(0, tag.find_first_of("-_; "))));
}

}  // namespace

std::string RetryAdvice(const client::ScoreError& error) {
  if (error.retry_delay) return "yes, after " + Seconds(*error.retry_delay);
  if (!error.has_details) return "";
  return MayHaveBeenDone(error)
             ? "no: it may have been done already; call again only where twice does no harm"
             : "no: the same call would fail again";
}

std::string ExplainCommand(const client::ScoreError& error) {
  constexpr std::string_view kDocumented = "catalogue:";
  // A rule of somebody's configuration may give a reason that only they can explain.
  constexpr std::string_view kOverride = "override:";
  const std::string rule = error.upstream ? error.upstream->rule() : "";
  if (rule.empty() || error.reason.empty() || rule.starts_with(kOverride)) return "";
  std::string name = error.reason;
  if (rule.starts_with(kDocumented)) {
    // Behind a "+" stands how the configuration had it read.
    name = rule.substr(kDocumented.size(), rule.find('+') - kDocumented.size());
  }
  const bool translated = !error.locale.empty() && LanguageOf(error.locale) != "en";
  return "scoregate explain " + name + (translated ? " --locale " + error.locale : "");
}

std::string TryInstead(const client::ScoreError& error) {
  if (error.reason == "ENDPOINT_NOT_FOUND") return "scorectl endpoints, which lists them";
  if (error.reason == "OPERATION_NOT_FOUND") {
    return "scorectl batch list, which lists those that this gateway has seen";
  }
  // The same reason also ends calls that no configuration lets through.
  const bool takes_raw = error.message.find("request_shape") != std::string::npos;
  if (error.reason == "METHOD_NOT_FOUND" && takes_raw) {
    const auto endpoint = error.metadata.find("endpoint");
    const std::string name = endpoint == error.metadata.end() ? "ENDPOINT" : endpoint->second;
    return "scorectl score " + name +
           " --raw FILE, with the JSON that it expects; for tables, its "
           "configuration has to say request_shape";
  }
  if (error.reason != "REQUEST_TOO_LARGE" || error.field_violations.empty()) return "";
  const bool rows = error.field_violations.front().field() == "inputs";
  return std::string(rows ? "scorectl score --chunk N, which sends N rows at once; or let the "
                            "gateway take more: "
                          : "let the gateway take more: ") +
         "server.max_request_bytes in its configuration";
}

std::string LanguageNote(const client::ScoreError& error, const std::string& asked) {
  if (asked.empty() || error.locale.empty()) return "";
  const std::string given = LanguageOf(error.locale);
  for (std::string_view rest = asked; !rest.empty();) {
    const std::string_view tag = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(tag.size() + 1, rest.size()));
    const std::string language = LanguageOf(tag);
    if (language == given || language == "*") return "";
  }
  return "There are no texts for --locale " + asked + "; these are in " + error.locale + ".\n";
}

}  // namespace scoregate::scorectl
