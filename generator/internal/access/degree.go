package access

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// Degrees knows of what degree of secrecy words are. The zero value knows those of the
// vocabulary alone.
type Degrees struct {
	words   []degreeWord
	unknown []string // words of secrecy of the profile that it gives no degree
}

type degreeWord struct {
	text   spaced
	degree int
}

// spaced is a text in folded words with one blank before, between and behind them.
type spaced string

func spacedOf(text string) spaced {
	words := strings.FieldsFunc(vi.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return spaced(" " + strings.Join(words, " ") + " ")
}

// holds reports whether a text has the words of another, or is these run together or
// spelled («T.M.» for «TM»).
func (s spaced) holds(words spaced) bool {
	return strings.Contains(string(s), string(words)) || s.joined() == words.joined()
}

func (s spaced) joined() string { return strings.ReplaceAll(string(s), " ", "") }

// DegreesOf are those of a rule profile, besides those of the vocabulary.
func DegreesOf(s record.Secrecy) (d Degrees) {
	for i, list := range [][]record.Str{s.Degrees.Mat, s.Degrees.ToiMat, s.Degrees.TuyetMat} {
		for _, w := range list {
			if text := spacedOf(w.V); text != "  " {
				d.words = append(d.words, degreeWord{text, i + 1})
			}
		}
	}
	for _, w := range s.Markings {
		if d.Of(w.V) == 0 {
			d.unknown = append(d.unknown, string(spacedOf(w.V)))
		}
	}
	return d
}

// Of is the degree of secrecy that words or a key of the vocabulary name, from 1 (mật) to
// 3 (tuyệt mật); 0 where they name none, as words of circulation do. A word of which the
// profile says that it is one of secrecy, and not of what degree, may be of the highest.
func (d Degrees) Of(text string) (degree int) {
	words := spacedOf(text)
	for i, t := range slices.Backward(record.Vocabulary("marking")) {
		if strings.Contains(words.joined(), spacedOf(t.Vi).joined()) { // T Ố I  M Ậ T, TUYỆTMẬT
			degree = i + 1
			break
		}
	}
	for _, w := range d.words {
		if w.degree > degree && words.holds(w.text) {
			degree = w.degree
		}
	}
	plain := spaced(usual.ReplaceAllString(string(words), ""))
	said := degree > 0 || plain.holds(" mat ") || secret.MatchString(text)
	if said && stronger.MatchString(string(plain)) || degree == 0 && (secret.MatchString(text) || slices.Contains(d.unknown, string(words))) {
		return highest
	}
	return degree
}

// Other ways of saying so, as old papers and foreign ones have: «Tuyệt đối giữ bí mật», «Rất mật», «Très
// secret». Of what degree they are nobody can tell, so they count as the highest; but not the usual
// degrees of secrecy and of haste.
var (
	stronger = regexp.MustCompile(` (?:tuyet|toi|rat|het suc|cuc|dac biet|vo cung|cao nhat|hoan toan|tren het|tres|strictly|most|extremely|streng) `)
	usual    = regexp.MustCompile(`\b(?:(?:toi|tuyet) mat|(?:toi|rat) khan)\b`)
	secret   = regexp.MustCompile(`(?i)secr[eè]t|confiden|geheim|vertraulich|секрет|тайн|[密祕秘]|기밀|비밀`)
)

// highest is the degree that covers all others.
const highest = 3

// Grade sets by which words of the profile the gate tells degrees of secrecy.
func (g *Gate) Grade(d Degrees) { g.degrees = d }

// Degree is that of words, see [Degrees.Of].
func (g *Gate) Degree(words string) int { return g.degrees.Of(words) }

// LiftsAll reports whether a decision has freed what an access block describes of a
// marking of any degree by the day of the build.
func (g *Gate) LiftsAll(a record.Access) bool {
	return liftedOn(a) <= g.today && LiftsOneDay(a, highest)
}

// Lifts reports whether a decision has freed what an access block describes of a
// marking by the day of the build. word is what the document bears: no decision on a
// lower degree lifts one of a higher degree.
func (g *Gate) Lifts(a record.Access, word string) bool {
	return liftedOn(a) <= g.today && LiftsOneDay(a, g.degrees.Of(word))
}

// LiftsOneDay reports whether a decision of one certain day, be it one to come, frees what
// an access block describes of a marking of a degree.
func LiftsOneDay(a record.Access, degree int) bool {
	was := a.Declassification.FormerMarking.V
	return was != "" && liftedOn(a) < lastDay && degree <= Degrees{}.Of(was)
}
