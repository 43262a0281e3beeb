#include "gateway/upstream/names/resolver.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace scoregate::upstream {
namespace {

using boost::asio::ip::address;

ResolvedName::Outcome OutcomeOf(int error) {
  switch (error) {
    case 0:
      return ResolvedName::Outcome::kFound;
    case EAI_NONAME:
    case EAI_NODATA:
    case EAI_ADDRFAMILY:
      return ResolvedName::Outcome::kNotFound;
  }
  return ResolvedName::Outcome::kFailed;
}

std::optional<address> AddressOf(const addrinfo& entry) {
  if (entry.ai_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, entry.ai_addr, sizeof(in));
    return boost::asio::ip::address_v4(ntohl(in.sin_addr.s_addr));
  }
  if (entry.ai_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, entry.ai_addr, sizeof(in));
    boost::asio::ip::address_v6::bytes_type bytes;
    std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
    return boost::asio::ip::address_v6(bytes, in.sin6_scope_id);
  }
  return std::nullopt;
}

class SystemResolver final : public Resolver {
 public:
  ResolvedName Resolve(const std::string& host) override {
    // Without AI_ADDRCONFIG: it leaves out loopback addresses, and a family without a route fails
    // at once anyway.
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    int error = getaddrinfo(host.c_str(), nullptr, &hints, &list);
    ResolvedName name;
    name.outcome = OutcomeOf(error);
    if (error != 0) {
      name.text = gai_strerror(error);
      return name;
    }
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
      auto found = AddressOf(*entry);
      if (found && std::ranges::find(name.addresses, *found) == name.addresses.end()) {
        name.addresses.push_back(*found);
      }
    }
    freeaddrinfo(list);
    name.addresses = Interleave(name.addresses);
    if (name.addresses.empty()) {
      name.outcome = ResolvedName::Outcome::kNotFound;
      name.text = "no address";
    }
    return name;
  }
};

}  // namespace

std::vector<address> Interleave(const std::vector<address>& addresses) {
  if (addresses.empty()) return {};
  std::array<std::vector<address>, 2> families;
  for (const address& one : addresses) {
    families[one.is_v6() == addresses.front().is_v6() ? 0 : 1].push_back(one);
  }
  std::vector<address> mixed;
  for (std::size_t i = 0; mixed.size() < addresses.size(); ++i) {
    for (const auto& family : families) {
      if (i < family.size()) mixed.push_back(family[i]);
    }
  }
  return mixed;
}

std::shared_ptr<Resolver> MakeSystemResolver() {
  return std::make_shared<SystemResolver>();
}

}  // namespace scoregate::upstream
