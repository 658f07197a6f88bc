package reference

import (
	"bytes"
	"encoding/json"
)

// cslItem is an item of CSL-JSON, schema 1.0.
type cslItem struct {
	ID         string       `json:"id"`
	Type       string       `json:"type"`
	Title      string       `json:"title,omitempty"`
	Author     []cslLiteral `json:"author,omitempty"`
	Issued     *cslDate     `json:"issued,omitempty"`
	Genre      string       `json:"genre,omitempty"`
	Number     string       `json:"number,omitempty"`
	Publisher  string       `json:"publisher,omitempty"`
	Archive    string       `json:"archive,omitempty"`
	Collection string       `json:"archive_collection,omitempty"`
	Location   string       `json:"archive_location,omitempty"`
	Place      string       `json:"archive-place,omitempty"`
	CallNumber string       `json:"call-number,omitempty"`
	Medium     string       `json:"medium,omitempty"`
	Dimensions string       `json:"dimensions,omitempty"`
	Source     string       `json:"source,omitempty"`
	Version    string       `json:"version,omitempty"`
	URL        string       `json:"URL,omitempty"`
	Language   string       `json:"language,omitempty"`
	Abstract   string       `json:"abstract,omitempty"`
	Note       string       `json:"note,omitempty"`
}

type cslLiteral struct {
	Literal string `json:"literal"`
}

// cslDate is a date: its parts where it has some, about or not, else its words.
type cslDate struct {
	Parts   [][]int `json:"date-parts,omitempty"`
	Circa   bool    `json:"circa,omitempty"`
	Literal string  `json:"literal,omitempty"`
}

// appendCSL appends an entry in CSL-JSON, in one line.
func appendCSL(b []byte, e *Entry) []byte {
	it := cslItem{
		ID: e.ID, Type: e.Type.CSL, Title: line(e.Title), Issued: cslIssued(e), Genre: line(e.Genre), Number: line(e.Number),
		Archive: line(e.Archive), Collection: line(e.Collection), Location: line(e.Location), Place: line(e.Place), CallNumber: line(e.CallNumber),
		Medium: line(e.Medium), Dimensions: line(e.Dimensions), Source: line(e.Website), Version: line(e.Version), URL: e.URL,
		Language: e.Language, Abstract: line(e.Abstract), Note: line(e.Note),
	}
	if e.Type == report {
		it.Publisher = line(e.Issuer)
	}
	for _, n := range e.Names {
		it.Author = append(it.Author, cslLiteral{line(n)})
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(it) // strings, numbers and booleans alone: it cannot fail
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

// cslIssued is the date of an entry, nil where nothing is known of it. A span has the
// parts of both its ends.
func cslIssued(e *Entry) *cslDate {
	if p, ok := parts(e.Issued); ok {
		return &cslDate{Parts: [][]int{p}, Circa: !certain(e.Issued)}
	}
	d := e.Issued
	if !d.IsZero() && d.IsInterval() && !d.IsSet() && !d.OpenLo() && !d.OpenHi() && !d.UnknownLo() && !d.UnknownHi() {
		if from, to := d.Years(); from > 0 {
			return &cslDate{Parts: [][]int{{from}, {to}}, Circa: !certain(d)}
		}
	}
	if words := line(e.Words); words != "" {
		return &cslDate{Literal: words}
	}
	return nil
}
