#include "tests/upstream/hostile/toxiproxy.h"

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace scoregate::upstream::hostile {
namespace {

using support::Toxic;
using support::ToxicKind;

// Longer than a proxy with nothing else to do holds anything.
constexpr std::chrono::milliseconds kHoldTime{50};

constexpr std::chrono::milliseconds kLongestAdd{100};

std::string Quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

std::string Number(std::string_view name, std::int64_t value) {
  return Quoted(name) + ":" + std::to_string(value);
}

// Type and attributes, in Toxiproxy's words and units.
std::string Attributes(const Toxic& toxic) {
  auto bytes = static_cast<std::int64_t>(toxic.bytes);
  std::int64_t time = toxic.time.count();
  switch (toxic.kind) {
    case ToxicKind::kLatency:
      return R"("type":"latency","attributes":{)" + Number("latency", time);
    case ToxicKind::kBandwidth:
      return R"("type":"bandwidth","attributes":{)" + Number("rate", bytes / 1000);
    case ToxicKind::kSlowClose:
      return R"("type":"slow_close","attributes":{)" + Number("delay", time);
    case ToxicKind::kTimeout:
      return R"("type":"timeout","attributes":{)" + Number("timeout", time);
    case ToxicKind::kResetPeer:
      return R"("type":"reset_peer","attributes":{)" + Number("timeout", time);
    case ToxicKind::kSlicer:
      return R"("type":"slicer","attributes":{)" + Number("average_size", bytes) + "," +
             Number("delay", time * 1000);
    case ToxicKind::kLimitData:
      return R"("type":"limit_data","attributes":{)" + Number("bytes", bytes);
    case ToxicKind::kDown:
      break;
  }
  throw std::logic_error("down is no toxic of a stream");
}

}  // namespace

Toxiproxy::Toxiproxy(std::string_view api, std::uint16_t server_port)
    : host_(api.substr(0, api.rfind(':'))),
      port_of_api_(api.substr(api.rfind(':') + 1)),
      name_("to" + std::to_string(server_port)) {
  std::string answer =
      Ask("POST", "/proxies",
          "{\"name\":" + Quoted(name_) + R"(,"listen":"127.0.0.1:0","upstream":)" +
              Quoted("127.0.0.1:" + std::to_string(server_port)) + ",\"enabled\":true}");
  constexpr std::string_view kListen = "\"listen\":\"127.0.0.1:";
  std::size_t at = answer.find(kListen);
  if (at == answer.npos) throw std::runtime_error("Toxiproxy made no proxy: " + answer);
  port_ = static_cast<std::uint16_t>(std::stoul(answer.substr(at + kListen.size())));
}

Toxiproxy::~Toxiproxy() {
  if (adding_.valid()) adding_.wait();
  Ask("DELETE", "/proxies/" + name_, "");
}

void Toxiproxy::Add(const Toxic& toxic) {
  const std::string proxy = "/proxies/" + name_;
  if (toxic.kind == ToxicKind::kDown) {
    Ask("POST", proxy, R"({"enabled":false})");
    return;
  }
  std::string stream = toxic.flow == support::Flow::kRequest ? "upstream" : "downstream";
  std::string json = R"({"name":"toxic","toxicity":1.0,"stream":)" + Quoted(stream) + "," +
                     Attributes(toxic) + "}}";
  adding_ = std::async(std::launch::async,
                       [this, proxy, json] { return Ask("POST", proxy + "/toxics", json); });
  if (adding_.wait_for(kLongestAdd) == std::future_status::ready) adding_.get();
}

void Toxiproxy::Settle() {
  std::this_thread::sleep_for(kHoldTime);
}

std::string Toxiproxy::Ask(std::string_view method, const std::string& path,
                           const std::string& json) const {
  boost::asio::ip::tcp::iostream stream(host_, port_of_api_);
  stream << method << " " << path << " HTTP/1.1\r\nHost: " << host_
         << "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
         << json.size() << "\r\n\r\n"
         << json << std::flush;
  std::stringstream answer;
  answer << stream.rdbuf();
  std::string text = answer.str();
  if (!text.starts_with("HTTP/1.1 2")) {
    throw std::runtime_error("Toxiproxy said no to " + path + ": " + text);
  }
  return text;
}

}  // namespace scoregate::upstream::hostile
