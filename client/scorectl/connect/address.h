// The gateway's address, as a person types it.
#pragma once

#include <string>

namespace scoregate::scorectl {

/// HOST:PORT, unix:PATH, or another target that gRPC knows by its scheme (dns:, ipv4:, ipv6:).
/// Throws CLI::ValidationError for --address that says what to type instead: gRPC itself dials port
/// 443 where there is none, and takes a URL for a name.
void RequireAddress(const std::string& address);

/// What gRPC's own words tell of an address at which no gateway answers, as lines for a person;
/// empty where they tell no more than that.
std::string WhatElseIsThere(const std::string& address, const std::string& grpc_message);

}  // namespace scoregate::scorectl
