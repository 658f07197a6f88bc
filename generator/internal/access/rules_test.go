package access

import (
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// The rules are those of the domain reference, 5.3; those that need a whole
// archive are tested beside the build.

func TestRule08_ClearanceCoversParts(t *testing.T) {
	page := record.Object{Kind: str("page"), Transcript: &record.Transcript{}, Translation: &record.Transcript{}}
	sound := record.Object{Kind: str("audio"), Captions: str("a.vtt"), AudioDesc: str("b.vtt")}
	u := &record.Unit{Objects: []record.Object{page, sound, {Kind: str("video")}, {Kind: str("text")}, {Kind: str("pdf")}}}
	for _, c := range []struct{ parts, kinds string }{
		{"metadata", ""}, {"metadata images", "page pdf"}, {"metadata transcript", "words text"}, {"metadata audio", "audio"}, {"metadata video", "video"},
		{"metadata images transcript", "page text pdf"}, {"images transcript audio video", "nothing"}, {"metadata images audio", "page audio pdf"},
	} {
		k := signed()
		k.Scope.Parts = strs(strings.Fields(c.parts)...)
		v, _ := judge(t, k, state("public"), today)
		out := v.View(u)
		if c.kinds == "nothing" {
			if out != nil {
				t.Errorf("%s: %+v", c.parts, out)
			}
			continue
		}
		var kinds []string
		for _, o := range out.Objects {
			kinds = append(kinds, o.Kind.V)
			if said := o.Transcript != nil || o.Translation != nil || o.Captions.V+o.AudioDesc.V != ""; said && !strings.Contains(c.parts, "transcript") {
				t.Errorf("%s: %s with its words", c.parts, o.Kind.V)
			}
		}
		if strings.Join(kinds, " ") != c.kinds {
			t.Errorf("%s shows %q, want %q", c.parts, kinds, c.kinds)
		}
	}
}

func TestRule10_DecisionIsCompleteAndOfTwoPeople(t *testing.T) {
	for name, change := range map[string]func(*record.Clearance){
		"no number":               func(k *record.Clearance) { k.Decision.Number = record.Str{} },
		"no date":                 func(k *record.Clearance) { k.Decision.Date = record.Date{} },
		"no body":                 func(k *record.Clearance) { k.Decision.IssuedBy = record.Ref{} },
		"number a placeholder":    func(k *record.Clearance) { k.Decision.Number = str("…/QĐ-…") },
		"number an ellipsis":      func(k *record.Clearance) { k.Decision.Number = str("12/QĐ-...") },
		"number without a digit":  func(k *record.Clearance) { k.Decision.Number = str("QĐ-VP") },
		"number not yet given":    func(k *record.Clearance) { k.Decision.Number = str("Chưa có số 1") },
		"number not yet known":    func(k *record.Clearance) { k.Decision.Number = str("12/QĐ-XXX") },
		"number of dots":          func(k *record.Clearance) { k.Decision.Number = str("1. . .") },
		"number of blanks":        func(k *record.Clearance) { k.Decision.Number = str("\u200b") },
		"signatory a question":    func(k *record.Clearance) { k.Decision.Signatory = str("Nguyễn Văn A?") },
		"signatory a dash":        func(k *record.Clearance) { k.Decision.Signatory = str("-") },
		"signatory unseen":        func(k *record.Clearance) { k.Decision.Signatory = str("\u200b") },
		"signatory a filler":      func(k *record.Clearance) { k.Decision.Signatory = str("\u3164") },
		"signatory a jamo filler": func(k *record.Clearance) { k.Decision.Signatory = str("\u115f\uffa0") },
		"signatory blank braille": func(k *record.Clearance) { k.Decision.Signatory = str("\u2800") },
		"signatory an ellipsis":   func(k *record.Clearance) { k.Decision.Signatory = str("Nguyễn …") },
		"body a placeholder":      func(k *record.Clearance) { k.Decision.IssuedBy = body("…") },
		"one body a placeholder":  func(k *record.Clearance) { k.Decision.By = body("xxx") },
		"preparer a dash":         func(k *record.Clearance) { k.PreparedBy = str("-") },
		"preparer yet to come":    func(k *record.Clearance) { k.PreparedBy = str("Nguyễn XXX") },
		"approver yet to come":    func(k *record.Clearance) { k.ApprovedBy = str("Trần …") },
		"approver a full stop":    func(k *record.Clearance) { k.ApprovedBy = str(".") },
		"approver not known":      func(k *record.Clearance) { k.ApprovedBy = str("không rõ") },
		"numbers for people":      func(k *record.Clearance) { k.PreparedBy, k.ApprovedBy = str("1"), str("2") },
		"a letter of other script": func(k *record.Clearance) {
			k.PreparedBy, k.ApprovedBy = str("Nguyễn Văn A"), str("Nguyễn Văn \u0410")
		},
		"letters that mix scripts": func(k *record.Clearance) {
			k.PreparedBy, k.ApprovedBy = str("Nguyễn Văn An"), str("Nguyễn Vαn An")
		},
		"no signatory": func(k *record.Clearance) { k.Decision.Signatory = record.Str{} },
		"no preparer":  func(k *record.Clearance) { k.PreparedBy = record.Str{} },
		"no approver":  func(k *record.Clearance) { k.ApprovedBy = record.Str{} },
		"one person":   func(k *record.Clearance) { k.ApprovedBy = k.PreparedBy },
		"two spellings": func(k *record.Clearance) {
			k.PreparedBy, k.ApprovedBy = str("Trần Thị Mẫu"), str("TRAN  THI MAU")
		},
		"in force before it was signed": func(k *record.Clearance) { k.Valid.From = str("2026-01-14") },
		"an end before its beginning":   func(k *record.Clearance) { k.Valid.From, k.Valid.Until = str("2026-03-01"), str("2026-02-01") },
		"a comrade":                     func(k *record.Clearance) { k.PreparedBy, k.ApprovedBy = str("Đ/c Nguyễn A"), str("Nguyễn A") },
		"a comrade, spelt out": func(k *record.Clearance) {
			k.PreparedBy, k.ApprovedBy = str("Nguyễn A"), str("ĐỒNG CHÍ NGUYỄN A")
		},
		"a degree": func(k *record.Clearance) {
			k.PreparedBy, k.ApprovedBy = str("PGS.TS. Nguyễn A"), str("bà Nguyễn A")
		},
		"a rank": func(k *record.Clearance) {
			k.PreparedBy, k.ApprovedBy = str("Đại tá, ThS. Nguyễn A"), str("Ông Nguyễn A")
		},
	} {
		k := signed()
		change(&k)
		v, ds := judge(t, k, state("public"), today)
		if v.Published() || v.Reason != ReasonClearanceFaulty || !slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Code == "clearance-malformed" && d.Severity == diag.Error }) {
			t.Errorf("%s: %s, %v", name, v.Reason.Words().En, ds)
		}
	}
}

