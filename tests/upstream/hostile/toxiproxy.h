// A proxy of a Toxiproxy that runs somewhere on this machine.
#pragma once

#include <future>
#include <string>
#include <string_view>

#include "tests/support/fault_proxy.h"

namespace scoregate::upstream::hostile {

/// One proxy in front of one server; taken away again with this object. Throws where the API does
/// not answer as it should.
class Toxiproxy final : public support::FaultyNetwork {
 public:
  /// `api` is host:port, an address.
  Toxiproxy(std::string_view api, std::uint16_t server_port);
  ~Toxiproxy() override;
  Toxiproxy(const Toxiproxy&) = delete;
  Toxiproxy& operator=(const Toxiproxy&) = delete;

  std::uint16_t port() const override { return port_; }
  /// Toxiproxy answers only once a link that is full moves again: not waited for without end.
  void Add(const support::Toxic& toxic) override;
  /// Toxiproxy does not say what it still holds: waits for longer than it holds anything.
  void Settle() override;

 private:
  std::string Ask(std::string_view method, const std::string& path, const std::string& json) const;

  const std::string host_;
  const std::string port_of_api_;
  const std::string name_;
  std::uint16_t port_ = 0;
  std::future<std::string> adding_;
};

}  // namespace scoregate::upstream::hostile
