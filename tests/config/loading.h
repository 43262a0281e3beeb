// Loading a text as a file, for tests.
#pragma once

#include <string>
#include <string_view>

#include "gateway/config/load.h"

namespace scoregate::config {

/// A file in the test's own temporary folder.
std::string WriteFile(std::string_view name, std::string_view text);

// The lines of a good file, known by number; cases add to it or break it.
inline constexpr char kListener[] = "listeners: [{address: 127.0.0.1:0}]\n";
inline constexpr char kEndpoint[] = "endpoints:\n- name: a\n  dialect: OPAQUE\n  url: http://h/\n";

/// A good file, and more.
std::string Good(std::string_view more = "");

/// What LoadText says of the text, under the name `f.yaml`.
Loaded LoadYaml(std::string_view yaml, LoadInput input = {});

/// Lines of findings without the leading `f.yaml:`.
std::string FindingsOf(std::string_view yaml, LoadInput input = {});

}  // namespace scoregate::config
