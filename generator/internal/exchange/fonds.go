package exchange

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// defaultsOf returns the keys that the defaults of the fonds give its records.
func (im *importer) defaultsOf(tree *content.Tree) map[string]bool {
	given := map[string]bool{}
	if im.newFonds {
		return given
	}
	data, err := fs.ReadFile(tree.FS(), path.Join("fonds", im.o.FondsID, "fonds.yaml"))
	if err != nil {
		return given
	}
	var doc struct {
		Defaults map[string]yaml.Node `yaml:"defaults"`
	}
	if safely(func() error { return yaml.Unmarshal(data, &doc) }) != nil {
		return given
	}
	for key := range doc.Defaults {
		given[key] = true
	}
	return given
}

// fondsFile is the text of fonds.yaml for a new fonds: what the map says of
// it, and what can be known from its records. The rest is left to people.
func (im *importer) fondsFile() (string, error) {
	u := record.Unit{}
	u.ID.V, u.Level.V = im.o.FondsID, "fonds"
	u.Title = im.text(orElse(im.o.Title, im.o.FondsID))
	im.fillReference(&u)
	u.Access.State.V, u.Clearance.V = im.o.State, im.o.Clearance
	u.Dates.Created.Date = im.years(u)
	if u.Dates.Created.IsZero() {
		u.Dates.Display = im.bilingual(unknownDate)
	}
	u.Extent.Quantity.V = fmt.Sprint(len(im.countable(im.drafts, u)))
	u.Extent.Unit = im.bilingual(diag.T("đơn vị mô tả", "units of description"))
	u.Control.By = im.importedFrom()
	node := encoder{im.lang}.unit(&u)
	said := im.overlay(node)
	if !said["title"] && im.o.Title == "" {
		im.rep.add(diag.Warnf("field-filled", diag.Pos{File: im.sheet.file}, "phông chưa có tên, ghi tạm mã %q; sửa title trong fonds.yaml hoặc dùng --title", "the fonds has no title, its id %q stands for it; mend title in fonds.yaml or use --title", im.o.FondsID))
	}
	im.addDefaults(node)
	text, err := document(node)
	return im.advice(said) + text, err
}

// overlay puts what the map says of the fonds in place of what was found out.
func (im *importer) overlay(node *yaml.Node) map[string]bool {
	said := map[string]bool{}
	if im.m.fonds == nil {
		return said
	}
	pairs(im.m.fonds, func(k, v *yaml.Node) {
		said[k.Value] = true
		set(node, k.Value, v)
	})
	return said
}

// set gives a key of a mapping another value, or a first one.
func set(m *yaml.Node, key string, v *yaml.Node) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			m.Content[i+1] = v
			return
		}
	}
	put(m, key, v)
}

// addDefaults writes the fillers once for all records.
func (im *importer) addDefaults(node *yaml.Node) {
	u := record.Unit{}
	for _, f := range im.fillers {
		if !f.itemsOnly {
			f.fill(&u)
		}
	}
	if n := (encoder{im.lang}).unit(&u); n != nil {
		put(node, "defaults", n)
	}
}

// advice names what an archivist should add.
func (im *importer) advice(said map[string]bool) string {
	var lines []string
	add := func(vi, en string, args ...any) { lines = append(lines, "# "+diag.T(vi, en, args...).In(im.lang)) }
	add("Lập khi nhập từ %q. Xin bổ sung phần mô tả của phông.", "Made by the import of %q. Please complete the description of the fonds.", baseName(im.sheet.file))
	if !said["creators"] {
		add("Nên thêm: creators (đơn vị hình thành phông).", "To be added: creators (who made the records).")
	}
	if !said["scope"] {
		add("Nên thêm: scope (nội dung, phạm vi), hoặc viết fonds.md bên cạnh tệp này.", "To be added: scope (scope and content), or a fonds.md beside this file.")
	}
	if im.o.State == "" || im.o.Clearance == "" {
		add("Chưa công bố: thêm access: {state: public} và clearance: <mã quyết định>.", "Not published yet: add access: {state: public} and clearance: <id of the decision>.")
	}
	return strings.Join(lines, "\n") + "\n"
}

func baseName(file string) string { return path.Base(file) }
