package exchange

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// A sheet that was exported comes back record by record: each is replaced where it stands in its
// file, and only if the sheet says something else of it. A key that was edited in the YAML meanwhile
// stays as it is there, and is told.

// isRecordsMap reports whether a map belongs to a sheet that was exported.
func isRecordsMap(data []byte) bool {
	var head struct {
		Records bool `yaml:"records"`
	}
	return safely(func() error { return yaml.Unmarshal(data, &head) }) == nil && head.Records
}

// beginBack prepares the import of an exported sheet: what the fonds has is read once more, since all of it may
// be replaced.
func (im *importer) beginBack(mapText string) error {
	im.back = true
	var named struct {
		Columns map[string]string `yaml:"columns"`
	}
	if err := safely(func() error { return yaml.Unmarshal([]byte(mapText), &named) }); err != nil {
		im.rep.add(diag.Errorf("map", diag.Pos{File: im.o.MapFile, Line: yamlLine(err)}, "tệp ánh xạ sai cú pháp YAML: %v", "the map is not valid YAML: %v", err))
		return ErrRefused
	}
	im.headings = named.Columns
	im.m = mapping{rules: map[*column]rule{}, separator: listSeparator}
	for _, c := range im.sheet.cols {
		key := keyOf(im.heading(c))
		if im.heading(c) != sumsHeading && !slices.Contains(unitKeys, key) {
			im.rep.add(im.sheet.cell(&row{number: 1, line: 1}, c).errorf("map", "không có khoá %q", "there is no key %q", key))
			continue
		}
		t, ok := resolve(strings.TrimSuffix(im.heading(c), yamlMark))
		switch {
		case im.heading(c) == sumsHeading:
			t = target{path: pathSkip}
		case !ok || strings.HasSuffix(im.heading(c), yamlMark):
			t = target{path: key + ".*"}
		}
		im.m.rules[c] = rule{to: t, given: true}
		if im.heading(c) == "id" {
			im.m.id.column = c
			im.m.rules[c] = rule{to: target{path: "id"}, given: true}
		}
	}
	if im.m.id.column == nil {
		im.rep.add(diag.Errorf("map", diag.Pos{File: im.rep.file}, "bảng không có cột id", "the sheet has no column id"))
	}
	if im.rep.Errors() > 0 {
		return ErrRefused
	}
	if err := im.surveyFonds(); err != nil {
		return err
	}
	im.begin()
	return nil
}

// heading is what a column is called by the map, or else by the sheet.
func (im *importer) heading(c *column) string { return orElse(im.headings[c.header], c.header) }

// convertBack makes a draft of every row that says something new.
func (im *importer) convertBack(ctx context.Context) error {
	seen := map[string]int{}
	for _, r := range im.sheet.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		if why := im.unfit[r]; why != nil {
			im.rep.Notes = append(im.rep.Notes, why...)
			im.rep.Refused++
			continue
		}
		if !im.rowBack(r, seen) {
			im.rep.Refused++
		} else {
			im.rep.Taken++
		}
	}
	return nil
}

func (im *importer) rowBack(r *row, seen map[string]int) bool {
	values, cells, order := map[*column]string{}, map[string]string{}, []string{}
	for _, c := range im.sheet.cols {
		s, ok := im.clean(im.sheet.cell(r, c))
		if !ok {
			return false // its value is lost: what stands in the YAML is better
		}
		values[c], cells[im.heading(c)] = s, s
		order = append(order, im.heading(c))
	}
	id := cells["id"]
	at := im.sheet.cell(r, im.m.id.column)
	s, stands := im.lying.byID[id]
	switch other := seen[id]; {
	case id == "":
		im.rep.add(at.errorf("id-missing", "hàng không có mã nên không được nhận", "the row has no id and is not taken"))
		return false
	case other > 0:
		im.rep.add(at.errorf("id-duplicate", "mã %q đã có ở hàng %d; hàng không được nhận", "the id %q stands in row %d already; the row is not taken", id, other))
		return false
	case !stands && im.existing[id] != "":
		im.rep.add(at.errorf("id-duplicate", "mã %q đã dùng trong %s; hàng không được nhận", "the id %q is used in %s already; the row is not taken", id, im.existing[id]))
		return false
	}
	seen[id] = r.number
	d := newDraft(r)
	d.key, d.keyIn, d.notes = id, im.m.id.column, len(im.rep.Notes)
	said, ok := im.nodeOf(d, cells, order)
	if !ok {
		return false
	}
	if stands {
		if changed, ok := im.merge(d, s, said, cells[sumsHeading]); !changed {
			return ok // nothing new, or nobody can tell
		}
	}
	u, ok := im.decoded(d, said)
	if !ok {
		return false
	}
	im.hold(d, u)
	if !im.admit(d, values) {
		return false
	}
	im.drafts = append(im.drafts, d)
	d.pack()
	return true
}

