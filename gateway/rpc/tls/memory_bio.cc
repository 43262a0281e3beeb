#include "gateway/rpc/tls/memory_bio.h"

#include <algorithm>
#include <cstring>

namespace scoregate::rpc {
namespace {

EncryptedBytes& BytesOf(BIO* bio) {
  return *static_cast<EncryptedBytes*>(BIO_get_data(bio));
}

int ReadBytes(BIO* bio, char* to, std::size_t size, std::size_t* done) {
  EncryptedBytes& bytes = BytesOf(bio);
  BIO_clear_retry_flags(bio);
  *done = std::min(size, bytes.in.size());
  if (*done == 0) {
    BIO_set_retry_read(bio);
    return 0;
  }
  std::memcpy(to, bytes.in.data(), *done);
  bytes.in = bytes.in.subspan(*done);
  return 1;
}

int WriteBytes(BIO* bio, const char* from, std::size_t size, std::size_t* done) {
  const auto* begin = reinterpret_cast<const std::uint8_t*>(from);
  std::vector<std::uint8_t>& out = BytesOf(bio).out;
  out.insert(out.end(), begin, begin + size);
  *done = size;
  return 1;
}

long Control(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* MakeMethod() {
  BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "lane socket");
  if (method == nullptr) return nullptr;
  BIO_meth_set_read_ex(method, ReadBytes);
  BIO_meth_set_write_ex(method, WriteBytes);
  BIO_meth_set_ctrl(method, Control);
  return method;
}

}  // namespace

BIO* NewMemoryBio(EncryptedBytes* bytes) {
  static const BIO_METHOD* const method = MakeMethod();
  BIO* bio = method != nullptr ? BIO_new(method) : nullptr;
  if (bio == nullptr) return nullptr;
  BIO_set_data(bio, bytes);
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace scoregate::rpc
