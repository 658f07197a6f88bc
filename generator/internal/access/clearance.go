package access

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// DefaultMaxPx is the longest side of a published image, in pixels, where a
// clearance does not say.
const DefaultMaxPx = 1600

// Gate knows every clearance and the day of the build.
type Gate struct {
	today      edtf.Day
	clearances []clearance
	numbers    map[string]uint32
	draft      bool // made by NewDraft: nothing that it lets pass may be published
}

// clearance is a decision in the form that verdicts need.
type clearance struct {
	id          string
	fonds       map[string]bool
	records     map[string]bool
	ranges      []idRange
	parts       Parts
	maxPx       int32
	from, until edtf.Day
	unusable    Reason // ReasonNone when it can cover something
	frozen      record.Covers
	files       map[string]string // name of a file → the SHA-256 it must have
	named       []record.Str      // ids of the scope, for faults
	file        string
	openEnded   bool
}

// New makes the gate. asOf is the day of the build. What is wrong with a
// clearance is reported; it then covers nothing.
func New(cs []record.Clearance, asOf edtf.Day) (*Gate, []diag.Diagnostic) {
	g := &Gate{today: asOf, numbers: map[string]uint32{}}
	var ds []diag.Diagnostic
	for _, c := range cs {
		made, more := g.prepare(c)
		ds = append(ds, more...)
		g.clearances = append(g.clearances, made)
		g.numbers[c.ID.V] = uint32(len(g.clearances))
	}
	return g, ds
}

// Number is the number of a clearance, 0 when there is none of that id.
func (g *Gate) Number(id string) uint32 { return g.numbers[id] }

func (g *Gate) prepare(c record.Clearance) (clearance, []diag.Diagnostic) {
	out := clearance{id: c.ID.V, fonds: set(c.Scope.Fonds), records: map[string]bool{}, files: map[string]string{}, file: c.File, frozen: c.Scope.Covers, openEnded: c.Scope.OpenEnded.V}
	p := preparer{c: c, out: &out}
	if p.unsigned() {
		return out, p.ds
	}
	for _, f := range c.Files {
		out.files[f.Name] = strings.TrimPrefix(strings.ToLower(f.Hash), "sha256:")
	}
	p.twoPeople()
	p.dated(g.today)
	p.validity()
	p.scope()
	p.size()
	p.review(g.today)
	return out, p.ds
}

func set(ids []record.Str) map[string]bool {
	out := map[string]bool{}
	for _, s := range ids {
		out[s.V] = true
	}
	return out
}

// preparer checks one clearance. Whatever is wrong makes it unusable.
type preparer struct {
	c   record.Clearance
	out *clearance
	ds  []diag.Diagnostic
}

func (p *preparer) errorf(at record.At, vi, en string, args ...any) {
	p.out.unusable = ReasonClearanceFaulty
	p.ds = append(p.ds, diag.Errorf("clearance-malformed", at.In(p.c.File), vi, en, args...))
}

// unsigned reports whether the decision is still a draft, without number,
// date and signatory: it allows nothing, which is no fault. One that has some
// of them and lacks others is at fault: it may have been in force yesterday.
func (p *preparer) unsigned() bool {
	d := p.c.Decision
	if d.Number.V != "" || !d.Date.IsZero() || d.Signatory.V != "" {
		p.complete(d)
		return false
	}
	p.out.unusable = ReasonClearanceInert
	p.ds = append(p.ds, diag.Warnf("clearance-inert", p.c.At.In(p.c.File),
		"quyết định %s còn là dự thảo, chưa có số, ngày và người ký: chưa cho phép gì", "clearance %s is a draft without number, date and signatory: it allows nothing yet", p.c.ID.V))
	return true
}

// complete asks for all that makes a decision one.
func (p *preparer) complete(d record.Decision) {
	for _, f := range []struct {
		ok  bool
		key string
	}{{d.Number.V != "", "number"}, {!d.Date.IsZero(), "date"}, {!d.IssuedBy.IsZero() || !d.By.IsZero(), "issued_by"}, {d.Signatory.V != "", "signatory"}} {
		if !f.ok {
			p.errorf(p.c.At, "quyết định %s thiếu decision.%s", "clearance %s lacks decision.%s", p.c.ID.V, f.key)
		}
	}
}

