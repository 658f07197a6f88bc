package harvest

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"

	"vitrine/generator/internal/exchange/ead"
)

// Portals of open data read a description of what can be downloaded in the vocabularies DCAT 3
// and VoID, as Turtle or as JSON-LD. Both are written of the same statements.

// Node is a thing that is described: its address, its types and what is said of it. Names of
// types and properties bear the prefixes below.
type Node struct {
	ID    string
	Types []string
	Said  []Statement
}

// Statement is one thing that is said.
type Statement struct {
	Property string
	ID       string // address of another thing; else
	ead.Words
	Type string // of the text, where it is none in a language: "xsd:date"
}

var prefixes = [][2]string{
	{"dcat", "http://www.w3.org/ns/dcat#"}, {"dct", "http://purl.org/dc/terms/"}, {"foaf", "http://xmlns.com/foaf/0.1/"}, {"void", "http://rdfs.org/ns/void#"},
	{"vcard", "http://www.w3.org/2006/vcard/ns#"}, {"xsd", "http://www.w3.org/2001/XMLSchema#"},
}

// Graph writes the nodes that each hands on.
type Graph func(w io.Writer, each func(add func(*Node)) error) error

// TurtleMark and LinkedMark are how the files begin.
const (
	TurtleMark = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
	LinkedMark = `{"@context":{"dcat":"http://www.w3.org/ns/dcat#"`
)

// Turtle writes RDF 1.1 Turtle.
func Turtle(w io.Writer, each func(add func(*Node)) error) error {
	out := bufio.NewWriterSize(w, 32<<10)
	for _, p := range prefixes {
		_, _ = out.WriteString("@prefix " + p[0] + ": <" + p[1] + "> .\n")
	}
	err := each(func(n *Node) {
		_, _ = out.WriteString("\n" + iri(n.ID) + " a " + strings.Join(n.Types, ", "))
		for _, s := range n.Said {
			_, _ = out.WriteString(" ;\n\t" + s.Property + " " + s.object())
		}
		_, _ = out.WriteString(" .\n")
	})
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	return err
}

// iri is an address between angle brackets; what may not stand there is escaped.
func iri(s string) string {
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range s {
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			b.WriteString(strings.ToUpper("%" + string("0123456789abcdef"[r>>4&15]) + string("0123456789abcdef"[r&15])))
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('>')
	return b.String()
}

func (s Statement) object() string {
	if s.ID != "" {
		return iri(s.ID)
	}
	quoted := `"` + quotes.Replace(s.Text) + `"`
	switch {
	case s.Type != "":
		return quoted + "^^" + s.Type
	case s.Lang != "":
		return quoted + "@" + s.Lang
	}
	return quoted
}

var quotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// LinkedData writes JSON-LD 1.1.
func LinkedData(w io.Writer, each func(add func(*Node)) error) error {
	out := bufio.NewWriterSize(w, 32<<10)
	_, _ = out.WriteString(`{"@context":{`)
	for i, p := range prefixes {
		if i > 0 {
			_ = out.WriteByte(',')
		}
		_, _ = out.WriteString(`"` + p[0] + `":"` + p[1] + `"`)
	}
	_, _ = out.WriteString("},\"@graph\":[\n")
	first := true
	err := each(func(n *Node) {
		if !first {
			_, _ = out.WriteString(",\n")
		}
		first = false
		b, _ := json.Marshal(n.linked()) // maps and texts alone
		_, _ = out.Write(b)
	})
	_, _ = out.WriteString("\n]}\n")
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	return err
}

func (n *Node) linked() map[string]any {
	out := map[string]any{"@id": n.ID, "@type": n.Types}
	for _, s := range n.Said {
		v := map[string]string{"@value": s.Text}
		switch {
		case s.ID != "":
			v = map[string]string{"@id": s.ID}
		case s.Type != "":
			v["@type"] = s.Type
		case s.Lang != "":
			v["@language"] = s.Lang
		}
		list, _ := out[s.Property].([]any)
		out[s.Property] = append(list, v)
	}
	return out
}
