package access

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// DefaultMaxPx is the longest side of a published image, in pixels, where a
// clearance does not say.
const DefaultMaxPx = 1600

// Gate knows every clearance and the day of the build.
type Gate struct {
	today      edtf.Day
	clearances []clearance
	numbers    map[string]uint32
	periods    []record.ClosingPeriod
	degrees    Degrees
	draft      bool // made by NewDraft: nothing that it lets pass may be published
}

// clearance is a decision in the form that verdicts need.
type clearance struct {
	id          string
	scope       Scope
	parts       Parts
	purposes    Purposes
	maxPx       int32
	from, until edtf.Day
	unusable    Reason                     // ReasonNone when it can cover something
	covers      record.Covers              // of the ids decided on; none where it is open-ended or names each
	decided     idList                     // those ids themselves; empty where the list is not there
	open        bool                       // it takes in what comes later
	files       map[string]string          // path of a file → the SHA-256 it must have
	shows       map[string]map[string]bool // id of a record → names of the files that it shows, as decided on
	about       map[string]string          // id of a record → what the list says of it besides its files
	named       []record.Str               // ids of the scope, for faults
	file        string
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

// Day is the day by which the gate judges.
func (g *Gate) Day() edtf.Day { return g.today }

// Number is the number of a clearance, 0 when there is none of that id.
func (g *Gate) Number(id string) uint32 { return g.numbers[id] }

func (g *Gate) prepare(c record.Clearance) (clearance, []diag.Diagnostic) {
	out := clearance{id: c.ID.V, open: c.Scope.OpenEnded.V, files: map[string]string{}, shows: map[string]map[string]bool{}, about: map[string]string{}, file: c.File}
	p := preparer{c: c, out: &out}
	if p.unsigned() {
		return out, p.ds
	}
	p.files()
	p.twoPeople()
	p.dated(g.today)
	p.validity()
	p.scope()
	p.covers()
	p.size()
	p.review(g.today)
	return out, p.ds
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
	if found := CheckDecision("clearance-malformed", p.c.File, p.c.At, d); len(found) > 0 {
		p.out.unusable = ReasonClearanceFaulty
		p.ds = append(p.ds, found...)
	}
	if d.Signatory.V == "" {
		p.errorf(p.c.At, "quyết định %s thiếu decision.signatory", "clearance %s lacks decision.signatory", p.c.ID.V)
	}
}

// dated lets a decision that is dated after the day of the build allow nothing yet.
func (p *preparer) dated(today edtf.Day) {
	if day := decisionDay(p.c.Decision); day > today && day != lastDay {
		p.out.unusable = ReasonNotYetValid
		p.ds = append(p.ds, diag.Warnf("clearance-future", p.c.Decision.Date.At.In(p.c.File), "quyết định %s đề ngày sau ngày dựng trang: chưa cho phép gì", "clearance %s is dated after the day of the build: it allows nothing yet", p.c.ID.V))
	}
}

func (p *preparer) twoPeople() {
	a, b := p.c.PreparedBy.V, p.c.ApprovedBy.V
	switch {
	case a == "" || b == "":
		p.errorf(p.c.At, "quyết định %s cần người lập và người duyệt là hai người khác nhau", "clearance %s needs a preparer and an approver who are two people", p.c.ID.V)
	case !Written(a):
		p.errorf(p.c.PreparedBy.At, "quyết định %s: người lập %q là chỗ để trống, không phải tên người", "clearance %s: the preparer %q is a place left open, and no name", p.c.ID.V, a)
	case !Written(b):
		p.errorf(p.c.ApprovedBy.At, "quyết định %s: người duyệt %q là chỗ để trống, không phải tên người", "clearance %s: the approver %q is a place left open, and no name", p.c.ID.V, b)
	case samePerson(a, b):
		p.errorf(p.c.ApprovedBy.At, "quyết định %s: người lập %q và người duyệt %q có thể là một người; phải là hai người, ghi đủ họ tên có dấu", "clearance %s: the preparer %q and the approver %q can be one person; they must be two, with their full names and marks", p.c.ID.V, a, b)
	}
}

func (p *preparer) validity() {
	v := p.c.Valid
	p.out.from, p.out.until = p.day(v.From, 0), p.day(v.Until, lastDay)
	if p.out.until < p.out.from {
		p.errorf(v.Until.At, "quyết định %s hết hiệu lực trước khi có hiệu lực", "clearance %s ends before it begins", p.c.ID.V)
	}
	if d := p.c.Decision.Date; v.From.V != "" && !d.IsZero() {
		if signed, _ := d.Bounds(); p.out.from < signed {
			p.errorf(v.From.At, "quyết định %s không thể có hiệu lực từ %s, trước ngày ký", "clearance %s cannot be in force from %s, before the date of its decision", p.c.ID.V, v.From.V)
		}
	}
	if v.From.V == "" {
		p.errorf(p.c.At, "quyết định %s cần valid: {from: ngày bắt đầu}", "clearance %s needs valid: {from: first day}", p.c.ID.V)
	}
}

func (p *preparer) day(s record.Str, absent edtf.Day) edtf.Day {
	if s.V == "" {
		return absent
	}
	d, ok := exactDay(s.V)
	if !ok {
		p.notADay(s.At, s.V)
		return absent
	}
	return d
}

func (p *preparer) notADay(at record.At, text string) {
	p.errorf(at, "%[1]s", "%[2]s", notOneDay(text).Vi, notOneDay(text).En)
	p.ds[len(p.ds)-1].Hint = oneDay
}

// files takes the hashes that files must have.
func (p *preparer) files() {
	for _, f := range p.c.Files {
		if p.out.binds(f.Name, f.Hash) {
			continue
		}
		sum := strings.TrimPrefix(strings.ToLower(f.Hash), "sha256:")
		if !isSHA256(sum) {
			p.errorf(f.At, "%q không phải mã băm SHA-256 (64 chữ số hệ 16)", "%q is no SHA-256 (64 hexadecimal digits)", f.Hash)
		}
		p.out.files[f.Name] = sum
	}
}

func isSHA256(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size
}

func (p *preparer) scope() {
	s := p.c.Scope
	scope, bad := NewScope(s)
	p.out.scope = scope
	p.out.named = append(p.out.named, s.Fonds...)
	for _, r := range s.Records {
		if !strings.Contains(r.V, "..") {
			p.out.named = append(p.out.named, r)
		}
	}
	for _, r := range bad {
		p.errorf(r.At, "%q không phải khoảng mã, ví dụ mau-0001..mau-0042", "%q is no range of ids, such as mau-0001..mau-0042", r.V)
	}
	p.out.parts = PartsOf(s)
	for _, name := range s.Purposes {
		p.out.purposes |= purposeNames[name.V]
	}
	for _, k := range []struct {
		n   int
		key string
	}{{len(s.Fonds) + len(s.Records), "fonds, records"}, {len(s.Parts), "parts"}, {len(s.Purposes), "purposes"}} {
		if k.n == 0 {
			p.errorf(s.At, "phạm vi của quyết định %s thiếu %s", "the scope of clearance %s lacks %s", p.c.ID.V, k.key)
		}
	}
	if !p.out.purposes.Has(WebExhibition) && p.out.unusable == ReasonNone {
		p.out.unusable = ReasonPurpose
	}
}

// covers checks what the clearance says of the ids decided on, and the list of
// them that may lie beside it.
func (p *preparer) covers() {
	c, open, list := p.c.Scope.Covers, p.c.Scope.OpenEnded, p.c.List
	given := c.At != record.At{} || c.SHA256.V != ""
	switch {
	case given && open.V:
		p.errorf(open.At, "covers và open_ended: true không đi với nhau", "covers and open_ended: true exclude each other")
	case given && (!isSHA256(c.SHA256.V) || c.Count.V < 1):
		p.errorf(c.At, "covers cần count và sha256 (64 chữ số hệ 16)", "covers needs count and sha256 (64 hexadecimal digits)")
	case given:
		c.SHA256.V = strings.ToLower(c.SHA256.V)
		p.out.covers = c
		p.list(list)
	case list != nil:
		p.errorf(p.c.Scope.At, "bên cạnh quyết định %s có danh mục %s, nhưng quyết định không ghi covers", "beside clearance %s lies the list %s, and the clearance has no covers", p.c.ID.V, list.File)
	case p.out.scope.Broad() && !open.V:
		p.errorf(p.c.Scope.At, "phạm vi theo phông hoặc khoảng mã cần covers: {count, sha256}, hoặc ghi rõ open_ended: true", "a scope by fonds or range needs covers: {count, sha256}, or open_ended: true expressly")
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
		if err != nil || n < 1 || strconv.FormatInt(n, 10) != m.V { // 01600 is 896 to some readers
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

// refuses says why the clearance does not cover a record, ReasonNone when it does.
func (c *clearance) refuses(id, fonds string, today edtf.Day) Reason {
	switch {
	case c.unusable != ReasonNone:
		return c.unusable
	case today < c.from:
		return ReasonNotYetValid
	case today > c.until:
		return ReasonExpired
	case !c.scope.Has(id, fonds):
		return ReasonOutOfScope
	case c.decided != "" && !c.decided.has(id):
		return ReasonNotDecided
	}
	return ReasonNone
}
