// The listeners of a configuration: where callers connect, how, and which of them may.
#pragma once

#include <string>
#include <vector>

#include "gateway/config/check/address_check.h"
#include "gateway/config/load.h"
#include "gateway/config/read/report.h"
#include "gateway/config/settings.h"
#include "scoring/config/v1/config.pb.h"

namespace scoregate::config {

/// Makes settings of each listener. What it is given must outlive it.
class ListenerCheck {
 public:
  ListenerCheck(AddressCheck& addresses, const LoadInput& input, Report& report)
      : addresses_(addresses), input_(input), report_(report) {}

  /// Those whose address can be read; all are good where nothing was reported.
  std::vector<ListenerSettings> Take(const scoring::config::v1::GatewayConfig& message);

 private:
  void TakeOne(const scoring::config::v1::Listener& given, const std::string& path,
               ListenerSettings& listener);
  void CheckDirectory(const ListenAddress& address, const std::string& path);
  void TakeUnix(const scoring::config::v1::UnixSocket& given, const std::string& path,
                ListenerSettings& listener);
  ListenerTlsSettings TakeTls(const scoring::config::v1::ListenerTls& given,
                              const std::string& path);
  void CheckCallers(const scoring::config::v1::ListenerTls& given, const std::string& path,
                    ListenerTlsSettings& tls);
  void CheckFile(const std::string& file, const std::string& path);

  AddressCheck& addresses_;
  const LoadInput& input_;
  Report& report_;
};

}  // namespace scoregate::config
