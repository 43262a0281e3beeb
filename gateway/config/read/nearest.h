// The name that somebody who mistyped most likely meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace scoregate::config {

/// The nearest of the known names (see the room `nearest`); empty where none is near.
std::string Nearest(std::string_view name, std::span<const std::string> known);

}  // namespace scoregate::config
