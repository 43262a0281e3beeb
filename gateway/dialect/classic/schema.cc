#include "gateway/dialect/classic/schema.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "gateway/dialect/classic/target.h"
#include "gateway/dialect/table/column_builder.h"

namespace scoregate::dialect::classic {
namespace {

using scoring::v1::Column;
using scoring::v1::Port;
using scoring::v1::PortColumn;
using simdjson::dom::element;
using simdjson::dom::object;

// References that are followed in one document. Each may lead to most of it once more, so a large
// document has fewer: what is walked in all stays within kMaxReferencedBytes.
constexpr std::size_t kMaxReferences = 1024;
constexpr std::size_t kMaxReferencedBytes = std::size_t{32} * 1024 * 1024;

struct Document {
  explicit Document(std::size_t bytes)
      : references_left(
            std::min(kMaxReferences, kMaxReferencedBytes / std::max<std::size_t>(bytes, 1))) {}

  element root;
  std::size_t references_left;
};

// A value of a document, or none; every question may be asked of none.
class Node {
 public:
  Node() = default;
  Node(Document& document, element value) : document_(&document), value_(value) {}

  /// The member, references resolved.
  Node operator[](std::string_view name) const {
    object members;
    element found;
    if (!value_ || value_->get(members) != simdjson::SUCCESS ||
        members.at_key(name).get(found) != simdjson::SUCCESS) {
      return {};
    }
    return Node(*document_, found).Resolved();
  }
  std::string_view Text() const {
    std::string_view text;
    if (value_ && value_->get(text) != simdjson::SUCCESS) text = {};
    return text;
  }
  std::vector<std::pair<std::string_view, Node>> Members() const {
    std::vector<std::pair<std::string_view, Node>> all;
    object members;
    if (!value_ || value_->get(members) != simdjson::SUCCESS) return all;
    for (auto member : members)
      all.emplace_back(member.key, Node(*document_, member.value).Resolved());
    return all;
  }
  std::vector<Node> Elements() const {
    std::vector<Node> all;
    simdjson::dom::array elements;
    if (!value_ || value_->get(elements) != simdjson::SUCCESS) return all;
    for (element one : elements) all.push_back(Node(*document_, one).Resolved());
    return all;
  }
  explicit operator bool() const { return value_.has_value(); }

 private:
  // "#/definitions/input1Item" is a JSON pointer behind the number sign.
  Node Resolved() const {
    Node node = *this;
    while (true) {
      object members;
      std::string_view reference;
      if (node.value_->get(members) != simdjson::SUCCESS ||
          members.at_key("$ref").get(reference) != simdjson::SUCCESS) {
        return node;
      }
      if (document_->references_left == 0) return {};
      --document_->references_left;
      element target;
      if (!reference.starts_with("#/") ||
          document_->root.at_pointer(reference.substr(1)).get(target) != simdjson::SUCCESS) {
        return {};
      }
      node.value_ = target;
    }
  }

