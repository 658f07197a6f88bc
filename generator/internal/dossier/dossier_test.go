package dossier

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/manifest"

	"golang.org/x/net/html"
)

// odd is a text that means something to HTML, JSON and a shell.
const odd = "Tờ \"một\" & <script>'hai'</script>\nba\\bốn"

func heading() Heading {
	return Heading{Body: "Kho " + odd, Site: odd, Address: "https://example.org/?a=1&b=2", Number: 7, Day: "2026-11-26", Date: "26/11/2026", Manifest: strings.Repeat("ab", 32), Files: 12}
}

// wordsOf are the texts of a paper, which must hold no element that was not
// in its template.
func wordsOf(t *testing.T, paper []byte) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(paper))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "link" || n.Data == "img") {
			t.Errorf("the paper holds an element %s", n.Data)
		}
		if n.Type == html.TextNode {
			out.WriteString(n.Data + " ")
		}
	}
	return out.String()
}

func mustSay(t *testing.T, what, words string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(words, p) {
			t.Errorf("%s does not say %q:\n%s", what, p, words)
		}
	}
}

// numbered counts values from one, as papers do.
func numbered[T any](list ...T) iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		for i, v := range list {
			if !yield(i+1, v) {
				return
			}
		}
	}
}

// The list names every record under its decision and fonds, whatever it is called.
func TestList(t *testing.T) {
	var b bytes.Buffer
	l := List{Heading: heading(), Total: 3, Groups: slices.Values([]Group{
		{Decision: "MẪU-01, 15/1/2026", Clearance: "qd-01", Fonds: odd, Items: numbered(Item{Reference: "MẪU-09/1", Title: odd, Date: "14/3/1958", Parts: "mô tả, ảnh", Print: "0123 4567"}, Item{Title: "Hai", Restored: true})},
		{Decision: "MẪU-02", Clearance: "qd-02", Fonds: "Phông khác", Items: numbered(Item{Title: "Ba"})},
	})}
	if err := WriteList(&b, l); err != nil {
		t.Fatal(err)
	}
	mustSay(t, "the list", wordsOf(t, b.Bytes()), odd, "MẪU-01, 15/1/2026", "MẪU-02", "Phông khác", "MẪU-09/1", "14/3/1958", "mô tả, ảnh", "0123 4567", "Hai", "(công bố lại)", "Ba", "26/11/2026", strings.Repeat("ab", 32), "3")
}

// Of a site without records there is a list too, with nothing in it.
func TestEmptyPapers(t *testing.T) {
	var list, comparison, data bytes.Buffer
	h := Heading{Number: 1, Day: "2026-11-26", Date: "26/11/2026"}
	err := errors.Join(WriteList(&list, List{Heading: h, Groups: func(func(Group) bool) {}}), WriteComparison(&comparison, Comparison{Heading: h}), WriteData(&data, Comparison{Heading: h}))
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, "the list", wordsOf(t, list.Bytes()), "26/11/2026")
	mustSay(t, "the comparison", wordsOf(t, comparison.Bytes()), "Lần phát hành đầu tiên", "Không có bản ghi nào thay đổi")
	var got map[string]any
	if err := json.Unmarshal(data.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"new", "restored", "changed", "withdrawn", "moved", "redirects", "gone"} {
		if list, ok := got[key].([]any); !ok || len(list) != 0 {
			t.Errorf("%s is %v", key, got[key])
		}
	}
	if _, known := got["files"]; known {
		t.Error("it counts the files of a site that is not known")
	}
}

// compared is a comparison with one record of each fate.
func compared() Comparison {
	return Comparison{Heading: heading(), Before: 6, Since: "1/2/2026",
		New:       Records{1, numbered(Record{ID: "a-1", Title: odd, Address: "phong-luu-tru/f/a-1.html", Now: "11"})},
		Restored:  Records{1, numbered(Record{ID: "a-5", Title: "Năm", Now: "51"})},
		Changed:   Records{1, numbered(Record{ID: "a-2", Title: "Hai", Before: "21", Now: "22"})},
		Withdrawn: Records{1, numbered(Record{ID: "a-3"})},
		Moved:     []Turn{{"cũ & \"xưa\".html", "moi.html", "a-4"}}, Redirects: []Turn{{From: "x.html", To: "y.html"}}, Gone: []Gone{{"iiif/\"a\" & b/manifest.json", "a-6"}}, Files: &Files{New: 3, Changed: 4, Removed: 5}}
}

