package generator_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
)

const letterRecord = "fonds/phong-01/records/hs-0001.yaml"

// However a transcript writes the words, and wherever its lines end, neither content
// nor site bears them after the call, in any spelling.
func TestRedactCoversEverySpelling(t *testing.T) {
	o := toRedactLetter(t)
	put(t, filepath.Join(o.Content, "fonds/phong-01/media/chep.md"), []byte("Tôi là **Trần** Văn B, tức TRAN VAN B (Trần&nbsp;Văn\u00a0B's), con Trần\nVăn B, ở phố Hàng Bạc.\n\nKý: T R Ầ N  V Ă N  B, Tra\u0302\u0300n Va\u0306n B; tran-van-b@example.org\n"))
	if rep, err := generator.Redact(context.Background(), o); err != nil {
		t.Fatal(err, rep.Diags.Sorted())
	}
	out := filepath.Join(filepath.Dir(o.Content), "public")
	if _, err := generator.Build(context.Background(), generator.Options{Content: o.Content, Out: out, AsOf: asOf}); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{o.Content, out} {
		for name, data := range filesOf(t, root) {
			folded := strings.Join(strings.FieldsFunc(strings.ToLower(string(data)), func(r rune) bool { return strings.ContainsRune(" \n-*\u00a0", r) }), "")
			for _, rest := range []string{"tranvanb", "trầnvănb", "văn\u00a0b", "VĂN B", "V Ă N"} {
				if strings.Contains(folded, strings.ToLower(rest)) || strings.Contains(string(data), rest) {
					t.Errorf("%s still bears %q", name, rest)
				}
			}
		}
	}
	got := string(filesOf(t, o.Content)["fonds/phong-01/media/chep.md"])
	const mark = "[…]{personal-data}"
	if want := fmt.Sprintf("Tôi là %s, tức %[1]s (%[1]s's), con %[1]s, ở phố […]{donor-terms}.\n\nKý: %[1]s, %[1]s; %[1]s@example.org\n", mark); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Words that stand where the order does not reach stop it before anything is
// written, and every place is named.
func TestRedactNamesEveryOtherPlace(t *testing.T) {
	o := toRedactLetter(t)
	at := func(name string) string { return filepath.Join(o.Content, filepath.FromSlash(name)) }
	add := func(name, text string) {
		was, err := os.ReadFile(at(name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		put(t, at(name), append(was, text...))
	}
	edit(t, at(letterRecord), "    transcript: {file: chep.md}\n", "    transcript: {file: chep.md}\n    long_desc: Thư của TRAN VAN B\n    # Trần Văn B, xem lại\n")
	add(letterRecord, "---\nid: thu-tran-van-b\ntitle: {vi: Thư khác, en: \"Letter of Mr Tr\\u1EA7n V\\u0103n B\"}\n")
	add("fonds/phong-01/records/tl-0001.md", "Người viết là Trần\nVăn **B**.\n")
	add("fonds/phong-01/media/tran_van_b.txt", "x\n")
	add("fonds/phong-01/media/phim.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nÔng Trần\n\n00:02.000 --> 00:03.000\nVăn B\n")
	add("exhibitions/tb/exhibition.yaml", "title: Nhớ Trần Văn B\n")
	add("agents/b.yaml", "id: b\nname: Trần Văn B\n---\nid: c\nname: Trần Văn Bình\n---\nid: d\nname: Trấn Văn B\n")
	add("editions/addresses.tsv", "phong-luu-tru/phong-01/thu-tran-van-b.html\tthu-tran-van-b\t1\n")
	add("editions/states.tsv", "thu-tran-van-b\t-\t1\n")
	add("pages/gioi-thieu.md", "Gửi\u00a0\u200bTrần-Văn-B\n")
	was := filesOf(t, o.Content)
	rep, err := generator.Redact(context.Background(), o)
	var user *generator.UserError
	if !errors.As(err, &user) || len(rep.Written) > 0 {
		t.Fatal(err, rep.Written)
	}
	var got []string
	for _, d := range rep.Diags.Sorted() {
		if want := map[string]diag.Severity{"cover-remains": diag.Error, "cover-near": diag.Warning, "cover-address": diag.Warning}; d.Severity != want[d.Code] {
			t.Errorf("%s: %v", d.Code, d.Pos)
		}
		if d.Pos.Line > 0 && d.Excerpt == "" {
			t.Errorf("%v is not quoted", d.Pos)
		}
		line := d.Pos.String()
		if d.Pos.File == letterRecord { // its first lines are those of the starter
			line = letterRecord + ": " + strings.TrimSpace(d.Excerpt)
		}
		got = append(got, d.Code+" "+line)
	}
	want := []string{
		"cover-remains agents/b.yaml:2:7",
		"cover-near agents/b.yaml:8:7",
		"cover-address editions/addresses.tsv:1:28",
		"cover-address editions/addresses.tsv:1:48",
		"cover-remains exhibitions/tb/exhibition.yaml:1:12",
		"cover-remains fonds/phong-01/media/phim.vtt:4:5",
		"cover-remains fonds/phong-01/media/tran_van_b.txt",
		"cover-remains " + letterRecord + ": long_desc: Thư của TRAN VAN B",
		"cover-remains " + letterRecord + ": # Trần Văn B, xem lại",
		"cover-remains " + letterRecord + ": id: thu-tran-van-b",
		"cover-remains " + letterRecord + ": title: {vi: Thư khác, en: \"Letter of Mr Tr\\u1EA7n V\\u0103n B\"}",
		"cover-remains fonds/phong-01/records/tl-0001.md:1:15",
		"cover-remains pages/gioi-thieu.md:1:6",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v: got\n%s\nwant\n%s", err, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	now := filesOf(t, o.Content)
	for name, data := range was {
		if !bytes.Equal(now[name], data) {
			t.Errorf("%s was written", name)
		}
	}
}

// Words that run from one page into the next are no page's own, and stand there all
// the same.
func TestRedactFindsWordsAcrossPages(t *testing.T) {
	o := toRedactLetter(t)
	edit(t, filepath.Join(o.Content, letterRecord), "    transcript: {file: chep.md}\n  - kind: page\n    seq: 2\n    file: khong-con.png\n    transcript: {file: chep.md}\n",
		"    transcript: \"Trần Văn B viết. Ký: Trần\"\n  - kind: page\n    seq: 2\n    file: khong-con.png\n    transcript: \"Văn B, Hàng Bạc\"\n")
	if err := os.Remove(filepath.Join(o.Content, "fonds/phong-01/media/chep.md")); err != nil {
		t.Fatal(err)
	}
	mustRefuse(t, o, "cover-remains")
	put(t, o.Boxes, []byte(strings.NewReplacer(`{text: "Trần Văn B", ground: personal-data}]`, `{text: "Trần Văn B", ground: personal-data}, {text: "Ký: Trần", ground: personal-data}]`,
		`{text: "Hàng Bạc", `, `{text: "Văn B", ground: personal-data}, {text: "Hàng Bạc", `).Replace(letterOrder)))
	if rep, err := generator.Redact(context.Background(), o); err != nil {
		t.Fatal(err, rep.Diags.Sorted())
	}
}

// Where the words mean somebody else, the order may let them stand, file by file,
// but never in the record itself.
func TestRedactLetsWordsStay(t *testing.T) {
	o := toRedactLetter(t)
	put(t, filepath.Join(o.Content, "exhibitions/tb/exhibition.yaml"), []byte("title: Nhớ Trần Văn B\n"))
	order := strings.Replace(letterOrder, "{text: \"Trần Văn B\",", "{text: \"Trần Văn B\", stays: [exhibitions/tb/exhibition.yaml, "+letterRecord+"],", 1)
	put(t, o.Boxes, []byte(order))
	if rep, err := generator.Redact(context.Background(), o); err != nil {
		t.Fatal(err, rep.Diags.Sorted())
	}
	o = toRedactLetter(t)
	put(t, o.Boxes, []byte(order))
	edit(t, filepath.Join(o.Content, letterRecord), "    transcript: {file: chep.md}\n", "    transcript: {file: chep.md}\n    long_desc: Thư của Trần Văn B\n")
	mustRefuse(t, o, "cover-remains")
}

// What cannot be read may hold the words: text stops the order, a recording is for
// a person to look at.
func TestRedactTellsWhatItCannotRead(t *testing.T) {
	o := toRedactLetter(t)
	put(t, filepath.Join(o.Content, "fonds/phong-01/media/phim.mp4"), []byte("\x00\x00\x00\x18ftypmp42\x00\xff\xfe\x00"))
	rep, err := generator.Redact(context.Background(), o)
	if err != nil || !slices.ContainsFunc(rep.Diags.Sorted(), func(d diag.Diagnostic) bool {
		return d.Code == "cover-unread" && d.Severity == diag.Warning && strings.HasSuffix(d.Pos.File, "phim.mp4")
	}) {
		t.Errorf("%v, %v", err, rep.Diags.Sorted())
	}
	o = toRedactLetter(t)
	put(t, filepath.Join(o.Content, "pages/la.md"), []byte("Tr\x00\xff\xfen V\x01"))
	mustRefuse(t, o, "cover-unread")
}

// What readers see is searched too: between the letters of words there may stand whatever
// Markdown allows. What the order covers is not told, nor what a file may keep.
func TestRedactSearchesWhatReadersSee(t *testing.T) {
	o := toRedactLetter(t)
	at := func(name string) string { return filepath.Join(o.Content, filepath.FromSlash(name)) }
	long := "[Trần](https://example.org/" + strings.Repeat("x", 400) + ")"
	put(t, at("exhibitions/tb/exhibition.yaml"), []byte("title: Nhớ\nsummary: \"Người viết, "+long+" Văn B\"\n"))
	put(t, at("exhibitions/tb/01.md"), []byte("Mở đầu.\n\nThư của\n[Trần](id:co-quan-mau) [Văn B](id:co-quan-mau) gửi.\n\n"+long+" Văn B.\n\nTrần <https://example.org> Văn B\n"))
	rep, err := generator.Redact(context.Background(), o)
	if err == nil {
		t.Fatal("nothing was found")
	}
	var got []string
	for _, d := range rep.Diags.Sorted() {
		if d.Code == "cover-remains" {
			got = append(got, d.Pos.String())
		}
	}
	if want := []string{"exhibitions/tb/01.md:4:2", "exhibitions/tb/01.md:6:1", "exhibitions/tb/01.md:8:1", "exhibitions/tb/exhibition.yaml:2:10"}; !slices.Equal(got, want) {
		t.Errorf("%v: got %q, want %q", err, got, want)
	}
}
