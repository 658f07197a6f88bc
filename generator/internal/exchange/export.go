package exchange

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/exchange/xlsx"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// ExportOptions say which fonds goes into a sheet.
type ExportOptions struct {
	Content string // the content folder
	FondsID string
	Out     string // the sheet: .xlsx, or else CSV
	Force   bool   // overwrite it and its map
}

// Export writes the records of a fonds into a sheet, with a map by which an import reads them back
// unchanged. What is withheld from readers stands in it too: it is for the staff of the archive, and
// lies outside content and site.
func Export(ctx context.Context, o ExportOptions) (*Report, error) {
	rep := &Report{file: filepath.ToSlash(o.Out), exported: true}
	defer rep.finish()
	im := &importer{o: Options{Content: o.Content, FondsID: o.FondsID}, rep: rep}
	defer im.close()
	if err := im.open(ctx); err != nil {
		return rep, err
	}
	if im.newFonds {
		return rep, usage("không có phông %q trong %s", "there is no fonds %q in %s", o.FondsID, o.Content)
	}
	mapFile := strings.TrimSuffix(o.Out, filepath.Ext(o.Out)) + ".map.yaml"
	for _, file := range []string{o.Out, mapFile} {
		if err := outside(file, o.Content); err != nil {
			return rep, err
		}
		if _, err := os.Lstat(file); err == nil && !o.Force {
			return rep, usage("%s đã có", "%s exists", file).hint("đặt tên khác bằng --out, hoặc ghi đè bằng --force", "give another name with --out, or overwrite it with --force")
		}
	}
	rows, err := im.exported(ctx)
	if err != nil {
		return rep, err
	}
	if rep.Errors() > 0 {
		return rep, ErrRefused
	}
	headings := headingsOf(rows, im.lang)
	table := make([][]string, len(rows))
	for i, cells := range rows {
		for _, h := range headings {
			table[i] = append(table[i], cells[h])
		}
	}
	rep.Rows = len(rows)
	err = writeWhole(o.Out, func(f *os.File) error { return writeTable(f, o.Out, headings, table) })
	if long := new(xlsx.LongError); errors.As(err, &long) {
		return rep, usage("giá trị %s của bản ghi %q dài hơn một ô Excel chứa được", "the value %s of the record %q is longer than a cell of Excel can be", headings[long.Column], rows[long.Row]["id"]).hint("xuất ra CSV: --csv", "export it as CSV: --csv")
	}
	if err != nil {
		return rep, err
	}
	return rep, writeWhole(mapFile, func(f *os.File) error {
		_, err := f.WriteString(recordsMapText(headings))
		return err
	})
}

// exported are the records of the fonds as cells by their headings, in the order of the files.
func (im *importer) exported(ctx context.Context) (rows []map[string]string, err error) {
	for f, err := range im.tree.Files("fonds/" + im.o.FondsID) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		if f.Kind != content.KindRecords || f.Owner != im.o.FondsID {
			continue
		}
		im.eachDocument(f, func(u *record.Unit, _ record.Loc) {
			n := encoder{}.unit(u)
			cells := flatten(n)
			cells[sumsHeading] = sums(n)
			rows = append(rows, cells)
		})
	}
	return rows, nil
}

// eachDocument hands on the records of a file as they are written there, without what they inherit.
func (im *importer) eachDocument(f content.File, each func(u *record.Unit, loc record.Loc)) {
	raw := im.rawOf(f.Path)
	im.tree.Units(f, func(_ *record.Unit, loc record.Loc, _ []diag.Diagnostic) {
		text := raw[min(loc.Offset, len(raw)):min(loc.Offset+loc.Len, len(raw))]
		u, ds := content.Decode[record.Unit](im.tree, diag.Pos{File: f.Path, Line: loc.Line}, text)
		for _, d := range ds { // of what is written: fields that are missing are no hindrance
			if d.Severity == diag.Error {
				im.rep.add(d)
			}
		}
		if u == nil {
			im.rep.add(diag.Errorf("yaml-kind", diag.Pos{File: f.Path, Line: loc.Line}, "không đọc được bản ghi", "the record cannot be read"))
			return
		}
		each(u, loc)
	})
}

// headingsOf are the columns that rows need, in the order of the model, the first language first.
func headingsOf(rows []map[string]string, lang string) []string {
	seen := map[string]bool{}
	for _, cells := range rows {
		for h := range cells {
			seen[h] = true
		}
	}
	out := []string{}
	for h := range seen {
		out = append(out, h)
	}
	rank := func(h string) string {
		if h == sumsHeading {
			return "z"
		}
		last := h[strings.LastIndex(h, ".")+1:]
		first := 1
		if last == lang {
			first = 0
		}
		return fmt.Sprintf("%03d %v %s %d %s", slices.Index(unitKeys, keyOf(h)), strings.HasSuffix(h, yamlMark), strings.TrimSuffix(h, last), first, last)
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(rank(a), rank(b)) })
	return out
}

func writeTable(f *os.File, name string, headings []string, table [][]string) error {
	if strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return xlsx.Write(f, xlsx.Sheet{Name: "records", Headings: headings, Rows: table})
	}
	if _, err := f.WriteString("\ufeff"); err != nil { // so that Excel takes it for Unicode
		return err
	}
	w := csv.NewWriter(f)
	if err := w.Write(headings); err != nil {
		return err
	}
	for _, row := range table {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t", rune(cell[0])) {
				row[i] = "'" + cell // no formula, whatever opens it; an import takes the mark off
			}
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// recordsMapText is the map of an exported sheet.
func recordsMapText(headings []string) string {
	var b strings.Builder
	b.WriteString("# Bảng do «vitrine export» ghi. / A sheet that «vitrine export» wrote.\n# Mỗi cột là một khoá của bản ghi; ô là giá trị như trong YAML. / A column is a key of a record; a cell is its value as in YAML.\nrecords: true\ncolumns:\n")
	for _, h := range headings {
		text, _ := document(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{scalar(h), scalar(h)}})
		b.WriteString("  " + text)
	}
	return b.String()
}
