#include "gateway/service/find_endpoint.h"

#include <utility>
#include <vector>

#include "gateway/nearest/nearest.h"

namespace scoregate::service {

using http::Fault;
using http::FaultKind;

http::Result<LaneEndpoint*> FindEndpoint(LaneEndpoints& endpoints, const std::string& name,
                                         std::string_view field) {
  if (name.empty()) {
    return Fault(FaultKind::kRequestInvalid, std::string(field),
                 "the request names no endpoint; ListEndpoints tells which there are");
  }
  LaneEndpoint* endpoint = endpoints.Find(name);
  if (endpoint != nullptr) return endpoint;
  std::vector<std::string_view> known;
  for (const LaneEndpoint& other : endpoints.all()) known.push_back(other.settings().name);
  auto near = nearest::NearestNames(name, known, 1);
  std::string text = "no endpoint of that name is configured; ";
  text += near.empty() ? "ListEndpoints tells which there are"
                       : "did you mean '" + std::string(near.front()) + "'?";
  Fault fault(FaultKind::kEndpointNotFound, std::string(field), std::move(text));
  fault.resource = name;
  return fault;
}

}  // namespace scoregate::service
