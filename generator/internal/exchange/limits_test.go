package exchange

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
)

// A sheet that no spreadsheet made is refused with its place, and nothing is
// written; one at the limit is read.
func TestSheetLimits(t *testing.T) {
	for name, c := range map[string]struct {
		sheet string
		line  int // of the refusal; 0 for none
	}{
		"columns":         {"title\nx" + strings.Repeat(",", maxColumns) + "\n", 2},
		"headings":        {strings.Repeat("a,", maxColumns) + "b\n", 1},
		"columns, most":   {"title\nx" + strings.Repeat(",", maxColumns-1) + "\n", 0},
		"a cell":          {"title\na\n" + strings.Repeat("x", maxCell+1) + "\n", 3},
		"a cell, longest": {"title\n" + strings.Repeat("x", maxCell) + "\n", 0},
		"rows":            {"title\n" + strings.Repeat("x\n", maxRows+1), maxRows + 2},
		"XML":             {"\n<?xml version=\"1.0\"?>\n<ead>\n", 1},
		"one open quote":  {"title\n\"" + strings.Repeat("x\n", maxRows), 2},
	} {
		rep := &Report{}
		begin := time.Now()
		s := readSheet("a.csv", c.sheet, 0, rep)
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		var refusal diag.Diagnostic
		for _, d := range rep.Notes {
			if d.Severity == diag.Error {
				refusal = d
			}
		}
		if (s == nil) != (c.line > 0) || refusal.Pos.Line != c.line {
			t.Errorf("%s: %v, want line %d", name, refusal, c.line)
		}
	}
	dir := archive(t, nil)
	before := snapshot(t, dir)
	o := sheetFile(t, dir, "title\n"+strings.Repeat("x", maxCell+1)+"\n", nil)
	if _, err := ImportCSV(context.Background(), o); !errors.Is(err, ErrRefused) {
		t.Errorf("%v", err)
	}
	o.MapFile = o.File + ".yaml"
	writeFile(t, o.MapFile, "columns: ["+strings.Repeat("a,", content.MaxRecord/2)+"]")
	var ue *UsageError
	if _, err := ImportCSV(context.Background(), o); !errors.As(err, &ue) || ue.Msg.Vi == "" {
		t.Errorf("a map of %d MB: %v", content.MaxRecord>>20, err)
	}
	if len(snapshot(t, dir)) != len(before) {
		t.Error("something was written")
	}
}
