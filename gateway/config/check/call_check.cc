#include "gateway/config/check/call_check.h"

#include <absl/strings/ascii.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/dialect/deployment.h"

namespace scoregate::config {
namespace {

using endpoint::EndpointSettings;
using EndpointMessage = scoring::config::v1::Endpoint;

constexpr std::string_view kLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

// Fields that belong to the transport, or that hold the key.
constexpr std::array<std::string_view, 12> kReservedHeaders = {"accept-encoding",
                                                               "connection",
                                                               "content-length",
                                                               "expect",
                                                               "host",
                                                               "keep-alive",
                                                               "proxy-authorization",
                                                               "te",
                                                               "trailer",
                                                               "upgrade",
                                                               "proxy-connection",
                                                               "transfer-encoding"};

endpoint::RequestShape RequestShapeOf(EndpointMessage::RequestShape shape) {
  using enum endpoint::RequestShape;
  switch (shape) {
    case EndpointMessage::INPUT_DATA:
      return kInputData;
    case EndpointMessage::DATA:
      return kData;
    case EndpointMessage::DATA_RECORDS:
      return kDataRecords;
    case EndpointMessage::RECORDS:
      return kRecords;
    case EndpointMessage::DESIGNER:
      return kDesigner;
    case EndpointMessage::DATAFRAME_SPLIT:
      return kDataframeSplit;
    case EndpointMessage::DATAFRAME_RECORDS:
      return kDataframeRecords;
    case EndpointMessage::INSTANCES:
      return kInstances;
    case EndpointMessage::INSTANCE_RECORDS:
      return kInstanceRecords;
    default:
      return kNone;
  }
}

endpoint::AnswerShape AnswerShapeOf(EndpointMessage::AnswerShape shape) {
  using enum endpoint::AnswerShape;
  switch (shape) {
    case EndpointMessage::LIST:
      return kList;
    case EndpointMessage::PREDICTIONS:
      return kPredictions;
    case EndpointMessage::RESULTS:
      return kResults;
    case EndpointMessage::NAMED_LISTS:
      return kNamedLists;
    default:
      return kByStructure;
  }
}

void CheckShapes(const EndpointPlace& place, EndpointSettings& settings) {
  settings.request_shape = RequestShapeOf(place.message.request_shape());
  settings.answer_shape = AnswerShapeOf(place.message.answer_shape());
  settings.output_columns.assign(place.message.output_columns().begin(),
                                 place.message.output_columns().end());
  const bool declared = settings.request_shape != endpoint::RequestShape::kNone;
  for (const char* key : {"request_shape", "answer_shape", "output_columns"}) {
    if (!place.report.Has(Child(place.path, key))) continue;
    if (settings.kind == http::UpstreamKind::kClassic) {
      place.Error(key, {"the classic contract has its own shapes",
                        "request_format, or dialect ONLINE_ENDPOINT or OPAQUE", ""});
    } else if (!declared) {
      place.Error(key, {"it is of no use without a request_shape", "", ""});
    }
  }
  std::set<std::string_view> names;
  for (const std::string& name : settings.output_columns) {
    if (name.empty() || !names.insert(name).second) {
      place.Error("output_columns", {"a column's name is empty or there twice", "", ""});
    }
  }
}

void CheckDeployments(const EndpointPlace& place, EndpointSettings& settings) {
  settings.deployments.assign(place.message.deployments().begin(),
                              place.message.deployments().end());
  for (std::size_t i = 0; i < settings.deployments.size(); ++i) {
    const std::string path = Element(Child(place.path, "deployments"), i);
    if (settings.kind != http::UpstreamKind::kOnlineEndpoint) {
      place.report.Error(path, {"only an ONLINE_ENDPOINT has deployments", "", ""});
    } else if (!IsMadeOf(settings.deployments[i], "-_.*")) {
      place.report.Error(path, {"this is not a deployment's name",
                                "letters, digits, '-', '_' and '.', and '*' for any of them", ""});
    }
  }
}

bool HasHeader(const EndpointSettings& settings, const std::string& name) {
  return std::ranges::find(settings.headers, name, &std::pair<std::string, std::string>::first) !=
         settings.headers.end();
}

void CheckHeaders(const EndpointPlace& place, EndpointSettings& settings) {
  std::vector<std::pair<std::string, std::string>> sorted(place.message.headers().begin(),
                                                          place.message.headers().end());
  std::ranges::sort(sorted);
  for (const auto& [name, value] : sorted) {
    std::string path = Child(place.path, "headers") + "[\"" + name + "\"]";
    std::string lower = absl::AsciiStrToLower(name);
    bool printable = std::ranges::all_of(value, [](char c) { return c >= 0x20 && c < 0x7F; });
    if (!IsMadeOf(name, "!#$%&'*+-.^_`|~")) {
      place.report.Error(path, {"this is not a header's name", "", ""});
    } else if (lower == "authorization") {
      place.report.Error(
          path, {"a secret must not stand in the file", "api_key, token or workload_identity", ""});
    } else if (std::ranges::find(kReservedHeaders, lower) != kReservedHeaders.end()) {
      place.report.Error(path, {"the gateway writes this header itself", "", ""});
    } else if (!printable) {
      place.report.Error(path, {"the value has a character that no header can carry", "", ""});
    } else if (HasHeader(settings, lower)) {
      place.report.Error(path, {"another header has this name, but for the case", "", ""});
    } else {
      settings.headers.emplace_back(std::move(lower), value);
    }
  }
}

void CheckForwardedMetadata(const EndpointPlace& place, EndpointSettings& settings) {
  for (int i = 0; i < place.message.forward_metadata_size(); ++i) {
    const std::string& name = place.message.forward_metadata(i);
    std::string path = Element(Child(place.path, "forward_metadata"), static_cast<std::size_t>(i));
    std::string lower = absl::AsciiStrToLower(name);
    bool reserved = lower.starts_with("grpc-") || lower.ends_with("-bin") ||
                    lower == "content-type" ||
                    std::ranges::find(kReservedHeaders, lower) != kReservedHeaders.end();
    bool fixed = HasHeader(settings, lower);
    bool has_key = place.message.api_key_size() > 0 || place.message.has_token() ||
                   place.message.has_workload_identity();
    if (!IsMadeOf(lower, "-_.")) {
      place.report.Error(path, {"this is not the name of metadata", "", ""});
    } else if (reserved) {
      place.report.Error(path, {"this metadata cannot be passed on", "", ""});
    } else if (fixed) {
      place.report.Error(path, {"a fixed header has this name", "headers or forward_metadata", ""});
    } else if (lower == dialect::kDeploymentHeader) {
      place.report.Error(path, {"callers choose a deployment by its name", "deployments", ""});
    } else if (lower == "authorization" && has_key) {
      place.report.Error(path, {"the endpoint's own key stands in this header", "", ""});
    } else {
      settings.forward_metadata.push_back(std::move(lower));
    }
  }
}

}  // namespace

bool IsMadeOf(std::string_view text, std::string_view marks) {
  return !text.empty() && std::ranges::all_of(text, [marks](char c) {
    return kLetters.find(c) != kLetters.npos || marks.find(c) != marks.npos;
  });
}

void CheckCalls(const EndpointPlace& place, EndpointSettings& settings) {
  CheckShapes(place, settings);
  CheckDeployments(place, settings);
  CheckHeaders(place, settings);
  CheckForwardedMetadata(place, settings);
}

}  // namespace scoregate::config
