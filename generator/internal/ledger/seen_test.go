package ledger

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestSeenRoundTrip(t *testing.T) {
	want := []Seen{
		{Path: "a.md", Size: 7},
		{Path: "fonds/f/records/01.yaml", Size: 1 << 40, ModTime: -5, Inode: 1<<64 - 1, Changed: 6, Hash: Hash{31: 9}, Summary: []byte("tóm tắt"), Diags: []byte(`[]`)},
		{Path: "site.yaml", Diags: []byte("{}")},
	}
	name := save(t, func(w *Writer) {
		for _, s := range want {
			if err := w.AddSeen(s); err != nil {
				t.Fatal(err)
			}
		}
	})
	l, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var got []Seen
	for s, err := range l.Seen() {
		if err != nil {
			t.Fatal(err)
		}
		s.Summary, s.Diags = append([]byte{}, s.Summary...), append([]byte{}, s.Diags...)
		got = append(got, s)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	whole := want[1].AppendData(nil)
	for n := range len(whole) - len(want[1].Diags) {
		if s, err := ParseSeen(Row{Data: whole[:n]}); err == nil {
			t.Fatalf("cut at %d of %d: %+v", n, len(whole), s)
		}
	}
}

// A file that was changed within the resolution of the clock is never taken
// for the same.
func TestYoungFilesAreNotTrusted(t *testing.T) {
	read := time.Unix(1_800_000_000, 0)
	for _, c := range []struct {
		age  time.Duration
		same bool
	}{{0, false}, {young - 1, false}, {young, true}, {time.Hour, true}, {-time.Hour, false}} {
		now := Seen{Size: 1, ModTime: read.Add(-c.age).UnixNano(), Inode: 3}
		old := now
		old.Settle(read)
		if old.Same(now) != c.same {
			t.Errorf("changed %v before it was read: same %v", c.age, !c.same)
		}
	}
	old := Seen{Size: 1, ModTime: 5, Inode: 3, Changed: 7}
	for _, differs := range []func(*Seen){
		func(s *Seen) { s.Size++ }, func(s *Seen) { s.ModTime++ }, func(s *Seen) { s.Inode++ }, func(s *Seen) { s.Changed++ },
	} {
		now := old
		differs(&now)
		if old.Same(now) {
			t.Errorf("%+v passes for %+v", now, old)
		}
	}
}
