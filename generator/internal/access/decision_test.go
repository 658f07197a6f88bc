package access

import (
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// body is one that has no record.
func body(name string) record.Ref {
	return record.Ref{Name: record.Text{Langs: []record.LangText{{Lang: "vi", V: name}}}}
}

// lifted is a declassification that was decided on a day.
func lifted(day string) record.Declassification {
	d := signed().Decision
	d.Date, d.Signatory = date(day), record.Str{}
	return record.Declassification{FormerMarking: str("mat"), Decision: d, At: record.At{Line: 3, Col: 1}}
}

// pageOpen reports whether a gate lets a page pass.
func pageOpen(g *Gate, a record.Access) bool {
	ok, _ := g.Page("pages/p.md", a)
	return ok
}

// A document is secret until the day of the decision that lifts its marking, and one
// that no decision lifts is secret for good, whatever its clearance says.
func TestRule03_MarkingHoldsUntilItIsLifted(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*record.Declassification)
		open   bool
	}{
		"on the day":         {func(*record.Declassification) {}, true},
		"years before":       {func(m *record.Declassification) { m.Decision.Date = date("1990-01-01") }, true},
		"the day after":      {func(m *record.Declassification) { m.Decision.Date = date("2026-06-02") }, false},
		"years to come":      {func(m *record.Declassification) { m.Decision.Date = date("2030-01-01") }, false},
		"in some year":       {func(m *record.Declassification) { m.Decision.Date = date("20XX") }, false},
		"about a year":       {func(m *record.Declassification) { m.Decision.Date = date("2026~") }, false},
		"in a year":          {func(m *record.Declassification) { m.Decision.Date = date("1990") }, false},
		"in a span":          {func(m *record.Declassification) { m.Decision.Date = date("1990-01-01/1990-01-02") }, false},
		"on no day":          {func(m *record.Declassification) { m.Decision.Date = record.Date{} }, false},
		"without a number":   {func(m *record.Declassification) { m.Decision.Number = record.Str{} }, false},
		"number left open":   {func(m *record.Declassification) { m.Decision.Number = str("…") }, false},
		"by nobody":          {func(m *record.Declassification) { m.Decision.IssuedBy = record.Ref{} }, false},
		"by «?»":             {func(m *record.Declassification) { m.Decision.IssuedBy = body("?") }, false},
		"of no marking":      {func(m *record.Declassification) { m.FormerMarking = record.Str{} }, false},
		"marked again since": {nil, false},
	} {
		a := state("public")
		a.Declassification = lifted("2026-06-01")
		if c.change != nil {
			c.change(&a.Declassification)
		} else {
			a.CurrentMarking = str("mat")
		}
		v, _ := judge(t, signed(), a, today)
		if v.Published() != c.open || !c.open && v.Reason != ReasonMarked {
			t.Errorf("%s: published %v, %s", name, v.Published(), v.Reason.Words().En)
		}
		if beneath := verdict(t, "public").Under(v); beneath.Published() != c.open {
			t.Errorf("%s: what is beneath it is published: %v", name, beneath.Published())
		}
		g, _ := New(nil, today)
		e := &record.Exhibition{Access: a, Decision: signed().Decision}
		if ok, _ := g.Exhibition(e); ok != c.open || pageOpen(g, a) != c.open {
			t.Errorf("%s: exhibition %v, page %v", name, ok, pageOpen(g, a))
		}
		if a.CurrentMarking = (record.Str{}); c.change != nil && g.Lifts(a, "MẬT") != c.open {
			t.Errorf("%s: declassified %v", name, g.Lifts(a, "MẬT"))
		}
	}
	g, _ := New(nil, today)
	if g.Lifts(state("public"), "MẬT") {
		t.Error("declassified without ever having been marked")
	}
	for was, words := range map[string]map[string]bool{
		"mat":       {"Mật": true, "TỐI MẬT": false, "tuyệt mật": false, "LƯU HÀNH NỘI BỘ": true},
		"toi-mat":   {"MẬT": true, "Tối Mật": true, "TUYỆT MẬT": false},
		"tuyet-mat": {"MẬT": true, "TỐI MẬT": true, "TUYET MAT": true},
	} {
		a := record.Access{Declassification: lifted("2026-06-01")}
		a.Declassification.FormerMarking = str(was)
		for word, want := range words {
			if g.Lifts(a, word) != want {
				t.Errorf("a decision on %s lifts %s: %v", was, word, !want)
			}
		}
	}
	for day, told := range map[string]bool{"2026-06-01": false, "2026-06-02": true, "2026~": false} {
		s := StatementOf(record.Access{State: str("unreviewed"), Declassification: lifted(day)}, record.Str{}, nil)
		if ds := g.Marked(s, diag.Pos{File: "f"}); len(ds) > 0 != told || told && (ds[0].Code != "marking-current" || ds[0].Severity != diag.Error) {
			t.Errorf("lifted on %s: %v", day, ds)
		}
	}
}

