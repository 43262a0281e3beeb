// The TLS of a listener, made of the files that its settings name.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/config/load.h"
#include "gateway/rpc/tls/server_tls.h"

namespace scoregate::server {

/// What the files gave: `tls`, or at least one mistake.
struct LoadedTls {
  std::shared_ptr<const rpc::ServerTls> tls;
  std::vector<config::ListenerTlsMistake> mistakes;
};

/// Reads the files. Each mistake says which file, and what is wrong with it. Blocks.
LoadedTls LoadTls(const config::ListenerTlsSettings& settings);

/// The same for a check of the configuration: a config::ListenerTlsCheck.
std::vector<config::ListenerTlsMistake> CheckListenerTls(
    const config::ListenerTlsSettings& settings);

}  // namespace scoregate::server
