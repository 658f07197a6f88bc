package access

import (
	"strings"
	"testing"

	"vitrine/generator/internal/record"
)

// draft judges record r-001 of fonds f by a draft gate.
func draft(t *testing.T, c record.Clearance, a record.Access, withdrawn *record.Withdrawal) Verdict {
	t.Helper()
	g, _ := NewDraft([]record.Clearance{c}, today)
	g.Freeze(func(yield func(id, fonds string) bool) { yield("r-001", "f") })
	return g.Judge("r-001", "f", g.FactsOf(a, str("kt"), withdrawn))
}

const everything = Metadata | Images | Transcript | Audio | Video

func TestDraftShowsWhatIsNotYetPublic(t *testing.T) {
	full := Metadata | Images
	for name, c := range map[string]struct {
		change func(*record.Clearance)
		access record.Access
		parts  Parts
		reason Reason
	}{
		"cleared":               {nil, state("public"), full, ReasonNone},
		"no access block":       {nil, record.Access{}, full, ReasonUnreviewed},
		"unreviewed":            {nil, state("unreviewed"), full, ReasonUnreviewed},
		"embargo to come":       {nil, record.Access{State: str("embargo"), EmbargoUntil: str("2030-01-01")}, full, ReasonEmbargo},
		"embargo without a day": {nil, state("embargo"), full, ReasonEmbargo},
		"unsigned":              {func(c *record.Clearance) { c.Decision = record.Decision{} }, state("public"), everything, ReasonClearanceInert},
		"not yet valid":         {func(c *record.Clearance) { c.Valid.From = str("2026-06-02") }, state("public"), full, ReasonNotYetValid},
		"expired":               {func(c *record.Clearance) { c.Valid.Until = str("2026-05-31") }, state("public"), full, ReasonExpired},
		"other fonds":           {func(c *record.Clearance) { c.Scope.Fonds = strs("g") }, state("public"), full, ReasonOutOfScope},
		"covers other records": {func(c *record.Clearance) {
			c.Scope.OpenEnded.V, c.Scope.Covers = false, record.Covers{Count: record.Int{V: 1}, SHA256: str(strings.Repeat("0", 64))}
		}, state("public"), full, ReasonScopeChanged},
		"metadata only, expired": {func(c *record.Clearance) { c.Valid.Until = str("2026-05-31") }, state("metadata-only"), Metadata, ReasonExpired},
	} {
		t.Run(name, func(t *testing.T) {
			k := signed()
			if c.change != nil {
				c.change(&k)
			}
			if v := draft(t, k, c.access, nil); v.Parts != c.parts || v.Reason != c.reason {
				t.Errorf("parts %05b, %s; want %05b, %s", v.Parts, v.Reason.Words().En, c.parts, c.reason.Words().En)
			}
		})
	}
	g, _ := NewDraft(nil, today)
	if v := g.Judge("r-001", "f", g.FactsOf(state("public"), str(""), nil)); v.Parts != everything || v.MaxPx != DefaultMaxPx {
		t.Errorf("without any clearance: %+v", v)
	}
}

