package exchange

import (
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// holding is the record of a draft, packed while nobody works on it, and what is asked of it meanwhile.
type holding struct {
	open   *record.Unit // nil while it is packed
	packed string
	noted  bool // the values below are those of the record; id, under and level are theirs from then on

	id, under, level string // under is the id of its parent
	state            string // access.state, as the row has it
	from, to         int    // years of its date; from is greater where it has none
	opened           bool   // it may be published as the sheet has it
	shows            bool   // it has digital objects
	seen             answer // whether it is published under the decisions as they are
}

// answer is one that is asked for once.
type answer int8

const (
	unasked answer = iota
	yes
	no
)

func newDraft(r *row) *draft { return &draft{row: r, holding: holding{open: &record.Unit{}}} }

// unit is the record, to be read and written. A pointer to it counts until it is packed.
func (h *holding) unit() *record.Unit {
	if h.open == nil {
		if h.packed == "" {
			panic("exchange: a record is asked for that was let go")
		}
		h.open = content.Unpack(h.packed)
	}
	if h.noted {
		h.open.ID.V, h.open.Parent.V, h.open.Level.V = h.id, h.under, h.level
	}
	return h.open
}

// pack puts the record away.
func (h *holding) pack() {
	if h.open != nil {
		h.packed, h.open = content.Pack(h.unit()), nil
	}
}

// letGo forgets the record, which is written.
func (h *holding) letGo() { h.open, h.packed = nil, "" }

// hold gives a draft another record.
func (im *importer) hold(d *draft, u *record.Unit) {
	d.holding = holding{open: u}
	im.note(d)
}

// note takes down what is asked of a draft while it is packed.
func (im *importer) note(d *draft) {
	u := d.unit()
	d.id, d.under, d.level, d.noted = u.ID.V, u.Parent.V, u.Level.V, true
	d.state, d.opened, d.shows = u.Access.State.V, im.isOpened(d), len(u.Objects) > 0
	d.from, d.to = u.Dates.Created.Years()
}

// isSeen reports whether a record is published with what the sheet gives it.
func (im *importer) isSeen(d *draft) bool {
	if d.seen == unasked {
		packed := d.open == nil
		u := im.openly(d)
		if d.seen = no; im.publishes(&u) {
			d.seen = yes
		}
		if packed {
			d.open = nil
		}
	}
	return d.seen == yes
}

func (im *importer) keyCell(d *draft) cell { return im.sheet.cell(d.row, d.keyIn) }

func (im *importer) parentCell(d *draft) cell { return im.sheet.cell(d.row, d.parentIn) }
