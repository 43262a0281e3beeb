#include "gateway/cli/texts/exchange_line.h"

#include <simdjson.h>

#include <array>
#include <optional>
#include <utility>

#include "gateway/grpcwire/base64.h"

namespace scoregate::cli {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// Four hex digits at `at`, or nothing.
std::optional<unsigned> HexUnit(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return std::nullopt;
  unsigned unit = 0;
  for (char c : text.substr(at, 4)) {
    unsigned digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<unsigned>(c - '0');
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      digit = static_cast<unsigned>((c | 0x20) - 'a') + 10;
    } else {
      return std::nullopt;
    }
    unit = unit * 16 + digit;
  }
  return unit;
}

bool IsHigh(unsigned unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool IsLow(unsigned unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// The parser refuses a line with a lone surrogate escape, which JSON allows; it becomes U+FFFD.
void RepairLoneSurrogates(std::string& line) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i] != '\\') continue;
    std::size_t escape = i++;
    if (line[i] != 'u') continue;
    std::optional<unsigned> unit = HexUnit(line, escape + 2);
    if (!unit || (!IsHigh(*unit) && !IsLow(*unit))) continue;
    std::size_t next = escape + 6;
    bool paired = IsHigh(*unit) && line.compare(next, 2, "\\u") == 0 && HexUnit(line, next + 2) &&
                  IsLow(*HexUnit(line, next + 2));
    if (paired) {
      i = next + 5;
    } else {
      line.replace(escape, 6, "\\ufffd");
      i = escape + 5;
    }
  }
}

// One member's reader: "" where the value was taken, else what was expected.
using Taker = std::string (*)(const element& value, ExchangeLine& line);

std::string TakeText(const element& value, std::string& into) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return "a string";
  into = text;
  return "";
}

// A whole number within bounds, or nothing.
std::optional<std::int64_t> WholeNumber(const element& value, std::int64_t least,
                                        std::int64_t most) {
  std::int64_t number = 0;
  if (value.type() != element_type::INT64 || value.get(number) != simdjson::SUCCESS ||
      number < least || number > most) {
    return std::nullopt;
  }
  return number;
}

template <typename Value, typename Parse>
std::string TakeWord(const element& value, Parse parse, Value& into, const char* words) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    auto parsed = parse(text);
    if (parsed) {
      into = *parsed;
      return "";
    }
  }
  return words;
}

std::string TakeId(const element& value, ExchangeLine& line) {
  if (value.is_object() || value.is_array() || value.is_bool()) return "a string or a number";
  line.id_json = simdjson::minify(value);
  return "";
}

std::string TakeHeaders(const element& value, ExchangeLine& line) {
  constexpr const char* kExpected = "an object of strings, or of lists of strings";
  simdjson::dom::object headers;
  if (value.get(headers) != simdjson::SUCCESS) return kExpected;
  for (auto [name, field] : headers) {
    std::string_view text;
    simdjson::dom::array list;
    if (field.get(text) == simdjson::SUCCESS) {
      line.exchange.response.headers.Add(name, text);
    } else if (field.get(list) == simdjson::SUCCESS) {
      for (element entry : list) {
        if (entry.get(text) != simdjson::SUCCESS) return kExpected;
        line.exchange.response.headers.Add(name, text);
      }
    } else {
      return kExpected;
    }
  }
  return "";
}

std::string TakeBodyBase64(const element& value, ExchangeLine& line) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    std::optional<std::string> bytes = grpcwire::Base64Decode(text);
    if (bytes) {
      line.exchange.response.body = *std::move(bytes);
      return "";
    }
  }
  return "base64 in the standard alphabet";
}

std::string TakeStatus(const element& value, ExchangeLine& line) {
  auto number = WholeNumber(value, 100, 999);
  if (!number) return "a whole number from 100 to 999";
  line.exchange.response.status = static_cast<int>(*number);
  return "";
}

std::string TakeAttempts(const element& value, ExchangeLine& line) {
  auto number = WholeNumber(value, 0, UINT32_MAX);
  if (!number) return "a whole number from 0";
  line.exchange.previous_attempts = static_cast<std::uint32_t>(*number);
  return "";
}