// The comparison says the same to people and to programs.
func TestComparison(t *testing.T) {
	var paper, data bytes.Buffer
	if err := errors.Join(WriteComparison(&paper, compared()), WriteData(&data, compared())); err != nil {
		t.Fatal(err)
	}
	mustSay(t, "the comparison", wordsOf(t, paper.Bytes()), odd, "lần phát hành 6", "1/2/2026", "1 mới, 1 công bố lại, 1 thay đổi", "Công bố lại", "a-5", "Năm", "51", "a-1", "a-2", "21", "22", "a-3", "cũ & \"xưa\".html", "y.html", "Địa chỉ cho máy khác đọc: 1 không còn", "iiif/\"a\" & b/manifest.json", "a-6", "3 mới, 4 thay đổi, 5 phải xoá")
	var got struct {
		Edition, Before    int
		Date               string
		Manifest           string `json:"manifest_sha256"`
		Files              Files
		New, Restored      []Record
		Changed, Withdrawn []Record
		Moved, Redirects   []Turn
		Gone               []Gone
	}
	if err := json.Unmarshal(data.Bytes(), &got); err != nil {
		t.Fatalf("%v:\n%s", err, data.Bytes())
	}
	if got.Edition != 7 || got.Before != 6 || got.Date != "2026-11-26" || got.Manifest != strings.Repeat("ab", 32) || got.Files != (Files{3, 4, 5}) {
		t.Errorf("%+v", got)
	}
	want := compared()
	for what, same := range map[string]bool{
		"new":       len(got.New) == 1 && got.New[0] == Record{ID: "a-1", Title: odd, Address: "phong-luu-tru/f/a-1.html", Now: "11"},
		"restored":  len(got.Restored) == 1 && got.Restored[0] == Record{ID: "a-5", Title: "Năm", Now: "51"},
		"changed":   len(got.Changed) == 1 && got.Changed[0] == Record{ID: "a-2", Title: "Hai", Before: "21", Now: "22"},
		"withdrawn": len(got.Withdrawn) == 1 && got.Withdrawn[0] == Record{ID: "a-3"},
		"moved":     slices.Equal(got.Moved, want.Moved), "redirects": slices.Equal(got.Redirects, want.Redirects), "gone": slices.Equal(got.Gone, want.Gone),
	} {
		if !same {
			t.Errorf("%s: %+v", what, got)
		}
	}
}

// A disk that is full is told of, wherever the paper was.
func TestPapersThatCannotBeWritten(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{
		"list": func(w io.Writer) error {
			return WriteList(w, List{Heading: heading(), Groups: func(func(Group) bool) {}})
		},
		"comparison": func(w io.Writer) error { return WriteComparison(w, compared()) },
		"data":       func(w io.Writer) error { return WriteData(w, compared()) },
	} {
		var whole bytes.Buffer
		if err := write(&whole); err != nil {
			t.Fatal(err)
		}
		for room := 0; room < whole.Len(); room += 1 + whole.Len()/40 {
			if err := write(&full{room}); !errors.Is(err, errFull) {
				t.Errorf("%s, with room for %d bytes: %v", name, room, err)
			}
		}
	}
}

var errFull = errors.New("no space left")

// full is a disk with little room.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.room {
		return f.room, errFull
	}
	f.room -= len(p)
	return len(p), nil
}

// sums are files of a site: "a=1" is a file a whose hash begins with 1.
func sums(files string, err error) iter.Seq2[manifest.Sum, error] {
	return func(yield func(manifest.Sum, error) bool) {
		for f := range strings.SplitSeq(files, "|") {
			name, hash, ok := strings.Cut(f, "=")
			if ok && !yield(manifest.Sum{Path: name, Hash: [32]byte{hash[0]}}, nil) {
				return
			}
		}
		if err != nil {
			yield(manifest.Sum{}, err)
		}
	}
}

// inOrder puts files into the order of a walk.
func inOrder(files string) string {
	list := strings.Split(files, "|")
	slices.SortFunc(list, func(a, b string) int {
		a, _, _ = strings.Cut(a, "=")
		b, _, _ = strings.Cut(b, "=")
		return ledger.Compare(a, b)
	})
	return strings.Join(list, "|")
}

