#include "tests/e2e/stack.h"

#include <cstdlib>
#include <stdexcept>

namespace scoregate::e2e {
namespace {

std::string Started(Server& server, const char* what) {
  auto address = server.WaitForLine("listening on ");
  if (!address) throw std::runtime_error(std::string(what) + " did not start: " + server.err());
  return *address;
}

std::string Configuration(const std::string& emulator, std::string extra) {
  const std::string stand_in = "EMULATOR";
  for (auto at = extra.find(stand_in); at != extra.npos; at = extra.find(stand_in, at)) {
    extra.replace(at, stand_in.size(), emulator);
  }
  std::string url = "  url: http://" + emulator + "/workspaces/ws/services/iris\n";
  std::string key = "  api_key: {env: E2E_KEY}\n";
  return "listeners:\n- address: 127.0.0.1:0\n"
         "endpoints:\n"
         "- name: iris\n  dialect: CLASSIC\n" +
         url + key + "- name: rows\n  dialect: CLASSIC\n  request_format: ROWS\n" + url + key +
         "- name: opaque\n  dialect: OPAQUE\n  url: http://" + emulator + "/score\n" + key +
         "- name: nobody\n  dialect: CLASSIC\n  url: http://127.0.0.1:1/x\n" + key + extra;
}

}  // namespace

Stack::Stack(const std::string& extra) {
  setenv("E2E_KEY", "right-key-of-the-test", 1);
  setenv("E2E_WRONG_KEY", "wrong-key-of-the-test", 1);
  emulator_ = std::make_unique<Server>(
      std::vector<std::string>{Program("scoregate"), "emulator", "--address", "127.0.0.1:0"});
  emulator_address_ = Started(*emulator_, "the emulator");
  config_path_ = WriteFile("gateway.yaml", Configuration(emulator_address_, extra));
  gateway_ = std::make_unique<Server>(
      std::vector<std::string>{Program("scoregate"), "serve", "--config", config_path_});
  gateway_address_ = Started(*gateway_, "the gateway");
}

std::unique_ptr<client::ScoringClient> Stack::Client(const std::string& accept_language) const {
  client::ClientOptions options;
  options.address = gateway_address_;
  options.max_attempts = 1;
  options.accept_language = accept_language;
  return std::make_unique<client::ScoringClient>(options);
}

scoring::v1::ScoreRequest IrisRequest(const std::string& raise) {
  scoring::v1::ScoreRequest request;
  request.set_endpoint("iris");
  scoring::v1::Table& table = (*request.mutable_inputs())["input1"];
  auto add = [&](const char* name, double value) {
    scoring::v1::Column* column = table.add_columns();
    column->set_name(name);
    column->mutable_doubles()->add_values(value);
  };
  add("sepal length", 5.1);
  add("sepal width", 3.5);
  add("petal length", 1.4);
  add("petal width", 0.2);
  if (!raise.empty()) (*request.mutable_global_parameters())["raise"].set_string_value(raise);
  return request;
}

}  // namespace scoregate::e2e
