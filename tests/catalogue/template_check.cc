// A program of its own: reads the documented messages (class, code, message with {0} and {1}) and
// demands that parameters filled into them come back from ReadParameters, byte for byte.
// usage: catalogue_template_check LIST.tsv. Exit 0 good, 1 differences, 2 usage.
#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "gateway/catalogue/catalogue.h"
#include "gateway/catalogue/message_template.h"
#include "gateway/catalogue/texts.h"
#include "tests/catalogue/parameter_values.h"

namespace scoregate::catalogue {
namespace {

struct DocumentedMessage {
  std::string error_class;
  std::string code;
  std::string text;
};

class Report {
 public:
  void Expect(bool holds, const DocumentedMessage& row, const char* what,
              std::string_view message) {
    ++checks_;
    if (holds) return;
    ++failures_;
    std::printf("%s/%s: %s: %.*s\n", row.error_class.c_str(), row.code.c_str(), what,
                static_cast<int>(message.size()), message.data());
  }
  int Print() const {
    std::printf("templates: %zu checks, %zu failures\n", checks_, failures_);
    return failures_ == 0 && checks_ > 0 ? 0 : 1;
  }

 private:
  std::size_t checks_ = 0;
  std::size_t failures_ = 0;
};

std::vector<DocumentedMessage> ReadList(const char* path) {
  std::vector<DocumentedMessage> list;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    if (second == line.npos) continue;
    list.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1),
                    line.substr(second + 1)});
  }
  return list;
}

// The message's own white space written another way; its parameters stay as they are.
std::string Respaced(std::string_view text, std::string_view blank) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ' ') result.push_back(text[i]);
    if (text[i] == ' ' && (i == 0 || text[i - 1] != ' ')) result.append(blank);
  }
  return result;
}

void CheckCuts(const DocumentedMessage& row, std::string_view message, Report& report) {
  for (std::size_t size = 0; size < message.size(); ++size) {
    const std::vector<char> cut(message.begin(),
                                message.begin() + static_cast<std::ptrdiff_t>(size));
    const auto read = ReadParameters(row.error_class, row.code, {cut.data(), cut.size()});
    if (!read) continue;
    for (const std::string_view value : *read) {
      const bool within = value.empty() || (value.data() >= cut.data() &&
                                            value.data() + value.size() <= cut.data() + cut.size());
      report.Expect(within, row, "a view outside the cut message", message.substr(0, size));
    }
  }
}

void CheckValues(const DocumentedMessage& row, const Parameters& values, Report& report) {
  const std::string once = Respaced(row.text, " ");
  const std::string twice = Respaced(row.text, "  ");
  for (const std::string& text : {row.text, once, twice, row.text + "\r\n", " " + row.text}) {
    const std::string message = FillIn(text, values);
    const auto read = ReadParameters(row.error_class, row.code, message);
    report.Expect(read.has_value(), row, "not read", message);
    if (read) report.Expect(*read == values, row, "read otherwise", message);
  }
  CheckCuts(row, FillIn(row.text, values), report);
}

// The documented message of another row is refused, unless it is the same one.
void CheckOthers(const DocumentedMessage& row, const std::vector<DocumentedMessage>& list,
                 Report& report) {
  for (const DocumentedMessage& other : list) {
    if (row.text == "{0}" || row.text == other.text) continue;
    const bool both_name_the_graph =
        row.text.find(" graph ") != row.text.npos && other.text.find(" graph ") != other.text.npos;
    if (both_name_the_graph) continue;
    const std::string message = FillIn(other.text, {"17", "b"});
    report.Expect(!ReadParameters(row.error_class, row.code, message), row,
                  "read from another row's message", message);
  }
}

int Run(const char* path) {
  const std::vector<DocumentedMessage> list = ReadList(path);
  Report report;
  std::map<std::tuple<std::string_view, std::string_view>, int> rows;
  for (const DocumentedMessage& row : list) {
    ++rows[{row.error_class, row.code}];
    const bool two = row.text.find("{1}") != row.text.npos;
    const ErrorCode* known = FindCode(row.error_class, row.code);
    report.Expect(known != nullptr && known->parameters == (two ? 2 : 1), row, "parameters differ",
                  row.text);
    for (const std::string_view first : kParameterValues) {
      if (!two) CheckValues(row, {first}, report);
      for (const std::string_view second : kParameterValues) {
        if (two) CheckValues(row, {first, second}, report);
      }
    }
    CheckOthers(row, list, report);
  }
  for (const ErrorCode& row : Codes()) {
    if (row.parameters == 0) continue;
    const DocumentedMessage named{std::string(row.error_class), std::string(row.name), ""};
    report.Expect(rows[{row.error_class, row.name}] == 1, named, "not once in the list", path);
  }
  return report.Print();
}

}  // namespace
}  // namespace scoregate::catalogue

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: catalogue_template_check LIST.tsv\n");
    return 2;
  }
  return scoregate::catalogue::Run(argv[1]);
}
