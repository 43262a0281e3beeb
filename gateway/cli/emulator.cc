// scoregate emulator: a local scoring endpoint that raises every documented error on demand.
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cctype>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/cli/commands.h"
#include "gateway/config/settings.h"
#include "gateway/emulator/errors/odd_bodies.h"
#include "gateway/emulator/server.h"

namespace scoregate::cli {
namespace {

// A header takes no others, and a shell takes these without quotes.
void RequireKey(const std::string& key) {
  const auto legal = [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("-._~+/=").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!key.empty() && std::ranges::all_of(key, legal)) return;
  throw CLI::ValidationError("--key", "a key has letters, digits and -._~+/= only");
}

int Emulate(const std::string& where, const std::string& key) {
  auto address = config::ParseListenAddress(where);
  if (!address || address->kind != config::AddressKind::kTcp) {
    throw CLI::ValidationError("--address", "'" + where + "' is not HOST:PORT");
  }
  boost::asio::io_context context(1);
  emulator::Options options;
  options.host = address->host;
  options.port = address->port;
  options.api_key = key;
  emulator::Server server(context, options);
  if (auto started = server.Start(); !started.ok()) {
    std::cerr << "scoregate emulator: " << started.fault().text << '\n';
    return kExitRefused;
  }
  std::cerr << "scoregate emulator: listening on " << server.address() << "\n"
            << "  try: curl -s 'http://" << server.address()
            << "/workspaces/ws/services/iris/execute?api-version=2.0' \\\n"
               "         -H 'Authorization: Bearer "
            << (key.empty() ? "any" : key)
            << "' -d "
               "'{\"GlobalParameters\":{\"raise\":\"ServiceUnavailable/RequestThrottled\"}}'\n";
  boost::asio::signal_set signals(context, SIGTERM, SIGINT);
  signals.async_wait([&](auto, auto) {
    server.Stop();
    context.stop();
  });
  context.run();
  return kExitGood;
}

}  // namespace

void AddEmulator(CLI::App& app, int& exit_code) {
  auto list = std::make_shared<bool>(false);
  auto address = std::make_shared<std::string>("127.0.0.1:9000");
  auto key = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "emulator", "Run a local scoring endpoint that raises every documented error on demand");
  command->add_option("--address", *address, "HOST:PORT; port 0 takes a free one")
      ->capture_default_str();
  command->add_option("--key", *key, "The one key that is taken; without it, any is");
  command->add_flag("--list", *list, "Print everything that can be raised, and end");
  command->footer(
      "It scores iris measurements with a small real model. A call raises an error by the global\n"
      "parameter `raise`, or by the header `x-raise`:\n"
      "  ServiceUnavailable/RequestThrottled            a documented error\n"
      "  ServiceUnavailable/RequestThrottled;count=2    for the next 2 calls only\n"
      "  status/429;retry-after=7                       a bare status\n"
      "  online/model-not-ready                         a 424 of an online endpoint\n"
      "  shape/odata-innererror                         a body that no page documents\n"
      "For batch jobs, by the parameter only:\n"
      "  job/module-error, job/library-error, job/internal-error, job/prose-only\n"
      "  start/ServiceUnavailable/RequestThrottled      the first start fails\n\n"
      "A classic service is at /workspaces/WS/services/ID and /subscriptions/SUB/services/ID, "
      "with\n"
      "any names for WS, SUB and ID: /execute scores, /jobs takes batch jobs, /swagger.json\n"
      "describes it. Any other path but the next takes plain JSON, "
      "{\"rows\":[[5.1,3.5,1.4,0.2]]}.\n"
      "An online endpoint is at /online/score. It takes input_data, data, row objects, Inputs and\n"
      "instances; `?answer=` chooses the shape of its answer: list, lists, objects, predictions,\n"
      "named, packed, nan or one.\n\n"
      "Keys are sent as `Authorization: Bearer KEY`. Without --key any is taken, and plain JSON\n"
      "needs none; with it, every path but swagger.json answers 401 to all others.\n\n"
      "`scoregate catalogue` lists the documented errors; --list, or GET /raise of a running\n"
      "emulator, lists the rest.\n\n"
      "Examples:\n"
      "  scoregate emulator\n"
      "  scoregate emulator --address 127.0.0.1:0\n"
      "  scoregate emulator --key my-test-key\n"
      "  scoregate emulator --list");
  CLI::Option* key_option = command->get_option("--key");
  command->callback([address, key, key_option, list, &exit_code] {
    if (key_option->count() > 0) RequireKey(*key);
    if (*list) {
      std::cout << emulator::RaiseList();
      exit_code = kExitGood;
    } else {
      exit_code = Emulate(*address, *key);
    }
  });
}

}  // namespace scoregate::cli
