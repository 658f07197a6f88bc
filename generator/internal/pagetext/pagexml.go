package pagetext

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// pageXML reads PAGE XML of 2010 to 2019 (primaresearch.org). Of several readings
// of a line the first by its index is taken.
type pageXML struct {
	rows    rows
	groups  []*group // of the reading order, that are open
	regions []*region
	line    *Line
	word    *Word
	equiv   *equiv // that is being read
	best    map[string]*equiv
	points  strings.Builder // corners of an outline; in the form of 2010 an element each
}

// group is a group of the reading order.
type group struct {
	key  []int
	next int // where its children have no index
}

// region is a text region that is open.
type region struct {
	lang string
	key  []int
	seen bool // a line, or a region, of it
}

// equiv is a reading of a region, line or word.
type equiv struct {
	index int
	text  strings.Builder
}

func (f *pageXML) open(r *reader, e xml.StartElement) {
	switch name := e.Name.Local; name {
	case "Page":
		r.onePage()
		r.page.Width, _ = number(attr(e, "imageWidth"))
		r.page.Height, _ = number(attr(e, "imageHeight"))
		r.page.Image = strings.TrimSpace(attr(e, "imageFilename"))
		f.regions = []*region{{lang: language(attr(e, "primaryLanguage"))}}
		f.best = map[string]*equiv{}
	case "OrderedGroup", "UnorderedGroup", "OrderedGroupIndexed", "UnorderedGroupIndexed":
		f.groups = append(f.groups, &group{key: f.rank(r, e)})
	case "RegionRef", "RegionRefIndexed":
		f.rank(r, e)
	case "TextRegion":
		f.region(r, e)
	case "TextLine":
		f.line = &Line{Row: f.rows.of(r)}
	case "Word":
		f.word = &Word{}
	case "Coords":
		f.points.Reset()
		f.points.WriteString(attr(e, "points"))
	case "Point":
		f.points.WriteString(" " + attr(e, "x") + "," + attr(e, "y"))
	case "TextEquiv":
		f.equiv = &equiv{}
		if i, err := strconv.Atoi(attr(e, "index")); err == nil {
			f.equiv.index = i
		}
	}
}

// rank places a group or region in the reading order: by the index in its
// group, or by where it stands.
func (f *pageXML) rank(r *reader, e xml.StartElement) []int {
	var key []int
	at := len(r.order)
	if n := len(f.groups); n > 0 {
		in := f.groups[n-1]
		key, at = append(key, in.key...), in.next
		in.next++
	}
	if i, err := strconv.Atoi(attr(e, "index")); err == nil {
		at = i
	}
	key = append(key, at)
	if ref := attr(e, "regionRef"); ref != "" {
		r.place(ref, key)
	}
	return key
}

// region begins a block. One within another that has no place in the order has
// that of the other.
func (f *pageXML) region(r *reader, e xml.StartElement) {
	in := &region{lang: language(attr(e, "primaryLanguage"))}
	if n := len(f.regions); n > 0 {
		up := f.regions[n-1]
		up.seen, in.key = true, up.key
		if in.lang == "" {
			in.lang = up.lang
		}
	}
	if key, ok := r.order[attr(e, "id")]; ok {
		in.key = key
	}
	f.regions = append(f.regions, in)
	r.begin(in.lang, in.key)
}

func (f *pageXML) close(r *reader, name string) {
	switch name {
	case "OrderedGroup", "UnorderedGroup", "OrderedGroupIndexed", "UnorderedGroupIndexed":
		f.groups = f.groups[:max(0, len(f.groups)-1)]
	case "Coords":
		f.coords(r)
	case "TextEquiv":
		f.reading(r)
	case "Word":
		if f.word != nil && f.line != nil {
			f.word.Text = f.take("Word")
			r.word(f.line, *f.word)
		}
		f.word = nil
	case "TextLine":
		f.endLine(r)
	case "TextRegion":
		f.endRegion(r)
	}
}

// owner is the element around the last, if it is one whose place and reading are kept.
func owner(r *reader) string {
	if n := len(r.open); n > 1 {
		switch up := r.open[n-2]; up {
		case "TextRegion", "TextLine", "Word":
			return up
		}
	}
	return ""
}

func (f *pageXML) coords(r *reader) {
	points := f.points.String()
	f.points.Reset()
	var to *Box
	switch owner(r) {
	case "TextLine":
		if f.line != nil {
			to = &f.line.Box
		}
	case "Word":
		if f.word != nil {
			to = &f.word.Box
		}
	}
	if to == nil || points == "" {
		return
	}
	*to = r.around(points)
}

// reading keeps a reading if it comes before those of the same element.
func (f *pageXML) reading(r *reader) {
	of := owner(r)
	if e := f.equiv; e != nil && of != "" && f.best != nil {
		if old := f.best[of]; old == nil || e.index < old.index {
			f.best[of] = e
		}
	}
	f.equiv = nil
}

// take is the reading of the element that ends.
func (f *pageXML) take(of string) string {
	e := f.best[of]
	delete(f.best, of)
	if e == nil {
		return ""
	}
	return e.text.String()
}

func (f *pageXML) endLine(r *reader) {
	l := f.line
	f.line = nil
	if l == nil {
		return
	}
	if n := len(f.regions); n > 0 {
		f.regions[n-1].seen = true
	}
	if l.Text = f.take("TextLine"); tidy(l.Text) == "" {
		var words []string
		for _, w := range l.Words {
			words = append(words, w.Text)
		}
		l.Text = strings.Join(words, " ")
	}
	r.add(*l)
}

// endRegion takes the reading of a whole region, line by line, where none of its
// lines is given.
func (f *pageXML) endRegion(r *reader) {
	text := f.take("TextRegion")
	n := len(f.regions)
	if n < 2 { // the first stands for the page
		return
	}
	if !f.regions[n-1].seen {
		for l := range strings.SplitSeq(text, "\n") {
			if r.add(Line{Text: l, Row: f.rows.of(r)}); r.failed {
				return
			}
		}
	}
	if f.regions = f.regions[:n-1]; n > 2 {
		up := f.regions[n-2]
		r.begin(up.lang, up.key) // what follows is again of the region around it
	}
}

func (f *pageXML) text(r *reader, s string) {
	if f.equiv != nil && len(r.open) > 0 && r.open[len(r.open)-1] == "Unicode" {
		f.equiv.text.WriteString(s)
	}
}
