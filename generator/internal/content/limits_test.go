package content

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// A record or file that is made to hold a million faults is refused with a few: they
// are neither all told nor all held, and what comes last says that there are more.
func TestFaultsOfARecordAreBounded(t *testing.T) {
	many := func(n int, f func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(f(i))
		}
		return b.String()
	}
	base := tree(t, map[string]string{"site.yaml": site})
	for name, c := range map[string]struct {
		text, last string
		most       int
	}{
		"keys that nobody knows": {many(100_000, func(i int) string { return fmt.Sprintf("k%d: x\n", i) }), "yaml-faults", maxFindings + 3},
		"one key again":          {many(100_000, func(int) string { return "id: a\n" }), "yaml-faults", maxFindings + 3},
		"a language again":       {"title: {" + many(100_000, func(int) string { return "vi: x," }) + "}", "yaml-faults", maxFindings + 3},
		"empty objects":          {"objects: [" + many(maxItems, func(int) string { return "{x: 1}," }) + "]", "yaml-faults", maxFindings + 3 + 2*maxItems},
		"words of no list":       {"objects: [" + many(maxItems, func(int) string { return "{kind: x}," }) + "]", "yaml-faults", maxFindings + 3 + maxItems},
		"repaired words":         {"keywords: [" + many(maxItems, func(int) string { return "a\u200b," }) + "]", "", maxFindings + 3},
		"a long list":            {"keywords: [" + many(maxItems+1, func(int) string { return "a," }) + "]", "yaml-size", 3},
		"repairs, then a fault":  {"keywords: [" + many(maxItems, func(int) string { return "a\u200b," }) + "]\nlevel: x\n", "value-unknown", 2 * maxFindings},
		"many values":            {"keywords: [" + many(maxMarks, func(int) string { return "a," }) + "]", "yaml-size", 1},
		"broken records":         {many(2*maxErrors, func(int) string { return "a\n---\n" }), "yaml-faults", maxErrors + 2},
	} {
		f, _ := classify("fonds/f1/records/a.yaml")
		var ds []diag.Diagnostic
		base.With(map[string]string{f.Path: c.text}).Units(f, func(_ *record.Unit, _ record.Loc, more []diag.Diagnostic) { ds = append(ds, more...) })
		codes := map[string]bool{}
		for _, d := range ds {
			codes[d.Code] = codes[d.Code] || d.Severity == diag.Error
		}
		if len(ds) > c.most || c.last != "" && !codes[c.last] {
			t.Errorf("%s: %d findings, %v", name, len(ds), codes)
		}
	}
}