std::string TakeDeadline(const element& value, ExchangeLine& line) {
  auto number = WholeNumber(value, 0, INT64_MAX);
  if (!number) return "a whole number of milliseconds from 0";
  line.exchange.remaining_deadline = std::chrono::milliseconds(*number);
  return "";
}

// The members of a line; a further one is one row here.
constexpr std::array<std::pair<std::string_view, Taker>, 11> kMembers{{
    {"id", TakeId},
    {"upstream",
     [](const element& value, ExchangeLine& line) {
       return TakeWord(value, service::ParseUpstreamKind, line.exchange.kind,
                       "classic, online_endpoint or opaque");
     }},
    {"http_status", TakeStatus},
    {"headers", TakeHeaders},
    {"body", [](const element& value,
                ExchangeLine& line) { return TakeText(value, line.exchange.response.body); }},
    {"body_base64", TakeBodyBase64},
    {"accept_language",
     [](const element& value, ExchangeLine& line) {
       return TakeText(value, line.exchange.accept_language);
     }},
    {"previous_attempts", TakeAttempts},
    {"remaining_deadline_ms", TakeDeadline},
    {"method",
     [](const element& value, ExchangeLine& line) {
       return TakeWord(value, service::ParseCallKind, line.exchange.call,
                       "Score, ScoreRaw, CreateBatchJob or GetOperation");
     }},
    {"transport_error",
     [](const element& value, ExchangeLine& line) {
       return TakeWord(value, service::ParseTransportError, line.exchange.transport_error,
                       "dns, connect, tls, tls_untrusted, reset_before_send, reset_after_send, "
                       "timeout, cancelled, request_too_large, response_too_large or "
                       "in_flight_limit");
     }},
}};

// Takes one member, or says why not.
std::string TakeMember(std::string_view name, const element& value, ExchangeLine& line,
                       std::array<bool, kMembers.size()>& seen) {
  for (std::size_t i = 0; i < kMembers.size(); ++i) {
    if (kMembers[i].first != name) continue;
    if (std::exchange(seen[i], true)) return "member \"" + std::string(name) + "\" stands twice";
    std::string expected = kMembers[i].second(value, line);
    return expected.empty() ? "" : "\"" + std::string(name) + "\" has to be " + expected;
  }
  return "unknown member \"" + std::string(name) + "\"";
}

void TakeMembers(simdjson::dom::object object, ExchangeLine& line) {
  std::array<bool, kMembers.size()> seen{};
  for (auto [name, value] : object) {
    std::string error = TakeMember(name, value, line, seen);
    if (line.input_error.empty()) line.input_error = std::move(error);
  }
  if (!line.input_error.empty()) return;
  auto has = [&](std::string_view name) {
    for (std::size_t i = 0; i < kMembers.size(); ++i) {
      if (kMembers[i].first == name) return seen[i];
    }
    return false;
  };
  if (has("body") && has("body_base64")) {
    line.input_error = "\"body\" and \"body_base64\" exclude each other";
  } else if (has("http_status") == has("transport_error")) {
    line.input_error = "exactly one of \"http_status\" and \"transport_error\" is needed";
  }
}

}  // namespace

struct ExchangeReader::Parser {
  simdjson::dom::parser parser;
  std::string line;
};

ExchangeReader::ExchangeReader() : parser_(std::make_unique<Parser>()) {}
ExchangeReader::~ExchangeReader() = default;

ExchangeLine ExchangeReader::Read(std::string_view text) {
  ExchangeLine line;
  if (text.size() > kMaxLineBytes) {
    line.input_error = "the line is longer than 64 MiB";
    return line;
  }
  parser_->line.assign(text);
  RepairLoneSurrogates(parser_->line);
  element root;
  auto error = parser_->parser.parse(parser_->line).get(root);
  if (error == simdjson::NUMBER_ERROR) {
    line.input_error =
        "a number is not JSON's, or does not fit into 64 bits; write a longer id as a string";
    return line;
  }
  if (error != simdjson::SUCCESS) {
    line.input_error = std::string("not JSON: ") + simdjson::error_message(error);
    return line;
  }
  simdjson::dom::object object;
  if (root.get(object) != simdjson::SUCCESS) {
    line.input_error = "the line has to be a JSON object";
    return line;
  }
  TakeMembers(object, line);
  return line;
}

}  // namespace scoregate::cli
