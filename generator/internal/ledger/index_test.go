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
	x, err := l.Index(KindWritten)
	if err != nil {
		t.Fatal(err)
	}
	for i := n - 1; i >= 0; i-- {
		row, ok, err := x.Find(fmt.Sprintf("r/%05d", i))
		if err != nil || !ok || !bytes.Equal(row.Data, data(i)) {
			t.Fatalf("row %d: %v, %v, %d bytes", i, ok, err, len(row.Data))
		}
	}
	for _, path := range []string{"", "r", "r/05000", "report", strings.Repeat("x", 10_000)} {
		if row, ok, err := x.Find(path); ok || err != nil {
			t.Errorf("%.20q: %q, %v", path, row.Path, err)
		}
	}
	none, err := l.Index(KindThumbs)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok, err := none.Find("r/00007"); ok || err != nil {
		t.Error("an empty section has a row", err)
	}
}
