// Package eac reads authority records in Encoded Archival Context – Corporate Bodies, Persons,
// and Families (EAC-CPF, 2010).
package eac

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	"vitrine/generator/internal/exchange/elements"
)

// Agent is an authority record as it was read. Texts are paragraphs, parted by a blank line.
type Agent struct {
	ID        string // recordId, any text
	Type      string // of the model: corporate, person, family
	Name      Name   // by which the agent is entered
	Parallel  []Name // the same in other languages
	Other     []Name
	Exist     Span
	ExistNote string
	History, LegalStatus, Functions, Mandates,
	Structure, Note string
	Places    []string
	Relations []Relation
	Sources   []string
	By        string // who keeps the record
	Rules     []string
	Unplaced  map[string]int // elements that nothing is made of → how many
}

// Name is a name with the time in which it was used.
type Name struct {
	Text string
	Lang string // BCP 47, empty where it is not said
	Use  Span
}

// Span is a time by the standard dates of its ends, “” where one is not given.
type Span struct{ From, To string }

// EDTF is the span as EDTF has it, "" where nothing is given; an end that is not is open.
func (s Span) EDTF() string {
	switch {
	case s.From == "" && s.To == "":
		return ""
	case s.From == s.To:
		return s.From
	}
	return cmp.Or(s.From, "..") + "/" + cmp.Or(s.To, "..")
}

// Relation ties the agent to another.
type Relation struct {
	Type string // of the model
	To   string // recordId, or an address
	Name string
	Use  Span
	Note string
}

var errNotEAC = errors.New("the outermost element is not <eac-cpf>, or there is no name in it")

// Parse reads an authority record. An error is an *elements.SyntaxError.
func Parse(r io.Reader) (*Agent, error) {
	in := elements.NewReader(r)
	s, err := in.Root()
	if err != nil {
		return nil, in.At(err)
	}
	if s.Name.Local != "eac-cpf" {
		return nil, in.At(errNotEAC)
	}
	root, err := in.Node(s)
	if err != nil {
		return nil, in.At(err)
	}
	a := &Agent{Unplaced: map[string]int{}}
	a.control(root.First("control"))
	a.identity(root.First("cpfDescription", "identity"))
	a.description(root.First("cpfDescription", "description"))
	a.relations(root.First("cpfDescription", "relations"))
	if a.Name.Text == "" {
		return nil, in.At(errNotEAC)
	}
	return a, nil
}

// each hands on the elements of a node, if there is one; those that are not taken are noted.
func (a *Agent) each(n *elements.Node, take func(c *elements.Node) bool) {
	if n == nil {
		return
	}
	for _, c := range n.Elements() {
		if !take(c) {
			a.Unplaced[n.Name+"/"+c.Name]++
		}
	}
}

func (a *Agent) control(n *elements.Node) {
	a.each(n, func(c *elements.Node) bool {
		switch c.Name {
		case "recordId":
			a.ID = elements.OneLine(c)
		case "maintenanceAgency":
			a.By = elements.OneLine(c)
		case "conventionDeclaration":
			if cite := c.First("citation"); cite != nil {
				a.Rules = append(a.Rules, elements.OneLine(cite))
			}
		case "sources":
			for _, source := range c.Elements("source") {
				if text := elements.OneLine(source); text != "" {
					a.Sources = append(a.Sources, text)
				}
			}
		case "maintenanceStatus", "maintenanceHistory", "languageDeclaration", "localTypeDeclaration":
		default:
			return false
		}
		return true
	})
}

var types = map[string]string{"corporateBody": "corporate", "person": "person", "family": "family"}

func (a *Agent) identity(n *elements.Node) {
	var names []Name
	main := -1
	a.each(n, func(c *elements.Node) bool {
		switch c.Name {
		case "entityType":
			a.Type = types[elements.OneLine(c)]
		case "nameEntry":
			if c.First("authorizedForm") != nil || strings.HasPrefix(c.Attr("localType"), "autor") || c.Attr("localType") == "authorized" {
				if main < 0 {
					main = len(names)
				}
			}
			names = append(names, nameOf(c))
		case "nameEntryParallel":
			for _, e := range c.Elements("nameEntry") {
				a.Parallel = append(a.Parallel, nameOf(e))
			}
		default:
			return false
		}
		return true
	})
	if len(names) == 0 && len(a.Parallel) > 0 {
		names, a.Parallel = a.Parallel[:1], a.Parallel[1:]
	}
	if len(names) == 0 {
		return
	}
	main = max(main, 0)
	a.Name = names[main]
	a.Other = slices.Delete(names, main, main+1)
}

