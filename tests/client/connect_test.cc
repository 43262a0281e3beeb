// What scorectl takes for an address and for metadata, and what it says of anything else.
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

#include "client/scorectl/connect/address.h"
#include "client/scorectl/connect/metadata.h"

namespace scoregate::scorectl {
namespace {

TEST(RequireAddress, TakesWhatCanBeDialedAndSaysWhatToTypeElse) {
  struct Case {
    const char* address;
    const char* says;
  };
  for (const Case& c : {
           Case{"127.0.0.1:50051", ""},
           Case{"gateway.example:443", ""},
           Case{"[::1]:50051", ""},
           Case{"unix:/run/scoregate.sock", ""},
           Case{"dns:///gateway.example:443", ""},
           Case{"localhost", "'localhost' has no port; write localhost:50051"},
           Case{"[::1]", "'[::1]' has no port; write [::1]:50051"},
           Case{"::1", "'::1' has no port; write [::1]:50051"},
           Case{"localhost:",
                "'localhost:' has no port from 1 to 65535 behind its colon; write "
                "localhost:50051"},
           Case{"localhost:grpc",
                "'localhost:grpc' has no port from 1 to 65535 behind its colon; "
                "write localhost:50051"},
           Case{"a:65536", "'a:65536' has no port from 1 to 65535 behind its colon; write a:50051"},
           Case{":50051", "':50051' has no host; write 127.0.0.1:50051"},
           Case{"", "'' is no address; write HOST:PORT or unix:PATH"},
           Case{"/run/scoregate.sock",
                "'/run/scoregate.sock' is a path; write unix:/run/scoregate.sock"},
           Case{"http://127.0.0.1:9000/x",
                "'http://127.0.0.1:9000/x' is a URL; gRPC wants HOST:PORT: 127.0.0.1:9000"},
           Case{"http://gateway", "'http://gateway' is a URL; gRPC wants HOST:PORT: gateway:50051"},
           Case{"https://[::1]/",
                "'https://[::1]/' is a URL; gRPC wants HOST:PORT: [::1]:443 with --tls"},
       }) {
    std::string said;
    try {
      RequireAddress(c.address);
    } catch (const CLI::ValidationError& error) {
      said = error.what();
    }
    EXPECT_EQ(said, *c.says == '\0' ? "" : "--address: " + std::string(c.says));
  }
}

TEST(WhatElseIsThere, ReadsWhatGrpcSays) {
  EXPECT_EQ(WhatElseIsThere("a:1", "last error: INTERNAL: Trying to connect an http1.x server"),
            "What answers at a:1 speaks HTTP/1: it is no gateway, but perhaps the endpoint behind "
            "one, the emulator, or a proxy. Type the address that `scoregate serve` prints behind "
            "\"listening on\".\n");
  EXPECT_EQ(WhatElseIsThere("nowhere:1", "DNS resolution failed for nowhere:1: not found"),
            "No host of that name is known here: nowhere. Type another one with --address "
            "HOST:PORT.\n");
  EXPECT_EQ(WhatElseIsThere("a:1", "Connection refused"), "");
}

TEST(ReadMetadata, TakesWhatGrpcCanSend) {
  struct Case {
    const char* text;
    const char* value;
    const char* says;
  };
  for (
      const Case& c : {
          Case{"x-raise=NotFound", "NotFound", ""},
          Case{"x-a=", "", ""},
          Case{"x-a=b=c d", "b=c d", ""},
          Case{"x-a-bin=aGk=", "hi", ""},
          Case{"x-a-bin=aGk", "hi", ""},
          Case{"x-a-bin=/w==", "\xFF", ""},
          Case{"x-a-bin=a", "",
               "'x-a-bin': the value of a name that ends in -bin is written in "
               "base64"},
          Case{"x-a-bin=a-k=", "",
               "'x-a-bin': the value of a name that ends in -bin is written in "
               "base64"},
          Case{"x-a=caf\xC3\xA9", "",
               "'x-a': a value is printable ASCII; other bytes go as base64 "
               "under x-a-bin"},
          Case{"X-Raise=a", "", "'X-Raise': names are in lower case; write x-raise"},
          Case{"x a=b", "", "'x a': a name has lower-case letters, digits, '-', '_' and '.' only"},
          Case{
              "grpc-timeout=1S", "",
              "'grpc-timeout': gRPC itself sets this one (and all of grpc-...); take another name"},
          Case{":path=/", "",
               "':path': gRPC itself sets this one (and all of grpc-...); take another name"},
          Case{
              "Content-Type=x", "",
              "'Content-Type': gRPC itself sets this one (and all of grpc-...); take another name"},
          Case{"accept-language=ko", "", "'accept-language': the language goes with --locale"},
          Case{"x-raise", "", "'x-raise' is not NAME=VALUE"},
      }) {
    std::string said;
    std::string value;
    try {
      value = ReadMetadata({c.text}).front().second;
    } catch (const CLI::ValidationError& error) {
      said = error.what();
    }
    EXPECT_EQ(said, *c.says == '\0' ? "" : "--metadata: " + std::string(c.says));
    EXPECT_EQ(value, c.value) << c.text;
  }
}

}  // namespace
}  // namespace scoregate::scorectl
