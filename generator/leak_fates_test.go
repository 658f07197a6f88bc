package generator_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// The leak test knows by itself what is public: a record gets a fate, and this
// table says what that means. Nothing here asks the program.

// released are the parts of a record that may be shown; none of them hides it.
type released []string

func (r released) has(part string) bool { return slices.Contains(r, part) }

// withholding is what a record keeps from those beneath it.
type withholding int

const (
	nothing withholding = iota
	allButMetadata
	everything
)

// fate is why a record is public, or is not.
type fate struct {
	name      string
	state     string // of its access block; empty where it has none
	embargo   string // embargo_until
	decision  string // the clearance that it names; empty where it names none
	shown     released
	withholds withholding
	level     string // of its tombstone, where it has one
	reason    string
	tells     bool // that may say what the record was called
}

var (
	whole    = released{"metadata", "images", "transcript", "audio", "video"}
	justText = released{"metadata"}
)

// wholeFates is how many of publicFates, from the first, let all parts out.
const wholeFates = 6

// publicFates come out, some of them in part.
var publicFates = []fate{
	{name: "public by a scope of fonds", state: "public", decision: "qd-phong", shown: whole},
	{name: "public by a range", state: "public", decision: "qd-khoang", shown: whole},
	{name: "public by its own id", state: "public", decision: "qd-tung", shown: whole},
	{name: "public by frozen ids", state: "public", decision: "qd-dong-bang", shown: whole},
	{name: "embargo that is over", state: "embargo", embargo: "2026-03-01", decision: "qd-phong", shown: whole},
	{name: "small pictures", state: "public", decision: "qd-nho", shown: whole},
	{name: "description cleared alone", state: "public", decision: "qd-mo-ta", shown: justText},
	{name: "description and transcript cleared", state: "public", decision: "qd-chu", shown: released{"metadata", "transcript"}},
	{name: "description and images cleared", state: "public", decision: "qd-anh", shown: released{"metadata", "images"}},
	{name: "metadata-only", state: "metadata-only", decision: "qd-phong", shown: justText, withholds: allButMetadata},
	{name: "conditional", state: "conditional", decision: "qd-phong", shown: justText, withholds: allButMetadata},
}

// hiddenFates come out nowhere.
var hiddenFates = []fate{
	{name: "no access block"},
	{name: "unreviewed", state: "unreviewed", decision: "qd-phong"},
	{name: "restricted", state: "restricted", decision: "qd-phong", withholds: everything},
	{name: "embargo", state: "embargo", embargo: "2027-02-01", decision: "qd-phong", withholds: everything},
	{name: "public with an embargo", state: "public", embargo: "2027-02-01", decision: "qd-phong", withholds: everything},
	{name: "withdrawn, minimal", state: "withdrawn", decision: "qd-phong", withholds: everything, level: "minimal", reason: "error"},
	{name: "withdrawn, level not said", state: "withdrawn", decision: "qd-phong", withholds: everything, reason: "copyright"},
	{name: "withdrawn, full", state: "withdrawn", decision: "qd-phong", withholds: everything, level: "full", reason: "superseded", tells: true},
	{name: "withdrawn, full, decision expired", state: "withdrawn", decision: "qd-het-han", withholds: everything, level: "full", reason: "error", tells: true},
	{name: "withdrawn, full, never cleared", state: "withdrawn", withholds: everything, level: "full", reason: "error"},
	{name: "withdrawn, full, decision not signed", state: "withdrawn", decision: "qd-du-thao", withholds: everything, level: "full", reason: "error"},
	{name: "withdrawn, full, under embargo", state: "withdrawn", embargo: "2027-02-01", decision: "qd-phong", withholds: everything, level: "full", reason: "error"},
	{name: "withdrawn for secrecy", state: "withdrawn", decision: "qd-phong", withholds: everything, level: "minimal", reason: "state-secret-review"},
	{name: "no decision", state: "public"},
	{name: "decision not signed", state: "public", decision: "qd-du-thao"},
	{name: "decision expired", state: "public", decision: "qd-het-han"},
	{name: "decision not yet valid", state: "public", decision: "qd-chua-den"},
	{name: "decision dated in the future", state: "public", decision: "qd-mai-sau"},
	{name: "decision for another purpose", state: "public", decision: "qd-muc-dich"},
	{name: "decision without the description", state: "public", decision: "qd-khong-mo-ta"},
	{name: "decision on another record", state: "public", decision: "qd-ngoai"},
	{name: "decision whose records changed", state: "public", decision: "qd-da-doi"},
	{name: "metadata-only without a decision", state: "metadata-only", withholds: allButMetadata},
}

// publicOnce is the fate of a record that is hidden now and was public before.
var publicOnce = fate{name: "public once", state: "public", decision: "qd-phong", shown: whole}

// tombstone reports whether a notice is left where the record was.
func (f fate) tombstone() bool { return f.state == "withdrawn" }

// maxPx is the longest side of a picture that a decision allows, in pixels.
func (f fate) maxPx() int {
	if f.decision == "qd-nho" {
		return smallPx
	}
	return 1600
}

