// Which callers may connect, by the names in their certificates.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/rpc/tls/certificate_name.h"

namespace scoregate::rpc {

/// Why the text is no rule, as a sentence without a full stop; nothing where it is one:
///   client.example            this DNS name, in any case
///   *.example                 any one label before it: a.example, not a.b.example
///   spiffe://td/ns/x/sa/y     this URI, byte by byte
///   spiffe://td/ns/x/*        any URI below it
std::optional<std::string> WhyNoNameRule(std::string_view rule);

/// Whether one of the certificate's names fits one of the rules: DNS names are held against rules
/// for DNS names only, URIs against those for URIs. A name that is itself a wildcard fits none.
bool IsNameAllowed(std::span<const std::string> rules, std::span<const CertificateName> names);

}  // namespace scoregate::rpc
