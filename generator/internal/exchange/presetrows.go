package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// addColumn puts a column beside another, with what is worked out of it.
func (p *presetReader) addColumn(of *column, header string, r rule) *column {
	index := 0
	for _, c := range p.sheet.cols {
		index = max(index, c.index+1)
	}
	c := &column{index: index, letter: of.letter, header: header, key: header, folded: foldName(header)}
	p.sheet.cols = append(p.sheet.cols, c)
	p.im.m.rules[c] = r
	return c
}

func (r *row) put(c *column, value string) {
	for len(r.cells) <= c.index {
		r.cells = append(r.cells, "")
	}
	r.cells[c.index] = value
}

// oneOfFiles leaves one column of files: the first of which any row has a value. Where it is empty, another speaks.
func (p *presetReader) oneOfFiles() {
	var main *column
	for _, name := range p.Files {
		c := p.column(name)
		if c == nil || !p.im.m.rules[c].to.is("objects[].file") || !p.isUsed(c) {
			continue
		}
		if main == nil {
			main = c
			continue
		}
		p.im.m.rules[c] = rule{to: target{path: pathExtra}}
		for _, r := range p.sheet.rows {
			if trim(r.value(main)) == "" {
				r.put(main, r.value(c))
				r.put(c, "")
			}
		}
	}
	for c, r := range p.im.m.rules {
		if main != nil && c != main && r.to.is("objects[].file") && !r.given {
			p.im.m.rules[c] = rule{to: target{path: pathExtra}}
		}
	}
}

// rows works out what no column says by itself.
func (p *presetReader) rows() {
	p.unsaid()
	p.internal()
	p.approximately()
	p.joined()
	p.firstOnly()
	p.withoutAddresses()
	p.byDepth()
	p.atTop()
}

// unsaid says in empty cells of publication what they mean there: not published.
func (p *presetReader) unsaid() {
	for _, name := range slices.Sorted(maps.Keys(p.Unsaid)) {
		if c := p.column(name); c != nil && p.isUsed(c) {
			for _, r := range p.sheet.rows {
				if trim(r.value(c)) == "" {
					r.put(c, p.Unsaid[name])
				}
			}
		}
	}
}

func (p *presetReader) isUsed(c *column) bool {
	return slices.ContainsFunc(p.sheet.rows, func(r *row) bool { return trim(r.value(c)) != "" })
}

// internal keeps under extra the notes that the system shows to staff alone.
func (p *presetReader) internal() {
	for _, c := range slices.Clone(p.sheet.cols) {
		name, _ := nameOf(c.header)
		note, isNote := strings.CutPrefix(name, "n ")
		flag := p.column("p " + note)
		if !p.Shown || !isNote || flag == nil || !p.isUsed(flag) {
			continue
		}
		kept := p.addColumn(c, c.header+" (2)", rule{to: target{path: pathExtra}})
		for _, r := range p.sheet.rows {
			if !slices.Contains([]string{"1", "true", "yes", "y", "x"}, foldName(r.value(flag))) {
				r.put(kept, r.value(c))
				r.put(c, "")
			}
		}
	}
}

// approximately marks the dates that another column calls approximate.
func (p *presetReader) approximately() {
	date, flag := p.column(p.Approximate["date"]), p.column(p.Approximate["flag"])
	if date == nil || flag == nil {
		return
	}
	for _, r := range p.sheet.rows {
		switch value := trim(r.value(date)); foldName(r.value(flag)) {
		case "yes", "y", "true", "1", "x":
			if value != "" && strings.Trim(value, "0123456789-") == "" {
				r.put(date, value+"~")
			}
		}
	}
}

// joined makes one value of those of several columns.
func (p *presetReader) joined() {
	for _, to := range slices.Sorted(maps.Keys(p.Join)) {
		first, second := p.column(p.Join[to][0]), p.column(p.Join[to][1])
		if first == nil || second == nil {
			continue
		}
		p.im.m.rules[second] = rule{to: target{path: pathSkip}}
		for _, r := range p.sheet.rows {
			r.put(first, trim(trim(r.value(first))+" "+trim(r.value(second))))
		}
	}
}

// nothing are the words that stand for an empty value in a list.
func nothing(s string) bool { return s == "" || s == "NULL" }

