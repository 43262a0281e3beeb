// What the front end of an online endpoint answers where the model does not, or not well.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/emulator/answer.h"

namespace scoregate::emulator {

/// One such answer.
struct OnlineError {
  std::string_view name;  ///< As it is raised, behind "online/".
  int status;
  std::string_view reason;      ///< ms-azureml-model-error-reason; empty for none.
  int model_status;             ///< ms-azureml-model-error-statuscode; 0 for none.
  std::string_view run_failed;  ///< x-ms-run-function-failed; empty for none.
  std::string_view content_type;
  std::string_view body;
};

/// Nothing where there is none. `model-error-NNN` is a name for each status from 100 to 999.
std::optional<OnlineError> FindOnlineError(std::string_view name);

/// All names but those with a number, for whoever mistyped one.
std::string OnlineErrorNames();

Answer OnlineErrorAnswer(const OnlineError& error);

/// What the front end makes of a container's answer that is not a 200: 424, with the container's
/// own status in a header and its body as it was.
Answer ModelError(int model_status, std::string_view run_failed, const std::string& body);

/// Adds what every answer of the front end has: how long its bandwidth cap held it up, in trailers.
void AddOnlineTrailers(Answer& answer);

}  // namespace scoregate::emulator
