// Reads the configuration for `serve` and `check`, the same way for both.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "gateway/config/load.h"

namespace scoregate::cli {

/// What the command line says of the configuration: --config and a flag for each scalar setting.
struct ConfigurationOptions {
  std::string file;
  config::NamedValues flags;
};

/// Adds --config and the flags to a subcommand.
void AddConfigurationOptions(CLI::App& command, ConfigurationOptions& options);

/// Loads and checks; what this build does not serve yet is among the warnings.
config::Loaded LoadConfiguration(const ConfigurationOptions& options);

}  // namespace scoregate::cli
