// What a service's swagger document says of its inputs and outputs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/message.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::classic {

struct Schema {
  std::vector<scoring::v1::Port> inputs;
  std::vector<scoring::v1::Port> outputs;
};

/// Columns that one document may name in all; the rest is left out.
inline constexpr std::size_t kMaxSchemaColumns = 65'536;

/// A document that is larger is none.
inline constexpr std::size_t kMaxSchemaBytes = std::size_t{2} * 1024 * 1024;

/// The GET of the document: for kind classic beside a service's `/execute`, else at the host's
/// root; for an online endpoint beside its scoring path. It has no key.
http::HttpRequest SwaggerRequest(const endpoint::EndpointSettings& settings);

/// Reads Swagger 2.0 and OpenAPI 3. A POST that has `Inputs` and answers `Results` names its ports;
/// of others the one table is read, as far as the document states columns. Nothing where the text
/// is no document, or names neither inputs nor outputs.
std::optional<Schema> ReadSchema(const std::string& document);

/// Whether an answer leaves the types of its columns open: it has columns of strings and names no
/// ColumnTypes.
bool LeavesTypesOpen(const http::HttpResponse& answer, const scoring::v1::ScoreResponse& response);

/// Gives columns of strings the type that the schema declares, where every cell is of that type;
/// the others stay as they are.
void ApplyTypes(const Schema& schema, scoring::v1::ScoreResponse& response);

}  // namespace scoregate::dialect::classic
