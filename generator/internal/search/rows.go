package search

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// perFile is how many records a file of titles and one of rows holds. Where a server hands out
// parts of files, a hit costs its line alone; where it does not, its whole file.
const perFile = 220

// card is what is shown of a record.
type card struct {
	path  string
	title []string
	row   Row
}

// writeBlock writes the titles and rows of a block.
func (x *Index) writeBlock(block int, cards []card) error {
	at := block * perBlock / perFile
	for part := range slices.Chunk(cards, perFile) {
		titles, rows := make([]any, len(part)), make([]any, len(part))
		for i, c := range part {
			titles[i], rows[i] = append([]string{c.path}, c.title...), rowOf(c.row)
		}
		if err := x.titles.write(x, at, titles); err != nil {
			return err
		}
		if err := x.rows.write(x, at, rows); err != nil {
			return err
		}
		at++
	}
	return nil
}

// shelf are files of one kind, of which each has a line for each of so many records.
type shelf struct {
	kind    string
	names   []string
	lengths []int // of the lines of each file, in bytes
}

func newShelf(kind string, docs int) shelf {
	files := (docs + perFile - 1) / perFile
	return shelf{kind, make([]string, files), make([]int, files)}
}

func (s *shelf) lines() lines {
	return lines{run{perFile, strings.Join(s.names, "")}, s.lengths}
}

// mostPadding is how many times as large as its lines a file may become by padding: one very long
// title would otherwise be paid for by all.
const mostPadding = 4

// write writes a file of values, one a line. All lines are padded to one length, so that where
// one begins needs not be read; where that would take too much none is, and the length is 0.
func (s *shelf) write(x *Index, at int, values []any) error {
	lines, length, sum := make([][]byte, len(values)), 0, 0
	for i, v := range values {
		line, err := encoded(v)
		if err != nil {
			return err
		}
		if i < len(values)-1 {
			line = append(line, ',')
		}
		lines[i], length, sum = line, max(length, len(line)+1), sum+len(line)+1
	}
	if length*len(lines) > mostPadding*sum {
		length = 0
	}
	body := make([]byte, 0, max(length*len(lines), sum)+3)
	body = append(body, "[\n"...)
	for _, line := range lines {
		body = append(append(append(body, line...), bytes.Repeat([]byte(" "), max(0, length-1-len(line)))...), '\n')
	}
	s.lengths[at] = length
	return x.shard(&s.names[at], s.kind, append(body, ']'))
}

func rowOf(r Row) any {
	var picture any = 0
	if p := r.Picture; p != nil {
		picture = []any{p.Path, p.Width, p.Height, localised(p.Alt)}
	}
	return []any{localised(r.Level), localised(r.Form), localised(r.Place), localised(r.Reference), localised(r.Date), localised(r.Text), picture}
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

// encoded is a value as a page reads it.
func encoded(value any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(value)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// script is a file that hands a value to the page.
func script(name string, value []byte) []byte {
	return slices.Concat([]byte("vitrineIndex("+strconv.Quote(name)+","), value, []byte(")\n"))
}
