// An input as an ended exchange, in a form that people can read and write:
//
//   online_endpoint 424 nk
//   ms-azureml-model-error-statuscode: 500
//
//   {"detail":"Not Found"}
//
// The first line holds kind, status and letters that switch options on; then header fields, an
// empty line, the body. Whatever cannot be read so has a meaning too: every input is an exchange.
#pragma once

#include <string_view>

#include "gateway/http/call_kind.h"
#include "gateway/http/message.h"

namespace scoregate::fuzz {

struct Exchange {
  http::UpstreamKind kind = http::UpstreamKind::kClassic;
  std::string_view options;
  http::HttpResponse response;

  bool Has(char option) const { return options.find(option) != options.npos; }
};

/// Views into `input`.
Exchange ReadExchange(std::string_view input);

}  // namespace scoregate::fuzz
