package generator_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// What the import of a sheet takes, no build refuses: it says at once, at the row
// and cell, what would be an error later, or writes it so that it shows as text.
func FuzzImportedSheet(f *testing.F) {
	for _, column := range []string{"title", "scope", "date", "creator", "place", "subject", "notes", "id", "parent", "file", "level", "language", "extent", "transcript", "alt"} {
		f.Add(column+",title\n\""+strings.Join(hostileCells[:20], "\",x\n\"")+"\",x\n", "")
	}
	const head = "id,parent,level,title,a,b,c\n"
	for _, field := range []string{"scope", "title.en", "scope.en", "creators[]", "doc.signatory", "doc.secrecy_as_marked", "objects[].file", "objects[].caption", "objects[].transcript",
		"access.embargo_until", "access.state", "access.personal", "related[]", "sources[].url", "sources[].cite", "former_ids[]", "rights.note", "dates.display", "dates.start", "physical.note", "extra"} {
		m := "id: id\ncolumns:\n  parent: parent\n  level: level\n  title: title\n  a: \"" + field + "\"\n  b: notes\n  c: access.state\n"
		f.Add(head+"h1,,file,Hồ sơ,1,2,\nm1,h1,item,Một,"+strings.Repeat("[", 300)+",a.jpg,public\nm2,h1,item,Hai,<script>,khong-co,embargo\nm3,h2,item,Ba,a.jpg,withdrawn,withdrawn\n", m)
	}
	f.Add("title\nMột\n", "columns: {title: title}\nconstants: {scope: \"<b>x</b>\"}\ndefaults: {form: anh}\nfonds: {title: \"[x](javascript:y)\", scope: {en: x}}\n")
	f.Fuzz(func(t *testing.T, sheet, mapping string) {
		dir := inMemory(t)
		o := archiveIn(dir, baseURL)
		files := guideArchive()
		writeTo(t, o.Content, map[string]string{
			"site.yaml": files["site.yaml"], "repositories/kho-mau.yaml": files["repositories/kho-mau.yaml"],
			"clearances/qd-01.yaml": strings.Replace(clearance, "phong-cau-mau", "nha-khac", 1),
		})
		in := generator.ImportOptions{Content: o.Content, File: filepath.Join(dir, "a.csv"), Fonds: "nha-khac", Media: filepath.Join(dir, "media"), State: "public", Clear: "qd-01"}
		put(t, in.File, []byte(sheet))
		put(t, filepath.Join(in.Media, "a.jpg"), picture(t, "a.jpg"))
		if mapping != "" {
			in.Map = filepath.Join(dir, "map.yaml")
			put(t, in.Map, []byte(mapping))
		}
		before := treeOf(t, dir)
		inTime(t, "import and check", func() {
			if _, err := generator.ImportCSV(context.Background(), in); err != nil {
				onlyIn(t, before, treeOf(t, dir))
				return
			}
			onlyIn(t, before, treeOf(t, dir), "/content/fonds/nha-khac/")
			r, err := generator.Check(context.Background(), o)
			if r == nil {
				t.Error(err)
				return
			}
			for _, d := range r.Diags.Sorted() {
				if d.Severity == diag.Error {
					t.Errorf("%v: %s [%s]", d.Pos, d.Msg.En, d.Code)
				}
			}
		})
	})
}
