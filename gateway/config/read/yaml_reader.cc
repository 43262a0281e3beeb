#include "gateway/config/read/yaml_reader.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>
#include <yaml-cpp/yaml.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/config/load.h"
#include "gateway/config/read/nearest.h"
#include "gateway/config/read/scalar.h"
#include "gateway/config/read/yaml_text.h"
#include "scoring/config/v1/config.pb.h"

namespace scoregate::config {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Values that one file may hold, each alias counted where it is used: without a bound a few
// kilobytes of aliases stand for gigabytes.
constexpr std::size_t kMaxValues = 100'000;
// Findings after which a file is no longer worth reading on.
constexpr std::size_t kMaxFindings = 100;
// Bytes of an unknown key that its finding shows.
constexpr std::size_t kMaxShownKey = 64;

std::vector<std::string> FieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(type.field_count()));
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  return names;
}

// What is said of a value where keys are expected. A secret's keys are spelt out: who writes the
// secret itself has not met them.
Mistake NoKeys(const Descriptor& type, std::string_view path) {
  if (&type != scoring::config::v1::Secret::descriptor()) {
    return {"there are no keys here",
            absl::StrCat("keys with values: ", absl::StrJoin(FieldNames(type), ", ")), ""};
  }
  const std::string key(path.substr(path.rfind('.') + 1));
  const std::string name = key.substr(0, key.find('['));
  return {"a secret does not stand in the configuration itself",
          absl::StrCat(name, ": {file: PATH} or ", name, ": {env: NAME}"), ""};
}

class Reader {
 public:
  explicit Reader(Report& report) : report_(report) {}

  void ReadDocument(const YAML::Node& node, Message& message);

 private:
  void ReadMessage(const YAML::Node& node, Message& message, const std::string& path);
  Location At(const YAML::Node& node) const;
  bool GoesOn();
  void ReadKey(const YAML::Node& key, const YAML::Node& value, Message& message,
               const std::string& path);
  void ReadField(const YAML::Node& node, Message& message, const FieldDescriptor& field,
                 const std::string& path);
  void ReadList(const YAML::Node& node, Message& message, const FieldDescriptor& field,
                const std::string& path);
  void ReadMap(const YAML::Node& node, Message& message, const FieldDescriptor& field,
               const std::string& path);
  void ReadOne(const YAML::Node& node, Message& message, const FieldDescriptor& field,
               const std::string& path);

  Report& report_;
  std::size_t values_ = 0;
};

Location Reader::At(const YAML::Node& node) const {
  YAML::Mark mark = node.Mark();
  if (mark.is_null()) return Location{report_.file(), 0, 0};
  return Location{report_.file(), mark.line + 1, mark.column + 1};
}

bool Reader::GoesOn() {
  if (++values_ == kMaxValues) {
    report_.Unreadable("", {"the file has too many values", "", ""});
  }
  return values_ < kMaxValues && report_.errors() < kMaxFindings;
}

void Reader::ReadDocument(const YAML::Node& node, Message& message) {
  report_.Place("", At(node));
  ReadMessage(node, message, "");
}

void Reader::ReadMessage(const YAML::Node& node, Message& message, const std::string& path) {
  if (node.IsNull()) return;
  const Descriptor& type = *message.GetDescriptor();
  if (!node.IsMap()) {
    report_.ErrorAt(At(node), path, NoKeys(type, path));
    return;
  }
  std::set<std::string> seen;
  for (const auto& member : node) {
    if (!GoesOn()) return;
    const YAML::Node& key = member.first;
    if (!key.IsScalar()) {
      report_.ErrorAt(At(key), path, {"a key is not a name", "", ""});
    } else if (!seen.insert(key.Scalar()).second) {
      report_.ErrorAt(At(key), Child(path, key.Scalar().substr(0, kMaxShownKey)),
                      {"the key is there twice", "", ""});
    } else {
      ReadKey(key, member.second, message, path);
    }
  }
}

void Reader::ReadKey(const YAML::Node& key, const YAML::Node& value, Message& message,
                     const std::string& path) {
  const Descriptor& type = *message.GetDescriptor();
  const FieldDescriptor* field = type.FindFieldByName(key.Scalar());
  if (field == nullptr) {
    std::vector<std::string> names = FieldNames(type);
    std::string nearest = Nearest(key.Scalar(), names);
    std::string expected = nearest.empty() ? "one of " + absl::StrJoin(names, ", ") : "";
    report_.ErrorAt(At(key), Child(path, key.Scalar().substr(0, kMaxShownKey)),
                    {"no such key", std::move(expected), std::move(nearest)});
    return;
  }
  std::string child = Child(path, field->name());
  report_.Place(child, At(value.IsNull() ? key : value));
  ReadField(value, message, *field, child);
}

void Reader::ReadField(const YAML::Node& node, Message& message, const FieldDescriptor& field,
                       const std::string& path) {
  if (field.is_map()) {
    ReadMap(node, message, field, path);
  } else if (field.is_repeated()) {
    ReadList(node, message, field, path);
  } else {
    ReadOne(node, message, field, path);
  }
}

