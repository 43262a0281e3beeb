// Calls of the echo service frame by frame, and its answers.
#pragma once

#include <cstdint>
#include <string>

#include "echo.pb.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {

inline constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
inline constexpr char kCollect[] = "/scoregate.test.Echo/Collect";
inline constexpr char kRepeat[] = "/scoregate.test.Echo/Repeat";
inline constexpr char kChat[] = "/scoregate.test.Echo/Chat";

inline const Fields kOkHeaders = {{":status", "200"}, {"content-type", "application/grpc"}};
inline const Fields kOkTrailers = {{"grpc-status", "0"}};

/// A message to the service, in gRPC's frame.
std::string Request(const std::string& body, test::Action action = test::ACTION_ECHO,
                    std::uint32_t count = 1);

/// A whole call: headers, the message, the end.
std::string UnaryCall(std::uint32_t stream, const std::string& message);

/// What a unary answer echoes.
std::string BodyOf(const SeenStream& stream);

/// The whole answer to a unary call.
void ExpectEchoed(const SeenStream& stream, const std::string& body);

/// The connection answers another call, of that stream.
void ExpectStillServes(MemoryConnection& connection, std::uint32_t stream);

}  // namespace scoregate::rpc
