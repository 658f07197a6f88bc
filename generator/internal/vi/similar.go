package vi

// Similar returns the word of known that is nearest to word, for "did you
// mean", or "" if none is near. Words are compared folded, so marks and case
// are never in the way. One slip (a letter more, less, other, or two swapped)
// is near for words from three letters on, two from six, three from nine. Of
// equally near words the first is taken.
func Similar(word string, known []string) string {
	folded := []rune(Fold(word))
	best, limit := "", min(len(folded)/3, 3)
	for _, k := range known {
		if d := distance(folded, []rune(Fold(k)), limit); d <= limit {
			best, limit = k, d-1
		}
	}
	return best
}

// distance is the number of insertions, deletions, replacements and swaps of
// neighbours that make b of a (optimal string alignment), or more than limit.
func distance(a, b []rune, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