// What begins like a way of address may be a name, and people who share one are two.
func TestRule10_TwoPeopleAreTwo(t *testing.T) {
	for _, names := range [][2]string{{"Đ/c Nguyễn A", "Đ/c Nguyễn B"}, {"TS. Trần Văn Anh", "TS. Trần Văn Chi"}, {"Anh", "Chi"}, {"Bà Trưng", "Bà Triệu"}, {"Đồng Văn Chí", "Văn Chí"}} {
		k := signed()
		k.PreparedBy, k.ApprovedBy = str(names[0]), str(names[1])
		if v, ds := judge(t, k, state("public"), today); !v.Published() || slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
			t.Errorf("%s: %s, %v", names, v.Reason.Words().En, ds)
		}
	}
}

func TestRule10_ExhibitionNeedsADecision(t *testing.T) {
	whole := signed().Decision
	for name, c := range map[string]struct {
		state  string
		change func(d *record.Decision)
		open   bool
	}{
		"decided on":                   {"public", func(*record.Decision) {}, true},
		"by somebody without a record": {"public", func(d *record.Decision) { d.By, d.IssuedBy = d.IssuedBy, record.Ref{} }, true},
		"no number":                    {"public", func(d *record.Decision) { d.Number = record.Str{} }, false},
		"no date":                      {"public", func(d *record.Decision) { d.Date = record.Date{} }, false},
		"on some day":                  {"public", func(d *record.Decision) { d.Date = date("2026-01-XX") }, false},
		"about a day":                  {"public", func(d *record.Decision) { d.Date = date("2026-01-15~") }, false},
		"in some year":                 {"public", func(d *record.Decision) { d.Date = date("20XX") }, false},
		"in a span":                    {"public", func(d *record.Decision) { d.Date = date("2020/2040") }, false},
		"number left open":             {"public", func(d *record.Decision) { d.Number = str("…/QĐ-…") }, false},
		"nobody signed":                {"public", func(d *record.Decision) { d.Signatory = str("\u3164") }, false},
		"body left open":               {"public", func(d *record.Decision) { d.By = body("chưa có") }, false},
		"no body":                      {"public", func(d *record.Decision) { d.By, d.IssuedBy = record.Ref{}, record.Ref{} }, false},
		"no decision":                  {"public", func(d *record.Decision) { *d = record.Decision{} }, false},
		"restricted":                   {"restricted", func(*record.Decision) {}, false},
		"no state":                     {"", func(*record.Decision) {}, false},
	} {
		e := &record.Exhibition{Access: state(c.state), Decision: whole}
		c.change(&e.Decision)
		g, _ := New(nil, today)
		ok, ds := g.Exhibition(e)
		if told := len(ds) == 1 && ds[0].Severity == diag.Error; ok != c.open || told != (c.state == "public" && !c.open) {
			t.Errorf("%s: published %v, %v", name, ok, ds)
		}
	}
}