// Two sites are compared in the order of a walk, with any names.
func TestCompare(t *testing.T) {
	for what, c := range map[string]struct{ before, now, want string }{
		"nothing at all":   {"", "", ""},
		"the first site":   {"", "a=1|b=2", "+a +b"},
		"an empty site":    {"a=1|b=2", "", "-a -b"},
		"the same":         {"a=1|b=2", "a=1|b=2", "=a =b"},
		"changed":          {"a=1|b=2", "a=2|b=2", "~a =b"},
		"one in between":   {"a=1|c=1", "a=1|b=1|c=1", "=a +b =c"},
		"one at each end":  {"b=1|z=1", "a=1|b=1", "+a =b -z"},
		"a folder's order": {"a/b=1|a-b=1", "a/b=1|a-b=2", "=a/b ~a-b"},
		"odd names":        {"dấu cách=1|hai\ndòng=1", "dấu cách=1|hai\ndòng=2|'n' \"k\"=1", "=dấu cách ~hai\ndòng +'n' \"k\""},
	} {
		before, now := inOrder(c.before), inOrder(c.now)
		var got []string
		for change, err := range Compare(sums(before, nil), sums(now, nil)) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, map[[3]bool]string{{true, true, true}: "=", {true, true, false}: "~", {false, true, false}: "+", {true, false, false}: "-"}[[3]bool{change.Before, change.Now, change.Same}]+change.Path)
		}
		want := strings.FieldsFunc(strings.NewReplacer(" =", "\x00=", " ~", "\x00~", " +", "\x00+", " -", "\x00-").Replace(c.want), func(r rune) bool { return r == 0 })
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
}

// A list that breaks off is no list: what is behind the break is not taken for
// removed, nor for new.
func TestCompareWhatBreaksOff(t *testing.T) {
	broken := errors.New("hỏng")
	for what, seq := range map[string]iter.Seq2[Change, error]{
		"before": Compare(sums("a=1", broken), sums("a=1|b=1", nil)), "now": Compare(sums("a=1|b=1", nil), sums("a=1", broken)), "before, at once": Compare(sums("", broken), sums("", nil)),
	} {
		var last error
		for c, err := range seq {
			if last = err; err == nil && c.Before && !c.Now {
				t.Errorf("%s: %q is told as removed", what, c.Path)
			}
		}
		if !errors.Is(last, broken) {
			t.Errorf("%s: %v", what, last)
		}
	}
	for range Compare(sums("a=1|b=1", nil), sums("c=1", nil)) {
		break // stopping early must not be an error
	}
}

// A parcel holds the files it was given, byte for byte, and is the same
// whenever it is packed.
func TestParcel(t *testing.T) {
	when := time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)
	files := map[string]string{"index.html": strings.Repeat("trang ", 200), "media/ab/ảnh 1.jpg": "\xff\xd8\xff", "'ngoặc' \"kép\".html": "", "hai\ndòng.txt": "x"}
	pack := func() []byte {
		var b bytes.Buffer
		p := NewParcel(&b, when)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if err := p.Add(name, strings.NewReader(files[name])); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	data := pack()
	if !bytes.Equal(data, pack()) {
		t.Error("it differs from one packing to the next")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if want, known := files[f.Name]; err != nil || !known || string(text) != want || !f.Modified.Equal(when) || f.Mode() != 0o644 {
			t.Errorf("%q: %q, %v, %v, %v", f.Name, text, f.Modified, f.Mode(), err)
		}
		if stored := f.Method == zip.Store; stored != strings.HasSuffix(f.Name, ".jpg") {
			t.Errorf("%s is stored as it is: %v", f.Name, stored)
		}
	}
	if len(z.File) != len(files) {
		t.Errorf("%d files", len(z.File))
	}
}

// A file that cannot be read to its end ends the parcel.
func TestParcelOfWhatCannotBeRead(t *testing.T) {
	p := NewParcel(io.Discard, time.Now())
	if err := p.Add("a.html", io.MultiReader(strings.NewReader("nửa"), broken{})); !errors.Is(err, errFull) {
		t.Error(err)
	}
	if err := NewParcel(&full{10}, time.Now()).Add("a.jpg", strings.NewReader(strings.Repeat("x", 9999))); !errors.Is(err, errFull) {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errFull }
