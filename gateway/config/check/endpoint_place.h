// An endpoint's message while it is checked: where it stands, and where findings go.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "gateway/config/load.h"
#include "gateway/config/read/report.h"
#include "scoring/config/v1/config.pb.h"

namespace scoregate::config {

struct EndpointPlace {
  const scoring::config::v1::Endpoint& message;
  const LoadInput& input;
  /// Such as `endpoints[0]`.
  const std::string& path;
  Report& report;

  void Error(std::string_view key, Mistake mistake) const {
    report.Error(Child(path, key), std::move(mistake));
  }
};

}  // namespace scoregate::config
