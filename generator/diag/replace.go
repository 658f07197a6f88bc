package diag

import "slices"

// swap is what goes and what comes of one code.
type swap struct{ out, in []Diagnostic }

// Replace takes findings out and puts others in their place. It reports false
// where the list does not know what it would then keep: one that it has only
// counted would have to come up. The list is of no use then.
func (l *List) Replace(old, new []Diagnostic) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	swaps := map[string]*swap{}
	of := func(d Diagnostic) *swap {
		key := keyOf(d)
		if swaps[key] == nil {
			swaps[key] = &swap{}
		}
		return swaps[key]
	}
	for _, d := range old {
		s := of(d)
		s.out = append(s.out, d)
	}
	for _, d := range new {
		s := of(d)
		s.in = append(s.in, d)
	}
	for key, s := range swaps {
		if !l.swap(key, s) {
			return false
		}
	}
	return true
}

// swap exchanges findings of one code. Those that are only counted stand behind
// the last that is kept.
func (l *List) swap(key string, s *swap) bool {
	have := l.kept[key]
	within := func(Diagnostic) bool { return true }
	if l.total[key] > len(have) {
		last := have[len(have)-1]
		within = func(d Diagnostic) bool { return compare(d, last) <= 0 }
	}
	for _, d := range s.out {
		l.tell(key, d, -1)
		if !within(d) {
			continue
		}
		at, found := slices.BinarySearchFunc(have, d, compare)
		if !found {
			return false
		}
		have = slices.Delete(have, at, at+1)
	}
	for _, d := range s.in {
		l.tell(key, d, 1)
		if within(d) {
			at, _ := slices.BinarySearchFunc(have, d, compare)
			have = slices.Insert(have, at, d)
		}
	}
	have = have[:min(len(have), PerCode)]
	l.kept[key] = have
	return len(have) == min(PerCode, l.total[key])
}
