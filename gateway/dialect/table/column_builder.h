// Fills one typed column from cells, deciding the type where the answer does not say it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/dialect/table/cell.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::table {

/// What a column's cells become.
enum class ColumnType {
  kInferred,  ///< Decided by the cells: see ColumnBuilder.
  kInt64s,
  kDoubles,
  kBools,
  kStrings,
};

/// The type for a name in ColumnTypes (a .NET type's, in any case); kStrings for any other.
ColumnType ColumnTypeOf(std::string_view name);

/// Fills a column, row after row.
///
/// Declared types read strings as well as JSON values, since classic writes every cell as a string;
/// an empty string in a column of numbers or truth values is a missing value. Without a declared
/// type, JSON values rule: integers alone give int64s, other numbers doubles, truth values bools,
/// everything else, mixtures too, strings. A column that holds no value at all is of strings.
class ColumnBuilder {
 public:
  /// `column` must outlive the builder; its name is set by the owner.
  ColumnBuilder(scoring::v1::Column* column, ColumnType type);

  /// Puts the cell at `row`; rows that were left out hold no value. Rows come in ascending order.
  /// False where the cell does not fit the type: then the column has to be read again as kStrings,
  /// so that nothing is lost, and what it holds until then is without meaning.
  bool Put(std::uint32_t row, const Cell& cell);

  /// Makes room for that many rows, if the type is known by now.
  void Reserve(std::uint32_t rows);

  /// Ends the column at `rows` rows; those that were left out hold no value.
  void Finish(std::uint32_t rows);

  /// The row that comes next.
  std::uint32_t rows() const { return rows_; }

 private:
  bool PutInferred(const Cell& cell);
  bool PutInt64(const Cell& cell);
  bool PutDouble(const Cell& cell);
  bool PutBool(const Cell& cell);
  void PutString(const Cell& cell);
  void PutNull();
  void FillTo(std::uint32_t rows);
  /// Gives the column its list, with a filler for each row so far.
  void Decide(ColumnType type);
  void Int64sToDoubles();

  scoring::v1::Column* column_;
  ColumnType type_;
  /// Whether `type_` came from the cells, so that doubles may follow integers.
  bool inferred_;
  std::uint32_t rows_ = 0;
  google::protobuf::RepeatedField<double>* doubles_ = nullptr;
  google::protobuf::RepeatedField<std::int64_t>* int64s_ = nullptr;
  google::protobuf::RepeatedField<bool>* bools_ = nullptr;
  google::protobuf::RepeatedPtrField<std::string>* strings_ = nullptr;
};

}  // namespace scoregate::dialect::table
