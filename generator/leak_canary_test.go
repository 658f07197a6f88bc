package generator_test

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"strings"

	"vitrine/generator/page"

	"golang.org/x/text/unicode/norm"
)

// A canary is a word that nobody else writes, put into one place of an archive.
// Wherever it comes out, it tells where it came from.

// canaryMark begins every canary, so that one search finds them all.
const canaryMark = "qzx"

// canaryLen is the length of a canary in letters.
const canaryLen = len(canaryMark) + 9

// canary is where a word was put, and whose it is.
type canary struct {
	where string     // "Unit.Doc.Number", "EXIF"
	unit  *leakUnit  // whose it is, if a record's
	other *authority // whose it is, if an authority's
	part  string     // of the record, as clearances name it; or one of those below
}

// Parts that no clearance names.
const (
	secretPart = "secret" // it never goes out
	openPart   = "open"   // it may
)

// canaries are all words of one archive.
type canaries struct {
	r     *rand.Rand
	words map[string]*canary
	files map[string]*canary // by the beginning of the SHA-256 of a master
}

func newCanaries(r *rand.Rand) *canaries {
	return &canaries{r: r, words: map[string]*canary{}, files: map[string]*canary{}}
}

// word is a new canary in plain letters, fit for an id and a file name.
func (c *canaries) word(of canary) string {
	var b strings.Builder
	b.WriteString(canaryMark)
	for b.Len() < canaryLen {
		b.WriteByte("abcdeghiklmnoprstuvy"[c.r.IntN(20)])
	}
	if _, taken := c.words[b.String()]; taken {
		return c.word(of)
	}
	c.words[b.String()] = &of
	return b.String()
}

// file notes the hash of a master, which is a canary too: its beginning names
// what is made of it. It returns the hash in hex.
func (c *canaries) file(data []byte, of canary) string {
	sum := sha256.Sum256(data)
	text := hex.EncodeToString(sum[:])
	c.files[text[:hashLen]] = &of
	return text
}

// hashLen is how much of a hash tells a file from all others, in hex digits.
const hashLen = 16

// accents are put on some letters of a canary, and taken off by the search.
var accents = map[rune][]string{'a': {"á", "ậ", "ẵ"}, 'e': {"é", "ệ"}, 'i': {"ì", "ị"}, 'o': {"ỏ", "ộ", "ợ"}, 'u': {"ũ", "ự"}, 'y': {"ỳ"}, 'd': {"đ", "Đ"}}

// phrase is a new canary as people write: in capitals and small letters, with
// marks, in either normal form, among other words.
func (c *canaries) phrase(of canary) string {
	var b strings.Builder
	for _, l := range c.word(of) {
		switch marked := accents[l]; {
		case len(marked) > 0 && c.r.IntN(2) == 0:
			b.WriteString(pick(c.r, marked))
		case c.r.IntN(6) == 0:
			b.WriteString(strings.ToUpper(string(l)))
		default:
			b.WriteRune(l)
		}
	}
	text := pick(c.r, []string{"Lời về ", "Bản & phụ bản ", "Việc “", "1 < 2: ", "Hồ sơ số 4, "}) + b.String()
	if c.r.IntN(4) == 0 {
		text = norm.NFD.String(text)
	}
	return text
}

// allows reports whether a canary may stand in a file of the site.
func (a *leakArchive) allows(c *canary, file string) bool {
	u := c.unit
	switch {
	case (strings.HasPrefix(file, "data/") || page.IsWhole(file)) && c.part != openPart:
		fonds, _, _ := strings.Cut(strings.TrimPrefix(file, "data/"), ".")
		may := (*leakUnit).inBulk
		if file == page.OAI || page.IsResourceList(file) {
			may = (*leakUnit).harvested
		}
		if page.IsWhole(file) {
			fonds = ""
		}
		return a.mayBeTaken(c, fonds, may)
	case c.part == secretPart || c.part == openPart:
		return c.part == openPart
	case u == nil:
		return c.other.open
	case u.shows.has(c.part):
		return true
	case !u.leavesTombstone() || !a.isTombstoneOf(u, file) && file != manifestName:
		return false
	}
	return c.where == "Unit.ID" || u.tellsTitle() && toldInFull[c.where] && file != manifestName
}

// mayBeTaken reports whether a canary may stand in the description of a whole fonds, or of the
// whole archive where fonds is empty, for a purpose that is told by may: of
// a record that may be taken away, its description; of a fonds that may not, its id and
// what it says in place of its records. An authority must be named by such a record, but
// for a holder, which others inherit.
func (a *leakArchive) mayBeTaken(c *canary, fonds string, may func(*leakUnit) bool) bool {
	u := c.unit
	switch {
	case c.part == secretPart:
		return false
	case u != nil && c.where == "Unit.ID" && u.id == fonds:
		return u.public()
	case u != nil && c.where == "Unit.ID" && slices.ContainsFunc(a.units, func(v *leakUnit) bool { return may(v) && v.fonds == u }):
		return u.public() // the addresses of its records hold it
	case u != nil && c.where == "defaults": // values of the records that have none of their own
		return u.id == fonds || fonds == "" && slices.ContainsFunc(a.units, func(v *leakUnit) bool { return may(v) && v.fonds == u })
	case u != nil:
		return c.part == "metadata" && may(u)
	}
	if c.where == "Place.Name" && c.other.open {
		return true // the city of a holder
	}
	return c.other.open && (c.other.folder == "repositories" || slices.ContainsFunc(a.units, func(u *leakUnit) bool {
		return may(u) && (fonds == "" || u.fonds.id == fonds) && slices.Contains(u.names, c.other)
	}))
}

// toldInFull is what the notice of level full says of a record.
var toldInFull = map[string]bool{"Unit.Title": true, "Unit.Withdrawn.PublicNote": true, "Unit.Withdrawn.Decision": true}

const manifestName = "manifest-sha256.txt"

// isTombstoneOf reports whether a file is the notice of a withdrawn record.
func (a *leakArchive) isTombstoneOf(u *leakUnit, file string) bool {
	return file == u.page("vi") || file == u.page("en")
}

// page is where the page of a record stands in a language.
func (u *leakUnit) page(lang string) string {
	name := u.id
	if u.fonds == u {
		name = "index"
	}
	return map[string]string{"vi": "phong-luu-tru/", "en": "en/fonds/"}[lang] + u.fonds.id + "/" + name + ".html"
}

// isTombstone reports whether a file is the notice of any withdrawn record.
func (a *leakArchive) isTombstone(file string) bool {
	for _, u := range a.units {
		if u.leavesTombstone() && a.isTombstoneOf(u, file) {
			return true
		}
	}
	return false
}