// smallPx is the longest side that one of the decisions allows.
const smallPx = 330

// decision is a clearance of the leak test; what is empty is as in one that
// is in force.
type decision struct {
	id       string
	parts    string
	purposes string
	signed   string // number, date and signatory
	valid    string
	scope    func(s scopes) string
	maxPx    string
}

// scopes are what a clearance can name.
type scopes struct {
	fonds  []string // ids of all fonds
	ids    []string // of all records, fonds too, sorted
	ranges []string
	tung   []string // records that are decided on one by one
}

func openEnded(s scopes) string {
	return "fonds: [" + strings.Join(s.fonds, ", ") + "], open_ended: true"
}

// inBulk are the purposes of the decisions whose records may be taken away with their
// whole fonds; those of the others may be shown and no more.
const inBulk = "[web-exhibition, harvesting, bulk-download]"

// inBulk reports whether a record may be taken away with its fonds.
func (u *leakUnit) inBulk() bool {
	i := slices.IndexFunc(decisions, func(d decision) bool { return d.id == u.fate.decision })
	return u.public() && i >= 0 && decisions[i].purposes == inBulk
}

// harvested reports whether others may gather a record.
func (u *leakUnit) harvested() bool {
	i := slices.IndexFunc(decisions, func(d decision) bool { return d.id == u.fate.decision })
	return u.public() && i >= 0 && (decisions[i].purposes == "" || decisions[i].purposes == inBulk)
}

// decisions are the clearances that the fates name. Every fonds of the archive
// is in scope of most of them, so that it is the fault meant that hides a record.
var decisions = []decision{
	{id: "qd-phong", purposes: inBulk, scope: openEnded},
	{id: "qd-khoang", purposes: inBulk, scope: func(s scopes) string { return "records: [" + strings.Join(s.ranges, ", ") + "], open_ended: true" }},
	{id: "qd-tung", scope: func(s scopes) string { return "records: [" + strings.Join(s.tung, ", ") + "]" }},
	{id: "qd-dong-bang", scope: func(s scopes) string {
		sum := sha256.Sum256([]byte(strings.Join(s.ids, "\n") + "\n"))
		return fmt.Sprintf("fonds: [%s], covers: {count: %d, sha256: \"%s\"}", strings.Join(s.fonds, ", "), len(s.ids), hex.EncodeToString(sum[:]))
	}},
	{id: "qd-nho", purposes: inBulk, scope: openEnded, maxPx: fmt.Sprint(smallPx)},
	{id: "qd-mo-ta", purposes: "[web-exhibition]", scope: openEnded, parts: "[metadata]"},
	{id: "qd-chu", scope: openEnded, parts: "[metadata, transcript]"},
	{id: "qd-anh", purposes: inBulk, scope: openEnded, parts: "[metadata, images]"},
	{id: "qd-du-thao", scope: openEnded, signed: `issued_by: {name: "Cơ quan mẫu"}`},
	{id: "qd-het-han", scope: openEnded, valid: `{from: "2026-01-15", until: "2026-08-31"}`},
	{id: "qd-chua-den", scope: openEnded, valid: `{from: "2027-01-01"}`},
	{id: "qd-mai-sau", scope: openEnded, valid: `{from: "2027-02-02"}`, signed: `number: "MẪU-02", date: "2027-02-02", issued_by: {name: "Cơ quan mẫu"}, signatory: "Người ký mẫu"`},
	{id: "qd-muc-dich", scope: openEnded, purposes: "[harvesting, offline]"},
	{id: "qd-khong-mo-ta", scope: openEnded, parts: "[images, transcript]"},
	{id: "qd-ngoai", scope: func(s scopes) string { return "records: [" + s.tung[0] + "]" }},
	{id: "qd-da-doi", scope: func(s scopes) string {
		return fmt.Sprintf("fonds: [%s], covers: {count: 2, sha256: \"%064d\"}", strings.Join(s.fonds, ", "), 7)
	}},
}

// text is the clearance as YAML. secret words what is internal to the decision.
func (d decision) text(s scopes, secret func(what string) string) []byte {
	or := func(given, otherwise string) string {
		if given != "" {
			return given
		}
		return otherwise
	}
	scope := d.scope(s) + ", parts: " + or(d.parts, "[metadata, images, transcript, audio, video]") + ", purposes: " + or(d.purposes, "[web-exhibition, harvesting]")
	if d.maxPx != "" {
		scope += ", max_px: " + d.maxPx
	}
	return fmt.Appendf(nil, "id: %s\ndecision: {%s}\nscope: {%s}\nvalid: %s\nprepared_by: \"%s\"\napproved_by: \"%s\"\nnote: \"%s\"\n", d.id,
		or(d.signed, `number: "MẪU-01", date: "2026-01-15", issued_by: {name: "Cơ quan mẫu"}, signatory: "Người ký mẫu"`),
		scope, or(d.valid, `{from: "2026-01-15"}`), secret("prepared_by"), secret("approved_by"), secret("note"))
}

// pick is one of a list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
