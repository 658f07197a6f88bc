package exchange

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/exchange/xlsx"
	"vitrine/generator/internal/record"
)

// A workbook that lists scans (ListScans) is one to work in: rows that were given no id get one, which
// comes back in a copy, and files are copied under the ids of their records.

// desk is what is known of such a workbook.
type desk struct {
	tab    string
	column int                   // of ids
	given  map[xlsx.Place]string // ids that were assigned
	sums   map[int]string        // of the records, by their first rows
}

// isDesk reports whether a workbook lists scans, and was made by us.
func isDesk(book *xlsx.Book) bool {
	tab, ok := book.Tab(xlsx.MarkTab)
	if !ok {
		return false
	}
	mark := ""
	_, err := book.Rows(tab, func(r xlsx.Row) error { mark = r.Cells[0].Text; return xlsx.ErrStop })
	return err == nil && mark == scanMark
}

// beginDesk reads the fonds once more, since all of its records may be replaced, and gives ids.
func (im *importer) beginDesk() error {
	im.headings = map[string]string{}
	for _, c := range im.sheet.cols {
		if c.header == sumsHeading {
			im.m.rules[c] = rule{to: target{path: pathSkip}}
			continue
		}
		im.headings[c.header] = im.m.rules[c].to.path
	}
	if err := im.surveyFonds(); err != nil {
		return err
	}
	return im.assignIDs()
}

// adopt lets objects keep what the records say of them and the sheet does not: of files that are the same.
func (im *importer) adopt(context.Context) error {
	from := map[string]copied{}
	for _, c := range im.media.copies {
		from[c.to] = c
	}
	for _, d := range im.drafts {
		s, stands := im.lying.byID[d.id]
		if !stands {
			continue
		}
		old, _ := im.asItStands(s)
		if old == nil {
			continue // nothing is merged into it either
		}
		for i := range d.unit().Objects {
			o := &d.unit().Objects[i]
			if c, copies := from[o.File.V]; copies {
				if !im.isThere(c) {
					continue
				}
			}
			for _, was := range old.Objects {
				if was.File.V == o.File.V {
					*o = adopted(was, *o)
				}
			}
		}
	}
	return nil
}

// isThere reports whether a file that is to be copied lies in its place already. It is asked once, however many rounds
// there are: files are large.
func (im *importer) isThere(c copied) bool {
	key := [2]string{c.from, c.to}
	there, known := im.there[key]
	if !known {
		same, _, err := staged{to: content.MediaPath(im.o.FondsID, c.to), in: c.in, from: c.from}.same(im.tree.Root())
		there = same && err == nil
		im.there[key] = there
	}
	return there
}

func adopted(was, said record.Object) record.Object {
	was.Kind, was.Seq = said.Kind, said.Seq
	if !said.Label.IsZero() {
		was.Label = said.Label
	}
	if !said.Alt.IsZero() {
		was.Alt = said.Alt
	}
	if was.Transcript == nil {
		was.Transcript = said.Transcript
	}
	return was
}

// mergeDesk gives what rows say to the records that stand, and leaves the drafts that say something new.
func (im *importer) mergeDesk(context.Context) error {
	im.desk.sums = map[int]string{}
	kept := im.drafts[:0]
	for _, d := range im.drafts {
		im.fillLacking(d)
		said := encoder{}.unit(d.unit())
		s, stands := im.lying.byID[d.id]
		changed := !stands
		if stands {
			var ok bool
			if changed, ok = im.merge(d, s, said, im.sumsOf(d.row)); ok {
				var u *record.Unit
				if u, ok = im.decoded(d, said); ok {
					im.hold(d, u)
				}
			}
			if !ok {
				im.rep.Refused++
				continue
			}
		}
		im.desk.sums[d.row.number] = sums(said)
		if changed {
			kept = append(kept, d)
		}
		d.pack()
	}
	im.drafts = kept
	return nil
}

