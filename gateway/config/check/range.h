// Values that have to lie within bounds.
#pragma once

#include <absl/strings/str_cat.h>
#include <google/protobuf/duration.pb.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/config/read/report.h"

namespace scoregate::config {

/// Takes values of one message's keys over the defaults of the settings.
class RangeCheck {
 public:
  /// `path` is the message's; the report must outlive the check.
  RangeCheck(std::string path, Report& report) : path_(std::move(path)), report_(report) {}

  /// Puts `given` where the default stands, if the key is there at all. Reports a zero, which would
  /// refuse everything, and what is over `most`.
  template <typename Number>
  void Take(std::string_view key, Number given, Number most, Number& setting) {
    std::string path = Child(path_, key);
    if (!report_.Has(path)) return;
    if (given == 0 || given > most) {
      report_.Error(path, {"the value is out of range", absl::StrCat("1 to ", most), ""});
      return;
    }
    setting = given;
  }

  /// The same where the default is decided later.
  template <typename Number>
  void Take(std::string_view key, Number given, Number most, std::optional<Number>& setting) {
    Number taken = 0;
    Take(key, given, most, taken);
    if (taken != 0) setting = taken;
  }

  /// The same for a duration, which has to be above zero.
  void TakeDuration(std::string_view key, const google::protobuf::Duration& given,
                    std::chrono::milliseconds& setting) {
    std::string path = Child(path_, key);
    if (!report_.Has(path)) return;
    std::chrono::milliseconds duration(given.seconds() * 1000 + given.nanos() / 1'000'000);
    if (duration.count() == 0) {
      report_.Error(path, {"the duration is zero", "one above zero, such as 30s", ""});
      return;
    }
    setting = duration;
  }

 private:
  std::string path_;
  Report& report_;
};

}  // namespace scoregate::config
