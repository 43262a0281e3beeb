// Certificates and keys out of PEM text, and what a person should know of them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/rpc/tls/certificate_name.h"
#include "gateway/rpc/tls/openssl.h"

namespace scoregate::rpc {

/// What reading gave: the thing, or why not, as the end of a sentence about the file.
template <typename T>
using PemRead = std::variant<T, std::string>;

/// All certificates of the text, at least one. Other blocks, such as a key, are passed over.
PemRead<std::vector<CertificatePtr>> ReadCertificates(const std::string& pem);

/// The first private key of the text. One behind a passphrase is refused: nobody could type it.
PemRead<KeyPtr> ReadKey(const std::string& pem);

/// Why the certificate cannot be used now, such as "expired on 2025-03-01 12:00:00 UTC"; nothing
/// where it can.
std::optional<std::string> WhyNotValidNow(const X509* certificate);

/// When the certificate's time is over: "2027-03-01 12:00:00 UTC".
std::string EndOf(const X509* certificate);

/// The DNS names and URIs that the certificate was issued for, in its order. Any with a zero byte
/// inside is left out.
std::vector<CertificateName> AlternativeNames(const X509* certificate);

}  // namespace scoregate::rpc
