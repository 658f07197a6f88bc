package exchange

import (
	"math/rand/v2"
	"regexp/syntax"
	"strings"
	"testing"
)

// Texts made of the expressions themselves are found by the seeker as by the expression alone.
func TestSeekerMissesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for name, k := range map[string]seeker{"marked": closingMarked, "unmarked": closingUnmarked, "english": closingEnglish, "not": notClosing} {
		if len(k.needed) == 0 || least(k.needed) < 2 {
			t.Errorf("%s: needs %q", name, k.needed)
		}
		re, err := syntax.Parse(k.String(), syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		matched := 0
		for range 4_000 {
			s := madeOf(re, rng)
			if k.Regexp.MatchString(s) {
				matched++
				if !k.MatchString(s) {
					t.Fatalf("%s: %q matches and is not found", name, s)
				}
			}
		}
		if matched < 1_000 {
			t.Errorf("%s: only %d texts matched", name, matched)
		}
	}
}

// madeOf is a text that an expression most likely matches.
func madeOf(re *syntax.Regexp, rng *rand.Rand) string {
	var b strings.Builder
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		at := 2 * rng.IntN(len(re.Rune)/2)
		return string(re.Rune[at])
	case syntax.OpAlternate:
		return madeOf(re.Sub[rng.IntN(len(re.Sub))], rng)
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			b.WriteString(madeOf(sub, rng))
		}
	case syntax.OpCapture, syntax.OpPlus:
		return madeOf(re.Sub[0], rng)
	case syntax.OpStar, syntax.OpQuest:
		if rng.IntN(2) == 0 {
			return madeOf(re.Sub[0], rng)
		}
	case syntax.OpRepeat:
		for range re.Min + rng.IntN(max(1, re.Max-re.Min+1)) {
			b.WriteString(madeOf(re.Sub[0], rng))
		}
	}
	return b.String()
}
