package search

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// made is the index of records, made by some workers with some room for entries.
func made(t *testing.T, docs []*Doc, workers, room int) site {
	t.Helper()
	out := site{}
	var mu sync.Mutex
	x := New(t.TempDir(), []string{"vi", "en"}, len(docs), func(name string, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		if _, ok := out[name]; ok && name == Root {
			t.Error("the root is written twice")
		}
		out[name] = data
		return nil
	})
	defer x.Close()
	x.room = room
	blocks := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			w := x.Worker()
			for b := range blocks {
				if err := w.Add(b, func(n int) (*Doc, error) { return docs[n], nil }); err != nil {
					t.Error(err)
				}
			}
			if err := w.Done(); err != nil {
				t.Error(err)
			}
		})
	}
	for b := range x.Blocks() {
		blocks <- b
	}
	close(blocks)
	wg.Wait()
	x.Alias("Nguyễn Ái Quốc", "Hồ Chí Minh", "nhan-vat-to-chuc/ho-chi-minh")
	x.Alias("Hồ Chí Minh", "", "nhan-vat-to-chuc/ho-chi-minh")
	x.Alias("Văn Ba", "Hồ Chí Minh", "nhan-vat-to-chuc/ho-chi-minh")
	if err := x.Write(context.Background(), workers); err != nil {
		t.Fatal(err)
	}
	return out
}

// syllables of which texts are made; several share a fold.
var syllables = strings.Fields("Đảng đang dáng đăng viên viện vien Đồng đồng Nai nài nghị quyết Nghị hội VI 6 1945 toà tòa 12-CT/TW Giơ-ne-vơ X.Y.Z 1.008 hồ chí minh của và")

func randomDocs(n int, seed uint64) (docs []*Doc) {
	r := rand.New(rand.NewPCG(seed, 1))
	text := func(most int) string {
		var words []string
		for range 1 + r.IntN(most) {
			words = append(words, syllables[r.IntN(len(syllables))])
		}
		return strings.Join(words, " ")
	}
	for i := range n {
		year := 1930 + i/40
		d := &Doc{Path: fmt.Sprintf("f/r-%d", i), Title: []string{text(8), ""}, Names: []string{text(3), text(3)}, References: []string{fmt.Sprintf("MAU-%02d/%d", i%7, i)},
			Year: year, Years: Span{year, year + i%3}, Dates: []string{fmt.Sprintf("@%d", year)}, Summary: []string{text(30), text(30)}, Facets: []Facet{{"form", "anh", []string{"ảnh", "photograph"}}}}
		d.Titles = []string{d.Title[0], text(5)}
		if i%5 == 0 {
			d.Transcript = []string{text(100)}
		}
		d.Day = Day{First: int32(year*365 + i%40*9), Days: int32(1 + i%3*30), Vague: i%7 == 0}
		if i > n*9/10 {
			d.Year, d.Years, d.Dates, d.Day = 0, Span{}, nil, Day{}
		}
		docs = append(docs, d)
	}
	return docs
}

// want are the places of every key, found by going through the texts.
func want(docs []*Doc) map[string]map[stand]string {
	out := map[string]map[stand]string{}
	put := func(key, canon string, s stand) {
		if out[key] == nil {
			out[key] = map[stand]string{}
		}
		if old := out[key][s]; s.place < 0 && old != "" {
			return // told once
		}
		out[key][s] = canon
	}
	for n, d := range docs {
		for lane, texts := range [][]string{d.Titles, d.References, d.Names, d.Summary, d.Transcript} {
			from := 0
			for _, text := range texts {
				tokens := Tokens(text)
				at := func(i int) stand {
					switch lane {
					case laneReference, laneNames:
						return stand{n, lane, -1}
					case laneTitle:
						place := 2 * (from + i)
						if i == len(tokens)-1 {
							place++
						}
						return stand{n, lane, place}
					}
					return stand{n, lane, from + i}
				}
				for i, tk := range tokens {
					put(tk.Fold, tk.Canon, at(i))
					if tk.Number != "" {
						put(tk.Number, tk.Number, at(i))
					}
				}
				for i := 1; i < len(tokens) && lane == laneNames; i++ {
					put(tokens[i-1].Fold+" "+tokens[i].Fold, "", stand{n, lane, -1})
				}
				words, places := Joined(text, tokens)
				for i, w := range words {
					put(w.Fold, w.Canon, at(places[i].First))
				}
				for _, s := range append(Codes(text, tokens), Dates(text, tokens)...) {
					put(s.Key, "", at(s.First))
				}
				if from += len(tokens) + 1; lane == laneTitle {
					from = (from + titleStep - 1) / titleStep * titleStep
				}
			}
		}
		for _, key := range d.Dates {
			put(key, "", stand{n, laneReference, -1})
		}
	}
	return out
}

func TestEveryPlaceIsFound(t *testing.T) {
	docs := randomDocs(1500, 1)
	s := made(t, docs, 2, 1<<12) // most entries wait on disk
	for key, places := range want(docs) {
		got := s.find(t, key)
		for at, canon := range places {
			if at.place < 0 { // a record may have several forms there
				if !strings.Contains(got[at], canon) {
					t.Fatalf("%s at %v: %q, want %q", key, at, got[at], canon)
				}
				continue
			}
			if got[at] != canon {
				t.Fatalf("%s at %v: %q, want %q", key, at, got[at], canon)
			}
		}
		if len(got) != len(places) {
			t.Fatalf("%s stands at %d places, not %d", key, len(got), len(places))
		}
	}
}