func nameOf(n *elements.Node) Name {
	var parts []string
	for _, p := range n.Elements("part") {
		parts = append(parts, elements.OneLine(p))
	}
	return Name{strings.Join(parts, ", "), elements.Language(cmp.Or(n.Attr("lang"), n.Attr("languageCode"))), spanOf(n.First("useDates"))}
}

// spanOf is the first time that an element gives: of a set, from its first day to its last.
func spanOf(n *elements.Node) (s Span) {
	if n == nil {
		return s
	}
	for _, c := range n.Elements() {
		switch c.Name {
		case "date":
			s.add(c.Attr("standardDate"), c.Attr("standardDate"))
		case "dateRange":
			var ends [2]string
			for i, name := range []string{"fromDate", "toDate"} {
				if e := c.First(name); e != nil {
					ends[i] = e.Attr("standardDate")
				}
			}
			s.add(ends[0], ends[1])
		case "dateSet":
			inner := spanOf(c)
			s.add(inner.From, inner.To)
		}
	}
	return s
}

func (s *Span) add(from, to string) {
	if s.From == "" {
		s.From = from
	}
	s.To = to
}

func (a *Agent) description(n *elements.Node) {
	texts := map[string]*string{"biogHist": &a.History, "legalStatuses": &a.LegalStatus, "legalStatus": &a.LegalStatus, "functions": &a.Functions, "function": &a.Functions, "mandates": &a.Mandates, "mandate": &a.Mandates,
		"structureOrGenealogy": &a.Structure, "generalContext": &a.Note, "occupations": &a.Functions, "occupation": &a.Functions}
	a.each(n, func(c *elements.Node) bool {
		switch text := texts[c.Name]; {
		case text != nil:
			*text = joined(*text, said(c))
		case c.Name == "existDates":
			a.Exist = spanOf(c)
			if note := c.First("descriptiveNote"); note != nil {
				a.ExistNote = elements.Flow(note)
			}
		case c.Name == "places" || c.Name == "place":
			a.places(c)
		default:
			return false
		}
		return true
	})
}

func (a *Agent) places(n *elements.Node) {
	for _, c := range n.Elements() {
		switch c.Name {
		case "place":
			a.places(c)
		case "placeEntry":
			a.Places = append(a.Places, elements.OneLine(c))
		}
	}
}

// said is what a group of statements says: a paragraph for each, with its time.
func said(n *elements.Node) string {
	var out []string
	for _, c := range n.Elements() {
		switch c.Name {
		case "function", "legalStatus", "mandate", "occupation":
			out = append(out, statement(c))
		}
	}
	if len(out) == 0 {
		return elements.Flow(n)
	}
	return strings.Join(slices.DeleteFunc(out, func(s string) bool { return s == "" }), "\n\n")
}

func statement(n *elements.Node) string {
	var parts []string
	for _, c := range n.Elements() {
		switch c.Name {
		case "date", "dateRange", "dateSet":
			parts = append(parts, "("+elements.OneLine(&elements.Node{In: []*elements.Node{c}})+")")
		default:
			parts = append(parts, elements.Flow(&elements.Node{In: []*elements.Node{c}}))
		}
	}
	if len(parts) == 0 {
		return elements.OneLine(n)
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}

// relationTypes are those of EAC-CPF as the model has them.
var relationTypes = map[string]string{"hierarchical-child": "has-part", "hierarchical-parent": "part-of", "temporal-earlier": "predecessor", "temporal-later": "successor"}

func (a *Agent) relations(n *elements.Node) {
	a.each(n, func(c *elements.Node) bool {
		if c.Name != "cpfRelation" {
			return false
		}
		r := Relation{Type: cmp.Or(relationTypes[c.Attr("cpfRelationType")], "related"), To: c.Attr("href"), Use: spanOf(c)}
		if e := c.First("relationEntry"); e != nil {
			r.Name = elements.OneLine(e)
		}
		if e := c.First("descriptiveNote"); e != nil {
			r.Note = elements.Flow(e)
		}
		a.Relations = append(a.Relations, r)
		return true
	})
}
