package exchange

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// seeker is an expression of many alternatives, with texts of which one stands in whatever it matches. Nearly no cell
// has one, and to look for them takes a hundredth of the time.
type seeker struct {
	*regexp.Regexp
	needed []string // none where nothing can be said
}

func seeking(expr string) seeker {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic(err) // as regexp.MustCompile does
	}
	return seeker{regexp.MustCompile(expr), shortest(neededBy(re.Simplify()))}
}

// MatchString reports whether s holds a match.
func (k seeker) MatchString(s string) bool { return k.may(s) && k.Regexp.MatchString(s) }

// ReplaceAllString is s with another text in place of each match.
func (k seeker) ReplaceAllString(s, by string) string {
	if !k.may(s) {
		return s
	}
	return k.Regexp.ReplaceAllString(s, by)
}

// may reports whether s has one of the texts that are needed.
func (k seeker) may(s string) bool {
	return len(k.needed) == 0 || slices.ContainsFunc(k.needed, func(n string) bool { return strings.Contains(s, n) })
}

// neededBy are texts of which one stands in every match, nil where that cannot be told.
func neededBy(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return []string{string(re.Rune)}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return neededBy(re.Sub[0])
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if n := neededBy(sub); len(n) > 0 && (best == nil || least(n) > least(best)) {
				best = n
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			n := neededBy(sub)
			if len(n) == 0 {
				return nil
			}
			all = append(all, n...)
		}
		return all
	}
	return nil
}

// least is the length of the shortest text, in bytes.
func least(texts []string) int {
	return len(slices.MinFunc(texts, func(a, b string) int { return len(a) - len(b) }))
}

// shortest leaves out the texts that hold another.
func shortest(texts []string) (out []string) {
	slices.Sort(texts)
	texts = slices.Compact(texts)
	for _, t := range texts {
		if !slices.ContainsFunc(texts, func(o string) bool { return o != t && strings.Contains(t, o) }) {
			out = append(out, t)
		}
	}
	return out
}
