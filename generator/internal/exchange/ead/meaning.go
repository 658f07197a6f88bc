package ead

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/exchange/elements"
)

// otherElements are the fields that elements of other houses are: ours say more by their localtype, see
// Fields. What stands in neither is kept under the name of the element.
var otherElements = map[string]string{
	"did/unittitle": "title", "did/abstract": "scope", "did/materialspec": "info_symbol", "did/note": "notes", "did/didnote": "notes",
	"did/physdesc/physfacet": "physical.technique", "did/physdesc/dimensions": "physical.dimensions",
	"bioghist": "creator_history", "custodhist": "archival_history", "acqinfo": "acquisition", "scopecontent": "scope", "appraisal": "appraisal", "accruals": "accruals", "arrangement": "arrangement",
	"userestrict": "rights.note", "phystech": "physical", "otherfindaid": "finding_aids", "originalsloc": "originals", "altformavail": "copies", "relatedmaterial": "notes", "separatedmaterial": "notes",
	"bibliography": "publications", "odd": "notes", "note": "notes", "prefercite": "prefer_cite", "processinfo": "description_control",
	"controlaccess/geogname": "places", "controlaccess/subject": "keywords", "controlaccess/title": "keywords", "controlaccess/function": "keywords", "controlaccess/occupation": "keywords",
	"controlaccess/persname": "agents", "controlaccess/corpname": "agents", "controlaccess/famname": "agents", "controlaccess/name": "agents", "controlaccess/genreform": "form",
}

// ours are the fields by element and localtype, as this package writes them.
var ours = func() map[string]*Field {
	out := map[string]*Field{}
	for i, f := range Fields {
		if f.shape != shapeNone && (f.Type != "" || strings.HasPrefix(f.Key, "reference")) {
			out[f.Element+" "+f.Type] = &Fields[i]
		}
	}
	return out
}()

// meaning is what an element of a component says.
func meaning(n *elements.Node) []Told {
	switch n.Name {
	case "did":
		return each(n, "did/", inDescription)
	case "controlaccess":
		return each(n, "controlaccess/", inAccess)
	}
	t := told(n, n.Name, elements.Flow(n))
	if restricts(n) {
		t = restricted(n, n.Name)
	}
	if t.Key != "publications" {
		return []Told{t}
	}
	var out []Told
	for text := range strings.SplitSeq(t.Text, "\n\n") {
		t.Text = text
		out = append(out, t)
	}
	return out
}

// restricts reports whether an element is there to say who may see or use what is described.
func restricts(n *elements.Node) bool {
	return n.Name == Restriction || n.Name == "userestrict" || slices.Contains([]string{n.Attr("type"), n.Attr("localtype")}, Restriction)
}

// restricted is what such an element says. What says who may see a thing is no field: a map has to say what it is, by one name
// however the element is labelled.
func restricted(n *elements.Node, path string) Told {
	t := told(n, path, restriction(n))
	switch n.Name {
	case "userestrict":
	case Restriction:
		t.Key, t.Element = "", path
	default:
		t.Key, t.Element = "", path+" ("+Restriction+")"
	}
	return t
}

// Restriction is the element that says who may see what is described.
const Restriction = "accessrestrict"

// restriction is all that such an element says, its heading, its kind and its label too; an empty one is still said.
func restriction(n *elements.Node) string {
	var parts []string
	for _, h := range n.Elements("head") {
		parts = append(parts, elements.OneLine(h))
	}
	parts = append(parts, n.Attr("type"))
	if n.Name == Restriction {
		parts = append(parts, n.Attr("localtype"), n.Attr("label"))
	}
	parts = append(parts, elements.Flow(n))
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return "<" + n.Name + ">"
	}
	return strings.Join(parts, "\n\n")
}

func each(n *elements.Node, path string, of func(n *elements.Node, path string) []Told) (out []Told) {
	for _, c := range n.Elements() {
		if c.Name != "head" {
			out = append(out, of(c, path+c.Name)...)
		}
	}
	return out
}

// told is a text of an element.
func told(n *elements.Node, path, text string) Told {
	kind := cmp.Or(n.Attr("localtype"), n.Attr("datechar"))
	t := Told{Element: path, Line: n.Line, Words: Words{elements.Language(cmp.Or(n.Attr("lang"), n.Attr("langcode"))), text}}
	if f := ours[path+" "+kind]; f != nil {
		t.Key = f.Key
		return t
	}
	if t.Key = otherElements[path]; slices.Contains(ofAtoM, cmp.Or(kind, n.Attr("type"))) {
		t.Key = ""
	}
	if label := cmp.Or(kind, n.Attr("type"), n.Attr("label")); t.Key == "" && label != "" {
		t.Element += " (" + label + ")"
	}
	return t
}