// dated refuses a decision that lies in the future.
func (p *preparer) dated(today edtf.Day) {
	if _, hi := p.c.Decision.Date.Bounds(); !p.c.Decision.Date.IsZero() && hi > today {
		p.out.unusable = ReasonNotYetValid
		p.ds = append(p.ds, diag.Warnf("clearance-future", p.c.Decision.Date.At.In(p.c.File), "quyết định %s đề ngày sau ngày dựng trang: chưa cho phép gì", "clearance %s is dated after the day of the build: it allows nothing yet", p.c.ID.V))
	}
}

// samePerson compares names without case, marks and blanks: two spellings of
// a name are one person.
func samePerson(a, b string) bool {
	return strings.Join(strings.Fields(vi.Fold(a)), " ") == strings.Join(strings.Fields(vi.Fold(b)), " ")
}

func (p *preparer) twoPeople() {
	a, b := p.c.PreparedBy.V, p.c.ApprovedBy.V
	if a == "" || b == "" || samePerson(a, b) {
		p.errorf(p.c.At, "quyết định %s cần người lập và người duyệt là hai người khác nhau", "clearance %s needs a preparer and an approver who are two people", p.c.ID.V)
	}
}

func (p *preparer) validity() {
	v := p.c.Valid
	p.out.from, p.out.until = p.day(v.From, 0), p.day(v.Until, lastDay)
	if p.out.until < p.out.from {
		p.errorf(v.Until.At, "quyết định %s hết hiệu lực trước khi có hiệu lực", "clearance %s ends before it begins", p.c.ID.V)
	}
	if v.From.V == "" {
		p.errorf(p.c.At, "quyết định %s cần valid: {from: ngày bắt đầu}", "clearance %s needs valid: {from: first day}", p.c.ID.V)
	}
}

func (p *preparer) day(s record.Str, absent edtf.Day) edtf.Day {
	if s.V == "" {
		return absent
	}
	d, err := edtf.Parse(s.V)
	if err != nil || d.Precision() != edtf.PrecisionDay || d.IsInterval() {
		p.errorf(s.At, "%q không phải một ngày", "%q is not a day", s.V)
		return absent
	}
	lo, _ := d.Bounds()
	return lo
}

func (p *preparer) scope() {
	s := p.c.Scope
	p.out.named = append(p.out.named, s.Fonds...)
	for _, r := range s.Records {
		lo, hi, isRange := strings.Cut(r.V, "..")
		if !isRange {
			p.out.records[r.V] = true
			p.out.named = append(p.out.named, r)
			continue
		}
		ids, ok := newRange(lo, hi)
		if !ok {
			p.errorf(r.At, "%q không phải khoảng mã, ví dụ mau-0001..mau-0042", "%q is no range of ids, such as mau-0001..mau-0042", r.V)
			continue
		}
		p.out.ranges = append(p.out.ranges, ids)
	}
	for _, name := range s.Parts {
		p.out.parts |= partNames[name.V]
	}
	broad := len(p.out.fonds) > 0 || len(p.out.ranges) > 0
	if broad && !p.out.openEnded && s.Covers.SHA256.V == "" {
		p.errorf(s.At, "phạm vi theo phông hoặc khoảng mã cần covers: {count, sha256}, hoặc ghi rõ open_ended: true", "a scope by fonds or range needs covers: {count, sha256}, or open_ended: true expressly")
	}
	if !slices.ContainsFunc(s.Purposes, func(s record.Str) bool { return s.V == "web-exhibition" }) && p.out.unusable == ReasonNone {
		p.out.unusable = ReasonPurpose
	}
}

func (p *preparer) size() {
	p.out.maxPx = DefaultMaxPx
	switch m := p.c.Scope.MaxPx; {
	case m.V == "":
	case m.V == "full":
		p.out.maxPx = 0
	default:
		n, err := strconv.ParseInt(m.V, 10, 31)
		if err != nil || n < 1 {
			p.errorf(m.At, "max_px là số điểm ảnh hoặc full", "max_px is a number of pixels, or full")
			return
		}
		p.out.maxPx = int32(n)
	}
}

