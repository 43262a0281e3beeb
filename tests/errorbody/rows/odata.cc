#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"innererror: the deepest code is the inner one", kOpaque, 400, "", "@odata_inner.json",
     "odata: application\nouter: BadArgument\ninner: PasswordReuse\nmessage: Bad password.\n"
     "item: NullValue | phone | Phone must not be null\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class BadArgument, code PasswordReuse"},
    {"innerError, as ServiceError of the batch endpoints", kOpaque, 400, "",
     R"j({"error":{"code":"UserError","severity":null,"message":"No deployment.",)j"
     R"j("innerError":{"code":"BadArgument","innerError":{"message":"x","innererror":{"code":"Deep"}}},)j"
     R"j("debugInfo":{"type":"x"}},"correlation":{"operation":"a"},"environment":"westus"})j",
     "service_error: application\nouter: UserError\ninner: Deep\nmessage: No deployment.\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class UserError, code Deep"},
    {"innererror five deep, codes missing on the way: the deepest code there is", kOpaque, 400,
     "",
     R"j({"error":{"code":"BadRequest","message":"m","innererror":{"code":"A","innererror":{"innererror":{"code":"C","innererror":{"innererror":{"message":"x"}}}}}}})j",
     "odata: application\nouter: BadRequest\ninner: C\nmessage: m\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class BadRequest, code C"},
    {"under classic the codes of the details count, not the inner ones", kClassic, 400,
     "",
     R"j({"error":{"code":"BadArgument","message":"m","innererror":{"code":"X"},"details":[{"code":"RequestIsEmpty","message":""}]}})j",
     "odata: application\nouter: BadArgument\ninner: X\nmessage: m\nitem: RequestIsEmpty |  | \n",
     "INVALID_ARGUMENT REQUEST_IS_EMPTY, class BadArgument, code RequestIsEmpty"},
};
// clang-format on

}  // namespace

std::span<const Case> OdataRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
