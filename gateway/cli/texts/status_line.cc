#include "gateway/cli/texts/status_line.h"

#include <google/protobuf/util/json_util.h>

#include "gateway/dialect/json_writer.h"
#include "gateway/grpcwire/code.h"
#include "gateway/translation/trailers.h"
#include "google/rpc/error_details.pb.h"
#include "scoring/v1/errors.pb.h"

namespace scoregate::cli {
namespace {

using Trailers = std::vector<std::pair<std::string, std::string>>;

Trailers TrailersOf(const std::optional<translation::Translation>& translated) {
  if (!translated) return {{"grpc-status", "0"}};
  return translation::Trailers(*translated);
}

std::string_view NameOf(int code) {
  auto known = grpcwire::CodeFromNumber(code);
  return known ? grpcwire::CodeName(*known) : "UNKNOWN";
}

std::string JsonString(std::string_view text) {
  std::string quoted;
  dialect::AppendJsonString(quoted, text);
  return quoted;
}

std::string DetailJson(const google::protobuf::Any& detail) {
  std::string json;
  auto status = google::protobuf::util::MessageToJsonString(detail, &json);
  if (status.ok()) return json;
  return "{\"@type\":" + JsonString(detail.type_url()) + "}";
}

}  // namespace

std::string DetailsJson(const google::rpc::Status& status, std::string_view separator) {
  std::string json;
  for (const google::protobuf::Any& detail : status.details()) {
    if (!json.empty()) json += separator;
    json += DetailJson(detail);
  }
  return json;
}

std::string StatusLine(std::string_view id_json,
                       const std::optional<translation::Translation>& translated) {
  int code = translated ? grpcwire::CodeNumber(translated->code) : 0;
  std::string line = "{\"id\":";
  line += id_json;
  line += ",\"code\":" + std::to_string(code) + ",\"grpc_code\":" + JsonString(NameOf(code));
  line += ",\"message\":" + JsonString(translated ? translated->message : "");
  line += ",\"details\":[" + (translated ? DetailsJson(translated->Status(), ",") : "") + "]";
  Trailers trailers = TrailersOf(translated);
  line += ",\"trailers\":{";
  for (std::size_t i = 0; i < trailers.size(); ++i) {
    if (i > 0) line += ',';
    line += JsonString(trailers[i].first) + ":" + JsonString(trailers[i].second);
  }
  line += "},\"trailers_bytes\":" + std::to_string(translation::TrailersOnlyBytes(trailers));
  line += ",\"rule\":" + JsonString(translated ? translated->rule : "success") + "}";
  return line;
}

std::string InputErrorLine(std::string_view id_json, std::size_t line, std::string_view error) {
  std::string text = "{\"id\":";
  text += id_json;
  return text + ",\"line\":" + std::to_string(line) + ",\"input_error\":" + JsonString(error) + "}";
}

std::string StatusText(const std::optional<translation::Translation>& translated) {
  if (!translated) return "OK: the answer is a success\n";
  const google::rpc::Status status = translated->Status();
  std::string text = std::string(NameOf(status.code())) + " (" + std::to_string(status.code()) +
                     "): " + status.message() + "\n";
  for (const google::protobuf::Any& detail : status.details()) {
    std::string json = DetailJson(detail);
    std::size_t type_end = json.find("\",");
    std::string type = detail.type_url().substr(detail.type_url().rfind('/') + 1);
    text += "  " + type.substr(type.rfind('.') + 1) + " ";
    text += type_end == json.npos ? "{}" : "{" + json.substr(type_end + 2);
    text += "\n";
  }
  if (translated->pushback_ms) {
    text += "  grpc-retry-pushback-ms " + std::to_string(*translated->pushback_ms) + "\n";
  }
  text += "  rule " + translated->rule + "\n";
  return text;
}

}  // namespace scoregate::cli