// inDescription is what an element of did says.
func inDescription(n *elements.Node, path string) []Told {
	switch n.Name {
	case "unitdate", "unitdatestructured":
		return dated(n, path)
	case "unitid":
		return identified(n, path)
	case "physdesc", "physdescset", "physdescstructured":
		return physical(n, path)
	case "langmaterial":
		return inLanguages(n, path)
	case "origination":
		return created(n, path)
	case "unittitle":
		t := told(n, path, elements.Flow(n))
		if kind := n.Attr("localtype"); kind == "formal" || kind == "supplied" {
			t.Element = path
			return []Told{t, {Key: "title_kind", Element: path + "/@localtype", Line: n.Line, Words: Words{Text: kind}}}
		}
		return []Told{t}
	case "dao", "daoset", "daogrp":
		return digital(n, path)
	}
	return []Told{told(n, path, elements.Flow(n))}
}

// identified is a reference. That of ours says which part of one it is; another is the number of the unit.
func identified(n *elements.Node, path string) []Told {
	t := told(n, path, elements.OneLine(n))
	if t.Key == "" && n.Attr("localtype") == "" && n.Attr("type") == "" {
		t.Key = "unitid"
	}
	return []Told{t}
}

// dated is a date, by its normal form where it has one that can be read.
func dated(n *elements.Node, path string) []Told {
	text, normal := elements.OneLine(n), ""
	switch {
	case n.Attr("altrender") != "" && n.Name == "unitdatestructured":
		normal = n.Attr("altrender")
	case n.Name == "unitdatestructured":
		normal = structured(n)
	default:
		normal = strings.ReplaceAll(n.Attr("normal"), " ", "")
	}
	if d, err := edtf.Parse(normal); err != nil || d.IsZero() {
		normal = ""
	}
	t := told(n, path, text)
	switch {
	case t.Key != "": // what was written on it
		return []Told{t}
	case n.Attr("type") == "bulk" || n.Attr("unitdatetype") == "bulk":
		t.Element = path + " (bulk)"
		return []Told{t}
	case normal == "":
		t.Key = "dates"
		return []Told{t}
	}
	t.Key, t.Text = "dates", normal
	if text == "" || text == normal {
		return []Told{t}
	}
	words := Told{Key: "dates.as_written", Element: path, Line: n.Line, Words: Words{t.Lang, text}}
	if d, _ := edtf.Parse(normal); n.Name == "unitdatestructured" {
		if words.Key = "dates.display"; text == strings.Join(strings.Fields(d.Words(cmp.Or(t.Lang, "en"))), " ") || d.IsInterval() || d.IsSet() {
			return []Told{t}
		}
	}
	return []Told{t, words}
}

// structured is a date of EAD3 as EDTF has it, as far as its attributes say.
func structured(n *elements.Node) string {
	list := n.Elements("datesingle", "daterange")
	if len(list) == 0 {
		return ""
	}
	date := list[0]
	if date.Name == "datesingle" {
		return date.Attr("standarddate")
	}
	end := func(name string) string {
		if e := date.First(name); e != nil {
			return e.Attr("standarddate")
		}
		return ".."
	}
	return end("fromdate") + "/" + end("todate")
}

// physical is an extent, or what else is said of how a thing is made.
func physical(n *elements.Node, path string) (out []Told) {
	if n.Name == "physdescset" {
		return each(n, "did/", physical)
	}
	if n.Name == "physdescstructured" {
		t := told(n, path, "")
		v := Value{Key: "extent", Words: []Words{{Lang: t.Lang}}}
		for _, q := range n.Elements("quantity") {
			v.Quantity = elements.OneLine(q)
		}
		for _, u := range n.Elements("unittype") {
			v.Words[0].Text = elements.OneLine(u)
		}
		t.Key, t.Value = "extent", &v
		return []Told{t}
	}
	if f := ours[path+" "+n.Attr("localtype")]; f != nil {
		return []Told{told(n, path, elements.OneLine(n))}
	}
	var rest []string
	for _, c := range n.In {
		switch c.Name {
		case "physfacet", "dimensions":
			out = append(out, told(c, path+"/"+c.Name, elements.OneLine(c)))
		default:
			if s := elements.OneLine(&elements.Node{In: []*elements.Node{c}}); s != "" {
				rest = append(rest, s)
			}
		}
	}
	if len(rest) > 0 {
		t := told(n, path, strings.Join(rest, "; "))
		t.Key = "extent"
		out = append(out, t)
	}
	return out
}

