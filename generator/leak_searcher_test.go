package generator_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/exchange/dataset"
	"vitrine/generator/internal/exchange/ead"

	"github.com/kovidgoyal/imaging"
	"golang.org/x/text/unicode/norm"
)

// bait is an archive with its site, into which leaks are put by hand.
type bait struct {
	a       *leakArchive
	site    map[string][]byte
	page    string // a page of the site
	picture string // a published picture
	word    string // a canary that must not come out
	hash    string // of a master that must not
	hidden  paint
	public  paint
}

// newBait takes the first archive that has all that can be put where it must
// not be.
func newBait(t *testing.T) *bait {
	t.Helper()
	for seed := range uint64(20) {
		b := &bait{a: newLeakArchive(t, seed), page: "index.html"}
		if !b.choose() {
			continue
		}
		dir := inMemory(t)
		o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf}
		b.a.lay(o.Content, nil, b.a.tree(asItIs))
		b.a.build(o)
		b.site = b.a.withoutTombstones(o.Out)
		for _, name := range slices.Sorted(maps.Keys(b.site)) {
			if strings.HasSuffix(name, ".jpg") {
				b.picture = name
				return b
			}
		}
	}
	t.Fatal("no archive has all that is needed")
	return nil
}

// choose finds a word, a hash and a picture that must not come out, and a
// picture that may.
func (b *bait) choose() bool {
	for _, w := range slices.Sorted(maps.Keys(b.a.canaries.words)) {
		if c := b.a.canaries.words[w]; c.where == "Unit.Scope" && !b.a.allows(c, b.page) {
			b.word = w
		}
	}
	for _, h := range slices.Sorted(maps.Keys(b.a.canaries.files)) {
		if !b.a.allows(b.a.canaries.files[h], b.page) {
			b.hash = h
		}
	}
	for p, of := range b.a.paints {
		switch {
		case of.public && of.maxPx > smallPx:
			b.public = p
		case !of.public:
			b.hidden = p
		}
	}
	return b.word != "" && b.hash != "" && b.hidden != paint{} && b.public != paint{}
}

// found are the leaks of the site with one file changed or added.
func (b *bait) found(name string, data []byte) []string {
	return b.a.leaksIn(name, readForLeaks(name, data), b.a.allows)
}

// in puts text into the page.
func (b *bait) in(text string) []byte {
	return bytes.Replace(b.site[b.page], []byte("</main>"), []byte(text+"</main>"), 1)
}

// The search finds what is put into a site by hand, in each way in which it
// could have come there, and nothing where nothing was put.
func TestTheSearchFindsLeaks(t *testing.T) {
	b := newBait(t)
	for name, data := range b.site {
		if leaks := b.found(name, data); len(leaks) > 0 {
			t.Errorf("the site as it is: %v", leaks)
		}
	}
	for how, text := range b.inText() {
		if len(b.found(b.page, b.in(text))) == 0 {
			t.Errorf("not found in text, %s: %s", how, text)
		}
	}
	for how, data := range b.inData() {
		if len(b.found("data/tap.bin", data)) == 0 {
			t.Errorf("not found in data, %s", how)
		}
	}
	for how, data := range b.inPictures(t) {
		if len(b.found(b.picture, data)) == 0 {
			t.Errorf("not found in a picture, %s", how)
		}
	}
	for _, name := range []string{"media/" + b.word + ".jpg", "media/ab/" + b.hash + "00000000-320.jpg", "phong-luu-tru/" + url.PathEscape("Q"+b.word[1:]) + "/index.html"} {
		if len(b.found(name, nil)) == 0 {
			t.Errorf("not found in a file name: %s", name)
		}
	}
}