func TestRule01_ScopeThatSaysNothingIsAnError(t *testing.T) {
	for name, change := range map[string]func(*record.Scope){
		"no records":  func(s *record.Scope) { s.Fonds = nil },
		"no parts":    func(s *record.Scope) { s.Parts = nil },
		"no purposes": func(s *record.Scope) { s.Purposes = nil },
	} {
		k := signed()
		change(&k.Scope)
		if v, ds := judge(t, k, state("public"), today); v.Published() || ds[0].Code != "clearance-malformed" {
			t.Errorf("%s: %+v, %v", name, v, ds)
		}
	}
}

func TestPurposesAreEachTheirOwn(t *testing.T) {
	all := map[string]Purposes{"web-exhibition": WebExhibition, "bulk-download": BulkDownload, "harvesting": Harvesting, "offline": Offline}
	for name, p := range all {
		k := signed()
		k.Scope.Purposes = strs("web-exhibition", name)
		v, _ := judge(t, k, state("public"), today)
		for other, q := range all {
			got := v.For(q)
			if want := other == name || other == "web-exhibition"; got.Published() != want || !want && got.Reason != ReasonPurpose {
				t.Errorf("cleared for the web and %s, asked for %s: %+v", name, other, got)
			}
			if got.View(&record.Unit{}) != nil != got.Published() {
				t.Errorf("%s: the view is not what the verdict says", other)
			}
		}
		k.Scope.Purposes = strs(name)
		v, _ = judge(t, k, state("public"), today)
		if v.Published() != (name == "web-exhibition") || v.For(p).Published() != v.Published() {
			t.Errorf("cleared for %s alone: %+v", name, v)
		}
	}
	if both := WebExhibition | Offline; verdict(t, "public").For(both).Published() {
		t.Error("for two purposes where one is cleared")
	}
	for _, s := range []string{"metadata-only", "conditional"} {
		if v := verdict(t, s).For(BulkDownload); v.Published() {
			t.Errorf("%s: %+v", s, v)
		}
		if v := verdict(t, s).For(WebExhibition); v.Parts != Metadata {
			t.Errorf("%s: %+v", s, v)
		}
	}
}

// A preview of drafts is looked at, and nothing else is made of it.
func TestDraftsHaveNoOtherPurpose(t *testing.T) {
	v := draft(t, signed(), state("unreviewed"), nil)
	if !v.For(WebExhibition).Published() || v.For(BulkDownload).Published() || v.For(Harvesting).Published() || v.For(Offline).Published() {
		t.Errorf("%+v", v)
	}
}

