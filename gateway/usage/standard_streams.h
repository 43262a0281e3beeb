// Standard input, output and error as a program needs them: open, and what is written to the output
// either arrives or is said to be missing.
#pragma once

namespace scoregate::usage {

/// The exit code of a program whose standard output could not be written. Not the 74 of sysexits.h:
/// scorectl's codes from 64 on are gRPC's.
inline constexpr int kExitOutput = 3;

/// All of a program's main: runs it, and gives what main returns. Meanwhile std::cout is for one
/// thread at a time. At the end what is left is written, and where anything of the output was lost
/// standard error says so, and kExitOutput takes the place of a good code; a reader that went away
/// (`| head`) is no news to anybody: 128 + SIGPIPE, and nothing is said. An exception is told in
/// the program's name and ends it with EXIT_FAILURE.
///
/// A program that has this also has its descriptors 0 to 2 open from the very first: where one was
/// closed, it is /dev/null, and no file or connection takes its place.
int RunMain(const char* program, int (*run)(int, char**), int argc, char** argv);

}  // namespace scoregate::usage
