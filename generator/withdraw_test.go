package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/sitecheck"
)

// shelf is a random archive from which records are withdrawn. Every record has
// a title and pictures of its own.
type shelf struct {
	t       *testing.T
	random  *rand.Rand
	o       generator.Options
	records []shelved
}

// shelved is one record as the test knows it.
type shelved struct {
	id, parent string
	titles     []string
	picture    string // name of its master; empty for none
	shared     bool   // another record shows the same
}

func (s *shelf) word() string {
	const letters = "bcdghklmnpqrstvx"
	vowels := []string{"a", "ă", "ơ", "ư", "ê", "ô", "ả", "ế", "ộ", "ữ"}
	var out string
	for range 3 {
		out += string(letters[s.random.IntN(len(letters))]) + vowels[s.random.IntN(len(vowels))]
	}
	return out
}

// newShelf writes a random archive. crowded puts so many records into one file
// that its lists are broken into pages.
func newShelf(t *testing.T, seed uint64, crowded bool) *shelf {
	t.Helper()
	dir := inMemory(t)
	s := &shelf{t: t, random: rand.New(rand.NewPCG(seed, 7)), o: generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf}}
	a := guideArchive()
	delete(a, recordPath("tl-0001"))
	delete(a, recordPath("tl-0002"))
	a["site.yaml"] += fmt.Sprintf("base_url: %q\nserver: [apache, netlify]\n", baseURL)
	if seed%2 == 1 {
		a["site.yaml"] += "images: {tiles_above: 0, tile_size: 128}\n"
	}
	a["clearances/qd-01.yaml"] = strings.Replace(clearance, "[web-exhibition]", "[web-exhibition, harvesting, bulk-download]", 1)
	a["places/noi-rieng.yaml"] = "id: noi-rieng\nname: \"Nơi riêng một bản ghi\"\n"
	a["exhibitions/cau-mau/exhibition.yaml"] = strings.Replace(a["exhibitions/cau-mau/exhibition.yaml"], "01-khoi-cong.md}]", "01-khoi-cong.md}, {id: hai, title: \"Hai\", text: 02-hai.md}]", 1)
	a["exhibitions/cau-mau/02-hai.md"] = "Lời của phần hai.\n"
	s.fill(a, crowded)
	for name, text := range a {
		put(t, filepath.Join(s.o.Content, filepath.FromSlash(name)), []byte(text))
	}
	return s
}

// fill adds two series, files in them, items in these, and what shows them.
func (s *shelf) fill(a map[string]string, crowded bool) {
	n := 0
	add := func(level, parent, more string) shelved {
		n++
		r := shelved{id: fmt.Sprintf("tl-%04d", n), parent: parent, titles: []string{"Tài liệu " + s.word() + " " + s.word(), "Record " + s.word() + " " + s.word()}}
		text := fmt.Sprintf("id: %s\nlevel: %s # cấp\nparent: %s\ntitle:\n  vi: %q\n  en: %q\nreference: {unit_no: \"%04d\"}\ndates: {created: \"%d\"}\n%s", r.id, level, parent, r.titles[0], r.titles[1], n, 1950+n%20, more)
		text += "# quyền\naccess: {state: public} # đã duyệt\nclearance: qd-01\n"
		if level == "item" && n%3 == 0 {
			r.picture = r.id + "-001.png"
			if r.shared = n%9 == 0; r.shared {
				r.picture = "chung-001.png"
			}
			text += fmt.Sprintf("rights: {uri: \"http://rightsstatements.org/vocab/CNE/1.0/\", credit: \"Kho mẫu\"}\nobjects: [{kind: page, seq: 1, file: %s, alt: {vi: \"Ảnh của %s\"}}]\n", r.picture, r.titles[0])
			put(s.t, filepath.Join(s.o.Content, "fonds/phong-cau-mau/media", r.picture), ownPicture(s.t, r.picture))
		}
		a["fonds/phong-cau-mau/records/"+parent+".yaml"] += "---\n" + text
		s.records = append(s.records, r)
		return r
	}
	for range 2 {
		series := add("series", "phong-cau-mau", "")
		for range 2 {
			file := add("file", series.id, "agents: [ban-cau-mau]\n")
			items := 4
			if crowded && n < 20 {
				items = 170
			}
			for i := range items {
				more := "form: cong-van\nplaces: [ha-noi]\nevents: [le-khanh-thanh]\n"
				if i == 1 {
					more = "form: quyet-dinh\nplaces: [noi-rieng]\ncreators: [{agent: nguyen-van-mau}]\nrelated: [{id: " + file.id + "}]\n"
				}
				add("item", file.id, more)
			}
		}
	}
	shown := s.records[s.random.IntN(len(s.records))]
	a["exhibitions/cau-mau/01-khoi-cong.md"] += fmt.Sprintf("\nMột câu nói về [%s](id:%s).\n", shown.titles[0], shown.id)
	for _, r := range s.records {
		if r.picture != "" && s.random.IntN(4) == 0 {
			a["exhibitions/cau-mau/02-hai.md"] += fmt.Sprintf("\n::: object\nrecord: %s\nsize: column\ncaption: \"Trang %s\"\n:::\n", r.id, r.titles[0])
		}
	}
}

