// Where a classic service's execute call goes, made of whatever URL the operator had at hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/endpoint/endpoint_settings.h"

namespace scoregate::dialect::classic {

/// Path and query of the execute call. `.../services/ID` gets `/execute` (a pasted `/execute` or
/// `/jobs` behind it is the same), `api-version=2.0` and `details=true` where they are missing, and
/// `format=swagger` as the request's format asks; other query parameters stay. A subscription id
/// loses its dashes. Any other path (a Designer endpoint's `/score`) and its query go as they are.
std::string ExecuteTarget(const endpoint::Address& address, endpoint::RequestFormat format);

/// Path and query of a call about batch jobs: `.../services/ID/jobs` with `rest` behind it, such as
/// "/JOB/start", and `api-version=2.0` where it is missing. Nothing where the path is no service's.
std::optional<std::string> JobsTarget(const endpoint::Address& address, std::string_view rest);

/// The path of the swagger document: `.../services/ID/swagger.json`, else `/swagger.json`.
std::string SwaggerTarget(const endpoint::Address& address);

/// The path whose last segment is `name` in place of the endpoint's own: `/swagger.json` beside
/// `/score`.
std::string BesideTarget(const endpoint::Address& address, std::string_view name);

/// Whether the query asks for rows as objects (`format=swagger`).
bool AsksForRows(std::string_view query);

}  // namespace scoregate::dialect::classic
