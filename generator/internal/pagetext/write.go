package pagetext

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// pcGts is a file of PAGE XML 2019-07-15 with what a Page holds, and nothing else.
type pcGts struct {
	XMLName xml.Name `xml:"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15 PcGts"`
	Creator string   `xml:"Metadata>Creator"`
	Created string   `xml:"Metadata>Created"`
	Changed string   `xml:"Metadata>LastChange"`
	Page    struct {
		Image   string       `xml:"imageFilename,attr"`
		Width   int          `xml:"imageWidth,attr"`
		Height  int          `xml:"imageHeight,attr"`
		Regions []textRegion `xml:"TextRegion"`
	}
}

type textRegion struct {
	ID     string     `xml:"id,attr"`
	Lang   string     `xml:"primaryLanguage,attr,omitempty"`
	Coords coords     `xml:"Coords"`
	Lines  []textLine `xml:"TextLine"`
}

type textLine struct {
	ID     string  `xml:"id,attr"`
	Coords *coords `xml:"Coords"` // missing where nobody knows, though the schema wants it
	Text   string  `xml:"TextEquiv>Unicode"`
}

type coords struct {
	Points string `xml:"points,attr"`
}

// XML is the page as PAGE XML 2019-07-15, with its lines and their places: words
// have none any more. creator and day, as 2026-01-31, stand in its metadata.
func (p *Page) XML(creator, day string) ([]byte, error) {
	f := pcGts{Creator: creator, Created: day + "T00:00:00", Changed: day + "T00:00:00"}
	f.Page.Image, f.Page.Width, f.Page.Height = p.Image, int(math.Round(p.Width)), int(math.Round(p.Height))
	for i, b := range p.Blocks {
		r := textRegion{ID: fmt.Sprintf("r%d", i+1), Lang: nameOf(b.Lang)}
		var around Box
		for j, l := range b.Lines {
			line := textLine{ID: fmt.Sprintf("r%dl%d", i+1, j+1), Text: l.Text}
			if !l.Box.IsZero() {
				line.Coords = corners(l.Box)
				if around.IsZero() {
					around = l.Box
				}
				around = around.with(l.Box)
			}
			r.Lines = append(r.Lines, line)
		}
		r.Coords = *corners(around)
		f.Page.Regions = append(f.Page.Regions, r)
	}
	var out bytes.Buffer
	out.WriteString(xml.Header)
	enc := xml.NewEncoder(&out)
	enc.Indent("", "  ")
	if err := enc.Encode(f); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// corners are those of a box, rounded outwards.
func corners(b Box) *coords {
	x0, y0, x1, y1 := int(math.Floor(b.X)), int(math.Floor(b.Y)), int(math.Ceil(b.X+b.W)), int(math.Ceil(b.Y+b.H))
	return &coords{fmt.Sprintf("%d,%d %d,%d %d,%d %d,%d", x0, y0, x1, y0, x1, y1, x0, y1)}
}

// nameOf is the name of a language in PAGE, empty where it is not known.
func nameOf(tag string) (name string) {
	for n, t := range languages {
		if t == tag && len(n) > 3 && !strings.Contains(n, "_") && n > name {
			name = n
		}
	}
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
