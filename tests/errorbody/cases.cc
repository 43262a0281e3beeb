// The tables of all shapes as one.
#include "tests/errorbody/cases.h"

#include <vector>

#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

std::vector<Case> AllRows() {
  std::vector<Case> all;
  for (std::span<const Case> rows :
       {GoogleRpcRows(),   Odata3Rows(),         ServiceErrorRows(),  OdataRows(),   ArmRows(),
        ClassicRows(),     HuggingFaceRows(),    TorchserveRows(),    MlflowRows(),  SeldonRows(),
        SagemakerRows(),   DataFactoryRows(),    WrappedAnswerRows(), ProblemRows(), OauthRows(),
        ErrorStringRows(), FastapiRows(),        FlatRows(),          JsonRows(),    EmptyRows(),
        XmlRows(),         OnlineSentenceRows(), HtmlRows(),          TextRows()}) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

}  // namespace

std::span<const Case> Cases() {
  static const std::vector<Case> all = AllRows();
  return all;
}

}  // namespace scoregate::errorbody
