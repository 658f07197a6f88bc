// Package exchange writes and reads the formats of other systems.
//
// # CSV and XLSX
//
// ImportCSV turns a spreadsheet that was saved as CSV, with a folder of media,
// into content/fonds/<id>/. The text may be UTF-8 or, with a byte order mark,
// UTF-16; the separator may be a comma, a semicolon or a tab. Nothing is lost
// silently: a row that is not taken, a value that is dropped or changed and a
// file that is absent each stand in the Report with their row and cell.
//
// ImportXLSX does the same with a sheet of a workbook.
//
// Without a mapping file, columns are recognised by their names: the keys of
// the model, its Vietnamese and English labels, Dublin Core and the names that
// CollectionBuilder uses. Columns that are not recognised are kept under
// extra. A mapping file says it exactly:
//
//	# Which column of the sheet is which field of a record.
//	delimiter: ";"              # of the columns; found out where absent (tab: "\t")
//	separator: ";"              # between several values in one cell
//	date_order: dmy             # dmy or mdy, for 2/3/1945
//	date_system: 1900           # of Excel's serial numbers: 1900 or 1904
//	guess: false                # true: recognise the other columns by their names
//	id: {column: "Số hồ sơ", prefix: "hs-"}
//	  # or  {prefix: "hs-", digits: 4}      hs-0001, hs-0002 … in row order
//	  # or  {slug: "Tên hồ sơ"}             made from the words of a column
//	columns:
//	  "Tên hồ sơ": title
//	  "Tên tiếng Anh": title.en
//	  "Ngày tháng": dates.created
//	  "Hồ sơ số": reference.unit_no
//	  "Tác giả": {to: "creators[]", role: author, separator: "/"}
//	  "Thuộc hồ sơ": parent
//	  "Cấp": {to: level, values: {"HS": file, "VB": item}}
//	  "Loại": {to: form, values: {"NQ": nghi-quyet}}
//	  "Tệp ảnh": "objects[].file"
//	  "Chủ đề": "subjects[]"
//	  "Mức độ": access.state
//	  "Quyết định": clearance
//	  "Phòng đọc": extra           # kept, under its own name
//	  "Ghi chú nội bộ": skip       # expressly left out
//	constants:                     # the same in every record
//	  reference.repository: kho-mau
//	defaults:                      # where the row says nothing
//	  form: anh
//	fonds:                         # the description of the fonds, where it is new
//	  title: {vi: "Phông …"}
//	  level: collection
//
// The text of a cell is shown as it stands: marks of Markdown that would be an
// error are escaped, and the usual HTML tags become what they mean. A row that
// bears a secrecy marking is refused with all that belongs to it, and so is one that
// would be opened while a column that nobody explained speaks of secrecy, restriction
// or publication (secrecy.go), and one that a build would refuse:
// what would be written is read as a build reads it, before anything is written.
//
// A field is named by its path in the record; `[]` marks a list. Two names
// are more than paths: dates.start and dates.end together make an interval.
package exchange