  Document* document_ = nullptr;
  std::optional<element> value_;
};

PortColumn::Type TypeOf(const Node& property) {
  const std::string_view type = property["type"].Text();
  if (type == "integer") return PortColumn::INT64;
  if (type == "number") return PortColumn::DOUBLE;
  if (type == "boolean") return PortColumn::BOOL;
  if (type == "string") return PortColumn::STRING;
  return PortColumn::TYPE_UNSPECIFIED;
}

// The columns of rows that are objects.
void AddColumns(const Node& rows, std::size_t& columns_left, Port& out) {
  for (const auto& [column, property] : rows["items"]["properties"].Members()) {
    if (columns_left == 0) return;
    --columns_left;
    PortColumn* added = out.add_columns();
    added->set_name(std::string(column));
    added->set_type(TypeOf(property));
  }
}

// The columns that a list names, whose types nobody says.
void AddNames(const Node& names, std::size_t& columns_left, Port& out) {
  for (const Node& name : names.Elements()) {
    if (columns_left == 0) return;
    if (name.Text().empty()) continue;
    --columns_left;
    out.add_columns()->set_name(std::string(name.Text()));
  }
}

std::vector<Port> PortsOf(const Node& ports, std::size_t& columns_left) {
  std::vector<Port> all;
  for (const auto& [name, port] : ports["properties"].Members()) {
    Port& out = all.emplace_back();
    out.set_name(std::string(name));
    AddColumns(port, columns_left, out);
    if (columns_left == 0) return all;
  }
  return all;
}

// Under which members scoring scripts and model servers take rows (wire page, 4.4).
constexpr auto kRowMembers =
    std::to_array<std::string_view>({"input_data", "data", "Inputs", "rows", "inputs", "instances",
                                     "dataframe_records", "dataframe_split"});

// The one table of a body that has no ports: rows as objects, or columns beside their data, whose
// names only an example can state.
std::vector<Port> TableOf(const Node& body, std::size_t& columns_left) {
  Port port;
  for (std::string_view name : kRowMembers) {
    const Node rows = body["properties"][name];
    if (!rows) continue;
    port.set_name(std::string(name));
    AddColumns(rows, columns_left, port);
    for (const Node& names : {rows["properties"]["columns"]["example"], rows["example"]["columns"],
                              body["example"][name]["columns"]}) {
      if (port.columns().empty()) AddNames(names, columns_left, port);
    }
    if (!port.columns().empty()) return {port};
  }
  port.set_name("input");
  AddColumns(body, columns_left, port);
  return port.columns().empty() ? std::vector<Port>() : std::vector<Port>{port};
}

// The one table of an answer without Results, by the name that a typed answer gives it.
std::vector<Port> AnswerOf(const Node& body, std::size_t& columns_left) {
  Port port;
  port.set_name("output");
  AddColumns(body, columns_left, port);
  if (port.columns().empty()) AddColumns(body["properties"]["predictions"], columns_left, port);
  return port.columns().empty() ? std::vector<Port>() : std::vector<Port>{port};
}

// The schema of a body: Swagger 2.0 has it in a parameter, OpenAPI 3 by media type.
Node RequestSchema(const Node& post) {
  for (const Node& parameter : post["parameters"].Elements()) {
    if (parameter["in"].Text() == "body") return parameter["schema"];
  }
  return post["requestBody"]["content"]["application/json"]["schema"];
}

Node ResponseSchema(const Node& post) {
  const Node response = post["responses"]["200"];
  const Node direct = response["schema"];
  return direct ? direct : response["content"]["application/json"]["schema"];
}

table::ColumnType BuilderType(PortColumn::Type type) {
  switch (type) {
    case PortColumn::INT64:
      return table::ColumnType::kInt64s;
    case PortColumn::DOUBLE:
      return table::ColumnType::kDoubles;
    case PortColumn::BOOL:
      return table::ColumnType::kBools;
    default:
      return table::ColumnType::kStrings;
  }
}

void Retype(Column& column, PortColumn::Type type) {
  if (BuilderType(type) == table::ColumnType::kStrings) return;
  Column typed;
  typed.set_name(column.name());
  table::ColumnBuilder builder(&typed, BuilderType(type));
  int next_null = 0;
  for (int row = 0; row < column.strings().values_size(); ++row) {
    table::Cell cell;
    if (next_null < column.null_rows_size() &&
        column.null_rows(next_null) == static_cast<std::uint32_t>(row)) {
      ++next_null;
    } else {
      cell.kind = table::CellKind::kString;
      cell.text = column.strings().values(row);
    }
    if (!builder.Put(static_cast<std::uint32_t>(row), cell)) return;
  }
  builder.Finish(static_cast<std::uint32_t>(column.strings().values_size()));
  column = std::move(typed);
}

}  // namespace

http::HttpRequest SwaggerRequest(const endpoint::EndpointSettings& settings) {
  http::HttpRequest request;
  request.method = "GET";
  request.target = settings.kind == http::UpstreamKind::kClassic
                       ? SwaggerTarget(settings.address)
                       : BesideTarget(settings.address, "swagger.json");
  request.headers.Add("accept", "application/json");
  return request;
}

std::optional<Schema> ReadSchema(const std::string& document) {
  if (document.size() > kMaxSchemaBytes) return std::nullopt;
  simdjson::dom::parser parser;
  Document read(document.size());
  if (parser.parse(document).get(read.root) != simdjson::SUCCESS) return std::nullopt;
  const Node whole(read, read.root);
  for (const auto& [path, operations] : whole["paths"].Members()) {
    const Node post = operations["post"];
    std::size_t columns_left = kMaxSchemaColumns;
    Schema schema;
    const Node request = RequestSchema(post);
    schema.inputs = PortsOf(request["properties"]["Inputs"], columns_left);
    if (schema.inputs.empty()) schema.inputs = TableOf(request, columns_left);
    const Node answer = ResponseSchema(post);
    schema.outputs = PortsOf(answer["properties"]["Results"], columns_left);
    if (schema.outputs.empty()) schema.outputs = AnswerOf(answer, columns_left);
    if (!schema.inputs.empty() || !schema.outputs.empty()) return schema;
  }
  return std::nullopt;
}

bool LeavesTypesOpen(const http::HttpResponse& answer, const scoring::v1::ScoreResponse& response) {
  const bool strings = std::ranges::any_of(response.outputs(), [](const auto& output) {
    return std::ranges::any_of(output.second.columns(),
                               [](const Column& column) { return column.has_strings(); });
  });
  // Looks at one character in thirteen, where find would stop at every quote.
  constexpr std::string_view kTypes = "\"ColumnTypes\"";
  static const std::boyer_moore_horspool_searcher types(kTypes.begin(), kTypes.end());
  return strings && std::search(answer.body.begin(), answer.body.end(), types) == answer.body.end();
}

void ApplyTypes(const Schema& schema, scoring::v1::ScoreResponse& response) {
  for (const Port& port : schema.outputs) {
    auto output = response.mutable_outputs()->find(port.name());
    if (output == response.mutable_outputs()->end()) continue;
    std::unordered_map<std::string_view, PortColumn::Type> declared;
    for (const PortColumn& column : port.columns()) declared[column.name()] = column.type();
    for (Column& column : *output->second.mutable_columns()) {
      auto type = declared.find(column.name());
      if (type != declared.end() && column.has_strings()) Retype(column, type->second);
    }
  }
}

}  // namespace scoregate::dialect::classic
