package edtf_test

import (
	"fmt"
	"testing"

	"vitrine/generator/edtf"
)

// TestPlacement writes a placement as its mark and days, with "(" or ")" at a
// soft end, "<" or ">" at an arrow and "|" at a firm end.
func TestPlacement(t *testing.T) {
	for in, want := range map[string]string{
		"1945-09-02":             "point 1945-09-02",
		"1945-09-02?":            "point 1945-09-02",
		"1930-02":                "hollow 1930-02-14",
		"1930-02-XX":             "hollow 1930-02-14",
		"1945-33":                "bar |1945-01-01 1945-03-31|",
		"1941-21":                "bar |1941-03-01 1941-05-31|",
		"1927":                   "bar |1927-01-01 1927-12-31|",
		"1930-XX":                "bar |1930-01-01 1930-12-31|",
		"193X":                   "band |1930-01-01 1939-12-31|",
		"19XX":                   "band |1900-01-01 1999-12-31|",
		"193X~":                  "band (1920-01-01 1949-12-31)",
		"1935-03-27/1935-03-31":  "bar |1935-03-27 1935-03-31|",
		"1930~":                  "bar (1929-01-01 1931-12-31)",
		"1930-02~":               "bar (1930-01-01 1930-03-31)",
		"1930-01~":               "bar (1929-12-01 1930-02-28)",
		"1945-09-02~":            "bar (1945-09-01 1945-09-03)",
		"~1945-09-02":            "bar (1944-09-02 1946-09-02)",
		"1945-~09-02":            "bar (1945-08-02 1945-10-02)",
		"1945-09-~02":            "bar (1945-09-01 1945-09-03)",
		"1945-33~":               "bar (1944-10-01 1945-06-30)",
		"1930~/1931":             "bar (1929-01-01 1931-12-31|",
		"1930/1931~":             "bar |1930-01-01 1932-12-31)",
		"1945-09-02/..":          "bar |1945-09-02 1945-09-02>",
		"../1954-07":             "bar <1954-07-01 1954-07-31|",
		"1951/":                  "bar |1951-01-01 1952-12-31)",
		"/1954-07":               "bar (1954-06-01 1954-07-31|",
		"[1929-07,1929-08]":      "bar |1929-07-01 1929-08-31|",
		"{1965,1968~}":           "bar |1965-01-01 1969-12-31)",
		"[1945-08-19,1945-09..]": "bar |1945-08-19 1945-09-30>",
		"[1945-08-19]":           "point 1945-08-19",
		"9999~":                  "bar (9998-01-01 9999-12-31)",
		"../..":                  "none",
	} {
		if got := placed(parse(t, in).Placement()); got != want {
			t.Errorf("%s is placed at %s, want %s", in, got, want)
		}
	}
}

func placed(p edtf.Placement) string {
	switch p.Mark {
	case edtf.MarkNone:
		return "none"
	case edtf.MarkPoint, edtf.MarkHollow:
		if p.Lo != p.Hi || p.SoftLo || p.SoftHi || p.ArrowLo || p.ArrowHi {
			return fmt.Sprintf("a point with a length or an end: %+v", p)
		}
		return map[edtf.Mark]string{edtf.MarkPoint: "point ", edtf.MarkHollow: "hollow "}[p.Mark] + p.Lo.String()
	}
	name := map[edtf.Mark]string{edtf.MarkBar: "bar ", edtf.MarkBand: "band "}[p.Mark]
	left, right := "|", "|"
	if p.SoftLo {
		left = "("
	}
	if p.ArrowLo {
		left = "<"
	}
	if p.SoftHi {
		right = ")"
	}
	if p.ArrowHi {
		right = ">"
	}
	return name + left + p.Lo.String() + " " + p.Hi.String() + right
}
