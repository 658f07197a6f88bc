package plan

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"strconv"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// history is what the editions say of the records that are published now: 16
// bytes a state.
type history struct {
	editions []edition.Edition
	states   []stateOf       // by row, then by number
	left     map[int32]int32 // row → the edition with which it left the site, of those that are there again since
}

type stateOf struct {
	row    int32
	number int32
	print  edition.Print
}

// readHistory gathers the states of published records.
func (p *Plan) readHistory(editions []edition.Edition, states iter.Seq2[edition.State, error]) (*history, error) {
	h := &history{editions: editions, left: map[int32]int32{}}
	for s, err := range states {
		if err != nil {
			return h, err
		}
		switch row, ok := p.Catalog.cat.Find(s.ID); {
		case !ok:
		case s.Print == 0:
			h.left[row] = int32(s.Number)
		default:
			delete(h.left, row)
			h.states = append(h.states, stateOf{row, int32(s.Number), s.Print})
		}
	}
	slices.SortFunc(h.states, func(a, b stateOf) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.number, b.number)) })
	return h, nil
}

// reportReturned warns of ids that left the site with an edition and are published
// again since. The ledger has fingerprints and no titles, so it cannot tell a record
// that was mended from another that took its id: whoever knows is asked, until the
// next edition writes down what is published. It is no error, since a withdrawal
// must be reversible, and the papers for signature call the record restored.
func (p *Plan) reportReturned() {
	for row, number := range p.history.left {
		at := p.Catalog.cat.Loc(row)
		p.report(diag.Warnf("id-returned", diag.Pos{File: at.File, Line: at.Line}, "mã %q đã rời khỏi trang ở lần phát hành %d, nay lại được công bố", "the id %q left the site with edition %d and is published again", p.Catalog.cat.ID(row), number).
			WithHint("nếu đây là tài liệu khác thì đặt cho nó mã khác: địa chỉ và lời trích dẫn cũ vẫn chỉ vào mã này; nếu đúng là tài liệu ấy thì không phải làm gì, lần phát hành tới ghi là công bố lại",
				"if this is another document, give it another id: old addresses and citations still point to this one; if it is the same, nothing is to be done, and the next edition calls it restored"))
	}
}

// of are the states of a record.
func (h *history) of(row int32) []stateOf {
	from, _ := slices.BinarySearchFunc(h.states, row, func(s stateOf, row int32) int { return cmp.Compare(s.row, row) })
	to := from
	for to < len(h.states) && h.states[to].row == row {
		to++
	}
	return h.states[from:to]
}

// first is the edition in which a record was first as it is now.
func (h *history) first(row int32, print edition.Print) (e edition.Edition, ok bool) {
	for _, s := range h.of(row) {
		if s.print == print {
			return h.editions[s.number-1], true
		}
	}
	return e, false
}

// append appends all that a page of a record can learn of the editions. An
// edition in which the record stayed as it was adds nothing.
func (h *history) append(b []byte, row int32) []byte {
	b = append(b, byte(min(len(h.editions), 1)))
	for _, s := range h.of(row) {
		b = binary.AppendUvarint(b, uint64(s.print))
		b = binary.AppendUvarint(b, uint64(s.number))
		b = pack.Text(b, h.editions[s.number-1].Date)
	}
	return b
}

// Release makes the pages show the states of a shelf that a new edition was put
// on. It must be called before any page is composed.
func (p *Plan) Release(shelf *edition.Shelf, states iter.Seq2[edition.State, error]) error {
	h, err := p.readHistory(shelf.Editions, states)
	p.history = h
	return err
}

// stateShown is the state of a record that a page shows, with the edition in which it
// was first; its number is 0 where none had it.
type stateShown struct {
	print   edition.Print
	edition edition.Edition
}

func (c *composer) stateShown(u *record.Unit, row int32) stateShown {
	c.Catalog.ask(row, askEditions)
	s := stateShown{print: c.fingerprint(u, row)}
	s.edition, _ = c.history.first(row, s.print)
	return s
}

// state is how the state of a record is told on its page.
func (c *composer) state(s stateShown) page.State {
	out := page.State{Print: s.print.Grouped()}
	switch {
	case len(c.history.editions) == 0:
	case s.edition.Number > 0:
		out.Since = c.t("plan.state-since", strconv.Itoa(s.edition.Number), c.isoDate(s.edition.Date))
	default:
		out.Since = c.t("plan.state-unreleased")
	}
	return out
}

// fingerprint sums up a record as the gate lets it out: its values and those
// it inherits, its transcripts, and the names of its pictures, which are made
// of the hashes of their masters and of their sizes.
func (c *composer) fingerprint(u *record.Unit, row int32) edition.Print {
	b := record.Canon(nil, u, func(id string) bool { _, ok := c.Catalog.Find(id); return ok })
	c.Catalog.ask(row, askText|askImages)
	b = c.Catalog.cat.AppendInherited(b, row)
	fonds := c.Catalog.ID(c.Catalog.Fonds(row))
	for _, o := range u.Objects {
		if o.HasPictures() {
			for _, d := range c.Images(mediaPath(fonds, o.File.V), c.Catalog.Verdict(row).MaxPx) {
				b = pack.Text(b, d.Name)
			}
		}
		if d, ok := c.fileOf(row, o); ok {
			b = pack.Text(b, d.Name)
		}
		if len(c.textsOf(row, o)) > 0 {
			b = pack.Text(b, "text of the file") // the names of the pictures tell which
		}
		if o.IsRecording() {
			b = c.recordingState(b, row, o)
		}
		for _, t := range []*record.Transcript{o.Words(), o.Translation} {
			if t != nil && t.File.V != "" {
				b = c.appendWords(b, mediaPath(fonds, t.File.V), o)
			}
		}
	}
	sum := sha256.Sum256(b)
	return edition.Print(max(binary.BigEndian.Uint64(sum[:]), 1)) // 0 stands for none
}

// Fingerprint is that of the record of a unit, with the parts of it that its
// page shows.
func (p *Plan) Fingerprint(row int32) (print edition.Print, shown access.Parts, err error) {
	c := (&composer{Plan: p, lang: p.langs[0]}).unasked()
	u := c.unit(row)
	if u == nil {
		return 0, 0, c.err
	}
	shown = access.Metadata
	for _, o := range u.Objects {
		if o.HasPictures() {
			shown |= access.Images
		}
		switch o.Kind.V {
		case "audio":
			shown |= access.Audio
		case "video":
			shown |= access.Video
		}
		if o.Words() != nil || o.Translation != nil || len(c.textsOf(row, o)) > 0 {
			shown |= access.Transcript
		}
	}
	return c.fingerprint(u, row), shown, c.err
}

// reportFault reports a ledger of editions that cannot be read.
func (p *Plan) reportFault(err error) error {
	var f *edition.Fault
	if errors.As(err, &f) {
		p.report(f.Diagnostic)
		return nil
	}
	return err
}