// Faults of a decision are told where they stand, in words for each.
func TestDecisionFaultsHavePlaces(t *testing.T) {
	d := signed().Decision
	d.Number, d.Signatory = record.Str{V: "QĐ", At: record.At{Line: 4, Col: 9}}, str("…")
	d.IssuedBy = record.Ref{}
	ds := CheckDecision("c", "f.yaml", record.At{Line: 2, Col: 1}, d)
	var said []string
	for _, d := range ds {
		said = append(said, d.Pos.String()+" "+d.Msg.En)
		if d.Msg.Vi == "" || d.Hint.Vi == "" || d.Hint.En == "" || d.Code != "c" {
			t.Errorf("%+v", d)
		}
	}
	want := []string{`f.yaml:4:9 the number "QĐ" of the decision holds no digit, or that of a year alone`, `f.yaml:1:1 signatory: "…" is a place left open, and not what has to stand there`, "f.yaml:2:1 decision: {issued_by} is missing: there is no decision yet"}
	if !slices.Equal(said, want) {
		t.Errorf("said\n%s", strings.Join(said, "\n"))
	}
}

// What a person wrote is not taken for a place left open.
func TestNamesAndNumbersAreWritten(t *testing.T) {
	for _, s := range []string{"01", "145/QĐ-VPTW", "MẪU-01", "Số 7 (mật)", "Nguyễn Văn A.", "N. V. An", "Khổng Cơ", "Hồ Xanh", "王小明", "C", "Ban Chấp hành Trung ương", "Đ/c Không", "TL. Bộ trưởng, N.A."} {
		if !Written(s) {
			t.Errorf("%q is taken for a place left open", s)
		}
	}
	for _, s := range []string{"", " ", "…", "...", "‥", "1...", "?", "A？", "-", ".", "chưa có", "Chưa có số", "CHƯA KÝ", "không rõ", "xxx", "Nguyễn XXXX", "___", "A__", "n/a", "TBD", "\u200b", "\u00a0", "\u3164", "\u2800", "\u115f", "\u1160", "\uffa0", "\ufe0f", "\u00ad", "ˈ", "⋯"} {
		if Written(s) {
			t.Errorf("%q is taken for something written", s)
		}
	}
}

// A decision that says of itself that it is on its way is none.
func TestRule01_WhatIsToComeIsNoDecision(t *testing.T) {
	for _, text := range []string{"12/QĐ (chờ ký)", "dự kiến 12", "12/QĐ-VP, đang trình", "12/QD (cho ky)", "12 (pending)", "Chờ ký", "sẽ ký", "đang trình", "ký thay", "không", "Lê Bình (chưa ký)", "to be signed", "cho ky", "se ky", "du kien", "chờ phê duyệt", "sẽ bổ sung"} {
		number, signatory, body := signed().Decision, signed().Decision, signed().Decision
		number.Number, signatory.Signatory, body.IssuedBy = str(text), str(text), record.Ref{Name: record.Text{Langs: []record.LangText{{Lang: "vi", V: text}}}}
		for key, d := range map[string]record.Decision{"number": number, "signatory": signatory, "body": body} {
			if key != "number" && text == "12/QD (cho ky)" {
				continue
			}
			if len(CheckDecision("c", "f.yaml", record.At{}, d)) == 0 {
				t.Errorf("%s: %q opens", key, text)
			}
		}
	}
	for _, text := range []string{"12/QĐ-CK", "Trình Văn Đang", "Hồ Dự", "Kiến Văn Dự", "Dang Trinh", "Dang Ky", "Cho Ban Seok"} {
		if isToCome(text) {
			t.Errorf("%q is taken for what is to come", text)
		}
	}
}

// All keys of an access block hold for exhibitions and pages too.
func TestRule01_ExhibitionsAndPagesHoldToTheirAccess(t *testing.T) {
	for name, c := range map[string]struct {
		a    record.Access
		open bool
	}{
		"public":                   {state("public"), true},
		"reviewed":                 {record.Access{State: str("public"), Personal: str("reviewed")}, true},
		"nothing personal":         {record.Access{State: str("public"), Personal: str("none")}, true},
		"embargo over":             {record.Access{State: str("embargo"), EmbargoUntil: str("2026-06-01")}, true},
		"public after an embargo":  {record.Access{State: str("public"), EmbargoUntil: str("2026-06-01")}, true},
		"public before an embargo": {record.Access{State: str("public"), EmbargoUntil: str("2026-06-02")}, false},
		"embargo to come":          {record.Access{State: str("embargo"), EmbargoUntil: str("2030-01-01")}, false},
		"embargo without a day":    {state("embargo"), false},
		"embargo in some year":     {record.Access{State: str("public"), EmbargoUntil: str("20XX")}, false},
		"personal data":            {record.Access{State: str("public"), Personal: str("unreviewed")}, false},
		"of the dead":              {record.Access{State: str("public"), Personal: str("dead-only")}, false},
		"consented":                {record.Access{State: str("public"), Personal: str("living-consented")}, false},
		"marked":                   {record.Access{State: str("public"), CurrentMarking: str("mat")}, false},
		"with a condition":         {record.Access{State: str("public"), ConditionalBasis: body("Có").Name}, false},
		"conditional":              {record.Access{State: str("conditional"), ConditionalBasis: body("Có").Name}, false},
		"description alone":        {state("metadata-only"), false},
		"unreviewed":               {state("unreviewed"), false},
		"restricted":               {state("restricted"), false},
		"withdrawn":                {state("withdrawn"), false},
		"nothing said":             {record.Access{}, false},
	} {
		g, _ := New(nil, today)
		ok, _ := g.Exhibition(&record.Exhibition{Access: c.a, Decision: signed().Decision})
		if page := pageOpen(g, c.a); ok != c.open || page != c.open {
			t.Errorf("%s: exhibition %v, page %v", name, ok, page)
		}
	}
	g, _ := New(nil, today)
	g.Hold([]record.ClosingPeriod{{Personal: str("reviewed"), After: str("creation"), Years: record.Int{V: 75}}})
	if ok, ds := g.Page("p", record.Access{State: str("public"), Personal: str("reviewed")}); ok || len(ds) != 1 || ds[0].Code != "access-closed" {
		t.Errorf("within a closing period: %v, %v", ok, ds)
	}
}

