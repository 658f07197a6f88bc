package exchange

import (
	"maps"
	"slices"
)

// The keys beneath those at the top of a map.
var (
	idKeys     = []string{"column", "slug", "prefix", "digits"}
	columnKeys = []string{"to", "role", "separator", "values"}
)

// MapKeys are the keys that a map may hold: at its top, under id, and of what is done with a
// column.
func MapKeys() (top, id, column []string) { return sections, idKeys, columnKeys }

// Fields are the paths by which a map names a field: in full, as "places[]" or "dates.created",
// and those that are short for another. A text may be followed by a language, as "title.en", and
// a list may be written without its brackets.
func Fields() []string { return append(knownPaths(), slices.Sorted(maps.Keys(shortPaths))...) }

// Delimiters are the signs that may part the cells of a sheet.
func Delimiters() (out []string) {
	for _, d := range append(slices.Clone(delimiters), '|', ':') {
		out = append(out, string(d))
	}
	return out
}
