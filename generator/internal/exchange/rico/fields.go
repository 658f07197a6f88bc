package rico

import "vitrine/generator/internal/exchange/ead"

// Field is a field of the model, as package ead names it, and the properties that it becomes
// on sets of records, and on records and their parts; empty where there is none.
type Field struct {
	Key          string
	Set, Single  string
	how          func(n *node, property string, v ead.Value)
	ThingOfClass string // of what it names where that has no type
}

// Fields are all fields that are told; any other has no place in RiC-O.
var Fields = []Field{
	{Key: "reference", Set: "identifier", Single: "identifier", how: said},
	{Key: "reference.former", Set: "identifier", Single: "identifier", how: said},
	{Key: "former_ids", Set: "identifier", Single: "identifier", how: said},
	{Key: "doc.number", Single: "identifier", how: said},
	{Key: "title", Set: "title", Single: "title", how: said},
	{Key: "subtitle", Set: "title", Single: "title", how: said},
	{Key: "other_titles", Set: "title", Single: "title", how: said},
	{Key: "dates", Set: "hasOrHadAllMembersWithCreationDate", Single: "hasCreationDate", how: dated},
	{Key: "extent", Set: "recordResourceExtent", Single: "recordResourceExtent", how: counted},
	{Key: "extent.text", Set: "recordResourceExtent", Single: "recordResourceExtent", how: said},
	{Key: "languages", Set: "hasOrHadSomeMembersWithLanguage", Single: "hasOrHadLanguage", how: spoken},
	{Key: "creators", Set: "hasOrganicProvenance", Single: "hasCreator", how: named, ThingOfClass: "Agent"},
	{Key: "doc.issuer", Single: "hasCreator", how: named, ThingOfClass: "Agent"},
	{Key: "doc.signatory", Single: "hasCreator", how: named, ThingOfClass: "Agent"},
	{Key: "photo.photographer", Single: "hasCreator", how: named, ThingOfClass: "Agent"},
	{Key: "form", Set: "hasOrHadAllMembersWithDocumentaryFormType", Single: "hasDocumentaryFormType", how: named, ThingOfClass: "DocumentaryFormType"},
	{Key: "agents", Set: "hasOrHadSubject", Single: "hasOrHadSubject", how: named, ThingOfClass: "Agent"},
	{Key: "photo.persons", Single: "hasOrHadSubject", how: named, ThingOfClass: "Person"},
	{Key: "place", Set: "isAssociatedWithPlace", Single: "isAssociatedWithPlace", how: named, ThingOfClass: "Place"},
	{Key: "places", Set: "hasOrHadSubject", Single: "hasOrHadSubject", how: named, ThingOfClass: "Place"},
	{Key: "events", Set: "isAssociatedWithEvent", Single: "isAssociatedWithEvent", how: named, ThingOfClass: "Event"},
	{Key: "subjects", Set: "hasOrHadSubject", Single: "hasOrHadSubject", how: named, ThingOfClass: "Concept"},
	{Key: "keywords", Set: "hasOrHadSubject", Single: "hasOrHadSubject", how: named, ThingOfClass: "Concept"},
	{Key: "related", Set: "isRecordResourceAssociatedWithRecordResource", Single: "isRecordResourceAssociatedWithRecordResource", how: related},
	{Key: "scope", Set: "scopeAndContent", Single: "scopeAndContent", how: said},
	{Key: "body", Set: "generalDescription", Single: "generalDescription", how: said},
	{Key: "archival_history", Set: "history", Single: "history", how: said},
	{Key: "acquisition", Set: "history", Single: "history", how: said},
	{Key: "accruals", Set: "accruals", how: said},
	{Key: "status", Set: "accrualsStatus", how: said},
	{Key: "arrangement", Set: "structure", Single: "structure", how: said},
	{Key: "access", Set: "conditionsOfAccess", Single: "conditionsOfAccess", how: said},
	{Key: "rights.holder", Set: "conditionsOfUse", Single: "conditionsOfUse", how: said},
	{Key: "originals", Set: "authenticityNote", Single: "authenticityNote", how: said},
	{Key: "info_symbol", Set: "classification", Single: "classification", how: said},
	{Key: "sources", Set: "recordResourceSourceOfInformation", Single: "recordResourceSourceOfInformation", how: said},
	{Key: "physical", Set: "note", Single: "note", how: said},
	{Key: "copies", Set: "note", Single: "note", how: said},
	{Key: "publications", Set: "note", Single: "note", how: said},
	{Key: "special_value", Set: "note", Single: "note", how: said},
	{Key: "notes", Set: "note", Single: "note", how: said},
}

var byKey = func() map[string]*Field {
	out := map[string]*Field{}
	for i := range Fields {
		out[Fields[i].Key] = &Fields[i]
	}
	return out
}()

func fieldOf(key string) (*Field, bool) { f, ok := byKey[key]; return f, ok }

// Property is what a field becomes on records of a class; empty where it becomes nothing.
func (f *Field) Property(class string) string {
	if class == "RecordSet" {
		return f.Set
	}
	return f.Single
}

func (f *Field) write(n *node, class string, v ead.Value) {
	property := f.Property(class)
	if property == "" {
		return
	}
	if v.Kind == "" && f.ThingOfClass != "" {
		v.Kind = f.ThingOfClass
	}
	f.how(n, property, v)
}

func said(n *node, property string, v ead.Value) { n.says(property, v.Words) }

func dated(n *node, property string, v ead.Value) { n.date(property, v.Date) }

// counted is an extent of so many units.
func counted(n *node, property string, v ead.Value) {
	for _, x := range v.Words {
		n.says(property, []ead.Words{{Lang: x.Lang, Text: v.Quantity + " " + x.Text}})
	}
}

func spoken(n *node, property string, v ead.Value) {
	for _, code := range v.Codes {
		n.within(property, "Language", func(in *node) { in.says("identifier", []ead.Words{{Text: code}}) })
	}
}

// classes are those of what a record names, by the element that package ead has for it.
var classes = map[string]string{"persname": "Person", "corpname": "CorporateBody", "famname": "Family"}

func named(n *node, property string, v ead.Value) {
	t := Thing{Class: v.Kind, Names: v.Words}
	if c, ok := classes[v.Name]; ok {
		t.Class = c
	}
	if len(v.ID) > 8 && (v.ID[:7] == "http://" || v.ID[:8] == "https://") {
		t.IRI = NameOf(v.ID)
	}
	n.thing(property, t)
}

func related(n *node, property string, v ead.Value) {
	if v.Href != "" {
		n.to(property, NameOf(v.Href))
	}
}

// NameOf is the name of what a page is about, by the address of the page.
func NameOf(page string) string { return page + "#main" }
