// Writes the error envelope of Azure ML Studio (classic).
#include "gateway/emulator/errors/envelope.h"

#include <utility>

#include "gateway/catalogue/catalogue.h"
#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

// What an endpoint says that broke in a way it cannot name; only for a class that is none.
constexpr int kFallbackStatus = 500;

// Stands in front of composed messages, as the documented ones do not begin with a literal either.
// Must not hold what could pass for one.
constexpr std::string_view kSpeaker = "Emulator: ";

}  // namespace

Answer EnvelopeAnswer(std::string_view error_class, std::span<const ErrorDetail> details) {
  std::string body = R"({"error":{"code":)" + Quoted(error_class) + R"(,"message":)" +
                     Quoted(InWords(error_class)) + R"(,"details":[)";
  for (const ErrorDetail& detail : details) {
    if (&detail != details.data()) body += ',';
    body += R"({"code":)";
    AppendQuoted(body, detail.code);
    if (!detail.target.empty()) {
      body += R"(,"target":)";
      AppendQuoted(body, detail.target);
    }
    body += R"(,"message":)";
    AppendQuoted(body, detail.message);
    body += '}';
  }
  body += "]}}";
  const catalogue::ErrorClass* row = catalogue::FindClass(error_class);
  return MakeAnswer(row ? row->http_status : kFallbackStatus, kJsonType, std::move(body));
}

Answer EnvelopeAnswer(std::string_view error_class, const ErrorDetail& detail) {
  return EnvelopeAnswer(error_class, std::span(&detail, 1));
}

std::string MessageWith(std::string_view error_class, std::string_view code,
                        const catalogue::Parameters& values) {
  std::string message = catalogue::ComposeMessage(error_class, code, values);
  // Two rows are nothing but their parameter.
  if (message == values[0]) return message;
  return std::string(kSpeaker) + message;
}

std::string InWords(std::string_view identifier) {
  std::string out;
  for (const char c : identifier) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !out.empty()) {
      out += ' ';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  out += '.';
  return out;
}

}  // namespace scoregate::emulator
