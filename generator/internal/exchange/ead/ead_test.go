package ead

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator/edtf"
)

// element is an element with words, as a reader of others meets it.
type element struct {
	path  string // of elements, beneath ead
	attrs map[string]string
	text  string
}

// parse reads a document, which must be well formed.
func parse(t *testing.T, data []byte) (out []element) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	var open []int
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		switch x := token.(type) {
		case xml.StartElement:
			e := element{path: x.Name.Local, attrs: map[string]string{}}
			if x.Name.Space != Space {
				t.Fatalf("%s is in the namespace %q", x.Name.Local, x.Name.Space)
			}
			if len(open) > 0 {
				e.path = out[open[len(open)-1]].path + "/" + x.Name.Local
			}
			for _, a := range x.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			open, out = append(open, len(out)), append(out, e)
		case xml.CharData:
			for _, i := range open {
				out[i].text += string(x)
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

var head = Head{ID: "f", Languages: []string{"vi", "en"}, Titles: []Words{{"vi", "Phông"}}, Agency: []Words{{"vi", "Kho"}, {"en", "Archives"}},
	Licence: []Words{{"vi", "Tự do"}}, LicenceURI: "https://example.org/l", Rules: []string{"isad-g"}, Since: "2026-01-15",
	Address: "https://example.org/data/f.ead3.xml", Pages: []Link{{"vi", "https://example.org/f/"}}}

// document writes some records, each with the place behind what is beneath it.
func document(t *testing.T, h Head, ends []int, records ...Component) []byte {
	t.Helper()
	var b bytes.Buffer
	w := New(&b, h)
	for i, c := range records {
		w.Add(i, ends[i], c)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// canary is a value of a field that can be told again in what is written.
func canary(f *Field) Value {
	v := Value{Key: f.Key, Words: []Words{{"vi", "chữ " + f.Key}, {"en", "words " + f.Key}}, Note: []Words{{"vi", "lời"}}, ID: "https://example.org/a", Role: "author"}
	switch f.shape {
	case shapeDate:
		d, _ := edtf.Parse("1945~/1947-02")
		v.Date = Date{Date: d}
	case shapeExtent:
		v.Quantity = "12"
	case shapeLanguages:
		v.Codes, v.Scripts = []string{"fr", "lzh"}, []string{"chữ " + f.Key}
	case shapeLink, shapeRefs:
		v.Href = "https://example.org/" + f.Key
	}
	return v
}

// every is a record with a value in every field.
func every(id string) Component {
	c := Component{ID: id, Level: "item"}
	for i := range Fields {
		if f := &Fields[i]; f.shape != shapeNone {
			c.Values = append([]Value{canary(f)}, c.Values...) // in any order
		}
	}
	return c
}

// Each field stands in the element that the table says, with its type, and in each
// language; an element that stands in no language is the same in all.
func TestEveryFieldBecomesItsElement(t *testing.T) {
	all := parse(t, document(t, head, []int{2, 2}, Component{ID: "f", Level: "fonds", Values: []Value{{Key: "id", Words: []Words{{"", "f"}}}}}, every("1-a")))
	for i := range Fields {
		f := &Fields[i]
		if f.shape == shapeNone {
			continue
		}
		kind, want := f.Type, "chữ "+f.Key
		if f.shape == shapeLink {
			want = "https://example.org/" + f.Key
		}
		if f.shape == shapeDate {
			want = "1947-02"
		}
		found := false
		for _, e := range all {
			rest, in := strings.CutPrefix(e.path, "ead/archdesc/dsc/c/")
			at := in && rest == f.Element && (kind == "" || e.attrs["localtype"] == kind || e.attrs["label"] == kind || e.attrs["datechar"] == kind)
			found = found || at && (strings.Contains(e.text, want) || e.attrs["href"] == want || f.shape == shapeDate && e.attrs["altrender"] == "1945~/1947-02")
		}
		if !found {
			t.Errorf("%s is not in %s of type %q", f.Key, f.Element, kind)
		}
	}
	for _, want := range []string{"level=item", "id=r.1-a", "langcode=fra", "langcode=lzh", "lang=vie", "lang=eng", "relator=author", "identifier=https://example.org/a"} {
		name, value, _ := strings.Cut(want, "=")
		found := false
		for _, e := range all {
			found = found || e.attrs[name] == value
		}
		if !found {
			t.Errorf("nothing has %s", want)
		}
	}
}

// Dates are as exact as they are, and no end is made up.
func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"1945-09-02":        `<datesingle standarddate="1945-09-02">`,
		"1945":              `<datesingle standarddate="1945">`,
		"1945~":             `altrender="1945~" lang="vie" datechar="creation" certainty="approximate">|<datesingle notbefore="1945-01-01" notafter="1945-12-31">`,
		"1945-09?":          `certainty="uncertain"|<datesingle notbefore="1945-09-01" notafter="1945-09-30">`,
		"1945%":             `certainty="uncertain-approximate"`,
		"195X":              `altrender="195X"|<datesingle notbefore="1950-01-01" notafter="1959-12-31">`,
		"1945/1947-02":      `unitdatetype="inclusive"|<fromdate standarddate="1945">|<todate standarddate="1947-02">`,
		"1945/..":           `<fromdate standarddate="1945">|!todate`,
		"/1945":             `<todate standarddate="1945">|!fromdate`,
		"1945~/1947":        `<fromdate notbefore="1945-01-01" notafter="1945-12-31">|<todate standarddate="1947">`,
		"{1965,1968}":       `<dateset>|<datesingle standarddate="1965">|<datesingle standarddate="1968">`,
		"[1929-07,1929-08]": `altrender="[1929-07,1929-08]"|<datesingle standarddate="1929-07">`,
		"[1965..1968]":      `<fromdate standarddate="1965">|<todate standarddate="1968">|!dateset`,
		"{1960,1965..1968}": `<dateset>|<datesingle standarddate="1960">|<daterange>`,
		"1945-21":           `<datesingle notbefore="1945-03-01" notafter="1945-05-31">`,
		"-0100":             `<datesingle notbefore="-0100-01-01" notafter="-0100-12-31">`,
	} {
		d, err := edtf.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		data := string(document(t, head, []int{1}, Component{ID: "f", Level: "fonds", Values: []Value{{Key: "dates", Date: Date{Date: d}}}}))
		parse(t, []byte(data))
		for _, w := range strings.Split(want, "|") {
			if no, negated := strings.CutPrefix(w, "!"); strings.Contains(data, strings.TrimPrefix(w, "!")) == negated {
				t.Errorf("%s: %q in\n%s", text, no, data[strings.Index(data, "<archdesc"):])
			}
		}
	}
	d, _ := edtf.Parse("1945")
	if data := document(t, head, []int{1}, Component{ID: "f", Level: "fonds", Values: []Value{{Key: "dates", Date: Date{d, []Words{{"en", "the year of hunger"}}}}}}); !bytes.Contains(data, []byte(`lang="eng" datechar="creation">`+"\n"+`<datesingle standarddate="1945">the year of hunger<`)) {
		t.Errorf("%s", data)
	}
}

// Records hang under the nearest above them that was added.
func TestTree(t *testing.T) {
	var b bytes.Buffer
	w := New(&b, head)
	for _, r := range []struct {
		at, end int
		id      string
	}{{0, 9, "f"}, {1, 4, "a"}, {3, 4, "a-of-one-left-out"}, {5, 6, "b"}, {6, 9, "c"}, {7, 9, "d"}, {8, 9, "e"}} {
		w.Add(r.at, r.end, Component{ID: r.id, Level: "file", Values: []Value{{Key: "id", Words: []Words{{"", r.id}}}}})
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"f": "archdesc", "a": "archdesc/dsc/c", "a-of-one-left-out": "archdesc/dsc/c/c", "b": "archdesc/dsc/c", "c": "archdesc/dsc/c", "d": "archdesc/dsc/c/c", "e": "archdesc/dsc/c/c/c"}
	for _, e := range parse(t, b.Bytes()) {
		if at, ok := strings.CutSuffix(e.path, "/did/unitid"); ok && at != "ead/"+want[e.text] {
			t.Errorf("%s at %s", e.text, at)
		}
	}
	if bytes.Count(b.Bytes(), []byte("<c ")) != 6 || !bytes.HasPrefix(b.Bytes(), []byte(Mark)) {
		t.Errorf("%s", b.Bytes())
	}
}

// A text says what it said, whatever is in it, and stands in one line.
func TestTextIsKept(t *testing.T) {
	text := "Bản & phụ bản <1>\n\"hai\" \u00a0 \x01"
	values := []Value{{Key: "title", Words: []Words{{"vi", text}}}, {Key: "scope", Words: []Words{{"vi", "một\n\nhai & <ba>"}}}, {Key: "keywords", Words: []Words{{"vi", text}}},
		{Key: "publications", Words: []Words{{"vi", text}}, Note: []Words{{"vi", "a\nb"}}}}
	data := document(t, head, []int{1}, Component{ID: "f", Level: "fonds", Values: values})
	got := map[string]string{}
	for _, e := range parse(t, data) {
		got[e.path] += "|" + e.text
	}
	const one = "Bản & phụ bản <1> \"hai\" \ufffd"
	for path, want := range map[string]string{"did/unittitle": one, "scopecontent/p": "một|hai & <ba>", "controlaccess/subject/part": one, "bibliography/bibref": one + " (a b)"} {
		if got["ead/archdesc/"+path] != "|"+want {
			t.Errorf("%s: %q", path, got["ead/archdesc/"+path])
		}
	}
	for line := range bytes.Lines(data) {
		if bytes.Count(line, []byte("<")) > 0 && !bytes.HasPrefix(line, []byte("<")) {
			t.Errorf("a text goes over a line end: %q", line)
		}
	}
}

// What nothing may be told of is an id and no more; a notice tells why.
func TestWithheld(t *testing.T) {
	data := Withheld("f", []Words{{"vi", "Đang cập nhật"}, {"en", "Being brought up to date"}})
	all := parse(t, data)
	if n := bytes.Count(data, []byte("<did>")); n != 1 || !bytes.Contains(data, []byte("Being brought up to date")) || bytes.Contains(data, []byte("unittitle")) {
		t.Errorf("%s", data)
	}
	if len(all) == 0 || all[0].path != "ead" {
		t.Errorf("%v", all)
	}
	valid(t, data)
}

// The schema of the standard accepts what is written, whatever of it there is.
func TestSchemaAcceptsEveryField(t *testing.T) {
	valid(t, document(t, head, []int{3, 3, 3}, Component{ID: "f", Level: "fonds", Values: every("f").Values}, every("1-a"), every("b")))
	valid(t, document(t, Head{ID: "f", Languages: []string{"vi"}}, []int{1}, Component{ID: "f", Values: []Value{{Key: "id", Words: []Words{{"", "f"}}}}}))
	for i := range Fields {
		if f := &Fields[i]; f.shape != shapeNone {
			valid(t, document(t, Head{ID: "f", Languages: []string{"vi"}}, []int{2, 2}, Component{ID: "f", Level: "collection", Values: []Value{{Key: "id", Words: []Words{{"", "f"}}}}},
				Component{ID: "p", Level: "part", Values: []Value{{Key: "id", Words: []Words{{"", "p"}}}, canary(f)}}))
		}
	}
}

// valid holds a document against the schema that lies beside the repository.
func valid(t *testing.T, data []byte) {
	t.Helper()
	schema, err := filepath.Abs("../../../../../shared/data/ead/schema-ead3/ead3.rng")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(schema); err != nil {
		t.Skip("skipped: the schema of EAD3 is not in ../shared/data/ead beside the repository")
	}
	cmd := exec.Command("xmllint", "--noout", "--nonet", "--relaxng", schema, "-")
	cmd.Stdin = bytes.NewReader(data)
	if said, err := cmd.CombinedOutput(); errors.Is(err, exec.ErrNotFound) {
		t.Skip("skipped: xmllint is not here (Debian package libxml2-utils)")
	} else if err != nil {
		t.Errorf("%v\n%s\n%s", err, said, data)
	}
}
