package generator_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// withdrawnAndRestored releases a record, releases its withdrawal, and puts the
// record back as text.
func withdrawnAndRestored(t *testing.T, text func(was string) string) *releasing {
	t.Helper()
	r := newSmallReleasing(t)
	was := r.read(recordPath("tl-0002"))
	r.must(day1)
	r.swap(recordPath("tl-0002"), "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-11-30\", reason: error}")
	r.must(day2)
	r.put(recordPath("tl-0002"), text(was))
	return r
}

// A record that is published again after it was withdrawn is neither new nor
// changed: the papers of the edition call it restored, those of the next say nothing.
func TestRestoredRecords(t *testing.T) {
	t.Parallel()
	r := withdrawnAndRestored(t, func(was string) string { return was })
	e := r.must(day3)
	if e.Records.New != 0 || e.Records.Changed != 0 || e.Records.Restored != 1 || !strings.Contains(strings.Join(e.Lines("vi"), "\n"), "0 bản ghi mới, 1 công bố lại") {
		t.Errorf("%+v", e.Records)
	}
	paper := func(name string) string { return string(read(t, filepath.Join(r.papers, day3, name))) }
	var data struct{ New, Restored []struct{ ID string } }
	if err := json.Unmarshal([]byte(paper("so-sanh.json")), &data); err != nil || len(data.New) != 0 || len(data.Restored) != 1 || data.Restored[0].ID != "tl-0002" {
		t.Errorf("%v: %+v", err, data)
	}
	contains(t, "the comparison", paper("so-sanh.html"), true, "<h2>Công bố lại</h2>", "0 mới, 1 công bố lại")
	if n := strings.Count(paper("danh-muc-cong-bo.html"), "(công bố lại)"); n != 1 {
		t.Errorf("the list calls %d records restored", n)
	}
	if text := r.read("editions/" + day3 + ".yaml"); !strings.Contains(text, "restored: 1\n") {
		t.Error(text)
	}
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết nghị"`)
	if e := r.must("2026-12-25"); e.Records.Restored != 0 || e.Records.New != 0 || e.Records.Changed != 1 {
		t.Errorf("the edition after: %+v", e.Records)
	}
}

// It is restored under another id as well.
func TestRestoredUnderAnotherID(t *testing.T) {
	t.Parallel()
	r := withdrawnAndRestored(t, func(was string) string {
		return strings.Replace(was, "id: tl-0002\n", "id: tl-0099\nformer_ids: [tl-0002]\n", 1)
	})
	if e := r.must(day3); e.Records.New != 0 || e.Records.Restored != 1 {
		t.Errorf("%+v", e.Records)
	}
	r.swap(recordPath("tl-0002"), "former_ids: [tl-0002]\n", "former_ids: [tl-0002]\nnotes: \"thêm\"\n")
	if e := r.must("2026-12-25"); e.Records.Restored != 0 || e.Records.Changed != 1 {
		t.Errorf("the edition after: %+v", e.Records)
	}
}

// Whether what is published again under an id is the document that was withdrawn, or
// another, only people know. They are asked, with the edition that told of its end,
// until the next writes it down.
func TestIDsThatWereWithdrawn(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]func(string) string{
		"the same": func(was string) string { return was },
		"another":  func(was string) string { return strings.Replace(was, "title: ", "title: \"Một tờ khác\" # ", 1) },
	} {
		r := withdrawnAndRestored(t, text)
		said := saidIn(r.again(day3), "id-returned", recordPath("tl-0002"))
		if !strings.Contains(said, `the id "tl-0002" left the site with edition 2`) || !strings.Contains(said, "ở lần phát hành 2") || !strings.Contains(said, "đặt cho nó mã khác") {
			t.Errorf("%s: %q", name, said)
		}
		checked, err := generator.Check(context.Background(), generator.Options{Content: r.o.Content, BaseURL: baseURL, AsOf: day3})
		if err != nil || saidIn(checked, "id-returned", recordPath("tl-0002")) != said {
			t.Errorf("%s: a check says something else: %v", name, err)
		}
		rep, err := r.release(day3)
		if err != nil || saidIn(rep, "id-returned", recordPath("tl-0002")) != said {
			t.Errorf("%s: a release says something else: %v", name, err)
		}
		if said := saidIn(r.again(day3), "id-returned", recordPath("tl-0002")); said != "" {
			t.Errorf("%s: behind the release: %q", name, said)
		}
	}
}
