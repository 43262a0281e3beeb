#include "client/scorectl/print.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <vector>

#include "client/scorectl/csv/cells.h"
#include "client/scorectl/csv/csv_table.h"
#include "client/scorectl/report/blame.h"
#include "client/scorectl/report/next_step.h"

namespace scoregate::scorectl {
namespace {

// How wide the labels of a report are set.
constexpr std::size_t kLabelColumns = 17;

// Columns on the screen: UTF-8 continuation bytes take none, and Hangul and CJK take two.
std::size_t Width(const std::string& text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) == 0x80) continue;
    width += byte >= 0xE3 && byte <= 0xED ? 2 : 1;
  }
  return width;
}

bool IsNumeric(const scoring::v1::Column& column) {
  return column.has_doubles() || column.has_int64s();
}

// "   label      text", one fact a line; nothing where there is no text.
void Line(std::string& out, const std::string& label, const std::string& text) {
  if (text.empty()) return;
  out += "  " + label + std::string(kLabelColumns - label.size(), ' ') + text + "\n";
}

// The same for a label that the upstream chose: one that is too long for its column stands before
// its text.
void ForeignLine(std::string& out, const std::string& label, const std::string& text) {
  if (label.size() < kLabelColumns) return Line(out, label, text);
  Line(out, "upstream said", text.empty() ? "" : label + ": " + text);
}

// A text of several lines, the later ones set below the first. No byte of it may steer a terminal.
void Lines(std::string& out, std::string label, std::string text) {
  std::ranges::replace_if(
      text, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7F; }, ' ');
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    Line(out, label, text.substr(begin, end - begin));
    if (end > begin) label.clear();
    begin = end + 1;
  }
}

// protobuf's maps have no order.
void ForeignLines(std::string& out, const google::protobuf::Map<std::string, std::string>& fields) {
  const std::map<std::string, std::string> in_order(fields.begin(), fields.end());
  for (const auto& [label, text] : in_order) ForeignLine(out, label, text);
}

// "MODEL_EXECUTION churn: why", without what is empty.
std::string About(std::initializer_list<std::string> names, const std::string& why) {
  std::string text;
  for (const std::string& name : names) {
    if (!name.empty()) text += (text.empty() ? "" : " ") + name;
  }
  if (why.empty()) return text;
  return text.empty() ? why : text + ": " + why;
}

void PrintWhatToFix(const client::ScoreError& error, std::string& out) {
  for (const auto& violation : error.field_violations) {
    Line(out, "fix field", About({violation.field()}, violation.description()));
  }
  for (const auto& violation : error.precondition_violations) {
    Line(out, "mend first",
         About({violation.type(), violation.subject()}, violation.description()));
  }
  for (const auto& violation : error.quota_violations) {
    std::string value =
        violation.quota_value() > 0 ? "= " + std::to_string(violation.quota_value()) : "";
    Line(out, "quota",
         About({violation.subject(), violation.quota_id(), value}, violation.description()));
  }
  if (error.resource) {
    Line(out, "resource",
         About({error.resource->resource_type(), error.resource->resource_name()},
               error.resource->description()));
  }
}

void PrintUpstream(const client::ScoreError& error, std::string& out) {
  if (!error.upstream) return;
  const scoring::v1::UpstreamError& upstream = *error.upstream;
  std::string head = "no answer";
  if (upstream.http_status() > 0) head = "HTTP " + std::to_string(upstream.http_status());
  if (!upstream.error_class().empty()) head += " " + upstream.error_class();
  Line(out, "upstream", head + (upstream.message().empty() ? "" : ": " + upstream.message()));
  for (const auto& item : upstream.items()) {
    std::string target = item.target().empty() ? "" : " (" + item.target() + ")";
    Line(out, "", item.code() + target + ": " + item.message());
  }
  Line(out, "rule", upstream.rule());
  ForeignLines(out, upstream.request_ids());
  ForeignLines(out, upstream.answer_fields());
}

}  // namespace

std::string PrintTable(const scoring::v1::Table& table) {
  std::vector<CellReader> cells(table.columns().begin(), table.columns().end());
  std::vector<std::size_t> widths;
  int rows = RowCount(table);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    std::size_t width = Width(table.columns(static_cast<int>(c)).name());
    for (int row = 0; row < rows; ++row) {
      width = std::max(width, Width(cells[c].Text(row).value_or("-")));
    }
    widths.push_back(width);
  }
  std::string out;
  auto cell = [&](std::size_t c, const std::string& text) {
    std::string padding(widths[c] - Width(text), ' ');
    bool right = IsNumeric(table.columns(static_cast<int>(c)));
    out += (c == 0 ? "" : "  ") + (right ? padding + text : text + padding);
  };
  auto end_row = [&] {
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  };
  for (std::size_t c = 0; c < cells.size(); ++c) cell(c, table.columns(static_cast<int>(c)).name());
  end_row();
  for (int row = 0; row < rows; ++row) {
    for (std::size_t c = 0; c < cells.size(); ++c) cell(c, cells[c].Text(row).value_or("-"));
    end_row();
  }
  return out;
}

std::string PrintJson(const google::protobuf::Message& message) {
  std::string json;
  auto status = google::protobuf::util::MessageToJsonString(message, &json);
  if (!status.ok()) return "{\"unprintable\":\"" + message.GetTypeName() + "\"}\n";
  return json + "\n";
}

std::string PrintResponse(const scoring::v1::ScoreResponse& response, Format format) {
  if (format == Format::kJson) return PrintJson(response);
  std::vector<std::string> names;
  for (const auto& [name, table] : response.outputs()) names.push_back(name);
  std::ranges::sort(names);
  std::string out;
  for (const std::string& name : names) {
    if (names.size() > 1) out += (out.empty() ? "# " : "\n# ") + name + "\n";
    const scoring::v1::Table& table = response.outputs().at(name);
    out += format == Format::kCsv ? WriteCsv(table) : PrintTable(table);
  }
  return out;
}

std::string PrintReport(const client::ScoreError& error) {
  std::string reason = error.reason.empty() ? "" : " " + error.reason;
  std::string out = "error: " + client::CodeName(error.code) + reason + "\n";
  Line(out, "message", error.message);
  ForeignLine(out, error.locale, error.localized_message);
  PrintWhatToFix(error, out);
  Line(out, "retry", RetryAdvice(error));
  Line(out, "fault of", Blame(error));
  Line(out, "try", TryInstead(error));
  PrintUpstream(error, out);
  Lines(out, "debug", error.debug);
  Line(out, "domain", error.domain);
  Line(out, "request id", error.request_id);
  Line(out, "explain", ExplainCommand(error));
  for (const auto& link : error.help_links) Line(out, "read more", link.url());
  if (!error.has_details && error.code == grpc::StatusCode::DEADLINE_EXCEEDED) {
    Line(out, "note", "no answer came in time; --timeout says how long one call may take");
  } else if (!error.has_details && error.code != grpc::StatusCode::UNAVAILABLE) {
    Line(out, "note", "the server sent no details; is this address a scoregate?");
  }
  return out;
}

}  // namespace scoregate::scorectl
