// What the emulator answers to which request: the table of routes, keys, and orders to raise.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "gateway/emulator/answer.h"
#include "gateway/emulator/dialects/classic/job_desk.h"
#include "gateway/emulator/errors/raise_desk.h"
#include "gateway/http/message.h"

namespace scoregate::emulator {

/// The scoring service without its sockets. Belongs to one thread.
class Application {
 public:
  /// `api_key`: the one key that is accepted. Where it is empty, the classic dialect and online
  /// endpoints take any key and plain JSON needs none.
  explicit Application(std::string api_key);

  /// Answers any request, whatever its bytes. A HEAD is answered as a GET; who delivers the answer
  /// drops the body. Every answer has an x-ms-request-id.
  Answer Respond(const http::HttpRequest& request);

 private:
  Answer Route(const http::HttpRequest& request);
  std::string NextRequestId();

  std::string api_key_;
  RaiseDesk raises_;
  JobDesk jobs_;
  simdjson::dom::parser parser_;
  std::mt19937_64 random_;
};

/// The key of an `Authorization: Bearer KEY` field, the scheme in any case of letters; empty where
/// the field is none.
std::string_view BearerKey(std::string_view field);

}  // namespace scoregate::emulator
