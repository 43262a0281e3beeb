#include "gateway/rpc/http2/headers.h"

#include "gateway/grpcwire/metadata.h"

namespace scoregate::rpc {

void HeaderList::Add(std::string_view name, std::string_view value, std::uint8_t flags) {
  // nghttp2's struct is not const, but nghttp2 only reads it.
  list_.push_back({reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
                   reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())), name.size(),
                   value.size(), flags});
}

void HeaderList::AddMetadata(const Metadata& fields) {
  for (const auto& [name, value] : fields) {
    if (!grpcwire::IsValidKey(name) || !grpcwire::IsValidValue(value)) continue;
    bool steady = name == "grpc-status";
    Add(name, value, steady ? NGHTTP2_NV_FLAG_NONE : NGHTTP2_NV_FLAG_NO_INDEX);
  }
}

}  // namespace scoregate::rpc
