package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// hand names a typeface by what it does on a sheet.
type hand string

const (
	cursor   hand = "typewriter"       // a light typewriter
	mono     hand = "typewriter-heavy" // a typewriter with thick slabs
	serif    hand = "serif"
	serifB   hand = "serif-bold"
	italic   hand = "serif-italic"
	slab     hand = "slab-bold"
	gothic   hand = "gothic"
	gothicB  hand = "gothic-bold"
	chancery hand = "chancery"
	school   hand = "school-pen" // a school copybook hand
	scrawl   hand = "pencil"
)

// fontSource says in which file a face is and which Debian package installs it. The faces written with a
// pen have no Vietnamese letters; their marks are drawn (see pen.go).
type fontSource struct {
	file, packageName string
	pen               bool
}

var fontSources = map[hand]fontSource{
	cursor:   {"texgyrecursor-bold.otf", "fonts-texgyre", false},
	mono:     {"lmmono10-regular.otf", "fonts-lmodern", false},
	serif:    {"texgyretermes-regular.otf", "fonts-texgyre", false},
	serifB:   {"texgyretermes-bold.otf", "fonts-texgyre", false},
	italic:   {"texgyretermes-italic.otf", "fonts-texgyre", false},
	slab:     {"texgyrebonum-bold.otf", "fonts-texgyre", false},
	gothic:   {"texgyreheroscn-regular.otf", "fonts-texgyre", false},
	gothicB:  {"texgyreheroscn-bold.otf", "fonts-texgyre", false},
	chancery: {"texgyrechorus-mediumitalic.otf", "fonts-texgyre", false},
	school:   {"Ecolier-court.ttf", "fonts-ecolier-court", true},
	scrawl:   {"Kristi.ttf", "fonts-kristi", true},
}

// errNoFont is wrapped by the error for a face whose package is not installed.
var errNoFont = errors.New("font is not installed")

// glyph is an outline in ems, baseline at 0, y downwards. Its parts are drawn one over the other.
type glyph struct {
	parts   []outline
	advance float64
}

// face is one typeface; safe for concurrent use.
type face struct {
	font   *sfnt.Font
	pen    bool
	mutex  sync.Mutex
	buffer sfnt.Buffer
	known  map[rune]*glyph
}

// fonts are the faces a sheet is set in.
type fonts map[hand]*face

// loadFonts finds every face under the folders. A missing one is an error that names its Debian package.
func loadFonts(folders []string) (fonts, error) {
	files := map[string]string{}
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				files[d.Name()] = path
			}
			return nil // a folder that is absent has no fonts; what is missing is reported below
		})
	}
	out := fonts{}
	for name, source := range fontSources {
		path, found := files[source.file]
		if !found {
			return nil, fmt.Errorf("%w: %s; run: apt-get install %s", errNoFont, source.file, source.packageName)
		}
		f, err := openFace(path, source.pen)
		if err != nil {
			return nil, err
		}
		out[name] = f
	}
	return out, nil
}

func openFace(path string, pen bool) (*face, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &face{font: parsed, pen: pen, known: map[rune]*glyph{}}, nil
}

// check reports the first letter of a text that the face cannot show whole.
func (f *face) check(text string) error {
	for _, r := range norm.NFC.String(text) {
		if _, err := f.glyph(r); err != nil {
			return err
		}
	}
	return nil
}

// glyph returns the outline of a letter. Only the font's own glyph counts, never its box for missing ones.
func (f *face) glyph(r rune) (*glyph, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if g := f.known[r]; g != nil {
		return g, nil
	}
	g, err := f.load(r)
	if err == nil && g == nil && f.pen {
		g, err = f.compose(r)
	}
	if err == nil && g == nil {
		err = fmt.Errorf("%s has no glyph for %q", f.title(), r)
	}
	if err != nil {
		return nil, err
	}
	f.known[r] = g
	return g, nil
}

func (f *face) title() string {
	name, err := f.font.Name(&f.buffer, sfnt.NameIDFull)
	if err != nil {
		return "font"
	}
	return strings.TrimSpace(name)
}

// load reads the font's own outline; nil where it has none. A pen face gives only plain Latin letters: its
// accented ones would not match the drawn marks.
func (f *face) load(r rune) (*glyph, error) {
	if f.pen && r > '~' {
		return nil, nil
	}
	index, err := f.font.GlyphIndex(&f.buffer, r)
	if err != nil || index == 0 {
		return nil, err
	}
	const em = 1024
	segments, err := f.font.LoadGlyph(&f.buffer, index, fixed.I(em), nil)
	if err != nil {
		return nil, err
	}
	g := &glyph{parts: []outline{outlineOf(segments, em)}}
	advance, err := f.font.GlyphAdvance(&f.buffer, index, fixed.I(em), font.HintingNone)
	g.advance = float64(advance) / 64 / em
	return g, err
}

func outlineOf(segments sfnt.Segments, em float64) outline {
	kinds := map[sfnt.SegmentOp]byte{
		sfnt.SegmentOpMoveTo: 'M', sfnt.SegmentOpLineTo: 'L', sfnt.SegmentOpQuadTo: 'Q', sfnt.SegmentOpCubeTo: 'C',
	}
	out := make(outline, len(segments))
	for i, s := range segments {
		out[i].kind = kinds[s.Op]
		for j, a := range s.Args {
			out[i].to[j] = point{float64(a.X) / 64 / em, float64(a.Y) / 64 / em}
		}
	}
	return out
}

// width is the length of a text in ems. Letters that are missing count as nothing: check comes first.
func (f *face) width(text string) float64 {
	sum := 0.0
	for _, r := range text {
		if g, err := f.glyph(r); err == nil {
			sum += g.advance
		}
	}
	return sum
}
