// Looking up the addresses of a host name: the one call of this room that blocks.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <memory>
#include <string>
#include <vector>

namespace scoregate::upstream {

/// What came of a look-up.
struct ResolvedName {
  enum class Outcome {
    kFound,
    kNotFound,  ///< The name does not exist, or has no address.
    kFailed,    ///< Nobody could say: try again.
  };
  Outcome outcome = Outcome::kFailed;
  /// In the order to try; not empty where found.
  std::vector<boost::asio::ip::address> addresses;
  /// What the system said, where not found or failed.
  std::string text;
};

/// Looks names up. An interface, because the outside world begins here.
class Resolver {
 public:
  virtual ~Resolver() = default;

  /// Blocks, possibly for many seconds. From any thread, several at a time.
  virtual ResolvedName Resolve(const std::string& host) = 0;
};

/// getaddrinfo(3). Its order is kept (RFC 6724), but the families take turns, so that a family
/// without a route costs one attempt and not all.
std::shared_ptr<Resolver> MakeSystemResolver();

/// The addresses, the families taking turns, beginning with that of the first.
std::vector<boost::asio::ip::address> Interleave(
    const std::vector<boost::asio::ip::address>& addresses);

}  // namespace scoregate::upstream