func (im *importer) sumsOf(r *row) string {
	if c := im.sheet.column(sumsHeading); c != nil {
		return trim(r.value(c))
	}
	return ""
}

func (im *importer) layDesk(ctx context.Context) error {
	if err := im.layFonds(); err != nil {
		return err
	}
	if err := im.layBack(ctx); err != nil {
		return err
	}
	im.layCopies()
	return nil
}

// assignIDs gives rows without an id one. A row that has neither id nor title is one more page of
// what stands above it.
func (im *importer) assignIDs() error {
	c, title := im.m.id.column, im.columnFor("title")
	if c == nil || im.m.id.slug {
		return nil
	}
	var named []string
	for _, r := range im.sheet.rows {
		named = append(named, trim(r.value(c)))
	}
	next, above := im.nextIDs(named...), ""
	for _, r := range im.sheet.rows {
		id := trim(r.value(c))
		if id == "" {
			if id = above; id == "" || title != nil && trim(r.value(title)) != "" {
				id = next()
			}
			r.cells[c.index] = id
			im.desk.given[xlsx.Place{Row: r.number, Column: c.index}] = id
		}
		above = id
	}
	im.desk.column = c.index
	if file := im.recordsBefore(); len(im.desk.given) > 0 && file != "" {
		im.rep.add(diag.Errorf("scans-ids", diag.Pos{File: im.rep.file}, "bảng này đã nhập một lần (%s) mà vẫn có dòng chưa có mã; nhập nữa thì chúng thành bản ghi khác", "this sheet was imported once (%s) and still has rows without ids; imported again they would become other records", file).
			WithHint("làm tiếp trong bản sao đã có mã; dòng mới thì tự đặt mã", "go on in the copy that has the ids; give new rows an id yourself"))
		return ErrRefused
	}
	return nil
}

// recordsBefore is a file of records that an import of this sheet wrote, "" where there is none.
func (im *importer) recordsBefore() string {
	for n := range 2 {
		if file := im.recordsFile(0, n+1); im.tree.HasFile(file) {
			return file
		}
	}
	return ""
}

// columnFor is the column that fills a field, nil where none does.
func (im *importer) columnFor(path string) *column {
	for _, c := range im.sheet.cols {
		if im.m.rules[c].to.is(path) {
			return c
		}
	}
	return nil
}

// returnCopy writes a copy of the workbook with the ids that were assigned, and with sums of the records as
// they are now, by which a later import knows what was edited in the YAML.
func (im *importer) returnCopy(context.Context) error {
	if im.desk == nil || len(im.drafts) == 0 {
		return nil
	}
	in, err := os.Open(im.o.File)
	if err != nil {
		return err
	}
	defer in.Close()
	to := freeName(copyName.ReplaceAllString(strings.TrimSuffix(im.o.File, filepath.Ext(im.o.File)), "") + "-ma")
	if err := outside(to, im.o.Content); err != nil {
		return err
	}
	column := 0
	for _, c := range im.sheet.cols {
		column = max(column, c.index+1)
	}
	if c := im.sheet.column(sumsHeading); c != nil {
		column = c.index
	}
	texts := maps.Clone(im.desk.given)
	texts[xlsx.Place{Row: im.sheet.top, Column: column}] = sumsHeading
	for number, text := range im.desk.sums {
		texts[xlsx.Place{Row: number, Column: column}] = text
	}
	if err := writeWhole(to, func(f *os.File) error { return xlsx.Amend(f, in, im.desk.tab, texts) }); err != nil {
		return err
	}
	im.rep.Returned = to
	return nil
}

// copyName ends the names of such copies.
var copyName = regexp.MustCompile(`-ma(?:-\d+)?$`)

// freeName is a name of a workbook that no file has.
func freeName(stem string) string {
	for n := 1; ; n++ {
		name := stem + ".xlsx"
		if n > 1 {
			name = fmt.Sprintf("%s-%d.xlsx", stem, n)
		}
		if _, err := os.Lstat(name); err != nil {
			return name
		}
	}
}
