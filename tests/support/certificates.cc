#include "tests/support/certificates.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace scoregate::support {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Freer<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freer<BIO_free>>;

void Require(bool good) {
  if (!good) throw std::runtime_error("OpenSSL refused to make a certificate");
}

std::string TextOf(const BioPtr& bio) {
  char* data = nullptr;
  long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string ToPem(X509* certificate) {
  BioPtr bio(BIO_new(BIO_s_mem()));
  Require(PEM_write_bio_X509(bio.get(), certificate) == 1);
  return TextOf(bio);
}

std::string ToPem(EVP_PKEY* key) {
  BioPtr bio(BIO_new(BIO_s_mem()));
  Require(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return TextOf(bio);
}

KeyPtr KeyFrom(const std::string& pem) {
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return KeyPtr(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

CertificatePtr CertificateFrom(const std::string& pem) {
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return CertificatePtr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

void AddExtension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  Require(extension != nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void SetCommonName(X509* certificate, const std::string& name) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
}

CertificatePtr Begin(EVP_PKEY* key, const CertificateOrder& order) {
  CertificatePtr certificate(X509_new());
  constexpr long kVersion3 = 2;
  X509_set_version(certificate.get(), kVersion3);
  long serial = 0;
  Require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), 4) == 1);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial + 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), order.valid_from.count());
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), order.valid_until.count());
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

std::string AlternativeNames(const CertificateOrder& order) {
  std::string names;
  auto add = [&](const char* kind, const std::string& name) {
    if (!names.empty()) names += ",";
    names += kind + name;
  };
  for (const std::string& name : order.names) add("DNS:", name);
  for (const std::string& address : order.addresses) add("IP:", address);
  for (const std::string& uri : order.uris) add("URI:", uri);
  return names;
}

}  // namespace

CertificateAuthority::CertificateAuthority() {
  KeyPtr key(EVP_EC_gen("P-256"));
  CertificatePtr certificate = Begin(key.get(), {});
  SetCommonName(certificate.get(), "scoregate test authority");
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
  AddExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(certificate.get(), NID_key_usage, "critical,keyCertSign");
  Require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  own_ = {ToPem(certificate.get()), ToPem(key.get())};
}

Identity CertificateAuthority::Issue(const CertificateOrder& order) const {
  KeyPtr key(EVP_EC_gen("P-256"));
  CertificatePtr authority = CertificateFrom(own_.certificate);
  KeyPtr authority_key = KeyFrom(own_.key);
  CertificatePtr certificate = Begin(key.get(), order);
  SetCommonName(certificate.get(), order.common_name);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(authority.get()));
  std::string names = AlternativeNames(order);
  if (!names.empty()) AddExtension(certificate.get(), NID_subject_alt_name, names);
  Require(X509_sign(certificate.get(), authority_key.get(), EVP_sha256()) > 0);
  return {ToPem(certificate.get()), ToPem(key.get())};
}

std::string KeyBehindPassphrase() {
  KeyPtr key(EVP_EC_gen("P-256"));
  BioPtr bio(BIO_new(BIO_s_mem()));
  std::string phrase = "passphrase";
  Require(PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), EVP_aes_256_cbc(), phrase.data(),
                                        static_cast<int>(phrase.size()), nullptr, nullptr) == 1);
  char* data = nullptr;
  long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

TemporaryFile::TemporaryFile(const std::string& content) {
  const char* folder = std::getenv("TMPDIR");
  path_ = std::string(folder != nullptr ? folder : "/tmp") + "/scoregate-test-XXXXXX";
  int file = mkstemp(path_.data());
  if (file < 0) throw std::runtime_error("cannot make a temporary file");
  close(file);
  std::ofstream(path_) << content;
}

TemporaryFile::~TemporaryFile() {
  unlink(path_.c_str());
}

}  // namespace scoregate::support
