// Classic request-response scoring (RRS): tables in, tables out, every cell of an answer a string.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/emulator/dialects/call.h"

namespace scoregate::emulator {

/// The names that this service declares.
inline constexpr std::string_view kInputName = "input1";
inline constexpr std::string_view kOutputName = "output1";
inline constexpr std::string_view kRaiseParameter = "raise";
inline constexpr std::string_view kTemperatureParameter = "Temperature";
inline constexpr std::string_view kApiVersion = "2.0";

/// The columns of output1: a probability a species, then the label.
inline constexpr std::string_view kLabelColumn = "Scored Labels";
std::string ProbabilityColumn(std::size_t species);

/// POST …/execute?api-version=2.0[&details=true][&format=swagger]. What is wrong with the request
/// is answered as the documentation has it, under BadArgument or BadUserArgument.
Answer ScoreClassic(const Call& call);

/// 401 Unauthorized/ScoreRequestUnauthorized.
Answer RefuseClassicKey();

}  // namespace scoregate::emulator
