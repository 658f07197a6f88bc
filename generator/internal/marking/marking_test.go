package marking

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vitrine/generator/internal/record"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"
)

func words(list ...string) []record.Str {
	var out []record.Str
	for _, w := range list {
		out = append(out, record.Str{V: w})
	}
	return out
}

// state are the words of the Vietnamese profiles.
var state = record.Secrecy{
	Markings: words("TUYỆT MẬT", "TỐI MẬT", "MẬT"), Circulation: words("LƯU HÀNH NỘI BỘ", "KHÔNG PHỔ BIẾN"), Warnings: words("HOẢ TỐC", "DỰ THẢO"),
	Alone: words("MẬT", "KHÔNG PHỔ BIẾN", "HOẢ TỐC", "DỰ THẢO"), Folded: words("TUYỆT MẬT", "TỐI MẬT"),
}

var escaped = regexp.MustCompile(`\\u[0-9a-f]{4}`)

// passages reads the sections of a file of testdata.
func passages(t *testing.T, file string) []txtar.File {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	files := txtar.Parse(data).Files
	if len(files) < 50 {
		t.Errorf("%s holds %d passages", file, len(files))
	}
	for i, f := range files {
		text := escaped.ReplaceAllStringFunc(string(f.Data), func(s string) string {
			r, _ := strconv.Unquote(`"` + s + `"`)
			return r
		})
		if strings.HasPrefix(f.Name, "nfd/") {
			text = norm.NFD.String(text)
		}
		files[i].Data = []byte(strings.TrimSuffix(text, "\n"))
	}
	return files
}

func (r *Rules) look(section, text string) []Hit {
	if strings.HasPrefix(section, "name/") {
		return r.Name(text)
	}
	return r.Text(text)
}

func TestInnocentPassages(t *testing.T) {
	r := New(state)
	for _, f := range passages(t, "innocent.txtar") {
		for _, h := range r.look(f.Name, string(f.Data)) {
			t.Errorf("%s: %q is taken for %s in %q", f.Name, f.Data[h.Start:h.End], h.Word, f.Data)
		}
	}
}

// Prose bears no marking wherever its lines are broken. A colon at the end of a
// line makes a field of what stands behind it, and capitals are a stamp's.
func TestBrokenLines(t *testing.T) {
	var prose []string
	for _, f := range passages(t, "innocent.txtar") {
		text := string(f.Data)
		if !strings.HasPrefix(f.Name, "name/") && !strings.Contains(text, ":") && !regexp.MustCompile(`\p{Lu}\s*\p{Lu}`).MatchString(norm.NFC.String(text)) {
			prose = append(prose, strings.Fields(text)...)
		}
	}
	if len(prose) < 500 {
		t.Errorf("%d words of prose", len(prose))
	}
	r := New(state)
	for width := 30; width < 130; width++ {
		var text strings.Builder
		line := 0
		for _, w := range prose {
			line += utf8.RuneCountInString(w) + 1
			if line > width {
				text.WriteByte('\n')
				line = utf8.RuneCountInString(w) + 1
			} else {
				text.WriteByte(' ')
			}
			text.WriteString(w)
		}
		s := text.String()
		for _, h := range r.Text(s) {
			t.Errorf("%s in lines of %d: %q", h.Word, width, s[max(0, h.Start-60):min(len(s), h.End+60)])
		}
	}
}

func TestMarkings(t *testing.T) {
	r := New(state)
	for _, f := range passages(t, "marked.txtar") {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(string(f.Data))
		var shown strings.Builder
		from := 0
		hits := r.look(f.Name, text)
		for _, h := range hits {
			shown.WriteString(text[from:h.Start] + "⟦" + text[h.Start:h.End] + "⟧")
			from = h.End
			if h.Warning != strings.HasPrefix(f.Name, "warned/") {
				t.Errorf("%s: %s is warned of: %v", f.Name, h.Word, h.Warning)
			}
		}
		shown.WriteString(text[from:])
		if shown.String() != string(f.Data) || len(hits) == 0 {
			t.Errorf("%s: found %q, want %q", f.Name, shown.String(), f.Data)
		}
	}
}

// In thousands of sentences of newspapers and in the names of people nothing is
// taken for a marking but the one «tối mật» that stands there in full.
func TestNaturalVietnamese(t *testing.T) {
	const dir = "../../../../shared/data/vietnamese/"
	r := New(state)
	for name, want := range map[string]int{"ud-vtb-sentences.txt": 1, "given-names-boy.txt": 0, "given-names-girl.txt": 0} {
		data, err := os.ReadFile(dir + name)
		if os.IsNotExist(err) {
			t.Skipf("skipped: no %s; the real texts are not on this machine", name)
		}
		hits := r.Text(string(data))
		for _, h := range hits {
			if h.Word != "TỐI MẬT" {
				t.Errorf("%s: %s in %q", name, h.Word, data[max(0, h.Start-60):h.End])
			}
		}
		if err != nil || len(data) < 10_000 || len(hits) != want {
			t.Errorf("%s: %d markings in %d bytes, want %d; %v", name, len(hits), len(data), want, err)
		}
	}
}

