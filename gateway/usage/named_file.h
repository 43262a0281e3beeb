// The files that a command line names, read as a whole; or a sentence that says why not.
#pragma once

#include <fstream>
#include <string>

namespace scoregate::usage {

/// All of these throw CLI::ValidationError in the name of `option`, such as "--body", for a
/// directory and for what cannot be opened or read. Pipes and other things that can be read are as
/// good as files.

/// For what is read bit by bit.
std::ifstream OpenFile(const std::string& option, const std::string& path);

/// All bytes of the file.
std::string ReadFile(const std::string& option, const std::string& path);

/// The same, but "-" stands for standard input.
std::string ReadFileOrInput(const std::string& option, const std::string& path);

/// Standard input may be a directory too (`< /tmp`), which would read as nothing at all.
void RefuseDirectoryAsInput(const std::string& option);

}  // namespace scoregate::usage
