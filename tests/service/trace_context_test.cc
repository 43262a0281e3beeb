// The binary trace metadata of OpenCensus as a traceparent.
#include "gateway/service/trace_context.h"

#include <gtest/gtest.h>

#include <string>

namespace scoregate::service {
namespace {

TEST(TraceParentOf, WhatIsWellFormed) {
  const std::string trace = std::string(1, '\0') + "0123456789ABCDEF";
  const std::string span = "\1abcdefgh";
  const std::string version(1, '\0');
  const std::string parent = "00-30313233343536373839414243444546-6162636465666768-";
  struct Case {
    const char* name;
    std::string bytes;
    std::string parent;
  };
  for (const Case& c : {
           Case{"sampled", version + trace + span + "\2\1", parent + "01"},
           Case{"not sampled", version + trace + span + std::string("\2\0", 2), parent + "00"},
           Case{"other options", version + trace + span + "\2\3", parent + "01"},
           Case{"no options", version + trace + span, parent + "00"},
           Case{"fields of a later time", version + trace + span + "\2\1\7x", parent + "01"},
           Case{"nothing", "", ""},
           Case{"another version", "\1" + trace + span, ""},
           Case{"no span", version + trace, ""},
           Case{"a span that is cut", version + trace + span.substr(0, 8), ""},
           Case{"another order", version + span + trace, ""},
           Case{"a trace of zeros", version + std::string(17, '\0') + span, ""},
           Case{"a span of zeros", version + trace + "\1" + std::string(8, '\0'), ""},
       }) {
    EXPECT_EQ(TraceParentOf(c.bytes).value_or(""), c.parent) << c.name;
  }
}

}  // namespace
}  // namespace scoregate::service