func ownPicture(t *testing.T, name string) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 360, 240))
	sum := sha256.Sum256([]byte(name))
	for y := range 240 {
		for x := range 360 {
			i := (x/50 + y/50*3) % len(sum)
			img.Set(x, y, color.RGBA{sum[i], sum[(i+1)%32], sum[(i+2)%32], 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// beneath are a record and those that hang under it.
func (s *shelf) beneath(id string) []shelved {
	var out []shelved
	for _, r := range s.records {
		if r.id == id || slices.ContainsFunc(out, func(up shelved) bool { return up.id == r.parent }) {
			out = append(out, r)
		}
	}
	return out
}

func (s *shelf) withdraw(id string, more func(*generator.WithdrawOptions)) *generator.WithdrawReport {
	s.t.Helper()
	o := generator.WithdrawOptions{Options: s.o, ID: id}
	if more != nil {
		more(&o)
	}
	rep, err := generator.Withdraw(context.Background(), o)
	if err != nil {
		s.t.Fatalf("withdraw %s: %v", id, err)
	}
	return rep
}

// breaks are ways in which an archive cannot be built.
var breaks = []struct {
	name string
	do   func(s *shelf) (undo func())
}{
	{"a file that is no YAML", func(s *shelf) func() { return s.spoil("agents/hong.yaml", "id: [\n") }},
	{"a record without a date", func(s *shelf) func() {
		return s.spoil("fonds/phong-cau-mau/records/moi.yaml", "id: tl-9999\nlevel: item\n")
	}},
	{"site.yaml with an unknown key", func(s *shelf) func() {
		was := read(s.t, filepath.Join(s.o.Content, "site.yaml"))
		return s.spoil("site.yaml", string(was)+"mau_sac: xanh\n")
	}},
}

func (s *shelf) spoil(name, text string) (undo func()) {
	file := filepath.Join(s.o.Content, filepath.FromSlash(name))
	was, err := os.ReadFile(file)
	put(s.t, file, []byte(text))
	return func() {
		if err != nil {
			os.Remove(file)
			return
		}
		put(s.t, file, was)
	}
}

// After a withdrawal while the content has errors elsewhere, no byte of the
// site holds the id, the titles or the pictures of the record or of those
// beneath it, every link resolves, the manifest is right, and the next build
// of the mended content gives what a clean build gives.
func TestWithdrawWhileTheContentIsBroken(t *testing.T) {
	t.Parallel()
	rounds := 6
	if testing.Short() {
		rounds = 3
	}
	cut := 0
	for seed := range uint64(rounds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := newShelf(t, seed, seed%6 == 5)
			if _, err := buildReport(s.o); err != nil {
				t.Fatal(err)
			}
			victim := s.records[s.random.IntN(len(s.records))]
			gone := s.beneath(victim.id)
			pictures := s.picturesOf(gone)
			undo := breaks[seed%uint64(len(breaks))].do(s)
			rep := s.withdraw(victim.id, nil)
			if rep.Rebuilt || rep.Cut == nil || len(rep.Cut.Tombstones) != 2*len(gone) {
				t.Fatalf("the site was to be cut: %+v", rep)
			}
			if len(rep.Remains) > 0 {
				t.Errorf("still held by %q", rep.Remains)
			}
			s.holdsNothing(victim.id, gone, pictures)
			s.sound()
			cut += rep.Cut.Pages
			counted := s.counts()
			undo()
			s.mendExhibition(gone)
			s.nextBuildIsClean()
			for file, now := range s.counts() {
				for _, n := range counted[file] {
					if !slices.Contains(now, n) {
						t.Errorf("%s still said %q after the withdrawal; rightly %q", file, n, now)
					}
				}
			}
			s.holdsNothing(victim.id, gone, pictures)
		})
	}
	t.Logf("%d archives, cut out of %d pages", rounds, cut)
}

// picturesOf are the files of the site that belong to records alone, and the
// folders of those with tiles, by the pages that show them.
func (s *shelf) picturesOf(records []shelved) (out []string) {
	shared := false
	for _, r := range records {
		if shared = r.shared; r.picture == "" || shared {
			continue
		}
		page := read(s.t, filepath.Join(s.o.Out, "phong-luu-tru/phong-cau-mau", r.id+".html"))
		for _, m := range regexp.MustCompile(`class="sheet-file" href="../../(media/[^"]+|iiif/[0-9a-f]{32})[/"]`).FindAllSubmatch(page, -1) {
			out = append(out, string(m[1]))
		}
		if len(out) == 0 {
			s.t.Fatalf("%s shows no picture", r.id)
		}
	}
	return out
}

var inPath = regexp.MustCompile(`[A-Za-z0-9_-]+`)

// holdsNothing searches every byte of the site and the cache of derivatives.
func (s *shelf) holdsNothing(victim string, gone []shelved, pictures []string) {
	s.t.Helper()
	pages := func(id string) []string {
		return []string{"phong-luu-tru/phong-cau-mau/" + id + ".html", "en/fonds/phong-cau-mau/" + id + ".html"}
	}
	may := []string{"manifest-sha256.txt", ".htaccess", "_redirects", "_headers"} // which name the addresses of notices
	for file, data := range s.files() {
		forms := []string{data, html.UnescapeString(data)}
		if u, err := url.PathUnescape(data); err == nil {
			forms = append(forms, u)
		}
		for _, r := range gone {
			for _, title := range r.titles {
				if slices.ContainsFunc(forms, func(f string) bool { return strings.Contains(strings.ToLower(f), strings.ToLower(title)) }) {
					s.t.Errorf("%s holds the title %q of %s", file, title, r.id)
				}
			}
			if slices.Contains(may, file) || slices.Contains(pages(r.id), file) {
				continue
			}
			if slices.Contains(inPath.FindAllString(file+" "+data, -1), r.id) {
				s.t.Errorf("%s holds the id %s", file, r.id)
			}
		}
		for _, p := range pictures {
			if strings.Contains(data, path.Base(p)) || file == p || strings.HasPrefix(file, p+"/") {
				s.t.Errorf("%s holds the picture %s", file, p)
			}
		}
	}
	for _, p := range pictures {
		if _, err := os.Stat(filepath.Join(filepath.Dir(s.o.Out), ".vitrine/derivatives", p)); !errors.Is(err, fs.ErrNotExist) {
			s.t.Errorf("%s is still in the cache of derivatives", p)
		}
	}
	for _, r := range gone {
		for _, f := range pages(r.id) {
			if r.id != victim && !s.exists("public/"+f) {
				continue // it was never released, so a build leaves no notice
			}
			page := string(read(s.t, filepath.Join(s.o.Out, f)))
			if !strings.Contains(page, `content="noindex"`) || !strings.Contains(page, "page-tombstone") {
				s.t.Errorf("%s is no tombstone", f)
			}
		}
	}
}

// files are the site, by path.
func (s *shelf) files() map[string]string {
	out := map[string]string{}
	err := filepath.WalkDir(s.o.Out, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(s.o.Out, name)
		out[filepath.ToSlash(rel)] = string(read(s.t, name))
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// counts are the numbers of records that each page gives, with the texts of
// the slips or links beside them.
func (s *shelf) counts() map[string][]string {
	site, err := sitecheck.Open(s.o.Out, baseURL)
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string][]string{}
	for _, p := range site.Pages {
		for n := range p.Elements() {
			if _, ok := sitecheck.Lookup(n, "data-count"); ok {
				out[p.Path] = append(out[p.Path], sitecheck.Text(n.Parent))
			}
		}
	}
	return out
}

// sound checks links and the manifest.
func (s *shelf) sound() {
	s.t.Helper()
	site, err := sitecheck.Open(s.o.Out, baseURL)
	if err != nil {
		s.t.Fatal(err)
	}
	report(s.t, site.Links())
	files := s.files()
	listed := map[string]bool{"manifest-sha256.txt": true}
	for line := range strings.Lines(files["manifest-sha256.txt"]) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		listed[name] = true
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(files[name]))); got != sum {
			s.t.Errorf("the manifest is wrong about %s", name)
		}
	}
	for name := range files {
		if !listed[name] {
			s.t.Errorf("the manifest lacks %s", name)
		}
	}
}

