package ead

import (
	"cmp"
	"encoding/xml"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/internal/exchange/elements"
)

// Closing is what says of a component that the house which described it does not show it.
type Closing struct {
	Element string // path of what says so, by which a map names it
	Says    string // in words of that house; "restricted" where these are no plain words
	Line    int
}

// audience is the path of the attribute by which an element is for the staff of the archive alone.
const audience = "@audience"

// isClosed reports whether an element is for the staff of the archive alone.
func isClosed(attrs []xml.Attr) bool { return elements.Attr(attrs, "audience") == "internal" }

// closedAt adds to what closes a component what an element says of itself.
func closedAt(before []Closing, attrs []xml.Attr, line int) []Closing {
	if !isClosed(attrs) {
		return before
	}
	return closeFor(before, Closing{audience, shut, line})
}

// closeFor adds a reason to others, once for each element.
func closeFor(list []Closing, w Closing) []Closing {
	if slices.ContainsFunc(list, func(c Closing) bool { return c.Element == w.Element }) {
		return list
	}
	return append(slices.Clip(list), w)
}

// inherit closes all that stands in what is closed, wherever in it that is said.
func (d *Document) inherit() {
	for i := range d.Components {
		c := &d.Components[i]
		switch {
		case c.Parent < 0:
		case len(c.Closed) == 0:
			c.Closed = d.Components[c.Parent].Closed
		default:
			for _, w := range d.Components[c.Parent].Closed {
				c.Closed = closeFor(c.Closed, w)
			}
		}
	}
}

// shut stands for what closes a component in no words that could be kept.
const shut = "restricted"

// statusType is how AtoM types the element that says whether it publishes a description.
const statusType = "publicationStatus"

// isStatus reports whether an element says if a description is published: one of AtoM, or that of EAD3 for the whole.
func isStatus(n *elements.Node) bool {
	return n.Name == "publicationstatus" || slices.ContainsFunc([]string{"type", "localtype"}, func(name string) bool { return strings.EqualFold(n.Attr(name), statusType) })
}

var plainWords = regexp.MustCompile(`^[A-Za-z][A-Za-z _-]{0,39}$`)

// statuses takes the elements that say whether a description is published out of a node, and is those that do not say that it is.
func statuses(n *elements.Node) (out []Closing) {
	n.In = slices.DeleteFunc(n.In, func(c *elements.Node) bool {
		if c.Name == "" {
			return false
		}
		if !isStatus(c) {
			out = append(out, statuses(c)...)
			return false
		}
		out = append(out, status(c)...)
		return true
	})
	return out
}

func status(n *elements.Node) []Closing {
	says := elements.OneLine(&elements.Node{In: slices.DeleteFunc(slices.Clone(n.In), func(c *elements.Node) bool { return c.Name == "head" })})
	element := n.Name
	if says = strings.TrimSuffix(cmp.Or(n.Attr("value"), says), "."); n.Name != "publicationstatus" {
		element = "odd (" + statusType + ")" // AtoM knows no other
	}
	if strings.EqualFold(says, "published") {
		return nil
	}
	if !plainWords.MatchString(says) {
		says = shut
	}
	return []Closing{{element, says, n.Line}}
}

// ofAtoM are the types of what AtoM says of a description beside its text.
var ofAtoM = []string{"levelOfDetail", StatusOfText, "descriptionIdentifier", "institutionIdentifier"}

// StatusOfText is how AtoM types the element that says how far a description has come: final, revised, draft.
const StatusOfText = "statusDescription"
