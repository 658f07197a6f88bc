package generator_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"image"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	_ "golang.org/x/image/webp" // pictures in WebP are looked at too
	"golang.org/x/text/unicode/norm"

	"vitrine/generator/internal/exchange/dataset"
	"vitrine/generator/internal/placard"
)

// reading is what the search finds in a file, before it asks whose it is.
type reading struct {
	words    map[string]bool // that begin as canaries do
	hashes   map[string]bool // runs of hex digits, by their beginnings
	pictures []seen
	bytes    int // looked at, with what was unpacked
}

// seen is a picture in a file.
type seen struct {
	paint   paint
	ours    bool // it is painted as those of the archive are
	longest int  // side in pixels
}

// maxUnpacked bounds what is unpacked of one stream, maxNested how often
// something is unpacked from what was unpacked.
const (
	maxUnpacked = 16 << 20
	maxNested   = 4
)

// readForLeaks looks through a file by its name and all its bytes.
func readForLeaks(name string, data []byte) *reading {
	r := &reading{words: map[string]bool{}, hashes: map[string]bool{}}
	r.text([]byte(name))
	r.look(data, 0)
	return r
}

// look searches bytes, and then what is packed in them.
func (r *reading) look(data []byte, depth int) {
	r.bytes += len(data)
	r.text(data)
	if depth == maxNested {
		return
	}
	for _, b := range base64Of(data) {
		r.look(b, depth+1)
	}
	if bytes.HasPrefix(data, []byte(dataset.DatabaseMark)) {
		r.look(rowsOfDatabase(data), depth+1) // in the file a long text lies in pieces
	}
	r.carve(data, depth)
	if inner, ok := unpacked(flate.NewReader(bytes.NewReader(data))); ok {
		r.look(inner, depth+1)
	}
}

// text searches bytes as they are and as they are read: without entities,
// escapes of addresses and of JSON, one in the other.
func (r *reading) text(data []byte) {
	r.plain(data)
	if !bytes.ContainsAny(data, "&%\\") || !utf8.Valid(data) {
		return
	}
	s := string(data)
	for range 3 {
		next := html.UnescapeString(unescapeURL(unescapeJSON(s)))
		if next == s {
			return
		}
		s = next
		r.plain([]byte(s))
	}
}

// plain searches bytes for canaries, whatever marks and capitals they bear, and
// for hashes.
func (r *reading) plain(data []byte) {
	folded := foldBytes(data)
	for rest := folded; ; {
		i := bytes.Index(rest, []byte(canaryMark))
		if i < 0 || i+canaryLen > len(rest) {
			break
		}
		r.words[string(rest[i:i+canaryLen])] = true
		rest = rest[i+len(canaryMark):]
	}
	for from, at := 0, 0; at <= len(folded); at++ {
		if at < len(folded) && (digit(folded[at]) || folded[at] >= 'a' && folded[at] <= 'f') {
			continue
		}
		if at-from >= hashLen {
			r.hashes[string(folded[from:from+hashLen])] = true
		}
		from = at + 1
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// unmarked are the letters without marks of the runes that Vietnamese needs and
// their neighbours; 0 is left out.
var unmarked = sync.OnceValue(func() []byte {
	out := make([]byte, 0x2100)
	for c := range rune(len(out)) {
		base, _ := utf8.DecodeRuneInString(norm.NFKD.String(string(c)))
		switch base = unicode.ToLower(base); {
		case base == 'đ':
			out[c] = 'd'
		case base >= utf8.RuneSelf || unicode.Is(unicode.Mn, base) || unicode.Is(unicode.Cf, base) || base == 0:
			out[c] = 0
		default:
			out[c] = byte(base)
		}
	}
	return out
})

// foldBytes are the bytes in small letters without marks, invisible characters
// and zero bytes, so that either normal form and UTF-16 read the same.
func foldBytes(data []byte) []byte {
	table, out := unmarked(), make([]byte, 0, len(data))
	for i := 0; i < len(data); {
		c, size := rune(data[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRune(data[i:])
		}
		i += size
		switch {
		case size == 1 && c == utf8.RuneError || int(c) >= len(table):
			out = append(out, '?')
		case table[c] != 0:
			out = append(out, table[c])
		}
	}
	return out
}

var percent = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

func unescapeURL(s string) string {
	return percent.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[1:], 16, 8) // two hex digits
		return string([]byte{byte(n)})
	})
}

var escaped = regexp.MustCompile(`(?:\\u[0-9A-Fa-f]{4})+`)

