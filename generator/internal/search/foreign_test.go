package search

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// The foreign corpus are some thousand records of texts that nobody of this project wrote,
// made by a fixed rule. Nothing of it is kept.

const (
	sharedData  = "../../../../shared/data"
	foreignDocs = 4000
)

// source are the texts of which records are made.
type source struct {
	sentences, people, wards []string
	sheet                    [][]string // of a collection, with its heading
}

// foreignSource skips the test where there are no such texts.
func foreignSource(t testing.TB) *source {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sharedData, "vietnamese", "ud-vtb-sentences.txt"))
	if err != nil {
		t.Skip("there is no ../shared/data/vietnamese here: ", err)
	}
	s := &source{}
	for _, line := range strings.Split(string(data), "\n") {
		if line = strings.TrimSpace(line); len(Tokens(line)) >= 8 {
			s.sentences = append(s.sentences, line)
		}
	}
	for _, file := range []string{"given-names-boy.txt", "given-names-girl.txt"} {
		names := strings.Split(string(mustRead(t, "vietnamese", file)), "\n")
		for i, name := range names {
			if name = strings.TrimSpace(name); name != "" {
				s.people = append(s.people, strings.Fields("Nguyễn Trần Lê Phạm Hoàng Võ Đặng Bùi Đỗ Hồ")[i%10]+" "+name)
			}
		}
	}
	var provinces []struct{ Wards []struct{ FullName string } }
	if err := json.Unmarshal(mustRead(t, "vietnamese", "provinces-wards-2025-vn.json"), &provinces); err != nil {
		t.Fatal(err)
	}
	for _, p := range provinces {
		for _, w := range p.Wards {
			s.wards = append(s.wards, w.FullName)
		}
	}
	if s.sheet, err = csv.NewReader(strings.NewReader(string(mustRead(t, "collections/americans-in-egypt", "loring_metadata.csv")))).ReadAll(); err != nil {
		t.Fatal(err)
	}
	return s
}

func mustRead(t testing.TB, dir, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sharedData, filepath.FromSlash(dir), file))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// foreignCorpus are the records in the order of their dates, always the same.
func foreignCorpus(t testing.TB) []Doc {
	s := foreignSource(t)
	var docs []Doc
	for i := range foreignDocs {
		docs = append(docs, s.doc(rand.New(rand.NewPCG(20260115, uint64(i))), i))
	}
	docs = append(docs, s.collection()...)
	slices.SortStableFunc(docs, func(a, b Doc) int {
		if (a.Year == 0) != (b.Year == 0) {
			return b.Year - a.Year // those without a date last
		}
		return a.Year - b.Year
	})
	return docs
}

var foreignForms = strings.Split("Báo cáo của|Biên bản họp tại|Công văn gửi|Thông báo về|Danh sách cán bộ|Ảnh chụp ở", "|")

// doc is a record called by a sentence or, where there are no more, by a place and half a sentence.
func (s *source) doc(r *rand.Rand, i int) Doc {
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	title := ""
	if i < len(s.sentences) {
		title = firstWords(s.sentences[i], 14)
	} else {
		title = foreignForms[i%len(foreignForms)] + " " + s.wards[i%len(s.wards)] + ": " + firstWords(pick(s.sentences), 7)
	}
	d := Doc{Path: fmt.Sprintf("pl-%02d/pl-%05d", i/200, i), References: []string{fmt.Sprintf("PL-%02d/01/%04d", i/200, i%200), fmt.Sprintf("%d-%s/TW", 1+r.IntN(400), pick([]string{"CT", "NQ", "QĐ", "TB"}))},
		Names: []string{pick(s.people), pick(s.wards)}}
	for range 2 {
		d.Summary = append(d.Summary, pick(s.sentences)+" "+pick(s.sentences))
	}
	if i%3 == 0 {
		for range 2 {
			d.Transcript = append(d.Transcript, pick(s.sentences)+" "+pick(s.sentences)+" "+pick(s.sentences))
		}
	}
	d.called(title)
	if r.IntN(12) > 0 {
		y, m, day := 1925+r.IntN(75), 1+r.IntN(12), 1+r.IntN(28)
		d.Year, d.Years = y, Span{y, y}
		d.Dates = []string{fmt.Sprintf("@%d", y), fmt.Sprintf("@%d-%02d", y, m), fmt.Sprintf("@%d-%02d-%02d", y, m, day)}
	}
	return d
}

func (d *Doc) called(title string) {
	d.Title, d.Titles, d.Row = []string{title}, []string{title}, Row{Text: []string{title}}
}

// collection are the records of a sheet in English, under the names of its columns.
func (s *source) collection() (docs []Doc) {
	of := func(row []string, name string) string { return row[slices.Index(s.sheet[0], name)] }
	for _, row := range s.sheet[1:] {
		d := Doc{Path: "am/" + of(row, "objectid"), References: []string{of(row, "objectid")}, Names: present(of(row, "creator"), of(row, "location"), of(row, "subject")), Summary: present(of(row, "description"))}
		d.called(of(row, "title"))
		docs = append(docs, d)
	}
	return docs
}

func present(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func firstWords(text string, n int) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(len(words), n)], " ")
}

// foreign is the corpus with its index, made once.
type foreign struct {
	docs   []Doc
	folder string
	read   []read
}

var theForeign struct {
	sync.Once
	foreign
}

func foreignIndex(t *testing.T) *foreign {
	docs := foreignCorpus(t)
	theForeign.Do(func() {
		theForeign.docs = docs
		for i := range docs {
			theForeign.read = append(theForeign.read, readDoc(&docs[i]))
		}
	})
	theForeign.folder = written(t, []string{"vi"}, docs, nil) // a folder of this test
	return &theForeign.foreign
}
