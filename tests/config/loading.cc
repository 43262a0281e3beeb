#include "tests/config/loading.h"

#include <gtest/gtest.h>

#include <fstream>
#include <utility>

namespace scoregate::config {

std::string WriteFile(std::string_view name, std::string_view text) {
  std::string path = testing::TempDir() + "scoregate_config_" + std::string(name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string Good(std::string_view more) {
  return std::string(kListener) + kEndpoint + std::string(more);
}

Loaded LoadYaml(std::string_view yaml, LoadInput input) {
  input.file = "f.yaml";
  Loaded loaded = LoadText(yaml, input);
  EXPECT_NE(loaded.configuration.has_value(), HasErrors(loaded.findings));
  return loaded;
}

std::string FindingsOf(std::string_view yaml, LoadInput input) {
  return FormatText(LoadYaml(yaml, std::move(input)).findings);
}

}  // namespace scoregate::config
