package exchange

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/exchange/xlsx"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/vi"
)

// ScanOptions say which scans a sheet is to list.
type ScanOptions struct {
	Content string // the content folder
	Dir     string // where the scans are; nothing in it is changed
	FondsID string // the fonds that will get them
	Out     string // the workbook to be written
	Force   bool   // overwrite it

	// Thumb draws a scan small, as JPEG; may be nil. An error is told and leaves the cell empty.
	Thumb func(ctx context.Context, name string) ([]byte, error)
	// Progress is told how many of the scans were drawn; may be nil.
	Progress func(done, total int)
}

// scanMark stands in the hidden sheet of a workbook that lists scans.
const scanMark = "vitrine scans 1"

// maxScans is how many scans one sheet lists.
const maxScans = 20_000

// scanHeadings are the columns of such a workbook; guess knows them.
var scanHeadings = []string{"Ảnh nhỏ", "Tệp ảnh", "Mã tài liệu", "Thứ tự trang", "Nhãn tờ", "Mô tả ảnh", "Ngày tháng", "Tiêu đề", "Tệp bản chép"}

var scanWidths = []float64{20, 30, 18, 12, 12, 40, 16, 50, 30}

// scan is a file on its way to a row.
type scan struct {
	name string // below the folder, with slashes
	item string
	page int
	text string // the file of its transcript; "" for none
}

// ListScans writes a workbook with a row for each scan of a folder, in natural order, with a
// proposal which of them are pages of one document. ErrRefused means that the report says why.
func ListScans(ctx context.Context, o ScanOptions) (*Report, error) {
	rep := &Report{file: filepath.ToSlash(o.Out), scans: true}
	defer rep.finish()
	im := &importer{o: Options{Content: o.Content, FondsID: o.FondsID}, rep: rep}
	defer im.close()
	if err := im.open(ctx); err != nil {
		return rep, err
	}
	if err := outside(o.Out, o.Content); err != nil {
		return rep, err
	}
	if _, err := os.Lstat(o.Out); err == nil && !o.Force {
		return rep, usage("%s đã có", "%s exists", o.Out).hint("đặt tên khác bằng --out, hoặc ghi đè bằng --force; những gì đã mô tả trong đó sẽ mất", "give another name with --out, or overwrite it with --force; what was described in it is lost then")
	}
	scans, err := im.findScans(o.Dir)
	if err != nil {
		return rep, err
	}
	im.propose(scans)
	rep.Rows = len(scans)
	return rep, writeWhole(o.Out, func(f *os.File) error { return cmp.Or(xlsx.Write(f, im.scanSheet(ctx, o, scans)), ctx.Err()) })
}

// findScans lists the files of a folder that can be shown, in natural order.
func (im *importer) findScans(dir string) ([]scan, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := index(root, false)
	if err != nil {
		return nil, err
	}
	var out []scan
	texts := textsOf(f)
	paired := map[string]bool{}
	for _, list := range texts {
		for _, name := range list {
			paired[name] = true
		}
	}
	for name := range f.exact {
		if paired[name] {
			continue
		}
		if kinds[strings.ToLower(path.Ext(name))] == "" {
			im.rep.add(diag.Warnf("file-kind", diag.Pos{File: name}, "không phải loại tệp trưng bày được, không đưa vào bảng", "no file of a kind that can be shown; it is not in the sheet"))
			continue
		}
		s := scan{name: name}
		if list := texts[name]; len(list) > 0 {
			s.text = list[0]
			im.rep.Transcripts++
			for _, other := range list[1:] {
				im.rep.add(diag.Warnf("text-ambiguous", diag.Pos{File: other}, "ảnh %q đã có bản chép %q; tệp này không đưa vào bảng", "the picture %q has the transcript %q; this file is not in the sheet", name, s.text))
			}
		}
		out = append(out, s)
	}
	switch {
	case len(out) == 0:
		return nil, usage("%s không có tệp nào trưng bày được", "%s has no file that can be shown", dir)
	case len(out) > maxScans:
		return nil, usage("%s có hơn %d tệp; hãy làm từng thư mục con", "%s has more than %d files; take one folder in it at a time", dir, maxScans)
	}
	slices.SortFunc(out, func(a, b scan) int { return natural(a.name, b.name) })
	return out, nil
}

