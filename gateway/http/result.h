// A value, or the fault that stands in its place.
#pragma once

#include <utility>
#include <variant>

#include "gateway/http/fault.h"
#include "gateway/http/message.h"

namespace scoregate::http {

/// Holds a T or a Fault. Test with ok() before value().
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Fault fault) : state_(std::in_place_index<1>, std::move(fault)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  Fault& fault() & { return std::get<1>(state_); }
  const Fault& fault() const& { return std::get<1>(state_); }
  Fault&& fault() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Fault> state_;
};

/// Result of an action that gives no value.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Fault fault) : state_(std::move(fault)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  const Fault& fault() const& { return std::get<1>(state_); }
  Fault&& fault() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<std::monostate, Fault> state_;
};

/// How an exchange with an upstream ended: with an answer of any status, or without one.
using HttpOutcome = Result<HttpResponse>;

}  // namespace scoregate::http
