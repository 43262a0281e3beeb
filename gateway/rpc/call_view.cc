#include "gateway/rpc/call_view.h"

namespace scoregate::rpc {

std::optional<std::string_view> CallView::Find(std::string_view name) const {
  for (const RequestField& field : fields_) {
    if (field.name == name) return field.value;
  }
  return std::nullopt;
}

}  // namespace scoregate::rpc
