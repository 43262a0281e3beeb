#include "gateway/config/finding.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <array>

namespace scoregate::config {
namespace {

const char* SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
  }
  return "";
}

void AppendJsonText(std::string& out, const std::string& text) {
  constexpr char kHexDigits[] = "0123456789abcdef";
  out += '"';
  for (char c : text) {
    unsigned byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHexDigits[byte >> 4];
      out += kHexDigits[byte & 0xF];
    } else {
      out += c;
    }
  }
  out += '"';
}

void AppendMember(std::string& out, const char* name, const std::string& text) {
  if (text.empty()) return;
  absl::StrAppend(&out, ",\"", name, "\":");
  AppendJsonText(out, text);
}

void AppendMember(std::string& out, const char* name, int number) {
  if (number > 0) absl::StrAppend(&out, ",\"", name, "\":", number);
}

}  // namespace

bool HasErrors(std::span<const Finding> findings) {
  return std::ranges::any_of(
      findings, [](const Finding& finding) { return finding.severity == Severity::kError; });
}

std::string FormatText(std::span<const Finding> findings) {
  std::string out;
  for (const Finding& finding : findings) {
    out += finding.file;
    if (finding.line > 0) absl::StrAppend(&out, ":", finding.line, ":", finding.column);
    absl::StrAppend(&out, ": ", SeverityName(finding.severity), ": ");
    if (!finding.path.empty()) absl::StrAppend(&out, finding.path, ": ");
    out += finding.text;
    if (!finding.expected.empty()) absl::StrAppend(&out, "; expected ", finding.expected);
    if (!finding.nearest.empty())
      absl::StrAppend(&out, "; did you mean \"", finding.nearest, "\"?");
    out += '\n';
  }
  return out;
}

std::string FormatJson(std::span<const Finding> findings) {
  std::string out =
      absl::StrCat("{\"ok\":", HasErrors(findings) ? "false" : "true", ",\"findings\":[");
  for (const Finding& finding : findings) {
    if (&finding != findings.data()) out += ',';
    absl::StrAppend(&out, "{\"severity\":\"", SeverityName(finding.severity), "\"");
    AppendMember(out, "file", finding.file);
    AppendMember(out, "line", finding.line);
    AppendMember(out, "column", finding.column);
    AppendMember(out, "path", finding.path);
    AppendMember(out, "text", finding.text);
    AppendMember(out, "expected", finding.expected);
    AppendMember(out, "nearest", finding.nearest);
    out += '}';
  }
  return out + "]}\n";
}

}  // namespace scoregate::config
