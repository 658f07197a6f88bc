package edtf

// Mark is the sign a date has on a timeline.
type Mark uint8

// The marks.
const (
	MarkNone   Mark = iota // nothing to place
	MarkPoint              // a day
	MarkHollow             // a month, at its middle
	MarkBar                // longer than a month, or with soft or open ends
	MarkBand               // a decade or a century; these have a lane of their own
)

// Placement says where a date goes on a timeline. It is for drawing only:
// filters and searches use Bounds.
type Placement struct {
	Lo, Hi           Day // equal for a point; always finite
	Mark             Mark
	SoftLo, SoftHi   bool // the end fades: it is approximate or unknown
	ArrowLo, ArrowHi bool // the end is open and goes on
}

// Placement returns where the date goes on a timeline. An approximate or
// unknown end is moved outward by one unit of its precision. Of a date with one
// open end, Lo and Hi are the first and the last day of the other end.
func (d Date) Placement() Placement {
	var p Placement
	for _, s := range d.spans {
		lo, hi, ok := s.finite()
		if !ok {
			continue
		}
		next := Placement{
			Lo: lo, Hi: hi, Mark: MarkBar,
			ArrowLo: s.from.kind == open, ArrowHi: s.to.kind == open,
		}
		next.soften(s)
		p = p.union(next)
	}
	if p.Mark != MarkNone {
		p.Mark = d.mark(p)
	}
	if p.Mark == MarkHollow {
		p.Lo += (p.Hi - p.Lo) / 2
		p.Hi = p.Lo
	}
	return p
}

// soften moves the ends of s that are approximate or unknown.
func (p *Placement) soften(s span) {
	from, to := s.from.unit(), s.to.unit()
	if s.from.kind == unknown {
		from = s.to.point.precision()
	}
	if s.to.kind == unknown {
		to = s.from.point.precision()
	}
	p.SoftLo, p.SoftHi = from != PrecisionNone, to != PrecisionNone
	p.Lo = pad(p.Lo, from, -1)
	p.Hi = pad(p.Hi, to, 1)
}

// unit returns by how much an approximate end is vague: a date that is
// approximate as a whole by its own precision, else by that of its coarsest
// approximate part. It is PrecisionNone for an end that is not approximate.
func (e end) unit() Precision {
	p := e.point
	switch {
	case p.whole()&approximate != 0:
		return p.precision()
	case p.quality[yearPart]&approximate != 0:
		return PrecisionYear
	case p.quality[monthPart]&approximate != 0:
		return PrecisionMonth
	case p.quality[dayPart]&approximate != 0:
		return PrecisionDay
	}
	return PrecisionNone
}

// pad moves a first day (by -1) or a last day (by 1) one unit outward.
func pad(d Day, unit Precision, by int) Day {
	switch {
	case unit == PrecisionNone:
		return d
	case unit == PrecisionDay:
		d += Day(by)
	case by < 0:
		d = d.addMonths(-monthsPer[unit])
	default:
		// The day after the last one begins a month where d ends one, so that
		// the end of February moves to the end of March.
		d = (d + 1).addMonths(monthsPer[unit]) - 1
	}
	return clampDay(d)
}

// union widens a placement by another member of the same set.
func (p Placement) union(next Placement) Placement {
	if p.Mark == MarkNone {
		return next
	}
	if next.Lo < p.Lo {
		p.Lo, p.SoftLo = next.Lo, next.SoftLo
	}
	if next.Hi > p.Hi {
		p.Hi, p.SoftHi = next.Hi, next.SoftHi
	}
	p.ArrowLo = p.ArrowLo || next.ArrowLo
	p.ArrowHi = p.ArrowHi || next.ArrowHi
	return p
}

func (d Date) mark(p Placement) Mark {
	switch {
	case d.Precision() >= PrecisionDecade:
		return MarkBand
	case p.SoftLo || p.SoftHi || p.ArrowLo || p.ArrowHi:
		return MarkBar
	case p.Lo == p.Hi:
		return MarkPoint
	case len(d.spans) == 1 && d.spans[0].from == d.spans[0].to && d.Precision() == PrecisionMonth:
		return MarkHollow
	}
	return MarkBar
}
