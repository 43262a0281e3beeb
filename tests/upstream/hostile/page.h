// docs/upstream-faults.md: the tables of this folder as a page for operators.
#pragma once

#include <string>
#include <vector>

#include "tests/upstream/hostile/network.h"
#include "tests/upstream/hostile/shape.h"

namespace scoregate::upstream::hostile {

/// Whether the outcome is an answer, or the page says what to look at where there is none.
bool IsExplained(const std::string& outcome);

/// The whole page, in Markdown.
std::string Page(const std::vector<Family>& families, const std::vector<NetworkRow>& network);

}  // namespace scoregate::upstream::hostile