// inLanguages are the languages of a thing.
func inLanguages(n *elements.Node, path string) (out []Told) {
	found := false
	var walk func(n *elements.Node)
	walk = func(n *elements.Node) {
		for _, c := range n.Elements() {
			if code := c.Attr("langcode"); c.Name == "language" && code != "" {
				out = append(out, Told{Key: "languages", Element: path, Line: c.Line, Words: Words{Text: elements.Language(code)}})
				found = true
			}
			if s := cmp.Or(c.Attr("scriptcode"), elements.OneLine(c)); c.Name == "script" && s != "" {
				out = append(out, Told{Key: "scripts", Element: path, Line: c.Line, Words: Words{Text: s}})
			}
			walk(c)
		}
	}
	walk(n)
	if !found {
		return append(out, Told{Element: path, Line: n.Line, Words: Words{Text: elements.OneLine(n)}})
	}
	return out
}

// created is who made the thing.
func created(n *elements.Node, path string) (out []Told) {
	if f := ours[path+" "+n.Attr("localtype")]; f != nil {
		return named(n, path, f.Key)
	}
	if out = named(n, path, "creators"); len(out) == 0 {
		out = []Told{{Key: "creators", Element: path, Line: n.Line, Value: &Value{Words: []Words{{Text: elements.OneLine(n)}}}, Words: Words{Text: elements.OneLine(n)}}}
	}
	return out
}

// named are the names in an element: those of one in several languages are one.
func named(n *elements.Node, path, key string) (out []Told) {
	for _, c := range n.Elements("persname", "corpname", "famname", "name") {
		w := Words{elements.Language(c.Attr("lang")), nameOf(c)}
		role := cmp.Or(c.Attr("relator"), c.Attr("role"))
		if last := len(out) - 1; last >= 0 && w.Lang != "" && out[last].Value.ID == c.Attr("identifier") && out[last].Value.Words[0].Lang != w.Lang && out[last].Value.Role == role {
			out[last].Value.Words = append(out[last].Value.Words, w)
			continue
		}
		out = append(out, Told{Key: key, Element: path, Line: c.Line, Words: w, Value: &Value{Name: c.Name, Role: role, ID: c.Attr("identifier"), Words: []Words{w}}})
	}
	return out
}

// nameOf is a name of which parts stand apart.
func nameOf(n *elements.Node) string {
	var parts []string
	for _, p := range n.Elements("part") {
		if p.Attr("localtype") != "note" {
			parts = append(parts, elements.OneLine(p))
		}
	}
	if len(parts) == 0 {
		return elements.OneLine(n)
	}
	return strings.Join(parts, ", ")
}

// inAccess is a point of access.
func inAccess(n *elements.Node, path string) []Told {
	if n.Name == "controlaccess" { // EAD 2002 groups them
		return each(n, "controlaccess/", inAccess)
	}
	if n.Name == "list" || n.Name == "p" {
		return []Told{told(n, path, elements.Flow(n))}
	}
	t := told(n, path, nameOf(n))
	if n.Name == "genreform" && n.Attr("identifier") != "" {
		t.Value = &Value{ID: n.Attr("identifier")}
	}
	return []Told{t}
}

// asWritten is what a document of ours says, that tells more than one of another house.
func (t Told) asWritten() Told {
	switch {
	case t.Key == "dates" && strings.HasPrefix(t.Element, "did/unitdate") && !strings.HasPrefix(t.Element, "did/unitdatestructured"):
		t.Key = "dates.display"
	case t.Key == "form" && t.Value != nil:
		t.Key, t.Text = "form.id", t.Value.ID
	case t.Key == "originals":
		t.Key = "originals.words"
	}
	return t
}

// digital is the address of a digital object, which a house may no longer have.
func digital(n *elements.Node, path string) (out []Told) {
	if href := n.Attr("href"); href != "" {
		t := told(n, path, href)
		return []Told{t}
	}
	for _, c := range n.Elements() {
		out = append(out, digital(c, path)...)
	}
	return out
}