// nodeOf is the record of a row.
func (im *importer) nodeOf(d *draft, cells map[string]string, order []string) (*yaml.Node, bool) {
	m := &yaml.Node{Kind: yaml.MappingNode}
	for _, key := range unitKeys {
		v := unflatten(cells, key, order)
		if text := cells[key+yamlMark]; text != "" {
			var doc yaml.Node
			if err := safely(func() error { return yaml.Unmarshal([]byte(text), &doc) }); err != nil || len(doc.Content) != 1 || v != nil {
				i := slices.IndexFunc(im.sheet.cols, func(c *column) bool { return im.heading(c) == key+yamlMark })
				at := im.sheet.cell(d.row, im.sheet.cols[i])
				if v != nil && err == nil {
					im.rep.add(at.errorf("value-kind", "giá trị có cả ở cột %s và ở các cột khác của %s; hàng không được nhận", "there is a value in the column %s and in others of %s; the row is not taken", key+yamlMark, key))
				} else {
					im.rep.add(at.errorf("yaml-syntax", "ô không phải YAML hợp lệ; hàng không được nhận", "the cell is no valid YAML; the row is not taken"))
				}
				return nil, false
			}
			v = doc.Content[0]
		}
		put(m, key, v)
	}
	return m, true
}

// decoded reads a node as a build reads a record.
func (im *importer) decoded(d *draft, n *yaml.Node) (*record.Unit, bool) {
	text, err := document(n)
	if err != nil {
		return nil, false
	}
	u, ds := content.Decode[record.Unit](im.tree, diag.Pos{File: im.rep.file, Line: 1}, text)
	for _, fault := range ds {
		if fault.Severity == diag.Error {
			im.rep.add(im.atCell(d, keysAt(text, fault.Pos), within(fault, diag.T("hàng không được nhận: ", "the row is not taken: "))))
			u = nil
		}
	}
	return u, u != nil
}

