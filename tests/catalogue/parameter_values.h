// Values that a message's parameter may carry and that must come back from it byte for byte.
#pragma once

#include <array>
#include <string_view>

namespace scoregate::catalogue {

inline constexpr auto kParameterValues = std::to_array<std::string_view>({
    "",
    "7",
    "input1, input2",
    "The account is gone. Try again, then wait. And wait",
    "ends with a period.",
    "it's \"quoted\" (twice)",
    "https://a.blob.core.windows.net/b/c.csv?sv=2015-04-05&sig=bm8%3D",
    "열 '이름' \xE2\x80\x94 caf\xC3\xA9",
    "{1} and {0}",
    "double  blank\tand\nline",
    "a state. a",
});

}  // namespace scoregate::catalogue
