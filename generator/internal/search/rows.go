package search

import (
	"slices"
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
