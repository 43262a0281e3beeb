#include "gateway/usage/named_file.h"

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <system_error>

namespace scoregate::usage {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;

bool IsDirectory(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

// By blocks: a buffer's iterators throw where a stream only says that it went bad.
std::string ReadAll(const std::string& option, const std::string& name, std::istream& stream) {
  std::string text;
  std::array<char, kBlockBytes> block;
  while (stream) {
    stream.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) throw CLI::ValidationError(option, name + " cannot be read to its end");
  return text;
}

}  // namespace

std::ifstream OpenFile(const std::string& option, const std::string& path) {
  if (IsDirectory(path)) {
    throw CLI::ValidationError(option, "'" + path + "' is a directory; name a file");
  }
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (stream) return stream;
  const std::string why = errno == 0 ? "" : ": " + std::generic_category().message(errno);
  throw CLI::ValidationError(option, "'" + path + "' cannot be read" + why);
}

std::string ReadFile(const std::string& option, const std::string& path) {
  std::ifstream stream = OpenFile(option, path);
  return ReadAll(option, "'" + path + "'", stream);
}

std::string ReadFileOrInput(const std::string& option, const std::string& path) {
  if (path != "-") return ReadFile(option, path);
  RefuseDirectoryAsInput(option);
  return ReadAll(option, "standard input", std::cin);
}

void RefuseDirectoryAsInput(const std::string& option) {
  if (IsDirectory("/dev/stdin")) {
    throw CLI::ValidationError(option, "standard input is a directory; give it a file");
  }
}

}  // namespace scoregate::usage