// The longer word is told, and names the profile's spelling; a degree of urgency
// below it does not stand in for it.
func TestLongestWord(t *testing.T) {
	for text, want := range map[string]string{
		"TUYỆT MẬT, rồi MẬT, rồi hỏa tốc\nHỎA TỐC": "TUYỆT MẬT MẬT HOẢ TỐC",
		"TUYỆT MẬT\nĐỘ KHẨN: hoả tốc":              "TUYỆT MẬT HOẢ TỐC",
		"Hoả tốc – Mật":                            "MẬT",
	} {
		var got []string
		for _, h := range New(state).Text(text) {
			got = append(got, h.Word)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// An older profile of a house says neither which words are alone nor which are
// folded.
func TestProfileWithoutLists(t *testing.T) {
	r := New(record.Secrecy{Markings: words("TỐI MẬT", "MẬT"), Circulation: words("LƯU HÀNH NỘI BỘ"), Harmless: words("mật đường", "mật đường biển")})
	for text, want := range map[string]int{
		"TOI MAT": 1, "tối mật": 1, "MẬT": 1, "giữ mật": 0, "LUU HANH NOI BO": 0, "lưu hành nội bộ": 1, "MẬT ĐƯỜNG": 0, "TỐI MẬT ĐƯỜNG BIỂN": 1,
	} {
		if got := len(r.Text(text)); got != want {
			t.Errorf("%q: %d markings, want %d", text, got, want)
		}
	}
}

func TestOtherLanguages(t *testing.T) {
	r := New(record.Secrecy{Markings: words("TOP SECRET", "SECRET", "TRÈS SECRET", "СЕКРЕТНО"), Alone: words("SECRET", "СЕКРЕТНО"), Folded: words("TRÈS SECRET"), Harmless: words("secret service")})
	for text, want := range map[string]int{
		"a top secret paper": 1, "printed in secret": 0, "SECRET": 1, "Classification: Secret": 1, "THE SECRET SERVICE": 0, "Très secret": 1, "TRES SECRET": 1, "tres secret diner": 0,
		"секретно": 1, "работал секретно": 0, "дело СЕКРЕТНО": 1,
	} {
		if got := len(r.Text(text)); got != want {
			t.Errorf("%q: %d markings, want %d", text, got, want)
		}
	}
}

// hostile texts make the rules work as hard as they can; the time must grow
// with the length alone.
var hostile = map[string]string{
	"markings": "MẬT ", "harmless": "MẬT MÃ ", "spelled": "M Ậ T ", "spelled harmless": "B Í M Ậ T ", "single letters": "m ", "one word": "m", "gaps": "TỐI-",
	"marks": "ậ\u0323", "invisible": "M\u200b", "signs": ":|([", "half": "TỐI ", "blank": "\n",
	"remarks": "mật (", "urgency": "mật, khẩn ", "stamping": "đóng dấu «", "broken": "mật\nbáo\n", "titles": "MẬT BÁO CÁO ", "signs between": "MẬT – BÁO ",
}

func TestHostileTextsTakeLinearTime(t *testing.T) {
	r := New(state)
	const size = 256 << 10
	for name, unit := range hostile {
		text := strings.Repeat(unit, size/len(unit)) + " MẬT"
		began := time.Now()
		r.Text(text)
		r.Name(text)
		if took := time.Since(began); took > 8*time.Second {
			t.Errorf("%s: %v for a quarter of a mebibyte", name, took)
		}
	}
}

func TestMaxHits(t *testing.T) {
	if n := len(New(state).Text(strings.Repeat("MẬT. ", MaxHits+5))); n != MaxHits {
		t.Errorf("%d", n)
	}
}

// What pretends to be harmless without end is found.
func TestMaxDoubts(t *testing.T) {
	if n := len(New(state).Text(strings.Repeat("MẬT MÃ. ", maxDoubts))); n != 0 {
		t.Errorf("%d", n)
	}
	if n := len(New(state).Text(strings.Repeat("MẬT MÃ. ", maxDoubts+5))); n != 5 {
		t.Errorf("%d", n)
	}
}

func FuzzRules(f *testing.F) {
	for _, unit := range hostile {
		f.Add(strings.Repeat(unit, 3))
	}
	f.Add("T Ố I M\u00adẬ T\xff(mật): toimat")
	r := New(state)
	f.Fuzz(func(t *testing.T, s string) {
		for _, hits := range [][]Hit{r.Text(s), r.Name(s)} {
			last := 0
			for _, h := range hits {
				if h.Start < last || h.End <= h.Start || h.End > len(s) {
					t.Fatalf("%q: %+v after %d", s, h, last)
				}
				last = h.End
			}
		}
		// What is found in a text is found at the end of a longer one too.
		if n := len(r.Text(s)); n > 0 && n < MaxHits && len(r.Text("Một dòng.\n\n"+s)) < n {
			t.Fatalf("%q: fewer markings behind another line", s)
		}
	})
}

func BenchmarkText(b *testing.B) {
	text := strings.Repeat("Tờ báo in bí mật trong một căn nhà ở ngoại ô, mỗi số chừng hai trăm bản; mật thám không lần ra dấu vết.\n", 100)
	r := New(state)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.Text(text)
	}
}

// Invisible characters part words where they stand for a space, and part none within one.
func TestInvisibleSpaces(t *testing.T) {
	r := New(state)
	for _, c := range []string{"\u200b", "\u00ad", "\ufeff", "\u2060"} {
		for text, want := range map[string]bool{"TỐI" + c + "MẬT": true, "tối" + c + "mật": true, "TOI" + c + "MAT": true, "tới" + c + "mặt": false, "buổi tôi" + c + "mất": false, "M" + c + "ẬT": true} {
			if got := len(r.Text(text)) > 0; got != want {
				t.Errorf("%+q: found %v", text, got)
			}
		}
	}
}
