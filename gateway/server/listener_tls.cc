#include "gateway/server/listener_tls.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <utility>

#include "gateway/rpc/tls/allowed_names.h"

namespace scoregate::server {
namespace {

using config::ListenerTlsMistake;
using config::ListenerTlsSettings;
using Part = rpc::ServerTlsProblem::Part;

// No chain, key or bundle of authorities is nearly as long, in bytes.
constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20;

class FileReader {
 public:
  explicit FileReader(std::vector<ListenerTlsMistake>& mistakes) : mistakes_(mistakes) {}

  std::string Take(const char* key, const std::string& file) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string text(kMaxFileBytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > kMaxFileBytes) {
      mistakes_.push_back({key, file + " is too long for a PEM file"});
    } else if (text.empty()) {
      mistakes_.push_back({key, errno != 0 ? "cannot read " + file + ": " + std::strerror(errno)
                                           : file + " is empty"});
    }
    return text;
  }

 private:
  std::vector<ListenerTlsMistake>& mistakes_;
};

rpc::ClientCertificate ModeOf(config::ClientCert mode) {
  switch (mode) {
    case config::ClientCert::kNone:
      return rpc::ClientCertificate::kNone;
    case config::ClientCert::kOptional:
      return rpc::ClientCertificate::kOptional;
    case config::ClientCert::kRequired:
      return rpc::ClientCertificate::kRequired;
  }
  return rpc::ClientCertificate::kRequired;
}

ListenerTlsMistake MistakeOf(const rpc::ServerTlsProblem& problem,
                             const ListenerTlsSettings& settings) {
  switch (problem.part) {
    case Part::kCertificate:
      return {"cert_file", settings.cert_file + " " + problem.text};
    case Part::kKey:
      return {"key_file", settings.key_file + " " + problem.text};
    case Part::kClientCa:
      return {"client_ca_file", settings.client_ca_file + " " + problem.text};
    case Part::kAllowedSans:
      break;
  }
  return {"allowed_sans", problem.text};
}

}  // namespace

LoadedTls LoadTls(const ListenerTlsSettings& settings) {
  LoadedTls loaded;
  for (std::size_t i = 0; i < settings.allowed_sans.size(); ++i) {
    std::optional<std::string> why = rpc::WhyNoNameRule(settings.allowed_sans[i]);
    if (why) loaded.mistakes.push_back({"allowed_sans[" + std::to_string(i) + "]", *why});
  }
  FileReader reader(loaded.mistakes);
  rpc::ServerTlsOptions options;
  options.certificate_pem = reader.Take("cert_file", settings.cert_file);
  options.key_pem = reader.Take("key_file", settings.key_file);
  options.client_certificate = ModeOf(settings.client_cert);
  if (options.client_certificate != rpc::ClientCertificate::kNone) {
    options.client_ca_pem = reader.Take("client_ca_file", settings.client_ca_file);
  }
  options.allowed_sans = settings.allowed_sans;
  if (!loaded.mistakes.empty()) return loaded;
  rpc::MadeServerTls made = rpc::ServerTls::Make(options);
  loaded.tls = std::move(made.tls);
  if (made.problem) loaded.mistakes.push_back(MistakeOf(*made.problem, settings));
  return loaded;
}

std::vector<ListenerTlsMistake> CheckListenerTls(const ListenerTlsSettings& settings) {
  return LoadTls(settings).mistakes;
}

}  // namespace scoregate::server
