// The rows of each shape, a file each. A shape without rows fails a test.
#pragma once

#include <span>

#include "tests/errorbody/cases.h"

namespace scoregate::errorbody {

std::span<const Case> GoogleRpcRows();
std::span<const Case> Odata3Rows();
std::span<const Case> ServiceErrorRows();
std::span<const Case> OdataRows();
std::span<const Case> ArmRows();
std::span<const Case> ClassicRows();
std::span<const Case> HuggingFaceRows();
std::span<const Case> TorchserveRows();
std::span<const Case> MlflowRows();
std::span<const Case> SeldonRows();
std::span<const Case> SagemakerRows();
std::span<const Case> DataFactoryRows();
std::span<const Case> WrappedAnswerRows();
std::span<const Case> ProblemRows();
std::span<const Case> OauthRows();
std::span<const Case> ErrorStringRows();
std::span<const Case> FastapiRows();
std::span<const Case> FlatRows();
std::span<const Case> JsonRows();
std::span<const Case> EmptyRows();
std::span<const Case> XmlRows();
std::span<const Case> OnlineSentenceRows();
std::span<const Case> HtmlRows();
std::span<const Case> TextRows();

}  // namespace scoregate::errorbody