void Reader::ReadList(const YAML::Node& node, Message& message, const FieldDescriptor& field,
                      const std::string& path) {
  if (node.IsNull()) return;
  if (!node.IsSequence()) {
    std::string element = Element(path, 0);
    report_.Place(element, At(node));
    ReadOne(node, message, field, element);
    return;
  }
  std::size_t index = 0;
  for (const YAML::Node& entry : node) {
    if (!GoesOn()) return;
    std::string element = Element(path, index++);
    report_.Place(element, At(entry));
    ReadOne(entry, message, field, element);
  }
}

void Reader::ReadMap(const YAML::Node& node, Message& message, const FieldDescriptor& field,
                     const std::string& path) {
  if (node.IsNull()) return;
  if (!node.IsMap()) {
    report_.ErrorAt(At(node), path, {"there are no names here", "names with values", ""});
    return;
  }
  std::set<std::string> seen;
  for (const auto& member : node) {
    if (!GoesOn()) return;
    const YAML::Node& key = member.first;
    if (!key.IsScalar() || !member.second.IsScalar()) {
      report_.ErrorAt(At(key), path, {"this is not a name with a text", "", ""});
      continue;
    }
    std::string element = path + "[\"" + key.Scalar().substr(0, kMaxShownKey) + "\"]";
    if (!seen.insert(key.Scalar()).second) {
      report_.ErrorAt(At(key), element, {"the name is there twice", "", ""});
      continue;
    }
    report_.Place(element, At(member.second));
    Message* entry = message.GetReflection()->AddMessage(&message, &field);
    const Descriptor& type = *entry->GetDescriptor();
    SetScalar(*entry, *type.map_key(), key.Scalar());
    if (std::optional<Mistake> wrong =
            SetScalar(*entry, *type.map_value(), member.second.Scalar())) {
      report_.Unreadable(element, *std::move(wrong));
    }
  }
}

void Reader::ReadOne(const YAML::Node& node, Message& message, const FieldDescriptor& field,
                     const std::string& path) {
  if (!IsScalar(field)) {
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    Message* child = field.is_repeated() ? reflection.AddMessage(&message, &field)
                                         : reflection.MutableMessage(&message, &field);
    ReadMessage(node, *child, path);
    return;
  }
  if (!node.IsScalar()) {
    const char* found = node.IsNull() ? "there is no value" : "there is more than one value";
    report_.Unreadable(path, {found, Expected(field), ""});
    return;
  }
  std::optional<Mistake> wrong = SetScalar(message, field, node.Scalar());
  if (wrong) report_.Unreadable(path, *std::move(wrong));
}

// Refuses what must not reach the YAML reader; true where it may.
bool CheckText(std::string_view text, Report& report) {
  const Location start{report.file(), 1, 1};
  if (text.size() > kMaxFileBytes) {
    report.ErrorAt(start, "",
                   {absl::StrCat("the file is longer than ", kMaxFileBytes, " bytes"), "", ""});
    return false;
  }
  auto refuse = [&](std::size_t byte, const char* why, const char* expected) {
    const TextPlace place = PlaceOf(text, byte);
    report.ErrorAt({report.file(), place.line, place.column}, "", {why, expected, ""});
    return false;
  };
  if (auto bad = FirstBadByte(text)) return refuse(*bad, "the file is not UTF-8", "");
  if (auto quote = FirstOpenQuote(text)) {
    return refuse(*quote, "the quote that begins here is not closed in its line",
                  "a second one behind the value");
  }
  return true;
}

// The words of the YAML library speak of its own parts, but for the mistake that most make.
void ReportNotYaml(std::string_view text, const YAML::Exception& error, Report& report) {
  Location place{report.file(), 1, 1};
  if (!error.mark.is_null()) place = {report.file(), error.mark.line + 1, error.mark.column + 1};
  std::string why = error.msg;
  if (auto tab = FirstIndentingTab(text, place.line)) {
    const TextPlace at = PlaceOf(text, *tab);
    place = {report.file(), at.line, at.column};
    why = "lines are indented with blanks, and a tab stands here";
  }
  report.ErrorAt(place, "", {"this is not YAML: " + why, "", ""});
}

}  // namespace

void ReadYaml(std::string_view text, Message& message, Report& report) {
  if (!CheckText(text, report)) return;
  const Location start{report.file(), 1, 1};
  try {
    std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.empty() || (documents.size() == 1 && documents[0].IsNull())) {
      report.ErrorAt(start, "", {"the file is empty", "keys such as listeners and endpoints", ""});
      return;
    }
    if (documents.size() > 1) {
      report.ErrorAt(start, "", {"the file holds more than one document", "one", ""});
      return;
    }
    Reader(report).ReadDocument(documents[0], message);
  } catch (const YAML::Exception& error) {
    ReportNotYaml(text, error, report);
  }
}

}  // namespace scoregate::config