func (p *preparer) review(today edtf.Day) {
	s := p.c.Valid.ReviewBy
	if s.V != "" && p.day(s, lastDay) < today {
		p.ds = append(p.ds, diag.Warnf("clearance-review", s.At.In(p.c.File), "quyết định %s đã quá hạn xem xét lại", "clearance %s is past its review date", p.c.ID.V))
	}
}

// covers says why the clearance does not cover a record, ReasonNone when it does.
func (c *clearance) covers(id, fonds string, today edtf.Day) Reason {
	switch {
	case c.unusable != ReasonNone:
		return c.unusable
	case today < c.from:
		return ReasonNotYetValid
	case today > c.until:
		return ReasonExpired
	case c.records[id] || c.fonds[fonds]:
		return ReasonNone
	}
	for _, r := range c.ranges {
		if r.has(id) {
			return ReasonNone
		}
	}
	return ReasonOutOfScope
}

// Freeze compares the ids that exist with those that each clearance decided
// on. ids are all records of the archive with their fonds, sorted by id. A
// clearance by fonds or range whose records changed since the decision covers
// them no longer, unless it is open-ended.
func (g *Gate) Freeze(ids func(yield func(id, fonds string) bool)) []diag.Diagnostic {
	ds := g.strangers(ids)
	for i := range g.clearances {
		c := &g.clearances[i]
		if c.frozen.SHA256.V == "" || c.openEnded || c.unusable != ReasonNone {
			continue
		}
		count, sum := c.tally(ids)
		if count != c.frozen.Count.V || sum != strings.ToLower(c.frozen.SHA256.V) {
			c.unusable = ReasonScopeChanged
			ds = append(ds, diag.Warnf("clearance-changed", diag.Pos{File: "clearances/" + c.id + ".yaml"},
				"các bản ghi trong phạm vi quyết định %s không còn như khi quyết định (nay %d bản ghi, sha256 %s): không công bố", "the records in the scope of clearance %s are no longer those decided on (now %d records, sha256 %s): not published", c.id, count, sum))
		}
	}
	return ds
}

// strangers warns of ids in a scope that no record has: the decision names
// something that is not there, or is misspelt.
func (g *Gate) strangers(ids func(yield func(id, fonds string) bool)) []diag.Diagnostic {
	missing := map[string]bool{}
	for _, c := range g.clearances {
		for _, s := range c.named {
			missing[s.V] = true
		}
	}
	ids(func(id, _ string) bool {
		delete(missing, id)
		return len(missing) > 0
	})
	var ds []diag.Diagnostic
	for _, c := range g.clearances {
		for _, s := range c.named {
			if missing[s.V] {
				ds = append(ds, diag.Warnf("clearance-scope", s.At.In(c.file), "phạm vi quyết định nêu %q, nhưng không có bản ghi nào mang mã ấy", "the scope of the clearance names %q, and there is no record with that id", s.V))
			}
		}
	}
	return ds
}

// tally counts the ids in scope and hashes them, each followed by a newline.
func (c *clearance) tally(ids func(yield func(id, fonds string) bool)) (int, string) {
	h, n := sha256.New(), 0
	ids(func(id, fonds string) bool {
		in := c.records[id] || c.fonds[fonds] || slices.ContainsFunc(c.ranges, func(r idRange) bool { return r.has(id) })
		if in {
			n++
			h.Write([]byte(id + "\n"))
		}
		return true
	})
	return n, hex.EncodeToString(h.Sum(nil))
}

// idRange is a range of ids that share a prefix and end in a number of the
// same width, such as mau-0001..mau-0042.
type idRange struct {
	prefix string
	lo, hi string
}

func newRange(lo, hi string) (idRange, bool) {
	lp, ln := cutNumber(strings.TrimSpace(lo))
	hp, hn := cutNumber(strings.TrimSpace(hi))
	ok := ln != "" && lp == hp && len(ln) == len(hn) && ln <= hn
	return idRange{lp, ln, hn}, ok
}

func (r idRange) has(id string) bool {
	p, n := cutNumber(id)
	return p == r.prefix && len(n) == len(r.lo) && n >= r.lo && n <= r.hi
}

func cutNumber(id string) (prefix, number string) {
	i := len(id)
	for i > 0 && id[i-1] >= '0' && id[i-1] <= '9' {
		i--
	}
	return id[:i], id[i:]
}
