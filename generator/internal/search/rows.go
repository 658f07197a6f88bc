package search

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// card is what is shown of a record, as it waits until all are there and their common words known.
type card struct {
	Path  string
	Title []string
	Row   Row
}

var flat = strings.NewReplacer("\t", " ", "\n", " ")

// count counts the pieces of which the texts of a card are made.
func (c *card) count(met map[string]int) {
	for _, texts := range [][]string{c.Title, c.Row.Text} {
		for _, text := range texts {
			for _, piece := range pieces(text) {
				met[piece]++
			}
		}
	}
}

// writeShown writes the lexicon, the titles and the rows.
func (x *Index) writeShown(ctx context.Context, r *root, workers int) error {
	lex := newLexicon(x.met)
	if err := x.shard(&r.Lexicon, "lexicon", lex.file()); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for block, at := range x.cards {
		g.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			cards, err := x.cardsAt(at)
			if err != nil {
				return err
			}
			return x.writeBlock(lex, block, cards)
		})
	}
	return g.Wait()
}

func (x *Index) writeBlock(lex *lexicon, block int, cards []card) error {
	first := block * perBlock
	for i := 0; i < len(cards); i += perTitles {
		if err := x.shard(&x.titles[(first+i)/perTitles], "titles", titlesOf(lex, cards[i:min(i+perTitles, len(cards))])); err != nil {
			return err
		}
	}
	for i := 0; i < len(cards); i += perRows {
		if err := x.shard(&x.rows[(first+i)/perRows], "rows", sheetOf(lex, cards[i:min(i+perRows, len(cards))])); err != nil {
			return err
		}
	}
	return nil
}

// extent is where something lies in the file of what waits.
type extent struct {
	at int64
	n  int
}

// keep lets cards wait.
func (x *Index) keep(block int, cards []card) error {
	data, err := json.Marshal(cards)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	at, err := x.spill(data)
	x.cards[block] = extent{at, len(data)}
	return err
}

func (x *Index) cardsAt(e extent) (out []card, err error) {
	data := make([]byte, e.n)
	if _, err := x.file.ReadAt(data, e.at); err != nil {
		return nil, err
	}
	err = json.Unmarshal(data, &out)
	return out, err
}

// titleFile is a file of titles.
type titleFile struct {
	Paths  string `json:"paths"`
	Pieces string `json:"pieces"`
	Bits   string `json:"bits"`
}

func titlesOf(lex *lexicon, cards []card) titleFile {
	t, paths := newTextWriter(lex), []string{}
	for _, c := range cards {
		paths = append(paths, shortened(c.Path))
		for _, title := range c.Title {
			t.text(flat.Replace(title))
		}
	}
	t.w.align()
	return titleFile{strings.Join(paths, "\n"), strings.Join(t.strings, "\n"), base64.StdEncoding.EncodeToString(t.w.out)}
}

// shortened is a path without what its record has in common with its fonds: most ids begin with
// that of the fonds.
func shortened(path string) string {
	fonds, record, _ := strings.Cut(path, "/")
	if rest, ok := strings.CutPrefix(record, fonds); ok && fonds != "" {
		return fonds + "\t" + rest
	}
	return path
}

// sheet is a file of rows. What many rows share stands once.
type sheet struct {
	Strings []any  `json:"strings"`
	Rows    []any  `json:"rows"`
	Pieces  string `json:"pieces"`
	Bits    string `json:"bits"`

	places map[string]int
}

func sheetOf(lex *lexicon, cards []card) *sheet {
	s, t := &sheet{Strings: []any{}, places: map[string]int{}}, newTextWriter(lex)
	for _, c := range cards {
		s.add(&c.Row)
		texts := slices.Clone(c.Row.Text)
		for i := range texts {
			texts[i] = flat.Replace(texts[i])
		}
		t.texts(texts)
	}
	t.w.align()
	s.Pieces, s.Bits = strings.Join(t.strings, "\n"), base64.StdEncoding.EncodeToString(t.w.out)
	return s
}

func (s *sheet) add(r *Row) {
	var picture any = 0
	if p := r.Picture; p != nil {
		picture = []any{p.Path, p.Width, p.Height, localised(p.Alt)}
	}
	s.Rows = append(s.Rows, []any{s.shared(r.Level), s.shared(r.Form), s.shared(r.Place), localised(r.Reference), localised(r.Date), picture})
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