// asItStands is the record that stands, as it is written. Where not all of that can be read it is nil: what
// was not understood would be lost in a merge.
func (im *importer) asItStands(s standing) (*record.Unit, []diag.Diagnostic) {
	u, ds := content.Decode[record.Unit](im.tree, diag.Pos{File: im.existing[s.id], Line: s.line}, s.text)
	ds = slices.DeleteFunc(ds, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	if len(ds) > 0 {
		u = nil
	}
	return u, ds
}

// merge gives what a row says to the keys of the record that stands, and reports whether anything is new, and
// whether the row can be taken. Keys without a column stay, and so do those that were edited since the sheet
// was exported.
func (im *importer) merge(d *draft, s standing, said *yaml.Node, exported string) (changed, ok bool) {
	old, faults := im.asItStands(s)
	for _, fault := range faults {
		im.rep.add(within(fault, diag.T("hàng %d không được nhận, vì bản ghi đang có không đọc được hết: ", "row %d is not taken, since not all of the record that stands can be read: ", d.row.number)))
	}
	if old == nil {
		return false, false
	}
	was, is := encoder{}.unit(old), said
	if u, ok := im.decoded(d, said); ok {
		is = encoder{}.unit(u)
	}
	base := map[string]string{}
	for part := range strings.FieldsSeq(exported) {
		key, sum, _ := strings.Cut(part, ":")
		base[key] = sum
	}
	merged := &yaml.Node{Kind: yaml.MappingNode}
	for _, key := range unitKeys {
		before, after := valueOf(was, key), valueOf(is, key)
		c := im.columnOfKey(key)
		switch {
		case c == nil, sameNode(before, after):
			after = before
		case len(base) > 0 && sumOf(before) != base[key]: // edited in the YAML since
			if sumOf(after) != base[key] {
				im.rep.add(im.sheet.cell(d.row, c).warnf("import-conflict", "khoá %s của %q đã sửa cả trong YAML (%s) và trong bảng (%s); giữ bản trong YAML", "the key %s of %q was edited in the YAML (%s) and in the sheet (%s); that of the YAML stays", key, s.id, briefly(before), briefly(after)).
					WithHint("ghi cùng một giá trị vào cả hai chỗ", "write the same value in both places"))
			} else {
				im.rep.each("import-edited", im.sheet.cell(d.row, c), "đã sửa trong YAML sau khi xuất bảng; giữ bản trong YAML", "was edited in the YAML since the sheet was exported; that of the YAML stays")
			}
			after = before
		default:
			im.rep.add(im.sheet.cell(d.row, c).warnf("import-changes", "%q, khoá %s: %s → %s", "%q, key %s: %s → %s", s.id, key, briefly(before), briefly(after)))
			changed = true
		}
		put(merged, key, after)
	}
	said.Content = merged.Content
	return changed, true
}

func briefly(n *yaml.Node) string {
	if n == nil {
		return "∅"
	}
	if n.Kind == yaml.ScalarNode {
		return "“" + shorten(n.Value) + "”"
	}
	return shorten(flowText(n))
}

// columnOfKey is the first column about a key of the record, nil where there is none.
func (im *importer) columnOfKey(key string) *column {
	for _, c := range im.sheet.cols {
		if im.heading(c) != sumsHeading && keyOf(im.heading(c)) == key {
			return c
		}
	}
	return nil
}

// layBack plans the files in which records were replaced, and one for those that are new.
func (im *importer) layBack(context.Context) error {
	var fresh []string
	replaced := map[string]map[string]string{}
	for _, d := range im.drafts {
		text, err := im.recordText(d)
		if err != nil {
			return err
		}
		if d.opened {
			im.rep.Public++
		}
		d.pack()
		if _, stands := im.lying.byID[d.id]; !stands {
			fresh = append(fresh, text)
			continue
		}
		file := im.existing[d.id]
		if replaced[file] == nil {
			replaced[file] = map[string]string{}
		}
		replaced[file][d.id] = text
	}
	for id, r := range im.gate.closed { // a marking closes nothing by itself here: whoever wrote it must know
		if s, stands := im.lying.byID[id]; stands {
			im.rep.add(im.sheet.cell(r, im.m.id.column).errorf("import-stays", "hàng bị từ chối vì dấu hay lời hạn chế, nhưng bản ghi %q vẫn như cũ trong %s (dòng %d)", "the row is refused for a marking or what speaks of restriction, but the record %q stays as it is in %s (line %d)", id, im.existing[id], s.line).
				WithHint("nếu phải đóng: «vitrine withdraw», hoặc sửa access.state của chính bản ghi", "if it is to be closed: «vitrine withdraw», or edit access.state of the record itself"))
		}
	}
	added := im.placed(fresh)
	for f := range added {
		if _, is := replaced[f]; !is {
			replaced[f] = nil
		}
	}
	for _, f := range slices.Sorted(maps.Keys(replaced)) {
		text, err := im.spliced(f, replaced[f])
		if err != nil {
			return err
		}
		if list := added[f]; len(list) > 0 {
			text = strings.TrimPrefix(strings.TrimRight(text, "\n")+"\n---\n"+strings.Join(list, "---\n"), "\n---\n")
		}
		im.plan = append(im.plan, staged{to: f, text: text})
	}
	slices.SortFunc(im.plan, func(a, b staged) int { return strings.Compare(a.to, b.to) })
	return nil
}

// placed says in which files new records go: into that of the sheet while they fit, else into numbered ones.
func (im *importer) placed(fresh []string) map[string][]string {
	out := map[string][]string{}
	file := im.recordsFile(0, 1)
	if len(fresh) == 0 {
		return out
	}
	if len(im.lying.files[file])+len(fresh) <= perFile {
		out[file] = fresh
		return out
	}
	i := 0
	for part := range slices.Chunk(fresh, perFile) {
		for im.tree.HasFile(im.recordsFile(i, 2)) {
			i++
		}
		out[im.recordsFile(i, 2)] = part
		i++
	}
	return out
}

func (im *importer) rawOf(file string) string {
	raw, _ := fs.ReadFile(im.tree.FS(), file)
	return string(raw)
}

// spliced is a file with other texts for some of its records; empty where there is none. One that was edited
// since its records were read is an error.
func (im *importer) spliced(file string, texts map[string]string) (string, error) {
	raw, from := im.rawOf(file), 0
	var out strings.Builder
	for _, s := range im.lying.files[file] {
		if !strings.HasPrefix(raw[min(s.offset, len(raw)):], s.text) {
			return "", usage("%s vừa được sửa trong lúc nhập; không ghi gì", "%s was edited during the import; nothing was written", file).hint("nhập lại", "import again")
		}
		text, ok := texts[s.id]
		if !ok {
			continue
		}
		head, foot := comments(s.text)
		out.WriteString(raw[from:s.offset] + head + strings.TrimRight(text, "\n") + "\n" + foot)
		from = s.offset + len(s.text)
	}
	out.WriteString(raw[from:])
	return out.String(), nil
}

// comments are the comments and blank lines around a record.
func comments(text string) (head, foot string) {
	lines := strings.SplitAfter(text, "\n")
	aside := func(s string) bool { s = strings.TrimSpace(s); return s == "" || s[0] == '#' }
	i, j := 0, len(lines)
	for i < j && aside(lines[i]) {
		i++
	}
	for j > i && aside(lines[j-1]) {
		j--
	}
	return strings.Join(lines[:i], ""), strings.Join(lines[j:], "")
}

// proveBack reads the planned files as a build will.
func (im *importer) proveBack(context.Context) error {
	files, byID, ids := map[string]string{}, map[string]*draft{}, map[string]bool{}
	for _, s := range im.plan {
		files[s.to] = s.text
	}
	for _, d := range im.drafts {
		byID[d.id], ids[d.id] = d, true
	}
	trial, left := im.tree.With(files), len(im.drafts)
	for _, s := range im.plan {
		f, ok := content.Classify(s.to)
		if !ok {
			continue // it is a file of media
		}
		trial.Units(f, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
			if u == nil || byID[u.ID.V] == nil {
				return // it stood there before
			}
			left--
			ds = slices.DeleteFunc(append(ds, im.unreadable(u, ids)...), func(d diag.Diagnostic) bool { return !wrong(d, u) })
			im.blameRow(byID[u.ID.V], s.text, loc, ds)
		})
	}
	if left > 0 {
		return errPieces
	}
	return nil
}
