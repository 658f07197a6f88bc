package catalog

import (
	"bytes"
	"cmp"
	"slices"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/vi"
)

// sortRuns sorts rows by compare and keeps equal ones in their order. It
// merges the stretches that ascend already: files are read in the order of
// their names, which is mostly that of ids, so there are few of them. It
// returns rows or another slice in its place.
func sortRuns(rows []int32, compare func(x, y int32) int) []int32 {
	ends := ascending(rows, compare)
	if len(ends) < 2 {
		return rows
	}
	spare := make([]int32, len(rows))
	for len(ends) > 1 {
		merged, from := ends[:0], int32(0)
		for i := 0; i < len(ends); i += 2 {
			mid, to := ends[i], ends[min(i+1, len(ends)-1)]
			mergeRuns(spare[from:to], rows[from:mid], rows[mid:to], compare)
			merged, from = append(merged, to), to
		}
		ends, rows, spare = merged, spare, rows
	}
	return rows
}

// ascending returns where the stretches of rows end that ascend.
func ascending(rows []int32, compare func(x, y int32) int) []int32 {
	var ends []int32
	for i := 1; i <= len(rows); i++ {
		if i == len(rows) || compare(rows[i-1], rows[i]) > 0 {
			ends = append(ends, int32(i))
		}
	}
	return ends
}

func mergeRuns(out, left, right []int32, compare func(x, y int32) int) {
	for len(left) > 0 && len(right) > 0 {
		if compare(left[0], right[0]) <= 0 {
			out[0], left = left[0], left[1:]
		} else {
			out[0], right = right[0], right[1:]
		}
		out = out[1:]
	}
	copy(out[copy(out, left):], right)
}

// SortByDate sorts rows by date, those of the same date in the order of rows.
func (c *Catalog) SortByDate(rows []int32) {
	type dated struct {
		key edtf.Key // beside the row, for an entry is far from the next
		row int32
	}
	ds := make([]dated, len(rows))
	for i, row := range rows {
		ds[i] = dated{c.entries.at(row).key, row}
	}
	slices.SortFunc(ds, func(x, y dated) int {
		if x.key.Lo != y.key.Lo {
			return cmp.Compare(x.key.Lo, y.key.Lo)
		}
		return cmp.Or(x.key.Compare(y.key), cmp.Compare(x.row, y.row))
	})
	for i, d := range ds {
		rows[i] = d.row
	}
}

// SortByReference sorts units by reference, those of the same one in the order of rows,
// and those without one last. It takes the slice, and returns it or another.
func (c *Catalog) SortByReference(rows []int32) []int32 {
	return sortRuns(rows, func(x, y int32) int {
		a, b := c.str(x, textReference), c.str(y, textReference)
		if len(a) == 0 || len(b) == 0 || bytes.Equal(a, b) {
			return cmp.Compare(min(len(b), 1), min(len(a), 1))
		}
		return cmp.Or(byNumber(a, b), vi.Compare(string(a), string(b)))
	})
}

// byNumber compares two reference codes that differ in one number alone, as
// neighbours on a shelf do: it is what vi.Compare says of them, and takes no
// keys. It returns 0 where that is not all they differ in.
func byNumber(a, b []byte) int {
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	for from > 0 && digit(a[from-1]) {
		from--
	}
	x, y := leadingNumber(a[from:]), leadingNumber(b[from:])
	if x == nil || y == nil {
		return 0
	}
	x, y = bytes.TrimLeft(x, "0"), bytes.TrimLeft(y, "0")
	return cmp.Or(cmp.Compare(len(x), len(y)), bytes.Compare(x, y))
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// leadingNumber is the number that s begins with, nil where there is none.
func leadingNumber(s []byte) []byte {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	if n == 0 {
		return nil
	}
	return s[:n]
}