// mendExhibition takes out what the exhibition says of records that are gone,
// and what other records say of them.
func (s *shelf) mendExhibition(gone []shelved) {
	for _, name := range []string{"01-khoi-cong.md", "02-hai.md"} {
		file := filepath.Join(s.o.Content, "exhibitions/cau-mau", name)
		var kept []string
		for part := range strings.SplitSeq(string(read(s.t, file)), "\n\n") {
			if !slices.ContainsFunc(gone, func(r shelved) bool { return strings.Contains(part, r.id) }) {
				kept = append(kept, part)
			}
		}
		put(s.t, file, []byte(strings.TrimSuffix(strings.Join(kept, "\n\n"), "\n")+"\n"))
	}
}

// nextBuildIsClean builds again and compares with a site built from nothing.
func (s *shelf) nextBuildIsClean() {
	s.t.Helper()
	if _, err := buildReport(s.o); err != nil {
		s.t.Fatal(err)
	}
	clean := *s
	clean.o.Out = filepath.Join(filepath.Dir(s.o.Out), "clean")
	if _, err := buildReport(clean.o); err != nil {
		s.t.Fatal(err)
	}
	got, want := s.files(), clean.files()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			s.t.Errorf("%s is not as in a clean build", name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			s.t.Errorf("%s is not in a clean build", name)
		}
	}
}