// firstOnly leaves the first value of a list in its cell, and keeps the others under extra. Days and months that are
// zero are none.
func (p *presetReader) firstOnly() {
	for _, c := range slices.Clone(p.sheet.cols) {
		name, _ := nameOf(c.header)
		first := slices.Contains(p.First, name)
		var more *column
		for _, r := range p.sheet.rows {
			if !strings.Contains(r.value(c), "NULL") && !first {
				continue
			}
			var list []string
			for part := range strings.SplitSeq(r.value(c), p.Separator) {
				if part = trim(part); !nothing(part) {
					list = append(list, part)
				}
			}
			if first && len(list) > 1 {
				if more == nil {
					more = p.addColumn(c, c.header+" (2)", rule{to: target{path: pathExtra}})
				}
				r.put(more, strings.Join(list[1:], " "+p.Separator+" "))
				list = list[:1]
			}
			value := strings.Join(list, p.Separator)
			if first {
				value = strings.TrimSuffix(strings.TrimSuffix(value, "-00"), "-00")
			}
			r.put(c, value)
		}
	}
	p.datesAsWritten()
}

// datesAsWritten reads the words of a date where a row gives no first and last day; one that gives the first alone means
// that day.
func (p *presetReader) datesAsWritten() {
	var words, from, to, created *column
	for c, r := range p.im.m.rules {
		switch r.to.path {
		case "dates.as_written":
			words = c
		case pathStart:
			from = c
		case pathEnd:
			to = c
		}
	}
	if words == nil || from == nil || to == nil {
		return
	}
	for _, r := range p.sheet.rows {
		if first := trim(r.value(from)); first != "" && trim(r.value(to)) == "" {
			r.put(to, first) // these systems write a single day so
		}
		if value := trim(r.value(words)); value != "" && trim(r.value(from)) == "" && trim(r.value(to)) == "" {
			if created == nil {
				t, _ := resolve("dates.created")
				created = p.addColumn(words, words.header, rule{to: t})
			}
			r.put(created, value)
			r.put(words, "")
		}
	}
}

// withoutAddresses takes the name of a file from its address, where a folder of files is given: exports name them as the
// server does.
func (p *presetReader) withoutAddresses() {
	if p.im.o.MediaDir == "" {
		return
	}
	for c, rule := range p.im.m.rules {
		if !rule.to.is("objects[].file") {
			continue
		}
		for _, r := range p.sheet.rows {
			if value := r.value(c); strings.Contains(value, "://") {
				var names []string
				for _, part := range cut(value, p.Separator) {
					part, _, _ = strings.Cut(part, "?")
					names = append(names, part[strings.LastIndex(part, "/")+1:])
				}
				r.put(c, strings.Join(names, p.Separator))
			}
		}
	}
}

// madeUpHeading is that of a column of ids that no system has.
const madeUpHeading = "id"

// byDepth hangs each row under the last one above it that lies less deep. Rows without an id get one, in their order.
func (p *presetReader) byDepth() {
	depth := p.column(p.Depth)
	if depth == nil || len(p.sheet.rows) == 0 {
		return
	}
	im, id := p.im, p.im.m.id.column
	if id == nil {
		id = p.addColumn(depth, madeUpHeading, rule{to: target{path: "id"}})
		im.m.id = idRule{column: id, prefix: im.m.id.prefix}
	}
	t, _ := resolve("parent")
	parent := p.addColumn(depth, depth.header, rule{to: t})
	im.m.rules[depth] = rule{to: target{path: pathSkip}}
	var above []string // keys by depth
	taken := map[string]bool{}
	for _, r := range p.sheet.rows {
		taken[trim(r.value(id))] = true
	}
	n := 0
	for _, r := range p.sheet.rows {
		key := trim(r.value(id))
		for ; key == ""; n++ {
			if next := fmt.Sprintf("%04d", n+1); !taken[next] {
				key, im.madeUp = next, true
				r.put(id, key)
			}
		}
		level, _ := strconv.Atoi(trim(r.value(depth)))
		level = min(max(1, level), len(above)+1)
		if level > 1 {
			r.put(parent, above[level-2])
		}
		above = append(above[:level-1], key)
	}
}

// atTop takes the one row that has no parent for the description of the fonds, where all others lie beneath it.
func (p *presetReader) atTop() {
	id, parent := p.im.m.id.column, p.column("parentid")
	if !p.Top || id == nil || parent == nil {
		return
	}
	var tops []*row
	for _, r := range p.sheet.rows {
		if trim(r.value(parent)) == "" {
			tops = append(tops, r)
		}
	}
	level := p.column("levelofdescription")
	if len(tops) != 1 || level == nil || !slices.Contains([]string{"fonds", "collection"}, foldName(tops[0].value(level))) {
		return
	}
	p.top, p.collection = tops[0], foldName(tops[0].value(level)) == "collection"
	key := trim(p.top.value(id))
	p.sheet.rows = slices.DeleteFunc(p.sheet.rows, func(r *row) bool { return r == p.top })
	for _, r := range p.sheet.rows {
		if trim(r.value(parent)) == key {
			r.put(parent, "")
		}
	}
	p.rep.Taken++
}
