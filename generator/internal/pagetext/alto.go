package pagetext

import (
	"encoding/xml"
	"strings"
)

// alto reads ALTO 2 to 4 (loc.gov/standards/alto). The namespace, which changes
// with each, is passed over.
type alto struct {
	rows  rows
	line  *Line
	said  strings.Builder // text of the line so far
	word  *Box            // of the last word of the line; nil where it was left out
	lang  string
	name  string // of the picture, being read
	order int
}

func (f *alto) open(r *reader, e xml.StartElement) {
	switch e.Name.Local {
	case "Page":
		r.onePage()
		r.page.Width, _ = number(attr(e, "WIDTH"))
		r.page.Height, _ = number(attr(e, "HEIGHT"))
	case "ElementRef":
		r.place(attr(e, "REF"), []int{f.order})
		f.order++
	case "TextBlock":
		f.lang = language(attr(e, "LANG") + attr(e, "language")) // it has one or the other, by its version
		r.begin(f.lang, r.order[attr(e, "ID")])
	case "TextLine":
		f.line = &Line{Box: f.box(r, e), Row: f.rows.of(r)}
		f.said.Reset()
	case "Polygon":
		f.shape(r, attr(e, "POINTS"))
	case "String":
		f.str(r, e)
	case "HYP":
		f.hyphen(e)
	}
}

// shape is the place of a line or word that has no box.
func (f *alto) shape(r *reader, points string) {
	if f.line == nil {
		return
	}
	to := &f.line.Box
	if r.within("String") {
		if to = f.word; to == nil {
			return
		}
	}
	if to.IsZero() {
		*to = r.around(points)
	}
}

// box is the place of an element. In ALTO 4 a place may be missing; one of which a
// part is has no area, but is not the zero box.
func (f *alto) box(r *reader, e xml.StartElement) Box {
	var v [4]float64
	for i, key := range []string{"HPOS", "VPOS", "WIDTH", "HEIGHT"} {
		s := attr(e, key)
		if s == "" {
			continue
		}
		var ok bool
		if v[i], ok = number(s); !ok || i > 1 && v[i] < 0 {
			r.badBox()
			return Box{}
		}
	}
	return Box{v[0], v[1], v[2], v[3]}
}

func (f *alto) str(r *reader, e xml.StartElement) {
	if f.line == nil {
		return
	}
	w := Word{Text: attr(e, "CONTENT"), Box: f.box(r, e)}
	f.word = nil
	if r.word(f.line, w) {
		f.word = &f.line.Words[len(f.line.Words)-1].Box
	}
	f.said.WriteByte(' ')
	f.said.WriteString(w.Text)
	f.line.Broken = attr(e, "SUBS_TYPE") == "HypPart1"
}

// hyphen ends a line whose last word goes on in the next. It has a sign of its
// own, or stands in the word already.
func (f *alto) hyphen(e xml.StartElement) {
	if f.line == nil || f.said.Len() == 0 {
		return
	}
	sign := tidy(attr(e, "CONTENT"))
	if sign == "" || sign == "\u00ad" {
		sign = "-"
	}
	f.line.Broken = true
	if said := f.said.String(); withoutHyphen(said) == said {
		f.said.WriteString(sign)
	}
}

func (f *alto) close(r *reader, name string) {
	switch name {
	case "TextLine":
		if f.line != nil {
			f.line.Text = f.said.String()
			f.line.Broken = f.line.Broken && withoutHyphen(f.line.Text) != f.line.Text
			r.add(*f.line)
			f.line = nil
		}
	case "fileName":
		if r.page.Image == "" {
			r.page.Image = strings.TrimSpace(f.name)
		}
		f.name = ""
	}
}

func (f *alto) text(r *reader, s string) {
	if len(r.open) > 0 && r.open[len(r.open)-1] == "fileName" && r.within("sourceImageInformation") && len(f.name) < 1000 {
		f.name += s
	}
}