// textsOf are the texts of pictures, by these: files of lines before plain ones. A text is that of the picture of its
// name, or of the only page of the document of its name: thu-12.txt goes with thu-12-1.jpg.
func textsOf(f folder) map[string][]string {
	pictures := map[string][]string{} // by their stems, and by those without the number of the page
	for name := range f.exact {
		if kinds[strings.ToLower(path.Ext(name))] != "image" {
			continue
		}
		stem := nearly(strings.TrimSuffix(name, path.Ext(name)))
		pictures[stem] = append(pictures[stem], name)
		if bare := strings.TrimRight(strings.TrimRight(stem, "0123456789"), "-_. "); bare != stem {
			pictures[bare+"/"] = append(pictures[bare+"/"], name)
		}
	}
	out := map[string][]string{}
	for _, ending := range beside {
		for _, name := range slices.Sorted(maps.Keys(f.exact)) {
			if strings.ToLower(path.Ext(name)) != ending || ending == ".xml" && !isPageText(f.files, name) {
				continue
			}
			stem := nearly(strings.TrimSuffix(name, path.Ext(name)))
			of := pictures[stem]
			if len(of) == 0 {
				of = pictures[stem+"/"]
			}
			if len(of) == 1 {
				out[of[0]] = append(out[of[0]], name)
			}
		}
	}
	return out
}

// natural orders names as people do: 2 before 10, folder by folder.
func natural(a, b string) int {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	return slices.CompareFunc(x, y, vi.Compare)
}

// propose takes scans of one folder whose names differ in their last number alone for pages of one
// document. A text that is called as the document is comes behind its pages.
func (im *importer) propose(scans []scan) {
	next := im.nextIDs()
	items, pages, documents := map[string]string{}, map[string]int{}, map[string]string{}
	place := func(s *scan, key string) {
		if items[key] == "" {
			items[key] = next()
		}
		pages[key]++
		s.item, s.page = items[key], pages[key]
	}
	var texts []int
	for i := range scans {
		stem, key := documentOf(scans[i].name)
		if kinds[strings.ToLower(path.Ext(scans[i].name))] == "text" {
			texts = append(texts, i)
			continue
		}
		if key != stem {
			documents[strings.TrimRight(key, "-_. ")] = key
		}
		place(&scans[i], key)
	}
	for _, i := range texts {
		stem, key := documentOf(scans[i].name)
		if pages := documents[stem]; pages != "" {
			key = pages
		}
		place(&scans[i], key)
	}
}

// documentOf is the name of a scan without its ending, and without the number of its page, both folded.
func documentOf(name string) (stem, document string) {
	stem = strings.TrimSuffix(name, path.Ext(name))
	bare := strings.TrimRight(stem, "abrvABRV") // front and back
	if unnumbered := strings.TrimRight(bare, "0123456789"); unnumbered != bare {
		return vi.Fold(stem), vi.Fold(unnumbered)
	}
	return vi.Fold(stem), vi.Fold(stem)
}

// nextIDs gives ids one after another, from the highest that the fonds or some others have of those that are
// counted.
func (im *importer) nextIDs(others ...string) func() string {
	prefix, last := im.o.FondsID+"-", 0
	for _, id := range slices.AppendSeq(others, maps.Keys(im.existing)) {
		if n, err := strconv.Atoi(strings.TrimPrefix(id, prefix)); err == nil && strings.HasPrefix(id, prefix) {
			last = max(last, n)
		}
	}
	return func() string {
		last++
		return fmt.Sprintf("%s%04d", prefix, last)
	}
}

// scanSheet is the sheet of some scans.
func (im *importer) scanSheet(ctx context.Context, o ScanOptions, scans []scan) xlsx.Sheet {
	s := xlsx.Sheet{Name: "Bản quét", Headings: scanHeadings, Widths: scanWidths, Mark: scanMark}
	for _, sc := range scans {
		s.Rows = append(s.Rows, []string{"", sc.name, sc.item, strconv.Itoa(sc.page), "", "", "", "", sc.text})
	}
	if o.Thumb != nil {
		s.Pictures = func(i int) []byte {
			if o.Progress != nil {
				o.Progress(i+1, len(scans))
			}
			if kinds[strings.ToLower(path.Ext(scans[i].name))] != "image" || ctx.Err() != nil {
				return nil
			}
			picture, err := o.Thumb(ctx, scans[i].name)
			if err != nil {
				im.rep.add(diag.Warnf("scan-unread", diag.Pos{File: scans[i].name}, "không vẽ được ảnh nhỏ: %v", "no small picture can be drawn: %v", err))
			}
			return picture
		}
	}
	return s
}

// outside refuses a file that would lie in the content, or in a folder that a site is served from.
func outside(file, contentDir string) error {
	if dir, exposed := location.Exposed(filepath.Dir(file), contentDir); exposed {
		return usage("%s nằm trong %s, là thư mục nội dung hoặc trang công khai", "%s lies in %s, which is the content, or a site that is published", file, dir).
			hint("bảng có thể nêu cả tài liệu chưa công bố; ghi ra ngoài bằng --out", "the sheet may tell of what is not published; write it elsewhere with --out")
	}
	return nil
}

// writeWhole writes a file beside its place and moves it there when it is whole. What it tells may be withheld
// from readers: nobody but the user can read it.
func writeWhole(name string, write func(f *os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".vitrine-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return err
}