// A decision to exhibit that is dated later opens nothing yet, which is no fault.
func TestRule11_ExhibitionWaitsForItsDecision(t *testing.T) {
	for day, open := range map[string]bool{"2026-06-01": true, "2026-06-02": false, "2030-01-01": false} {
		e := &record.Exhibition{Access: state("public"), Decision: signed().Decision}
		e.Decision.Date = date(day)
		g, _ := New(nil, today)
		ok, ds := g.Exhibition(e)
		if told := len(ds) == 1 && ds[0].Code == "exhibition-future" && ds[0].Severity == diag.Warning; ok != open || told == open {
			t.Errorf("decided on %s: %v, %v", day, ok, ds)
		}
		drafts, _ := NewDraft(nil, today)
		if ok, _ := drafts.Exhibition(e); !ok {
			t.Errorf("decided on %s: not among the drafts", day)
		}
		e.Access.State = str("restricted")
		if ok, _ := drafts.Exhibition(e); ok {
			t.Errorf("restricted, decided on %s: among the drafts", day)
		}
	}
}

func TestConditionIsWritten(t *testing.T) {
	for text, want := range map[string]Reason{"Chỉ đọc tại phòng đọc": ReasonMetadataOnly, "": ReasonUnreviewed, "…": ReasonUnreviewed, "\u200b": ReasonUnreviewed} {
		v, _ := judge(t, signed(), record.Access{State: str("conditional"), ConditionalBasis: body(text).Name}, today)
		if v.Reason != want {
			t.Errorf("under the condition %q: %s", text, v.Reason.Words().En)
		}
	}
}

// A draft has its year, and the words of the form, before it has a number and names.
func TestRule10_FormThatIsNotFilledIn(t *testing.T) {
	for number, ok := range map[string]bool{
		"     /2026": false, "Số     /QĐ năm 2026": false, "số   -QĐ/TW 2026": false, "0": false, "00/QĐ": false, "/QĐ-TW": false,
		"100-CT/TW": true, "33/2024/QH15": true, "QĐ-12/UBND": true, "2024": true, "05/QĐ năm 2026": true, "Số 1930/QĐ-1931": false,
		"    /QĐ-VP5": false, "(   )/QĐ5": false, "□12": false, "xx/QĐ-1": false, "12/QĐ (dự thảo)": false, "DỰ THẢO 12": false, "Draft 3": false, "— /QĐ-TW13": false, "Số:    -QĐ/TW12": false, "**/QĐ1": false, "##/QĐ-1": false, "[ ]/QĐ-3": false,
		"QĐ-TW/12": true, "12a/QĐ-VP5": true, "QĐ12": true, "Số 12-QĐ/TW": true, "2026/15": true, "①": true, "XXI/12": true,
	} {
		d := signed().Decision
		d.Number = str(number)
		if got := len(lacks(d)) == 0; got != ok {
			t.Errorf("number %q: %t", number, got)
		}
	}
	for name, ok := range map[string]bool{
		"(đã ký)": false, "[ký tên]": false, "Họ và tên": false, "chữ ký": false, "ký": false, "Người lập": false, "NGƯỜI DUYỆT": false, "[họ tên]": false, "Ký, ghi rõ họ tên": false,
		"(Ký tên, đóng dấu)": false, "(Ký và ghi rõ họ tên)": false, "xx": false, "x x x": false, "Tên cơ quan": false, "[Cơ quan ban hành]": false, "Name of institution": false, "Trần Văn ( )": false,
		"Cơ quan mẫu": true, "Nguyễn Văn A": true, "Nguyễn Văn X": true, "X": true, "Xa Xuân": true, "Văn phòng Cơ quan Trung ương": true,
		"Nguyễn Văn Ký": true, "Người ký mẫu": true, "Hồ Văn Tên": true,
	} {
		if Written(name) != ok {
			t.Errorf("%q: %t", name, !ok)
		}
	}
}