func TestDraftWithholdsWhatWasDecidedAgainst(t *testing.T) {
	unread := func(s string) record.Access { return record.Access{State: str(s), Personal: str("unreviewed")} }
	for name, c := range map[string]struct {
		change    func(*record.Clearance)
		access    record.Access
		withdrawn *record.Withdrawal
		reason    Reason
	}{
		"restricted":                 {nil, state("restricted"), nil, ReasonRestricted},
		"withdrawn":                  {nil, state("withdrawn"), nil, ReasonWithdrawn},
		"withdrawn and public":       {nil, state("public"), &record.Withdrawal{}, ReasonWithdrawn},
		"personal data":              {nil, unread("public"), nil, ReasonPersonal},
		"personal data, unreviewed":  {nil, unread("unreviewed"), nil, ReasonUnreviewed},
		"other purpose":              {func(c *record.Clearance) { c.Scope.Purposes = strs("offline") }, state("public"), nil, ReasonPurpose},
		"other purpose, unreviewed":  {func(c *record.Clearance) { c.Scope.Purposes = strs("offline") }, state(""), nil, ReasonUnreviewed},
		"no description":             {func(c *record.Clearance) { c.Scope.Parts = strs("images") }, state("public"), nil, ReasonPart},
		"no description, unreviewed": {func(c *record.Clearance) { c.Scope.Parts = strs("images") }, state(""), nil, ReasonUnreviewed},
		"marked":                     {nil, record.Access{State: str("public"), CurrentMarking: str("mat")}, nil, ReasonMarked},
		"marked, unreviewed":         {nil, record.Access{State: str("unreviewed"), Declassification: lifted("2030-01-01")}, nil, ReasonMarked},
		"at fault":                   {func(c *record.Clearance) { c.ApprovedBy = str("a") }, state("public"), nil, ReasonClearanceFaulty},
	} {
		t.Run(name, func(t *testing.T) {
			k := signed()
			if c.change != nil {
				c.change(&k)
			}
			if v := draft(t, k, c.access, c.withdrawn); v.Published() || v.Reason != c.reason {
				t.Errorf("parts %05b, %s; want nothing, %s", v.Parts, v.Reason.Words().En, c.reason.Words().En)
			}
		})
	}
}

// What is beneath a restricted or withdrawn record stays withheld; what is
// beneath one under embargo is shown with it.
func TestDraftUnderAncestors(t *testing.T) {
	child := draft(t, signed(), state("unreviewed"), nil)
	for state0, want := range map[string]bool{"restricted": false, "withdrawn": false, "embargo": true, "unreviewed": true, "public": true} {
		if got := child.Under(draft(t, signed(), state(state0), nil)).Published(); got != want {
			t.Errorf("under %s: %v", state0, got)
		}
	}
	if v := child.Under(draft(t, signed(), state("metadata-only"), nil)); v.Parts != Metadata {
		t.Errorf("under a description alone: %05b", v.Parts)
	}
}

func TestDraftViewRemovesWhatItAlwaysRemoves(t *testing.T) {
	u := &record.Unit{Appraisal: record.Text{Langs: []record.LangText{{Lang: "vi", V: "huỷ"}}},
		Objects: []record.Object{{Kind: str("page"), Capture: record.Capture{Operator: str("An")}}, {Kind: str("note")}}}
	u.Doc.Secrecy = record.Text{Langs: []record.LangText{{Lang: "vi", V: "Mật"}}}
	out := draft(t, signed(), state("unreviewed"), nil).View(u)
	if out == nil || !out.Appraisal.IsZero() || !out.Doc.Secrecy.IsZero() || len(out.Objects) != 1 || out.Objects[0].Capture.Operator.V != "" {
		t.Errorf("%+v", out)
	}
}

func TestOnlyADraftGateIsADraft(t *testing.T) {
	plain, _ := New(nil, today)
	made, _ := NewDraft(nil, today)
	if plain.Draft() || !made.Draft() {
		t.Error(plain.Draft(), made.Draft())
	}
	e := &record.Exhibition{Access: state("unreviewed")}
	if ok, _ := plain.Exhibition(e); ok || pageOpen(plain, e.Access) {
		t.Error("an ordinary gate lets an unreviewed exhibition or page pass")
	}
	if ok, _ := made.Exhibition(e); !ok || !pageOpen(made, e.Access) {
		t.Error("a draft gate withholds an unreviewed exhibition or page")
	}
	for _, a := range []record.Access{{State: str("unreviewed"), Personal: str("unreviewed")}, {State: str("unreviewed"), CurrentMarking: str("mat")}} {
		if ok, _ := made.Exhibition(&record.Exhibition{Access: a}); ok || pageOpen(made, a) {
			t.Errorf("a draft gate lets %+v pass", a)
		}
	}
	for _, s := range []string{"restricted", "withdrawn", "opne"} {
		if ok, _ := made.Exhibition(&record.Exhibition{Access: state(s)}); ok || pageOpen(made, state(s)) {
			t.Errorf("a draft gate lets %s pass", s)
		}
	}
}
