// Package schemaorg writes what a page tells as JSON-LD (W3C, JSON-LD 1.1) in the
// vocabulary of schema.org, for search engines and aggregators.
//
// A page is one node, in which those of what it is about are nested. Nodes are plain
// structs, and encoding/json writes them: it escapes <, > and &, so no value can end the
// script element in which a page bears them. Whoever fills the nodes may tell in them
// what the page shows, and nothing else.
package schemaorg

import (
	"encoding/json"
	"strings"

	"vitrine/generator/edtf"
)

// Context is the address by which readers know the vocabulary; nobody has to fetch it.
const Context = "https://schema.org"

// Node is a thing with the properties that are told of it. Addresses are absolute, or
// relative to the page. Dates are ISO 8601. What is empty is not written.
type Node struct {
	Context string `json:"@context,omitempty"` // of the outermost node alone
	Type    Types  `json:"@type,omitempty"`
	ID      string `json:"@id,omitempty"`

	Name          string   `json:"name,omitempty"`
	AlternateName []string `json:"alternateName,omitempty"`
	Description   string   `json:"description,omitempty"`
	URL           string   `json:"url,omitempty"`
	Identifier    string   `json:"identifier,omitempty"`
	SameAs        string   `json:"sameAs,omitempty"`
	InLanguage    []string `json:"inLanguage,omitempty"`

	// Of a page.
	IsPartOf        *Node  `json:"isPartOf,omitempty"`
	Publisher       *Node  `json:"publisher,omitempty"`
	Breadcrumb      *Node  `json:"breadcrumb,omitempty"`
	MainEntity      *Node  `json:"mainEntity,omitempty"`
	PotentialAction *Node  `json:"potentialAction,omitempty"`
	ItemListElement []Node `json:"itemListElement,omitempty"`
	Position        int    `json:"position,omitempty"` // from 1
	Item            string `json:"item,omitempty"`
	Target          *Node  `json:"target,omitempty"`
	URLTemplate     string `json:"urlTemplate,omitempty"`
	QueryInput      string `json:"query-input,omitempty"` // see schema.org/docs/actions.html

	// Of a record, and of what is shown of it.
	Genre              string   `json:"genre,omitempty"`
	DateCreated        string   `json:"dateCreated,omitempty"`
	TemporalCoverage   string   `json:"temporalCoverage,omitempty"`
	Creator            []Node   `json:"creator,omitempty"`
	HoldingArchive     *Node    `json:"holdingArchive,omitempty"`
	ItemLocation       string   `json:"itemLocation,omitempty"`
	LocationCreated    *Node    `json:"locationCreated,omitempty"`
	ContentLocation    []Node   `json:"contentLocation,omitempty"`
	About              []Node   `json:"about,omitempty"`
	Mentions           []Node   `json:"mentions,omitempty"`
	Keywords           []string `json:"keywords,omitempty"`
	MaterialExtent     string   `json:"materialExtent,omitempty"`
	ConditionsOfAccess string   `json:"conditionsOfAccess,omitempty"`
	License            string   `json:"license,omitempty"`
	UsageInfo          string   `json:"usageInfo,omitempty"`
	CreditText         string   `json:"creditText,omitempty"`
	AssociatedMedia    []Node   `json:"associatedMedia,omitempty"`
	HasPart            []Node   `json:"hasPart,omitempty"`
	ContentURL         string   `json:"contentUrl,omitempty"`
	ThumbnailURL       string   `json:"thumbnailUrl,omitempty"`
	EncodingFormat     string   `json:"encodingFormat,omitempty"`
	Width              string   `json:"width,omitempty"` // "1280 px"
	Height             string   `json:"height,omitempty"`
	Caption            string   `json:"caption,omitempty"`
	Duration           string   `json:"duration,omitempty"`

	// Of a body, person, place, event or term.
	BirthDate          string `json:"birthDate,omitempty"`
	DeathDate          string `json:"deathDate,omitempty"`
	FoundingDate       string `json:"foundingDate,omitempty"`
	DissolutionDate    string `json:"dissolutionDate,omitempty"`
	ParentOrganization []Node `json:"parentOrganization,omitempty"`
	SubOrganization    []Node `json:"subOrganization,omitempty"`
	MemberOf           []Node `json:"memberOf,omitempty"`
	Address            string `json:"address,omitempty"`
	Email              string `json:"email,omitempty"`
	Telephone          string `json:"telephone,omitempty"`
	ContainedInPlace   *Node  `json:"containedInPlace,omitempty"`
	Geo                *Node  `json:"geo,omitempty"`
	Latitude           string `json:"latitude,omitempty"` // degrees, WGS 84
	Longitude          string `json:"longitude,omitempty"`
	StartDate          string `json:"startDate,omitempty"`
	EndDate            string `json:"endDate,omitempty"`
	Location           []Node `json:"location,omitempty"`
	SuperEvent         *Node  `json:"superEvent,omitempty"`
	InDefinedTermSet   string `json:"inDefinedTermSet,omitempty"`
}

// Types are the classes of a node. A single one is written as a string: not all readers
// expect a list.
type Types []string

// MarshalJSON writes them.
func (t Types) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return json.Marshal(t[0])
	}
	return json.Marshal([]string(t))
}

// Encode writes the outermost node.
func (n Node) Encode() (json.RawMessage, error) {
	n.Context = Context
	return json.Marshal(&n)
}

// SetDate tells when a thing was made: a day, month or year as its date, a span of such
// dates as what it covers, and any other date, such as one that is uncertain, in the words
// given, since ISO 8601 cannot say it.
func (n *Node) SetDate(d edtf.Date, words string) {
	if day, ok := d.HTML(); ok {
		n.DateCreated = day
		return
	}
	n.SetCoverage(d, words)
}

// SetCoverage tells which time a thing covers, as SetDate does.
func (n *Node) SetCoverage(d edtf.Date, words string) {
	if n.TemporalCoverage = words; d.IsLevel0() {
		n.TemporalCoverage = d.String()
	}
}

// Ends are the two ends of a span that ISO 8601 can say, each empty where it cannot: it is
// open, uncertain, or the date is no span. A single date is both ends.
func Ends(d edtf.Date) (from, to string) {
	lo, hi, span := strings.Cut(d.String(), "/")
	if !span {
		hi = lo
	}
	return sayable(lo), sayable(hi)
}

func sayable(s string) string {
	d, err := edtf.Parse(s)
	if err != nil {
		return ""
	}
	day, _ := d.HTML()
	return day
}

// SetRights tells by which terms a thing may be used: a licence of Creative Commons is one;
// a statement of rightsstatements.org says what the rights are, and grants nothing.
func (n *Node) SetRights(uri string) {
	if strings.Contains(uri, "creativecommons.org/") {
		n.License = uri
	} else {
		n.UsageInfo = uri
	}
}
