// What scorectl prints: results on stdout, reports of failed calls on stderr.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "client/score_error.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::scorectl {

enum class Format { kTable, kCsv, kJson };

/// The outputs as text, ending with a newline. kTable is for eyes (aligned columns, `-` for null),
/// kCsv one table after the other (a `# NAME` line before each where there are several), kJson the
/// message as proto3 JSON.
std::string PrintResponse(const scoring::v1::ScoreResponse& response, Format format);

/// Aligned columns with a header; columns whose cells are all numbers are set flush right.
std::string PrintTable(const scoring::v1::Table& table);

/// A message as proto3 JSON on one line.
std::string PrintJson(const google::protobuf::Message& message);

/// Every detail of a failed call, for a person at night: what happened, what to do, whose fault.
std::string PrintReport(const client::ScoreError& error);

}  // namespace scoregate::scorectl
