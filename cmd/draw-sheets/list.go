package main

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"
)

// Sheet is one entry of the list: a placeholder document and the words on it. Only File, Kind and Size are
// required. What a kind has no place for is not drawn.
type Sheet struct {
	File       string      `yaml:"file"` // <fonds>/<name>.jpg or .png, or exhibitions/<id>/<name>
	Kind       string      `yaml:"kind"` // a key of kinds
	Size       [2]int      `yaml:"size"` // width and height in pixels
	Seed       uint64      `yaml:"seed"` // the same seed draws the same bytes
	Heading    string      `yaml:"heading"`
	Subheading string      `yaml:"subheading"`
	Number     string      `yaml:"number"`
	PlaceDate  string      `yaml:"place_date"`
	Title      string      `yaml:"title"`
	Issue      string      `yaml:"issue"`
	Body       []string    `yaml:"body"`
	Note       string      `yaml:"note"`
	Fields     [][2]string `yaml:"fields"`
	Places     []Place     `yaml:"places"`
	Folio      string      `yaml:"folio"`
	Columns    int         `yaml:"columns"` // of a masthead page; 0 lets the seed choose
	Blank      bool        `yaml:"blank"`   // the columns stay empty
	Frames     int         `yaml:"frames"`  // empty frames: pictures of an album, parties of a treaty
}

// Place is an invented point of a route sketch, as fractions of its width and height.
type Place struct {
	Name string
	X, Y float64
}

// UnmarshalYAML reads [name, x, y].
func (p *Place) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.SequenceNode || len(n.Content) != 3 {
		return fmt.Errorf("line %d: a place is [name, x, y]", n.Line)
	}
	for i, to := range []any{&p.Name, &p.X, &p.Y} {
		if err := n.Content[i].Decode(to); err != nil {
			return err
		}
	}
	return nil
}

// maxPixels bounds one sheet; 24 megapixels need about 200 MB while it is drawn.
const maxPixels = 24e6

// readList reads and checks a list of sheets.
func readList(name string) ([]Sheet, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(norm.NFC.Bytes(data)))
	decoder.KnownFields(true)
	var sheets []Sheet
	if err := decoder.Decode(&sheets); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	seen := map[string]bool{}
	for _, s := range sheets {
		if err := s.valid(); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, s.File, err)
		}
		if seen[s.File] {
			return nil, fmt.Errorf("%s: %s is listed twice", name, s.File)
		}
		seen[s.File] = true
	}
	return sheets, nil
}

func (s Sheet) valid() error {
	if s.File != path.Clean(s.File) || !filepath.IsLocal(s.File) || !strings.Contains(s.File, "/") {
		return fmt.Errorf("file must be <fonds>/<name>")
	}
	if ext := path.Ext(s.File); ext != ".png" && ext != ".jpg" {
		return fmt.Errorf("file must end in .png or .jpg, not %q", ext)
	}
	if _, known := kinds[s.Kind]; !known {
		return fmt.Errorf("unknown kind %q; known: %s", s.Kind, strings.Join(kindNames(), ", "))
	}
	w, h := s.Size[0], s.Size[1]
	if min(w, h) < 600 || max(w, h) > 12000 || float64(w)*float64(h) > maxPixels {
		return fmt.Errorf("size %d × %d is outside 600 pixels to 24 megapixels", w, h)
	}
	for _, p := range s.Places {
		if p.X < 0 || p.X > 1 || p.Y < 0 || p.Y > 1 {
			return fmt.Errorf("place %q lies outside the sheet", p.Name)
		}
	}
	return nil
}

// target is where the sheet's image belongs in a content tree.
func (s Sheet) target(content string) string {
	parts := strings.Split(s.File, "/")
	if parts[0] == "exhibitions" && len(parts) > 2 {
		return filepath.Join(content, "exhibitions", parts[1], "media", filepath.Join(parts[2:]...))
	}
	return filepath.Join(content, "fonds", parts[0], "media", filepath.Join(parts[1:]...))
}

// texts lists all words on the sheet.
func (s Sheet) texts() []string {
	out := []string{s.Heading, s.Subheading, s.Number, s.PlaceDate, s.Title, s.Issue, s.Note, s.Folio}
	out = append(out, s.Body...)
	for _, f := range s.Fields {
		out = append(out, f[0], f[1])
	}
	for _, p := range s.Places {
		out = append(out, p.Name)
	}
	return slices.DeleteFunc(out, func(t string) bool { return t == "" })
}

func (s Sheet) bounds() image.Rectangle { return image.Rect(0, 0, s.Size[0], s.Size[1]) }
