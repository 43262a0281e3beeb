// Fits a draft into the trailers: what is shed first when an error is too large (contract, part 3).
#pragma once

#include <cstddef>

#include "gateway/translation/details/draft.h"

namespace scoregate::translation {

/// Sheds until the Trailers-Only block measures kTargetTrailerBytes at most, in a fixed order:
/// DebugInfo, further Help links, serving_data, UpstreamError from the inside out, violations,
/// LocalizedMessage, values of metadata, the middle of the message. Where configuration alone is
/// too large for kMaxTrailerBytes, whole details go as well. Never touches reason, domain and
/// RetryInfo. The metadata `detailsTruncated` names what went. Gives StatusBytes(draft), which were
/// measured after the last change.
std::size_t FitBudget(Draft& draft);

}  // namespace scoregate::translation
