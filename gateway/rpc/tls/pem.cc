#include "gateway/rpc/tls/pem.h"

#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <utility>

namespace scoregate::rpc {
namespace {

BioPtr Over(const std::string& text) {
  constexpr std::size_t kMost = std::numeric_limits<int>::max();
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(std::min(text.size(), kMost))));
}

// OpenSSL would ask on the terminal.
int NoPassphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

std::string TimeText(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "an unreadable date";
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &parts);
  return text.data();
}

}  // namespace

PemRead<std::vector<CertificatePtr>> ReadCertificates(const std::string& pem) {
  BioPtr bio = Over(pem);
  std::vector<CertificatePtr> certificates;
  ERR_clear_error();
  while (X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    certificates.emplace_back(certificate);
  }
  // The end of the text is an error too: no further block begins.
  bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  std::string error = TakeOpensslError();
  if (!ended) return "holds a certificate that cannot be read (" + error + ")";
  if (certificates.empty()) return "holds no certificate (-----BEGIN CERTIFICATE-----)";
  return certificates;
}

PemRead<KeyPtr> ReadKey(const std::string& pem) {
  BioPtr bio = Over(pem);
  bool asked = false;
  ERR_clear_error();
  KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassphrase, &asked));
  std::string error = TakeOpensslError();
  if (key) return key;
  if (asked) return "holds a key behind a passphrase; write it without one";
  if (pem.find("PRIVATE KEY-----") == pem.npos) {
    return "holds no private key (-----BEGIN PRIVATE KEY-----)";
  }
  return "holds a private key that cannot be read (" + error + ")";
}

std::optional<std::string> WhyNotValidNow(const X509* certificate) {
  const ASN1_TIME* begin = X509_get0_notBefore(certificate);
  const ASN1_TIME* end = X509_get0_notAfter(certificate);
  if (X509_cmp_current_time(end) < 0) return "expired on " + TimeText(end);
  if (X509_cmp_current_time(begin) > 0) return "is not valid before " + TimeText(begin);
  return std::nullopt;
}

std::string EndOf(const X509* certificate) {
  return TimeText(X509_get0_notAfter(certificate));
}

std::vector<CertificateName> AlternativeNames(const X509* certificate) {
  std::vector<CertificateName> found;
  NamesPtr names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    int kind = 0;
    void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &kind);
    if (kind != GEN_DNS && kind != GEN_URI) continue;
    const auto* text = static_cast<const ASN1_IA5STRING*>(value);
    std::string name(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                     static_cast<std::size_t>(ASN1_STRING_length(text)));
    if (name.find('\0') != name.npos) continue;
    using Kind = CertificateName::Kind;
    found.push_back({kind == GEN_DNS ? Kind::kDns : Kind::kUri, std::move(name)});
  }
  return found;
}

}  // namespace scoregate::rpc