func TestRootTellsYears(t *testing.T) {
	docs := randomDocs(1000, 2)
	r := made(t, docs, 1, 1<<20).root(t)
	for i := 0; i < len(r.Years); i += 2 {
		if docs[r.Years[i+1]].Year != r.Years[i] {
			t.Errorf("record %d begins in %d, not %d", r.Years[i+1], docs[r.Years[i+1]].Year, r.Years[i])
		}
	}
	if docs[r.Undated].Year != 0 || docs[r.Undated-1].Year == 0 {
		t.Errorf("the undated begin at %d", r.Undated)
	}
}

func TestDaysOfRecords(t *testing.T) {
	docs := randomDocs(9000, 7)
	s := made(t, docs, 2, 1<<20)
	days := s.root(t).Days
	for n := 0; n < len(docs) && docs[n].Year != 0; {
		var f dayFile
		at := n / days.Per
		s.value(t, "days-"+days.Names[8*at:8*at+8], &f)
		bits, err := base64.StdEncoding.DecodeString(f.Bits)
		if err != nil {
			t.Fatal(err)
		}
		r, first := &bitReader{in: bits}, int32(f.First)
		for k := int(r.digits(5)); n < len(docs) && docs[n].Year != 0 && n/days.Per == at; n++ {
			first += int32(r.rice(k))
			if got := (Day{first, int32(r.gamma()), r.digit() == 1}); got != docs[n].Day {
				t.Fatalf("record %d is dated %v, want %v", n, got, docs[n].Day)
			}
		}
	}
}

func TestEvents(t *testing.T) {
	s := site{}
	var mu sync.Mutex
	x := New(t.TempDir(), []string{"vi", "en"}, 0, func(name string, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		s[name] = data
		return nil
	})
	x.Event(Event{Path: "su-kien/mot", Titles: []string{"Hội nghị\tmột", "Conference"}, Day: Day{710000, 3, false}, Kept: true})
	defer x.Close()
	x.Event(Event{Path: "su-kien/hai", Titles: []string{"Lễ", ""}, Day: Day{710100, 1, true}})
	if err := x.Write(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	var got string
	s.value(t, "events-"+s.root(t).Events, &got)
	if want := "su-kien/mot\t710000\t3\tk\tHội nghị một\tConference\nsu-kien/hai\t710100\t1\tv\tLễ\t"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Neither the number of workers nor the room they have changes a byte.
func TestSameBytes(t *testing.T) {
	docs := randomDocs(1200, 3)
	one := made(t, docs, 1, 1<<30)
	for range 3 {
		if other := made(t, docs, 4, 1<<13); !maps.EqualFunc(one, other, bytes.Equal) {
			t.Fatal("another number of workers gives another index")
		}
	}
}

func TestAliases(t *testing.T) {
	s := made(t, randomDocs(10, 4), 1, 1<<20)
	r := s.root(t)
	for key, want := range map[string]string{
		"nguyen": "ai quoc=ho chi minh=nhan-vat-to-chuc/ho-chi-minh",
		"ho":     "chi minh==nhan-vat-to-chuc/ho-chi-minh",
		"van":    "ba=ho chi minh=nhan-vat-to-chuc/ho-chi-minh",
	} {
		if _, _, got := s.entry(t, "terms", r.Terms, key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}

// A word of a title that changes for another touches few files.
func TestChangedTitleTouchesFewFiles(t *testing.T) {
	docs := randomDocs(4_000, 5)
	before := made(t, docs, 2, 1<<30)
	for i := 100; i < 4_000; i += 999 {
		old := docs[i]
		d := *old
		words := strings.Fields(d.Title[0] + " của")
		words[len(words)/2] = "nghị"
		d.Title = []string{strings.Join(words, " "), ""}
		d.Titles = []string{d.Title[0], old.Titles[1]}
		docs[i] = &d
		after := made(t, docs, 2, 1<<30)
		docs[i] = old
		changed := differing(before, after)
		t.Logf("record %d: %d of %d files", i, changed, len(after))
		if changed > 10 {
			t.Errorf("%d files are new, more than 10", changed)
		}
	}
	// A record that is new moves the numbers of all that are dated later, so of a late one
	// fewer files change: 33 and 17 when this was written.
	for i, most := range map[int]int{2_000: 37, 3_999: 20} {
		after := made(t, slices.Insert(slices.Clone(docs), i, docs[i]), 2, 1<<30)
		changed := differing(before, after)
		t.Logf("a new record in place %d of %d: %d of %d files", i, len(docs), changed, len(after))
		if changed > most {
			t.Errorf("a new record in place %d: %d files are new, more than %d", i, changed, most)
		}
	}
}

// differing is how many files of a site are not in another.
func differing(before, after site) (n int) {
	for name := range after {
		if !bytes.Equal(after[name], before[name]) {
			n++
		}
	}
	return n
}

func TestRows(t *testing.T) {
	docs := randomDocs(3, 6)
	docs[1].Row = Row{Level: []string{"hồ sơ", "file"}, Date: []string{"năm 1945", "1945"}, Reference: []string{"MAU-01", ""}, Picture: &Picture{Path: "media/a.jpg", Width: 3, Height: 4, Alt: []string{"tờ 1a"}}}
	s := made(t, docs, 1, 1<<20)
	var rows []any
	s.value(t, "rows-"+s.root(t).Rows.Names, &rows)
	want := []any{[]any{"hồ sơ", "file"}, "", "", "MAU-01", []any{"năm 1945", "1945"}, "", []any{"media/a.jpg", 3.0, 4.0, "tờ 1a"}}
	if diff := cmp.Diff(want, rows[1]); diff != "" {
		t.Error(diff)
	}
}
