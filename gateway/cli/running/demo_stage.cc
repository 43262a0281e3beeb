#include "gateway/cli/running/demo_stage.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "gateway/config/load.h"
#include "gateway/emulator/server.h"
#include "gateway/lane/lane.h"
#include "gateway/server/gateway.h"
#include "gateway/upstream/http_upstream_client.h"

namespace scoregate::cli {
namespace {

constexpr const char* kPath = "/workspaces/demo/services/iris";
// Any key will do for the emulator; it never leaves this process but over loopback.
constexpr const char* kKeyVariable = "SCOREGATE_DEMO_KEY";
constexpr const char* kKey = "demo-key";

config::Loaded LoadDemoConfiguration(const std::string& emulator_address) {
  config::LoadInput input;
  input.file = "demo";
  input.environment = {{kKeyVariable, kKey}};
  std::string yaml =
      "listeners:\n"
      "- address: 127.0.0.1:0\n"
      "lanes: 1\n"
      "endpoints:\n"
      "- name: iris\n"
      "  dialect: CLASSIC\n"
      "  url: http://" +
      emulator_address + kPath +
      "\n"
      "  api_key: {env: " +
      kKeyVariable + "}\n";
  return config::LoadText(yaml, input);
}

}  // namespace

struct DemoStage::Parts {
  lane::Lane emulator_lane;
  emulator::Server emulator{emulator_lane.context(), emulator::Options()};
  std::optional<server::Gateway> gateway;
  endpoint::EndpointSettings direct;
  upstream::ClientMaker clients;
};

DemoStage::DemoStage() : parts_(std::make_unique<Parts>()) {}

DemoStage::~DemoStage() {
  parts_->gateway.reset();
  parts_->emulator.Stop();
  parts_->emulator_lane.Stop();
}

std::optional<std::string> DemoStage::Start() {
  if (auto started = parts_->emulator.Start(); !started.ok()) return started.fault().text;
  parts_->emulator_lane.Start();
  config::Loaded loaded = LoadDemoConfiguration(parts_->emulator.address());
  if (!loaded.configuration) return config::FormatText(loaded.findings);
  parts_->direct = *loaded.configuration->endpoints.front();
  parts_->gateway.emplace(*std::move(loaded.configuration));
  if (auto error = parts_->gateway->Open()) return error;
  parts_->gateway->Start();
  return std::nullopt;
}

std::string DemoStage::emulator_address() const {
  return parts_->emulator.address();
}

std::string DemoStage::gateway_address() const {
  return parts_->gateway->addresses().front();
}

std::string DemoStage::AnswerTo(const std::string& error) {
  constexpr auto kLongestExchange = std::chrono::seconds(10);
  http::HttpRequest request;
  request.target = std::string(kPath) + "/execute?api-version=2.0&details=true";
  request.headers.Set("authorization", std::string("Bearer ") + kKey);
  request.headers.Set("content-type", "application/json");
  request.body = R"({"GlobalParameters":{"raise":")" + error + R"("}})";
  upstream::ExchangeOptions options;
  options.deadline = lane::Clock::now() + kLongestExchange;
  boost::asio::io_context context(1);
  auto client = parts_->clients.Make(
      context, std::make_shared<const endpoint::EndpointSettings>(parts_->direct));
  std::optional<http::HttpOutcome> ended;
  auto exchange = [&]() -> lane::Task<void> {
    ended.emplace(co_await client->Exchange(request, options));
  };
  boost::asio::co_spawn(context.get_executor(), exchange(), boost::asio::detached);
  // Not run(): the connection that the client keeps would keep the loop alive.
  while (!ended) context.run_one();
  const http::HttpOutcome& outcome = *ended;
  if (!outcome.ok()) return outcome.fault().text;
  return "HTTP " + std::to_string(outcome.value().status) + "\n" + outcome.value().body;
}

}  // namespace scoregate::cli
