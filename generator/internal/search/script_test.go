package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"vitrine/generator/internal/vi"
)

const (
	textScript  = "../../../templates/scripts/search/1-text.js"
	sharedTexts = "../../../../shared/data/vietnamese" // real texts, no part of the repository
)

// spoken is what the script says of one text.
type spoken struct {
	Fold, Canon string // of the whole
	Tokens      []struct{ Fold, Canon, Number, Text string }
	Codes       []struct {
		Key         string
		First, Last int
	}
	Dates []struct {
		Key         string
		First, Last int
	}
	Joined []struct {
		Word        struct{ Fold, Canon string }
		First, Last int
	}
}

// inNode runs lines of a script of the site in Node.js, which hands the texts to it.
func inNode(t *testing.T, texts []string) []spoken {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	source, err := os.ReadFile(textScript)
	if err != nil {
		t.Fatal(err)
	}
	in, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	const ask = `
const out = JSON.parse(require("fs").readFileSync(0, "utf8")).map((s) => {
  const text = window.vitrineSearch.text, r = text.read(s);
  return { fold: text.fold(s), canon: text.canon(s), tokens: r.tokens.map((t) => ({ ...t, text: r.text.slice(t.from, t.to) })), codes: r.codes, dates: r.dates, joined: r.joined };
});
process.stdout.write(JSON.stringify(out));`
	cmd := exec.Command(node, "-e", "const window = {};"+string(source)+ask)
	var said, faults bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &said, &faults
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, faults.Bytes())
	}
	var out []spoken
	if err := json.Unmarshal(said.Bytes(), &out); err != nil || len(out) != len(texts) {
		t.Fatal(len(out), err)
	}
	return out
}

// told writes down what Go says of a text, and heard what the script says.
func told(text string) string {
	text = norm.NFC.String(text)
	tokens := Tokens(text)
	var b strings.Builder
	for _, tk := range tokens {
		fmt.Fprintf(&b, "%s/%s/%s/%s ", tk.Fold, tk.Canon, tk.Number, text[tk.From:tk.To])
	}
	fmt.Fprint(&b, Codes(text, tokens), Dates(text, tokens))
	words, places := Joined(text, tokens)
	for i, w := range words {
		fmt.Fprint(&b, " ", w.Fold, "/", w.Canon, places[i].First, places[i].Last)
	}
	return b.String()
}

func heard(s spoken) string {
	var b strings.Builder
	for _, tk := range s.Tokens {
		fmt.Fprintf(&b, "%s/%s/%s/%s ", tk.Fold, tk.Canon, tk.Number, tk.Text)
	}
	fmt.Fprint(&b, s.Codes, s.Dates)
	for _, w := range s.Joined {
		fmt.Fprint(&b, " ", w.Word.Fold, "/", w.Word.Canon, w.First, w.Last)
	}
	return b.String()
}

// What a reader types is cut as what was indexed: the script of the search page agrees
// with this package in every token, place, code and date.
func TestScriptReadsTextsAsGoDoes(t *testing.T) {
	t.Run("made up", func(t *testing.T) { readsAlike(t, madeUp(20000)) })
	t.Run("real", func(t *testing.T) { readsAlike(t, realTexts(t)) })
}

func readsAlike(t *testing.T, texts []string) {
	t.Helper()
	faults := 0
	for i, s := range inNode(t, texts) {
		text := texts[i]
		if got, want := s.Fold+" "+s.Canon, vi.Fold(text)+" "+vi.Canon(text); got != want {
			t.Errorf("%q (%+q): fold and canon are %q, want %q", text, text, got, want)
			faults++
		}
		if got, want := heard(s), told(text); got != want {
			t.Errorf("%q (%+q):\n%s, want\n%s", text, text, got, want)
			faults++
		}
		if faults > 20 {
			t.Fatal("and more")
		}
	}
}

// madeUp are texts of everything that the tokens, codes and dates of a text are told by.
func madeUp(n int) []string {
	r := rand.New(rand.NewPCG(6, 19450902))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	vowels, tones := strings.Split("a ă â e ê i o ô ơ u ư y oa oe uy ươ iê uô", " "), []string{"", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
	starts, ends := strings.Split(" b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x Đ Ð ð Q", " "), strings.Split(" c ch m n ng nh p t i o u", " ")
	others := []string{"œuvre", "Ærø", "Straße", "İstanbul", "ıo", "Łódź", "ЦК", "Ленин", "越南", "한국", "é", "NAÏVE", "ª", "ﬁ", "Ǆ", "٣", "1٣", "e\u0301\u0302", "\u0301", "a\u0345", "K", "Å"}
	fixed := []string{"Đại hội", "lần thứ", "khoá", "Khóa", "thế kỷ", "tập", "quyển", "ngày", "tháng", "năm", "thang", "ngay", "mùng", "Mồng", "sáu", "mười", "nhất", "VI", "xii", "XXXIX", "XXXX", "IIX", "CT", "TW", "QH15", "September", "May", "T.Ư", "NQ", "HĐND"}
	signs := strings.Split(" |-|/|.|, |–|—|‑| - |/ |(|) |“|” |:|\u00a0|\u0085|\u200b|\n|', ", "|")
	word := func() string {
		switch r.IntN(7) {
		case 0:
			return pick(fixed)
		case 1:
			return fmt.Sprint(r.IntN([]int{13, 32, 3200}[r.IntN(3)]))
		case 2:
			return fmt.Sprintf("%02d", r.IntN(120))
		case 3:
			return pick(others)
		}
		s := pick(starts) + pick(vowels) + pick(tones) + pick(ends)
		if r.IntN(4) == 0 {
			s = strings.ToUpper(s)
		}
		return s
	}
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		for range 1 + r.IntN(8) {
			b.WriteString(word())
			if r.IntN(5) > 2 {
				b.WriteString(" ")
			} else {
				b.WriteString(pick(signs))
			}
		}
		out[i] = b.String()
		if r.IntN(3) > 0 {
			out[i] = norm.NFC.String(out[i])
		}
	}
	for d := range 2000 {
		year, month, day := 1900+r.IntN(120), 1+r.IntN(13), 1+r.IntN(33)
		forms := []string{"%d/%d/%d", "%d-%d-%d", "%02d.%02d.%d", "ngày %d tháng %d năm %d", "Ngay %d/%d/%d", "%d tháng %d năm %d", "%d %d %d", "ngày %d-%d, %d", "%[3]d-%02[2]d-%02[1]d", "mùng %d tháng %d năm %d", "ngày mồng %d/%d/%d"}
		out = append(out, fmt.Sprintf("x "+forms[d%len(forms)]+" y", day, month, year), fmt.Sprintf([]string{"tháng %d/%d", "%d/%d", "tháng %d năm %d", "%d-%d", "thang %d %d", "tháng %d, %d"}[d%6], month, year))
	}
	return out
}

// realTexts are sentences, names and places of the shared data; a test is skipped where that is not there.
func realTexts(t *testing.T) (out []string) {
	t.Helper()
	if _, err := os.Stat(sharedTexts); err != nil {
		t.Skip("skipped: ../shared/data/vietnamese is not beside the repository")
	}
	for _, name := range []string{"ud-vtb-sentences.txt", "given-names-boy.txt", "given-names-girl.txt", "udhr-vie.html", "vi_VN.dic"} {
		data, err := os.ReadFile(filepath.Join(sharedTexts, name))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			out = append(out, line)
		}
	}
	return out
}
