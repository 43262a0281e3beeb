// A name that a certificate was issued for.
#pragma once

#include <string>

namespace scoregate::rpc {

/// One of a certificate's alternative names. What it names is said by its kind alone: a URI may
/// read like a host, and a DNS name like a URI, because authorities do not all look at the text.
struct CertificateName {
  enum class Kind { kDns, kUri };
  Kind kind = Kind::kDns;
  std::string text;
  friend bool operator==(const CertificateName&, const CertificateName&) = default;
};

}  // namespace scoregate::rpc
