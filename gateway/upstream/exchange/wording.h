// The sentences of the faults of this room: with host and port, never with a path, query or key.
#pragma once

#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/http/time_limit.h"

namespace scoregate::upstream::wording {

using Error = boost::system::error_code;

std::string RequestTooLarge(std::uint64_t bytes, std::uint64_t limit);
std::string NameNotFound(std::string_view host);
std::string NameLookupFailed(std::string_view host, std::string_view why);
std::string NameLookupLate(std::string_view host, std::chrono::milliseconds time);
std::string ConnectFailed(std::string_view place, const Error& error);
std::string ConnectLate(std::string_view place, std::chrono::milliseconds time);
std::string TunnelBroken(std::string_view proxy, std::string_view place, const Error& error);
std::string TunnelUnclear(std::string_view proxy, std::string_view place);
std::string TunnelRefused(std::string_view proxy, std::string_view place, int status);
std::string TunnelLate(std::string_view proxy, std::string_view place,
                       std::chrono::milliseconds time);
std::string TlsUnusable(std::string_view place, std::string_view why);
std::string TlsUntrusted(std::string_view place, std::string_view why);
/// Of a server that answers in clear text it says so.
std::string TlsFailed(std::string_view place, const Error& error);
std::string TlsLate(std::string_view place, std::chrono::milliseconds time);
/// `error` is how the connection ended before the first byte of the answer.
std::string NoAnswer(std::string_view place, const Error& error);
/// The connection ended after the first byte of the answer.
std::string AnswerBroken(std::string_view place, const Error& error);
std::string AnswerInvalid(std::string_view place, std::string_view why);
std::string HeadTooLarge(std::string_view place, std::uint64_t limit);
std::string BodyTooLarge(std::string_view place, std::uint64_t limit);
std::string ContentCoding(std::string_view place);
/// The time for the call ran out; `doing` goes before the place, such as "connecting to".
std::string Late(std::string_view doing, std::string_view place, const http::TimeLimit& limit);

}  // namespace scoregate::upstream::wording
