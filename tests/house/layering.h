// The rule "includes go down only" as a pure function over texts, so that it can be tested too.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::house {

/// One row of ARCHITECTURE.md's table of rooms.
struct Room {
  std::string floor;
  std::set<std::string> may_include;
  std::set<std::string> libraries;
};

/// The table of rooms in a page; `ground` and `first` are replaced by the rooms of that floor.
std::map<std::string, Room> ReadRooms(std::string_view architecture_page);

/// A source file: its room, its path for messages, its text.
struct SourceFile {
  std::string room;
  std::string path;
  std::string text;
};

/// What breaks the table, one sentence each: a room without a row, a row without a room (but for
/// those said to be planned), an include or a library that the row does not name, a cycle.
std::vector<std::string> CheckLayering(const std::map<std::string, Room>& rooms,
                                       const std::vector<SourceFile>& files);

}  // namespace scoregate::house