// inText are ways in which a word can stand in a page.
func (b *bait) inText() map[string]string {
	each := func(format string) (out string) {
		for _, c := range b.word {
			out += fmt.Sprintf(format, c)
		}
		return out
	}
	marked := strings.NewReplacer("a", "ậ", "e", "ể", "o", "ỡ", "u", "ự", "i", "ị", "d", "đ").Replace(b.word)
	return map[string]string{
		"as it is": b.word, "in capitals": strings.ToUpper(b.word), "within a word": "x" + b.word + "y",
		"with marks, NFC": norm.NFC.String(marked), "with marks, NFD": norm.NFD.String(marked),
		"with soft hyphens": strings.Join(strings.Split(b.word, ""), "\u00ad"),
		"decimal entities":  each("&#%d;"), "hexadecimal entities": each("&#x%X;"), "escaped as in an address": each("%%%02x"),
		"escaped as in JSON": each(`\u%04x`), "JSON within an attribute": strings.ReplaceAll(each(`\u%04x`), `\`, "&#92;"),
		"entities of an address": strings.ReplaceAll(each("%%%02X"), "%", "&#37;"),
		"in a data address":      `<img src="data:text/plain;base64,` + base64.StdEncoding.EncodeToString([]byte("chữ "+b.word+" ở giữa")) + `">`,
		"hash of a master":       strings.ToUpper(b.hash) + "0123",
	}
}

// inData are ways in which a word can be packed.
func (b *bait) inData() map[string][]byte {
	var named, zipped, titled bytes.Buffer
	g := gzip.NewWriter(&named)
	g.Name = b.word
	_ = g.Close()
	for w, z := range map[*bytes.Buffer][2]string{&zipped: {"a.txt", b.word}, &titled: {b.word, "x"}} {
		archive := zip.NewWriter(w)
		f, _ := archive.Create(z[0]) // a bytes.Buffer never fails
		_, _ = io.WriteString(f, z[1])
		_ = archive.Close()
	}
	gz := packed(b.word, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	raw := packed(strings.Repeat(b.word+" ", 9), func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 9); return f })
	return map[string][]byte{
		"a database": databaseWith(b.word), "gzip": gz, "name in gzip": named.Bytes(), "deflate": raw, "zlib": []byte(deflated(b.word)), "behind other bytes": append([]byte("\x00\x01\x02"), deflated(b.word)...),
		"zip": zipped.Bytes(), "name in zip": titled.Bytes(), "zip in gzip": packed(zipped.String(), func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		"UTF-16": []byte(strings.Join(strings.Split(b.word, ""), "\x00")),
	}
}

// databaseWith is a database in which a word stands within a text of several pages.
func databaseWith(word string) []byte {
	var b bytes.Buffer
	r := dataset.Record{ID: "x", Fonds: "x", Level: "fonds", Values: []ead.Value{{Key: "scope", Words: []ead.Words{{Lang: "vi", Text: strings.Repeat("chữ ", 3000) + word + strings.Repeat(" lời", 3000)}}}}}
	_ = dataset.Database(&b, os.TempDir(), []string{"vi"}, nil, func(add func(*dataset.Record) error) error { return add(&r) }) // else nothing is found in it
	return b.Bytes()
}

func packed(text string, with func(io.Writer) io.WriteCloser) []byte {
	var b bytes.Buffer
	w := with(&b)
	_, _ = io.WriteString(w, text) // a bytes.Buffer never fails
	_ = w.Close()
	return b.Bytes()
}

// inPictures are ways in which a word or a picture can be in a picture.
func (b *bait) inPictures(t *testing.T) map[string][]byte {
	once := func(wanted string) func(string) string { // the canary stands in one place alone
		return func(where string) string {
			if where == wanted {
				return b.word
			}
			return "x"
		}
	}
	whole, harmless := b.hidden.picture(700, 500), paintedFile(b.public, thumbPx, thumbPx, ".jpg")
	out := map[string][]byte{
		"smaller": jpegOf(imaging.Resize(whole, 320, 0, imaging.Lanczos)), "a corner": jpegOf(imaging.Crop(whole, image.Rect(380, 260, 700, 500))),
		"turned": jpegOf(imaging.Rotate90(whole)), "grey": jpegOf(imaging.Grayscale(whole)), "PNG": paintedFile(b.hidden, 300, 200, ".png"),
		"larger than cleared": paintedFile(b.public, 1700, 300, ".jpg"), "of nobody": jpegOf(image.NewGray(image.Rect(0, 0, 60, 40))),
		"behind its end":   append(bytes.Clone(b.site[b.picture]), b.word...),
		"thumbnail":        withSegments(b.site[b.picture], once(""), paintedFile(b.hidden, thumbPx, thumbPx, ".jpg")),
		"thumbnail of PNG": withPNGText(paintedFile(b.public, 300, 200, ".png"), once(""), paintedFile(b.hidden, thumbPx, thumbPx, ".jpg")),
	}
	for _, where := range []string{"EXIF description", "EXIF artist", "EXIF comment", "EXIF GPS area", "IPTC", "XMP", "JPEG comment", "colour profile"} {
		out[where] = withSegments(b.site[b.picture], once(where), harmless)
	}
	for _, where := range []string{"PNG tEXt", "PNG zTXt", "PNG iTXt", "colour profile", "EXIF description"} {
		out["PNG: "+where] = withPNGText(paintedFile(b.public, 300, 200, ".png"), once(where), harmless)
	}
	if _, err := png.Decode(bytes.NewReader(out["PNG: PNG iTXt"])); err != nil {
		t.Error(err)
	}
	return out
}

func jpegOf(img image.Image) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, &jpeg.Options{Quality: 82}) // a bytes.Buffer never fails
	return b.Bytes()
}

// The comparison with the twin finds a count that is one higher, a link to a
// neighbour, a file more and a file less.
func TestTheComparisonFindsLeaks(t *testing.T) {
	b := newBait(t)
	if d := differences(b.site, maps.Clone(b.site)); len(d) > 0 {
		t.Fatal(d)
	}
	for how, change := range map[string]func(site map[string][]byte){
		"a count":     func(site map[string][]byte) { site[b.page] = b.in("<span>7</span>") },
		"a file more": func(site map[string][]byte) { site["trong.txt"] = nil },
		"a file less": func(site map[string][]byte) { delete(site, "robots.txt") },
		"a line of the manifest": func(site map[string][]byte) {
			site[manifestName] = append(bytes.Clone(site[manifestName]), "00  x\n"...)
		},
	} {
		site := maps.Clone(b.site)
		change(site)
		if len(differences(site, b.site)) != 1 {
			t.Errorf("%s: %v", how, differences(site, b.site))
		}
	}
}
