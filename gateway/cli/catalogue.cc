// scoregate catalogue: the whole mapping, one row a documented error.
#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "gateway/catalogue/texts.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/texts/error_page.h"
#include "gateway/dialect/json_writer.h"
#include "gateway/translation/mapping.h"

namespace scoregate::cli {
namespace {

using Cells = std::array<std::string, 6>;

Cells CellsOf(const translation::MappingRow& row) {
  return {RowName(row),
          std::to_string(row.http_status),
          std::string(grpcwire::CodeName(row.code)),
          std::string(row.reason),
          row.retryable ? "yes" : "no",
          std::string(row.fault_domain)};
}

void PrintTable() {
  std::vector<Cells> lines = {{"ERROR", "HTTP", "CODE", "REASON", "RETRY", "FAULT"}};
  for (const translation::MappingRow& row : translation::EnumerateRules())
    lines.push_back(CellsOf(row));
  std::array<std::size_t, 6> widths{};
  for (const Cells& cells : lines) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths[i] = std::max(widths[i], cells[i].size());
    }
  }
  for (const Cells& cells : lines) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      line += cells[i] + std::string(widths[i] + 2 - cells[i].size(), ' ');
    }
    std::cout << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
  }
}

void PrintJson() {
  for (const translation::MappingRow& row : translation::EnumerateRules()) {
    std::string line = "{\"class\":";
    auto member = [&](std::string_view name, std::string_view text) {
      if (!name.empty()) line += ",\"" + std::string(name) + "\":";
      dialect::AppendJsonString(line, text);
    };
    auto list = [&](std::string_view name, const auto& values) {
      line += ",\"" + std::string(name) + "\":[";
      bool first = true;
      for (std::string_view value : values) {
        if (!first) line += ',';
        dialect::AppendJsonString(line, value);
        first = false;
      }
      line += ']';
    };
    member("", row.error_class);
    member("code", row.error_code);
    line += ",\"http_status\":" + std::to_string(row.http_status);
    member("grpc_code", grpcwire::CodeName(row.code));
    member("reason", row.reason);
    line += std::string(",\"retryable\":") + (row.retryable ? "true" : "false");
    member("fault_domain", row.fault_domain);
    list("details", row.details);
    list("metadata", row.metadata_keys);
    member("meaning", catalogue::MeaningWithoutParameters(catalogue::kDefaultLocale,
                                                          row.error_class, row.error_code));
    std::cout << line << "}\n";
  }
}

}  // namespace

void AddCatalogue(CLI::App& app, int& exit_code) {
  auto format = std::make_shared<std::string>("table");
  CLI::App* command =
      app.add_subcommand("catalogue", "Print every documented error and what it becomes");
  command->add_option("--format", *format, "table, json (an object a line) or markdown")
      ->check(CLI::IsMember({"table", "json", "markdown"}).description(""))
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  scoregate catalogue | grep RESOURCE_EXHAUSTED\n"
      "  scoregate catalogue --format json | jq 'select(.retryable)'");
  command->callback([format, &exit_code] {
    if (*format == "json") {
      PrintJson();
    } else if (*format == "markdown") {
      std::cout << translation::GoldenPage();
    } else {
      PrintTable();
    }
    exit_code = kExitGood;
  });
}

}  // namespace scoregate::cli
