package access

import (
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

func str(s string) record.Str { return record.Str{V: s, At: record.At{Line: 1, Col: 1}} }

func strs(ss ...string) (out []record.Str) {
	for _, s := range ss {
		out = append(out, str(s))
	}
	return out
}

func date(s string) record.Date {
	d, err := edtf.Parse(s)
	if err != nil {
		panic(err)
	}
	return record.Date{Date: d}
}

// signed is a clearance that is complete and covers fonds f.
func signed() record.Clearance {
	return record.Clearance{
		ID: str("kt"), PreparedBy: str("A"), ApprovedBy: str("B"), File: "clearances/kt.yaml", At: record.At{Line: 1, Col: 1},
		Decision: record.Decision{Number: str("01"), Date: date("2026-01-15"), Signatory: str("C"), IssuedBy: record.Ref{ID: "co-quan"}},
		Scope: record.Scope{Fonds: strs("f"), Parts: strs("metadata", "images"), Purposes: strs("web-exhibition"),
			OpenEnded: record.Bool{V: true}},
		Valid: record.Validity{From: str("2026-01-15")},
	}
}

var today = edtf.DayOf(2026, 6, 1)

// judge returns the verdict on record r of fonds f.
func judge(t *testing.T, c record.Clearance, a record.Access, asOf edtf.Day) (Verdict, []diag.Diagnostic) {
	t.Helper()
	g, ds := New([]record.Clearance{c}, asOf)
	ds = append(ds, g.Freeze(func(yield func(id, fonds string) bool) { yield("r-001", "f") }).Sorted()...)
	return g.Judge("r-001", "f", g.FactsOf(a, str("kt"), nil)), ds
}

// state is an access block with a state, and the condition that one of them needs.
func state(s string) record.Access {
	a := record.Access{State: str(s), At: record.At{Line: 2, Col: 1}}
	if s == "conditional" {
		a.ConditionalBasis = body("Đọc tại chỗ").Name
	}
	return a
}

func TestJudge(t *testing.T) {
	full := Metadata | Images
	for name, c := range map[string]struct {
		change func(*record.Clearance)
		access record.Access
		parts  Parts
		reason Reason
	}{
		"cleared":                  {nil, state("public"), full, ReasonNone},
		"no access block":          {nil, record.Access{}, 0, ReasonUnreviewed},
		"unreviewed":               {nil, state("unreviewed"), 0, ReasonUnreviewed},
		"unknown state":            {nil, state("opne"), 0, ReasonUnreviewed},
		"restricted":               {nil, state("restricted"), 0, ReasonRestricted},
		"withdrawn":                {nil, state("withdrawn"), 0, ReasonWithdrawn},
		"metadata only":            {nil, state("metadata-only"), Metadata, ReasonMetadataOnly},
		"conditional":              {nil, state("conditional"), Metadata, ReasonMetadataOnly},
		"embargo without a day":    {nil, state("embargo"), 0, ReasonEmbargo},
		"embargo to come":          {nil, record.Access{State: str("embargo"), EmbargoUntil: str("2030-01-01")}, 0, ReasonEmbargo},
		"embargo over":             {nil, record.Access{State: str("embargo"), EmbargoUntil: str("2026-05-31")}, full, ReasonNone},
		"embargo in some year":     {nil, record.Access{State: str("embargo"), EmbargoUntil: str("20XX")}, 0, ReasonEmbargo},
		"embargo unreadable":       {nil, record.Access{State: str("embargo"), EmbargoUntil: str("sớm")}, 0, ReasonEmbargo},
		"public before an embargo": {nil, record.Access{State: str("public"), EmbargoUntil: str("2030-01-01")}, 0, ReasonEmbargo},
		"personal data unreviewed": {nil, record.Access{State: str("public"), Personal: str("unreviewed")}, 0, ReasonPersonal},
		"other fonds":              {func(c *record.Clearance) { c.Scope.Fonds = strs("g") }, state("public"), 0, ReasonOutOfScope},
		"by id":                    {func(c *record.Clearance) { c.Scope.Fonds, c.Scope.Records = nil, strs("r-001") }, state("public"), full, ReasonNone},
		"by range":                 {func(c *record.Clearance) { c.Scope.Fonds, c.Scope.Records = nil, strs("r-001..r-009") }, state("public"), full, ReasonNone},
		"beside the range":         {func(c *record.Clearance) { c.Scope.Fonds, c.Scope.Records = nil, strs("r-002..r-009") }, state("public"), 0, ReasonOutOfScope},
		"range of other width":     {func(c *record.Clearance) { c.Scope.Fonds, c.Scope.Records = nil, strs("r-01..r-99") }, state("public"), 0, ReasonOutOfScope},
		"not yet valid":            {func(c *record.Clearance) { c.Valid.From = str("2026-06-02") }, state("public"), 0, ReasonNotYetValid},
		"last day":                 {func(c *record.Clearance) { c.Valid.Until = str("2026-06-01") }, state("public"), full, ReasonNone},
		"expired":                  {func(c *record.Clearance) { c.Valid.Until = str("2026-05-31") }, state("public"), 0, ReasonExpired},
		"no number":                {func(c *record.Clearance) { c.Decision.Number = record.Str{} }, state("public"), 0, ReasonClearanceFaulty},
		"no date":                  {func(c *record.Clearance) { c.Decision.Date = record.Date{} }, state("public"), 0, ReasonClearanceFaulty},
		"no body":                  {func(c *record.Clearance) { c.Decision.IssuedBy = record.Ref{} }, state("public"), 0, ReasonClearanceFaulty},
		"no signatory":             {func(c *record.Clearance) { c.Decision.Signatory = record.Str{} }, state("public"), 0, ReasonClearanceFaulty},
		"draft":                    {func(c *record.Clearance) { c.Decision = record.Decision{} }, state("public"), 0, ReasonClearanceInert},
		"dated tomorrow":           {func(c *record.Clearance) { c.Decision.Date, c.Valid.From = date("2026-06-02"), str("2026-06-02") }, state("public"), 0, ReasonNotYetValid},
		"one person, two spellings": {func(c *record.Clearance) {
			c.PreparedBy, c.ApprovedBy = str("Nguyễn Văn\u00a0A"), str("nguyen van  a")
		}, state("public"), 0, ReasonClearanceFaulty},
		"one person":           {func(c *record.Clearance) { c.ApprovedBy = str("a") }, state("public"), 0, ReasonClearanceFaulty},
		"nobody approved":      {func(c *record.Clearance) { c.ApprovedBy = record.Str{} }, state("public"), 0, ReasonClearanceFaulty},
		"no first day":         {func(c *record.Clearance) { c.Valid.From = record.Str{} }, state("public"), 0, ReasonClearanceFaulty},
		"unreadable last day":  {func(c *record.Clearance) { c.Valid.Until = str("mai") }, state("public"), 0, ReasonClearanceFaulty},
		"fonds without covers": {func(c *record.Clearance) { c.Scope.OpenEnded.V = false }, state("public"), 0, ReasonClearanceFaulty},
		"covers other records": {func(c *record.Clearance) {
			c.Scope.OpenEnded.V, c.Scope.Covers = false, record.Covers{Count: record.Int{V: 1}, SHA256: str(strings.Repeat("0", 64))}
		}, state("public"), 0, ReasonScopeChanged},
		"covers these records":    {func(c *record.Clearance) { c.Scope.OpenEnded.V, c.Scope.Covers = false, covers1 }, state("public"), full, ReasonNone},
		"other purpose":           {func(c *record.Clearance) { c.Scope.Purposes = strs("offline") }, state("public"), 0, ReasonPurpose},
		"images without metadata": {func(c *record.Clearance) { c.Scope.Parts = strs("images") }, state("public"), 0, ReasonPart},
		"metadata without images": {func(c *record.Clearance) { c.Scope.Parts = strs("metadata") }, state("public"), Metadata, ReasonNone},
		"day uncertain":           {func(c *record.Clearance) { c.Valid.From = str("2026-01-15?") }, state("public"), 0, ReasonClearanceFaulty},
		"last day uncertain":      {func(c *record.Clearance) { c.Valid.Until = str("2026-11-27%") }, state("public"), 0, ReasonClearanceFaulty},
		"last day unspecified":    {func(c *record.Clearance) { c.Valid.Until = str("2026-11-XX") }, state("public"), 0, ReasonClearanceFaulty},
		"last month":              {func(c *record.Clearance) { c.Valid.Until = str("2026-11") }, state("public"), 0, ReasonClearanceFaulty},
		"review uncertain":        {func(c *record.Clearance) { c.Valid.ReviewBy = str("2030-01-15~") }, state("public"), 0, ReasonClearanceFaulty},
		"decision uncertain":      {func(c *record.Clearance) { c.Decision.Date = date("2026-01-01~") }, state("public"), 0, ReasonClearanceFaulty},
		"decision in a month":     {func(c *record.Clearance) { c.Decision.Date = date("2026-01") }, state("public"), 0, ReasonClearanceFaulty},
		"decision on some day":    {func(c *record.Clearance) { c.Decision.Date = date("2026-01-XX") }, state("public"), 0, ReasonClearanceFaulty},
		"size in octal":           {func(c *record.Clearance) { c.Scope.MaxPx = str("01600") }, state("public"), 0, ReasonClearanceFaulty},
		"size with a sign":        {func(c *record.Clearance) { c.Scope.MaxPx = str("+1600") }, state("public"), 0, ReasonClearanceFaulty},
		"size that is no number":  {func(c *record.Clearance) { c.Scope.MaxPx = str("lớn") }, state("public"), 0, ReasonClearanceFaulty},
	} {
		t.Run(name, func(t *testing.T) {
			k := signed()
			if c.change != nil {
				c.change(&k)
			}
			v, _ := judge(t, k, c.access, today)
			if v.Parts != c.parts || v.Reason != c.reason {
				t.Errorf("parts %05b, %s; want %05b, %s", v.Parts, v.Reason.Words().En, c.parts, c.reason.Words().En)
			}
		})
	}
}

// printf 'r-001\n' | sha256sum
var covers1 = record.Covers{Count: record.Int{V: 1}, SHA256: str("6eb104bc787e43a0d6b4b1b7b96f45dc7c9bf6a0824e8f5775569797ca703085")}

func TestSizes(t *testing.T) {
	for px, want := range map[string]int32{"": 1600, "full": 0, "800": 800} {
		k := signed()
		if px != "" {
			k.Scope.MaxPx = str(px)
		}
		if v, _ := judge(t, k, state("public"), today); v.MaxPx != want {
			t.Errorf("max_px %q gives %d, want %d", px, v.MaxPx, want)
		}
	}
}

// A clearance that is not named in the tree covers nothing.
func TestNoSuchClearance(t *testing.T) {
	g, _ := New(nil, today)
	if v := g.Judge("r", "f", g.FactsOf(state("public"), str("kt"), nil)); v.Published() || v.Reason != ReasonNoClearance {
		t.Errorf("published: %+v", v)
	}
}

// verdicts judges a state in a gate where everything is cleared.
func verdict(t *testing.T, s string) Verdict {
	t.Helper()
	v, _ := judge(t, signed(), state(s), today)
	return v
}

func TestWithdrawnWhateverTheState(t *testing.T) {
	g, _ := New([]record.Clearance{signed()}, today)
	if v := g.Judge("r-001", "f", g.FactsOf(state("public"), str("kt"), &record.Withdrawal{})); v.Published() || !v.Tombstone() {
		t.Errorf("published: %+v", v)
	}
}

func TestUnder(t *testing.T) {
	for parent, want := range map[string]Reason{
		"public": ReasonNone, "unreviewed": ReasonNone, // unreviewed says nothing about what is beneath it
		"restricted": ReasonAncestor, "withdrawn": ReasonAncestor, "embargo": ReasonAncestor,
		"metadata-only": ReasonMetadataOnly, "conditional": ReasonMetadataOnly,
	} {
		got := verdict(t, "public").Under(verdict(t, parent))
		if got.Reason != want || got.Published() != (want != ReasonAncestor) {
			t.Errorf("public under %s: %+v", parent, got)
		}
		if through := verdict(t, "public").Under(verdict(t, "unreviewed").Under(verdict(t, parent))); through.Reason != want {
			t.Errorf("public under unreviewed under %s: %+v", parent, through)
		}
		if closed := verdict(t, "unreviewed").Under(verdict(t, parent)); closed.Published() {
			t.Errorf("unreviewed under %s is published", parent)
		}
	}
	if v := verdict(t, "public").InHiddenFonds(); v.Published() || v.Reason != ReasonFonds {
		t.Errorf("in a hidden fonds: %+v", v)
	}
}

// An id in a scope that no record has is said, at its place.
func TestScopeNamesStrangers(t *testing.T) {
	k := signed()
	k.Scope.Records = strs("r-001", "r-O02")
	g, _ := New([]record.Clearance{k}, today)
	ds := g.Freeze(func(yield func(id, fonds string) bool) { _ = yield("f", "f") && yield("r-001", "f") }).Sorted()
	if len(ds) != 1 || ds[0].Code != "clearance-scope" || ds[0].Severity != diag.Warning || ds[0].Pos.Line != 1 {
		t.Errorf("said: %v", ds)
	}
}

func TestFrozenFiles(t *testing.T) {
	k, sum := signed(), strings.Repeat("aB", 32)
	k.Files = []record.Frozen{{Name: "a.jpg", Hash: "sha256:" + sum}, {Name: "fonds/f/media/b.jpg", Hash: sum}}
	g, _ := New([]record.Clearance{k}, today)
	f := g.FactsOf(state("public"), str("kt"), nil)
	for _, name := range []string{"a.jpg", "b.jpg"} {
		if got, ok := g.Frozen(f, "fonds/f/media/"+name); !ok || got != strings.ToLower(sum) {
			t.Errorf("%s: %q %v", name, got, ok)
		}
	}
	if _, ok := g.Frozen(f, "fonds/g/media/b.jpg"); ok {
		t.Error("that of another fonds was not frozen")
	}
	k.Files[0].Hash = "sha256:ab"
	if v, ds := judge(t, k, state("public"), today); v.Published() || ds[0].Severity != diag.Error {
		t.Errorf("a hash that is none: %+v, %v", v, ds)
	}
}

func TestViewWithholds(t *testing.T) {
	text := record.Text{Langs: []record.LangText{{Lang: "vi", V: "x"}}}
	u := &record.Unit{
		Appraisal: text, Extra: []record.Extra{{Key: "k", V: "v"}}, Doc: record.Document{Secrecy: text},
		Objects: []record.Object{
			{Kind: str("page"), Capture: record.Capture{Operator: str("Ô")}, Transcript: &record.Transcript{Text: text}},
			{Kind: str("audio")}, {Kind: str("text")}, {Kind: str("???")},
		},
	}
	got := Verdict{Parts: Metadata | Images}.View(u)
	if !got.Appraisal.IsZero() || got.Extra != nil || !got.Doc.Secrecy.IsZero() || len(got.Objects) != 1 {
		t.Errorf("shown: %+v", got)
	}
	if o := got.Objects[0]; o.Transcript != nil || o.Capture.Operator.V != "" {
		t.Errorf("shown of the page: %+v", o)
	}
	if (Verdict{Parts: Metadata}).View(u).Objects != nil {
		t.Error("a description-only record shows objects")
	}
	if (Verdict{}).View(u) != nil {
		t.Error("a withheld record has a view")
	}
}
