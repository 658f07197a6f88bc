package ledger

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestIndex(t *testing.T) {
	const n = 5000
	data := func(i int) []byte { return bytes.Repeat([]byte{byte(i)}, i%2000) }
	name := save(t, func(w *Writer) {
		w.Add(KindSeen, "r/00007", []byte("in another section"))
		for i := range n {
			if err := w.Add(KindWritten, fmt.Sprintf("r/%05d", i), data(i)); err != nil {
				t.Fatal(err)
			}
		}
		w.Add(KindEnd, "report", []byte("behind it"))
	})
	l, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	x := indexed(t, l, KindWritten)
	for i := n - 1; i >= 0; i-- {
		at, ok := x.Find(fmt.Sprintf("r/%05d", i))
		if !ok || at != i {
			t.Fatalf("row %d: found %v at %d", i, ok, at)
		}
		if row, err := x.Row(at); err != nil || row.Path != fmt.Sprintf("r/%05d", i) || !bytes.Equal(row.Data, data(i)) {
			t.Fatalf("row %d: %q, %v, %d bytes", i, row.Path, err, len(row.Data))
		}
	}
	for _, path := range []string{"", "r", "r/05000", "report", strings.Repeat("x", 10_000)} {
		if at, ok := x.Find(path); ok {
			t.Errorf("%.20q: row %d", path, at)
		}
	}
	if at, ok := indexed(t, l, KindThumbs).Find("r/00007"); ok {
		t.Error("an empty section has a row", at)
	}
}

// indexed is the index of a whole section.
func indexed(t *testing.T, l *Ledger, kind Kind) *Index {
	t.Helper()
	x := l.NewIndex(kind)
	for row, err := range l.Rows(kind) {
		if err != nil {
			t.Fatal(err)
		}
		x.Add(row)
	}
	if x.Len() != l.Len(kind) {
		t.Fatalf("%d of %d rows", x.Len(), l.Len(kind))
	}
	return x
}
