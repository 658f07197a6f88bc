// Package dossier writes the papers of an edition, which stay with the archive:
// the list of what is published, for signature, the comparison with the edition
// before, and what a host that is fed by FTP needs to follow.
//
// It is handed words and hashes and knows no record. Lists are sequences, so
// nothing grows with the archive.
package dossier

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"iter"
	"slices"
)

// The files of a dossier.
const (
	ListName       = "danh-muc-cong-bo.html"
	ComparisonName = "so-sanh.html"
	DataName       = "so-sanh.json"
	ZipName        = "thay-doi.zip"
	RemovedName    = "xoa.txt"
)

// Heading is what every paper begins with.
type Heading struct {
	Body     string // the institution
	Site     string
	Address  string // of the site; may be empty
	Number   int
	Day      string // 2026-11-26
	Date     string // 26/11/2026
	Manifest string // SHA-256 of the manifest, lower hex
	Files    int
}

// List is the list of published documents.
type List struct {
	Heading
	Total  int
	Groups iter.Seq[Group]
}

// Group is what one decision covers of one fonds.
type Group struct {
	Decision  string // "số 15/QĐ-MẪU, 15/1/2026"
	Clearance string // its id
	Fonds     string // its title
	Items     iter.Seq2[int, Item]
}

// Item is a line of the list.
type Item struct {
	Reference, Title, Date string
	Parts                  string // what of it is published
	Print                  string // fingerprint
	Restored               bool   // it is on the site again after it had left it
}

// Comparison is what an edition changed.
type Comparison struct {
	Heading
	Before    int    // number of the edition before; 0 for none
	Since     string // its date
	New       Records
	Restored  Records // on the site again after they had left it
	Changed   Records
	Withdrawn Records
	Moved     []Turn
	Redirects []Turn
	Gone      []Gone // addresses for programs at which nothing is any more
	Files     *Files // nil where it is not known what the edition before held
}

// Records are some records, with their numbers from 1.
type Records struct {
	N    int
	Each iter.Seq2[int, Record] // may be nil where N is 0
}

// Record is a record that is not as it was.
type Record struct {
	ID      string `json:"id"`
	Title   string `json:"title,omitempty"` // not of one that was withdrawn
	Address string `json:"address,omitempty"`
	Before  string `json:"fingerprint_before,omitempty"`
	Now     string `json:"fingerprint,omitempty"`
}

// Turn is an address that now leads to another.
type Turn struct {
	From string `json:"from"`
	To   string `json:"to"`
	ID   string `json:"id,omitempty"`
}

// Gone is an address at which nothing is any more.
type Gone struct {
	Address string `json:"address"`
	ID      string `json:"id,omitempty"` // of the record, where it was about one
}

// Files counts the files of the site.
type Files struct {
	New     int `json:"new"`
	Changed int `json:"changed"`
	Removed int `json:"removed"`
}

//go:embed *.html
var sources embed.FS

// parse reads a template with its shared head. It is read when it is wanted:
// a release is rare.
func parse(name string) (*template.Template, error) {
	return template.New(name).ParseFS(sources, name, "head.html")
}

// WriteList writes the list as one HTML file, to be printed on A4.
func WriteList(w io.Writer, l List) error { return write(w, "list.html", l) }

// WriteComparison writes the comparison as one HTML file.
func WriteComparison(w io.Writer, c Comparison) error { return write(w, "comparison.html", c) }

func write(w io.Writer, name string, data any) error {
	t, err := parse(name)
	if err != nil {
		return err
	}
	return t.Execute(w, data)
}

// WriteData writes the comparison as one JSON object: about the edition, then
// its lists, a line for each element.
func WriteData(w io.Writer, c Comparison) error {
	about, err := json.Marshal(struct {
		Edition  int    `json:"edition"`
		Date     string `json:"date"`
		Before   int    `json:"before"`
		Manifest string `json:"manifest_sha256"`
		Files    *Files `json:"files,omitempty"`
	}{c.Number, c.Day, c.Before, c.Manifest, c.Files})
	if err != nil {
		return err
	}
	if _, err := w.Write(about[:len(about)-1]); err != nil { // the lists go before its last brace
		return err
	}
	for _, l := range []struct {
		key string
		r   Records
	}{{"new", c.New}, {"restored", c.Restored}, {"changed", c.Changed}, {"withdrawn", c.Withdrawn}} {
		if err := writeArray(w, l.key, l.r.Each); err != nil {
			return err
		}
	}
	for _, l := range []struct {
		key   string
		turns []Turn
	}{{"moved", c.Moved}, {"redirects", c.Redirects}} {
		if err := writeArray(w, l.key, slices.All(l.turns)); err != nil {
			return err
		}
	}
	if err := writeArray(w, "gone", slices.All(c.Gone)); err != nil {
		return err
	}
	_, err = io.WriteString(w, "}\n")
	return err
}

// writeArray writes a member of an object that is a list.
func writeArray[T any](w io.Writer, key string, list iter.Seq2[int, T]) error {
	if _, err := fmt.Fprintf(w, ",\n%q: [", key); err != nil {
		return err
	}
	if list == nil {
		list = func(func(int, T) bool) {}
	}
	sep := "\n"
	for _, v := range list {
		data, err := json.Marshal(v)
		if err == nil {
			_, err = fmt.Fprintf(w, "%s%s", sep, data)
		}
		if err != nil {
			return err
		}
		sep = ",\n"
	}
	_, err := io.WriteString(w, "]")
	return err
}
