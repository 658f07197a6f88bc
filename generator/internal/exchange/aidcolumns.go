package exchange

import (
	"slices"
	"strings"

	"vitrine/generator/internal/exchange/ead"
)

// put adds a value to the cell of a column.
func (a *aid) put(header, to, value string) *column {
	header, to, value = a.among(header, to, value)
	c := a.column(header, to)
	if t := a.rules[c].to; t.list || textTypes[t.leaf] { // several elements may be one field
		for _, other := range a.sheet.cols {
			if a.rules[other].to.path == t.path && a.has(other) {
				c = other
			}
		}
	}
	switch {
	case !a.has(c):
		a.cells[c] = &strings.Builder{}
	case a.rules[c].to.list, a.rules[c].to.is(pathExtra):
		a.cells[c].WriteString("\n")
	case textTypes[a.rules[c].to.leaf]:
		a.cells[c].WriteString(joint(to))
	default: // the field holds one
		return a.put(header+" (2)", pathExtra, value)
	}
	a.cells[c].WriteString(value)
	return c
}

// has reports whether something stands in the cell of a column already.
func (a *aid) has(c *column) bool { return a.cells[c] != nil && a.cells[c].Len() > 0 }

// fill puts the cells that were gathered into their row.
func (a *aid) fill(r *row) {
	for c, text := range a.cells {
		if missing := c.index + 1 - len(r.cells); missing > 0 {
			r.cells = append(r.cells, make([]string, missing)...)
		}
		r.cells[c.index] = text.String()
	}
	clear(a.cells)
}

// Time and memory go with rows and columns, so there are not as many columns as elements may have names, labels and languages.
const (
	maxLabels = 200 // columns beyond which labels and languages make no more
	maxNames  = 400 // columns beyond which names make no more
)

// restElements is the heading of elements that have no column of their own; nobody looks through what it may hold, so it is taken to
// speak of access until a map says that it does not.
const restElements = "other elements"

// among finds the column for an element where there are too many to give it one of its own: what its heading would have said stands
// before the text then.
func (a *aid) among(header, to, value string) (string, string, string) {
	if len(a.sheet.cols) <= maxLabels || slices.ContainsFunc(a.sheet.cols, func(c *column) bool { return c.header == header }) {
		return header, to, value
	}
	if t, ok := resolve(to); ok && t.lang != "" {
		to = pathExtra
	}
	base := bare(header)
	switch {
	case to != pathExtra: // fields are not without end
		return header, to, value
	case len(a.sheet.cols) > maxNames:
		rest := restElements
		if strings.Contains(header, ead.Restriction) {
			rest += " (" + ead.Restriction + ")"
		}
		return rest, pathExtra, header + ": " + value
	case base == header, strings.Contains(header, ead.Restriction), strings.Contains(header, ead.StatusOfText):
		return header, to, value
	}
	return base, to, strings.Trim(header[len(base):], " ()") + ": " + value
}

// bare is a heading without the label or language of its element.
func bare(header string) string {
	header, _, _ = strings.Cut(header, " (")
	header, _, _ = strings.Cut(header, " @")
	return header
}

// column is the one with a heading that fills a field.
func (a *aid) column(header, to string) *column {
	t, ok := resolve(to)
	if to == "id" {
		t, ok = target{path: "id"}, true
	}
	if !ok {
		panic("exchange: no field " + to)
	}
	for _, c := range a.sheet.cols {
		if c.header != header {
			continue
		}
		if a.rules[c].to.path == t.path {
			return c
		}
		return a.column(header+", "+to, to) // a map names columns by their headings
	}
	c := &column{index: len(a.sheet.cols), header: header, key: header, folded: foldName(header)}
	a.sheet.cols = append(a.sheet.cols, c)
	a.rules[c] = rule{to: t, separator: "\n"}
	return c
}
