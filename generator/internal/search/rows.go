package search

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// lines are those of a file of titles.
type lines struct{ text strings.Builder }

var flat = strings.NewReplacer("\t", " ", "\n", " ")

func (l *lines) add(path string, titles []string) {
	l.text.WriteString(path)
	for _, t := range titles {
		l.text.WriteString("\t" + flat.Replace(t))
	}
	l.text.WriteByte('\n')
}

func (l *lines) take() string {
	s := strings.TrimSuffix(l.text.String(), "\n")
	l.text.Reset()
	return s
}

// Event adds an event, in the order of dates.
func (x *Index) Event(e Event) {
	signs := ""
	if e.Day.Vague {
		signs += "v"
	}
	if e.Kept {
		signs += "k"
	}
	x.events.add(strings.Join([]string{e.Path, strconv.Itoa(int(e.Day.First)), strconv.Itoa(int(e.Day.Days)), signs}, "\t"), e.Titles)
}

func (x *Index) writeEvents(r *root) error {
	list := x.events.take()
	if list == "" {
		return nil
	}
	return x.shard(&r.Events, "events", list)
}

// sheet is a file of rows. What many rows share stands once.
type sheet struct {
	Strings []any `json:"strings"`
	Rows    []any `json:"rows"`

	places map[string]int
}

func newSheet() *sheet { return &sheet{places: map[string]int{}} }

func (s *sheet) add(r *Row) {
	var picture any = 0
	if p := r.Picture; p != nil {
		picture = []any{p.Path, p.Width, p.Height, localised(p.Alt)}
	}
	s.Rows = append(s.Rows, []any{s.shared(r.Level), s.shared(r.Form), s.shared(r.Place), localised(r.Reference), localised(r.Date), localised(r.Text), picture})
}

// shared is the number of a text that other rows may have too.
func (s *sheet) shared(text []string) int {
	key := strings.Join(text, "\x00")
	n, ok := s.places[key]
	if !ok {
		n = len(s.Strings)
		s.places[key] = n
		s.Strings = append(s.Strings, localised(text))
	}
	return n
}

func (s *sheet) take() *sheet {
	out := *s
	*s = *newSheet()
	return &out
}

// localised is a text in every language, or one text where there is no other.
func localised(text []string) any {
	switch {
	case len(text) == 0:
		return ""
	case !slices.ContainsFunc(text[1:], func(t string) bool { return t != "" && t != text[0] }):
		return text[0]
	}
	return text
}

// dayFile is a file of days.
type dayFile struct {
	First int    `json:"first"`
	Bits  string `json:"bits"`
}

func dayFileOf(list []Day) (out dayFile) {
	if len(list) == 0 {
		return out
	}
	out.First = int(list[0].First)
	steps := func(yield func(uint64) bool) {
		last := list[0].First
		for _, d := range list {
			if !yield(uint64(max(0, d.First-last))) {
				return
			}
			last = d.First
		}
	}
	var w bitWriter
	k := parameter(steps)
	w.digits(uint64(k), 5)
	i := 0
	for step := range steps {
		w.rice(k, step)
		w.gamma(uint64(max(1, list[i].Days)))
		vague := uint64(0)
		if list[i].Vague {
			vague = 1
		}
		w.digits(vague, 1)
		i++
	}
	w.align()
	out.Bits = base64.StdEncoding.EncodeToString(w.out)
	return out
}
