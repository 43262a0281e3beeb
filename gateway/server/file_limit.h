// How many files the process may have open.
#pragma once

#include <cstddef>

namespace scoregate::server {

/// Raises the process's limit of open files to what the system allows it, and gives that number.
/// The usual soft limit of 1,024 is for programs that use select().
std::size_t RaiseFileLimit();

}  // namespace scoregate::server