func TestRule13_PersonsThatMayBeNamed(t *testing.T) {
	g, _ := New(nil, today)
	g.Hold([]record.ClosingPeriod{{Personal: str("dead-only"), After: str("death"), Years: record.Int{V: 40}}})
	died := func(year string) Person {
		return PersonOf(&record.Agent{Living: str("no"), Exist: date("1890/" + year)})
	}
	unknown := PersonOf(&record.Agent{Living: str("unknown"), Exist: date("1890/1930")})
	said := StatementOf(record.Access{State: str("public"), Personal: str("dead-only")}, str("kt"), nil)
	for living, want := range map[string]string{"": "no living", "unknown": "living: unknown", "yes": "living: yes"} {
		if why, _ := g.MayName(said, PersonOf(&record.Agent{Living: str(living)})); !strings.Contains(why.En, want) {
			t.Errorf("living %q: %s", living, why.En)
		}
	}
	for name, c := range map[string]struct {
		state, personal string
		person          Person
		may             bool
	}{
		"of the dead, long dead":         {"public", "dead-only", died("1985"), true},
		"of the dead, within the period": {"public", "dead-only", died("1986"), false},
		"of the dead, death not dated":   {"public", "dead-only", PersonOf(&record.Agent{Living: str("no")}), false},
		"of the dead, death left open":   {"public", "dead-only", died(""), false},
		"of the dead, living":            {"public", "dead-only", PersonOf(&record.Agent{Living: str("yes"), Exist: date("1890/1930")}), false},
		"of the dead, nothing said":      {"public", "dead-only", PersonOf(&record.Agent{Exist: date("1890/1930")}), false},
		"consented, nothing said":        {"public", "living-consented", PersonOf(&record.Agent{}), false},
		"consented, dead":                {"public", "living-consented", died("1930"), true},
		"reviewed, nothing said":         {"public", "reviewed", PersonOf(&record.Agent{}), true},
		"reviewed, living":               {"public", "reviewed", PersonOf(&record.Agent{Living: str("yes")}), true},
		"of the dead, not known":         {"public", "dead-only", unknown, false},
		"consented, not known":           {"public", "living-consented", unknown, false},
		"consented, living":              {"public", "living-consented", PersonOf(&record.Agent{Living: str("yes")}), true},
		"reviewed, not known":            {"public", "reviewed", unknown, true},
		"nothing personal":               {"public", "none", unknown, true},
		"embargo, not known":             {"embargo", "dead-only", unknown, false},
		"not published":                  {"unreviewed", "dead-only", unknown, true},
		"restricted":                     {"restricted", "living-consented", unknown, true},
	} {
		s := StatementOf(record.Access{State: str(c.state), Personal: str(c.personal)}, str("kt"), nil)
		if why, ok := g.MayName(s, c.person); ok != c.may || !ok && (why.Vi == "" || why.En == "") {
			t.Errorf("%s: %v, %q", name, ok, why.En)
		}
	}
}

func TestRule13_ClosingPeriodFromTheCreation(t *testing.T) {
	g, _ := New(nil, today)
	g.Hold([]record.ClosingPeriod{{Personal: str("reviewed"), After: str("creation"), Years: record.Int{V: 75}}})
	for _, c := range []struct {
		state, personal, made string
		may                   bool
	}{
		{"public", "reviewed", "1950", true}, {"public", "reviewed", "1951", false}, {"metadata-only", "reviewed", "1945/1960", false},
		{"public", "reviewed", "", false}, {"public", "dead-only", "2020", true}, {"unreviewed", "reviewed", "2020", true},
	} {
		made := record.Date{}
		if c.made != "" {
			made = date(c.made)
		}
		s := StatementOf(record.Access{State: str(c.state), Personal: str(c.personal)}, str("kt"), nil)
		if _, ok := g.MayShow(s, made); ok != c.may {
			t.Errorf("%+v: %v", c, ok)
		}
	}
}
