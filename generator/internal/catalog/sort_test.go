package catalog

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/vi"
)

// Where reference codes can be told apart by one number, it is as the order of
// Vietnamese indexes has them.
func TestByNumber(t *testing.T) {
	words := []string{"", "0", "1", "01", "10", "9", "0009", "120", "A", "a", "B2", "II", "khoá", "khoá X", "é", "́", ".", "-", " ", "\x1f", strings.Repeat("1", 300)}
	r := rand.New(rand.NewPCG(6, 6))
	code := func() string {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			b.WriteString(words[r.IntN(len(words))])
		}
		return b.String()
	}
	told := 0
	for range 50_000 {
		head, tail := code(), code()
		a, b := head+code()+tail, head+code()+tail
		got := byNumber([]byte(a), []byte(b))
		if got != 0 && got != vi.Compare(a, b) {
			t.Fatalf("%q, %q: %d, want %d", a, b, got, vi.Compare(a, b))
		}
		if got != 0 {
			told++
		}
	}
	if told < 5000 {
		t.Errorf("told %d apart", told)
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"MAU-01\x1f01\x1f0137", "MAU-01\x1f01\x1f0138", -1}, {"h 10", "h 9", 1}, {"h 9", "h 010", -1}, {"h 1", "h 01", 0}, {"h a", "h b", 0}, {"h", "h 1", 0}, {"h 1", "h 1", 0}} {
		if got := byNumber([]byte(c.a), []byte(c.b)); got != c.want {
			t.Errorf("%q, %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// Runs of any number and length are merged, and what is equal keeps its order.
func TestSortRuns(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for n := range 200 {
		value := make([]int, n)
		rows := make([]int32, n)
		for i := range value {
			rows[i] = int32(i)
			value[i] = i
			if r.IntN(1+n%7) == 0 {
				value[i] = r.IntN(20)
			}
		}
		compare := func(x, y int32) int { return cmp.Compare(value[x], value[y]) }
		want := slices.Clone(rows)
		slices.SortStableFunc(want, compare)
		if got := sortRuns(rows, compare); !slices.Equal(got, want) {
			t.Fatalf("%v: %v, want %v", value, got, want)
		}
	}
}

// Links stand in the order of target, role, date and row.
func TestLinksAreInOrder(t *testing.T) {
	n := 0
	for seed := range uint64(100) {
		c := random(rand.New(rand.NewPCG(seed, 8))).catalog(t)
		for i := 1; i < len(c.links); i++ {
			x, y := c.links[i-1], c.links[i]
			if cmp.Or(cmp.Compare(x.to, y.to), cmp.Compare(x.Role, y.Role), c.entries.at(x.Entry).key.Compare(c.entries.at(y.Entry).key), cmp.Compare(x.Entry, y.Entry)) >= 0 {
				t.Fatalf("seed %d: %v before %v", seed, x, y)
			}
			n++
		}
	}
	if n < 1000 {
		t.Errorf("%d links prove nothing", n)
	}
}

// What became of the units is told in the order in which they were read, of
// the hidden ones too.
func TestOutcomesAsRead(t *testing.T) {
	hidden := 0
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 9))
		a := random(r)
		r.Shuffle(len(a.units), func(i, j int) { a.units[i], a.units[j] = a.units[j], a.units[i] })
		b, c, _ := a.build(t)
		var got, want []string
		b.Outcomes(func(id string, at diag.Pos, v access.Verdict) bool {
			got = append(got, fmt.Sprint(id, " ", at.File, " ", v.Published()))
			return true
		})
		for _, u := range a.units {
			_, shown := c.Find(u.ID.V)
			want = append(want, fmt.Sprint(u.ID.V, " ", u.File, " ", shown))
			if !shown {
				hidden++
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d:\n%v, want\n%v", seed, got, want)
		}
	}
	if hidden < 100 {
		t.Errorf("%d hidden", hidden)
	}
}