func unescapeJSON(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		var out string
		if json.Unmarshal([]byte(`"`+e+`"`), &out) != nil {
			return e
		}
		return out
	})
}

var inBase64 = regexp.MustCompile(`[A-Za-z0-9+/]{24,}={0,2}`)

// base64Of are the long runs of base 64 in a text, decoded.
func base64Of(data []byte) (out [][]byte) {
	if !bytes.Contains(data, []byte("base64,")) {
		return nil
	}
	for _, run := range inBase64.FindAll(data, -1) {
		if b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(string(run), "=")); err == nil {
			out = append(out, b)
		}
	}
	return out
}

// carve opens everything in the bytes that begins like a picture or something
// packed, wherever it lies.
func (r *reading) carve(data []byte, depth int) {
	for _, c := range []struct {
		begin string
		open  func(data []byte, depth int)
	}{
		{"\xff\xd8\xff", r.picture}, {"\x89PNG\r\n", r.picture}, {"RIFF", r.picture}, {"\x1f\x8b\x08", r.gzip}, {"PK\x03\x04", r.zip},
		{"\x78\x01", r.zlib}, {"\x78\x5e", r.zlib}, {"\x78\x9c", r.zlib}, {"\x78\xda", r.zlib},
	} {
		for at := 0; ; at++ {
			i := bytes.Index(data[at:], []byte(c.begin))
			if i < 0 {
				break
			}
			at += i
			c.open(data[at:], depth+1)
		}
	}
}

func (r *reading) picture(data []byte, _ int) {
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return
	}
	if img.Bounds() == image.Rect(0, 0, placard.Width, placard.Height) { // no master of the archive has that size
		if img = sheetOn(img); img == nil {
			return
		}
	}
	p, ours := paintOf(img)
	r.pictures = append(r.pictures, seen{p, ours, max(img.Bounds().Dx(), img.Bounds().Dy())})
}

func (r *reading) gzip(data []byte, depth int) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return
	}
	r.text([]byte(z.Name + " " + z.Comment + " " + string(z.Extra)))
	inner, _ := unpacked(z)
	r.look(inner, depth)
}

func (r *reading) zlib(data []byte, depth int) {
	if z, err := zlib.NewReader(bytes.NewReader(data)); err == nil {
		inner, _ := unpacked(z)
		r.look(inner, depth)
	}
}

func (r *reading) zip(data []byte, depth int) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return
	}
	for _, f := range z.File {
		r.text([]byte(f.Name + " " + f.Comment))
		if member, err := f.Open(); err == nil {
			inner, _ := unpacked(member)
			r.look(inner, depth)
		}
	}
}

// unpacked reads what a stream unpacks to, as far as it can be read; ok is
// false where it does not end as it should.
func unpacked(z io.ReadCloser) (data []byte, ok bool) {
	defer z.Close()
	data, err := io.ReadAll(io.LimitReader(z, maxUnpacked))
	return data, err == nil && len(data) > 0
}

// leaksIn are the canaries of a file that must not be there, each in words.
func (a *leakArchive) leaksIn(file string, r *reading, allows func(c *canary, file string) bool) (out []string) {
	report := func(c *canary, what string) {
		if c != nil && !allows(c, file) {
			out = append(out, fmt.Sprintf("%s: %s of %s", file, what, c.tell()))
		}
	}
	for w := range r.words {
		report(a.canaries.words[w], w)
	}
	for h := range r.hashes {
		report(a.canaries.files[h], h)
	}
	for _, s := range r.pictures {
		if why := a.wrongPicture(s); why != "" {
			out = append(out, file+": "+why)
		}
	}
	return out
}

// wrongPicture says why a picture must not be shown; empty where it may.
func (a *leakArchive) wrongPicture(s seen) string {
	p := a.paints[s.paint]
	switch {
	case !s.ours || p == nil:
		return "a picture that nobody knows"
	case !p.public:
		return fmt.Sprintf("a picture that is not public: %s, %v", p.where, s.paint)
	case s.longest > p.maxPx:
		return fmt.Sprintf("a picture of %d pixels where %d are cleared", s.longest, p.maxPx)
	}
	return ""
}

// tell says whose a canary is.
func (c *canary) tell() string {
	switch {
	case c.unit != nil:
		return fmt.Sprintf("%s (%s) of %s, %s, beneath %s", c.where, c.part, c.unit.id, c.unit.fate.name, c.unit.fonds.fate.name)
	case c.other != nil:
		return fmt.Sprintf("%s of %s", c.where, c.other.id)
	}
	return c.where
}
