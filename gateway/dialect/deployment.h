// Which deployment of an online endpoint a caller may choose past the endpoint's traffic split.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/fault.h"
#include "gateway/http/message.h"

namespace scoregate::dialect {

/// The name of the caller's metadata and of the header, which is the same.
inline constexpr std::string_view kDeploymentHeader = "azureml-model-deployment";

/// Whether `name` fits a pattern in which `*` stands for any characters, none of them included.
bool FitsPattern(std::string_view pattern, std::string_view name);

/// Sets the header where the settings allow the deployment that a caller named; a fault
/// (kRequestInvalid) where they do not, or where it named several: which it means is not known.
/// Nothing is set where none is named, nor for an upstream of another kind, which has none.
std::optional<http::Fault> ChooseDeployment(std::span<const std::string_view> named,
                                            const endpoint::EndpointSettings& settings,
                                            http::HttpRequest& request);

}  // namespace scoregate::dialect
