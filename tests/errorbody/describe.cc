// A ReportedError as lines, and the answers that the cases describe.
#include <fstream>
#include <sstream>

#include "tests/errorbody/cases.h"

namespace scoregate::errorbody {
namespace {

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (c == '\n') {
      escaped += "\\n";
    } else if (c == '\\') {
      escaped += "\\\\";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

class Lines {
 public:
  void Text(std::string_view name, std::string_view value) {
    if (!value.empty()) out_ << name << ": " << Escaped(value) << "\n";
  }
  void Number(std::string_view name, long value) {
    if (value != 0) out_ << name << ": " << value << "\n";
  }
  void Delay(std::string_view name, const std::optional<std::chrono::milliseconds>& delay) {
    if (delay) out_ << name << ": " << delay->count() << " ms\n";
  }
  std::string Take() { return out_.str(); }

 private:
  std::ostringstream out_;
};

}  // namespace

http::HttpResponse ResponseOf(const Case& test) {
  http::HttpResponse response;
  response.status = test.status;
  std::istringstream headers{std::string(test.headers)};
  for (std::string line; std::getline(headers, line);) {
    const std::size_t colon = line.find(": ");
    if (colon != line.npos) response.headers.Add(line.substr(0, colon), line.substr(colon + 2));
  }
  response.body =
      test.body.starts_with('@') ? CorpusFile(test.body.substr(1)) : std::string(test.body);
  return response;
}

std::string CorpusFile(std::string_view name) {
  std::ifstream file(
      std::string(SCOREGATE_SOURCE_DIR) + "/tests/corpus/errorbody/" + std::string(name),
      std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Describe(const ReportedError& error) {
  Lines lines;
  const bool application = error.voice == Voice::kApplication;
  lines.Text(error.shape, application ? "application" : "intermediary");
  lines.Text("outer", error.outer_code);
  lines.Text("inner", error.inner_code);
  lines.Text("message", error.message);
  for (const ReportedItem& item : error.items) {
    lines.Text("item", item.code + " | " + item.target + " | " + item.message);
    lines.Text("field", item.field);
  }
  lines.Number("omitted", error.omitted_items);
  lines.Number("embedded", error.embedded_status);
  if (error.rpc_status) {
    lines.Text("rpc", error.rpc_status->status + "/" + std::to_string(error.rpc_status->code));
    for (const auto& [type, json] : error.rpc_status->details) lines.Text("rpc " + type, json);
  }
  lines.Text("header code", error.header_code);
  lines.Text("model reason", error.model_error_reason);
  lines.Number("model status", error.model_http_status);
  if (error.run_function_failed) lines.Text("run function", "failed");
  lines.Text("location", error.location_host);
  for (const auto& [name, value] : error.request_ids) lines.Text(name, value);
  lines.Delay("header delay", error.header_retry_delay);
  lines.Delay("body delay", error.body_retry_delay);
  lines.Delay("prose delay", error.prose_retry_delay);
  return lines.Take();
}

}  // namespace scoregate::errorbody
