// What goes with every call beside its request.
#pragma once

#include <grpcpp/client_context.h>

#include "client/scoring_client.h"

namespace scoregate::client {

/// Adds the options' language and metadata to a call that is not yet made.
inline void AddMetadata(const ClientOptions& options, grpc::ClientContext& context) {
  if (!options.accept_language.empty()) {
    context.AddMetadata("accept-language", options.accept_language);
  }
  for (const auto& [name, value] : options.metadata) context.AddMetadata(name, value);
}

}  // namespace scoregate::client
