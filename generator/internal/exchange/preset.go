package exchange

import (
	"embed"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/diag"

	"gopkg.in/yaml.v3"
)

// Sheets of other systems have columns of fixed names, which a preset knows. It is a map that is sought by folded
// headings, and nobody's word: what it says of a column explains nothing that speaks of secrecy or restriction.

//go:embed presets/*.yaml
var presetFiles embed.FS

// preset is what is known of the sheets of a system.
type preset struct {
	Guess       bool                 `yaml:"guess"`       // recognise other columns by their headings
	Separator   string               `yaml:"separator"`   // between values
	ID          []string             `yaml:"id"`          // columns of ids, the first that is there
	Prefix      bool                 `yaml:"prefix"`      // ids are numbers: that of the fonds goes before
	Columns     map[string]yaml.Node `yaml:"columns"`     // by folded heading, digits behind a blank as #
	Approximate map[string]string    `yaml:"approximate"` // columns of a date and of what says that it is one nearly
	Depth       string               `yaml:"depth"`       // column that tells how deep a row lies beneath the ones above it
	Top         bool                 `yaml:"top"`         // the one row without a parent describes the fonds
	First       []string             `yaml:"first"`       // columns of lists of which the field holds one
	Join        map[string][]string  `yaml:"join"`        // columns that make one value
	Files       []string             `yaml:"files"`       // columns of files, the one that tells most first
	Beside      bool                 `yaml:"beside"`      // the files of a row are named by its id
}

// Systems are the names of those whose sheets are known.
func Systems() (out []string) {
	entries, _ := presetFiles.ReadDir("presets")
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return out
}

// checkFrom refuses a system that nothing is known of.
func (im *importer) checkFrom() error {
	if im.o.From == "" || slices.Contains(Systems(), im.o.From) {
		return nil
	}
	return usage("--from %q: không biết hệ thống này", "--from %q: this system is not known", im.o.From).
		hint("các hệ thống đã biết: %s; bảng khác thì dùng tệp ánh xạ --map", "systems that are known: %s; for other sheets use a map, --map", strings.Join(Systems(), ", "))
}

// mapFrom takes the columns for what the system means by them; what a map says goes before.
func (im *importer) mapFrom(mapText string) error {
	data, err := presetFiles.ReadFile("presets/" + im.o.From + ".yaml")
	if err != nil {
		return err
	}
	p := &presetReader{im: im, mapReader: mapReader{file: im.o.From, sheet: im.sheet, rep: im.rep, out: mapping{rules: map[*column]rule{}}}}
	if err := yaml.Unmarshal(data, &p.preset); err != nil {
		return err
	}
	im.preset = &p.preset
	p.headings()
	im.m = p.read()
	if mapText != "" {
		said, ok := readMapping(filepath.ToSlash(im.o.MapFile), []byte(mapText), im.sheet, im.rep)
		if !ok {
			return ErrRefused
		}
		im.m.under(said)
	}
	p.oneOfFiles()
	fill(&im.m, im.sheet, p.Guess)
	if im.m.id.column == nil && p.Depth == "" {
		im.rep.add(diag.Errorf("map", diag.Pos{File: im.rep.file, Line: 1}, "bảng không có cột %[1]q; đây có phải bảng xuất từ %[2]s không?", "the sheet has no column %[1]q; was it exported from %[2]s?", p.ID[0], im.o.From).
			WithHint("chọn hệ thống khác sau --from, hoặc ghi tệp ánh xạ (--map)", "choose another system after --from, or write a map (--map)"))
		return ErrRefused
	}
	p.rows()
	im.begin()
	if p.top != nil {
		return im.describeFonds(p.top, p.collection, func() diag.Diagnostic {
			return diag.Errorf("access-unexplained", diag.Pos{File: im.rep.file, Line: p.top.line}, "hàng mô tả cả phông nói rằng phông hạn chế; không mở được bằng --state hay --clearance", "the row that describes the fonds says that it is restricted; --state and --clearance cannot open it").
				WithHint("nhập không kèm --state và --clearance, rồi ghi access của từng bản ghi sau khi đã xét", "import it without --state and --clearance, and give records their access once they were reviewed")
		})
	}
	return nil
}

// under lets what a map says stand over what a preset does.
func (m *mapping) under(said mapping) {
	for c, r := range said.rules {
		if r.given {
			m.rules[c] = r
		}
	}
	if said.id.column != nil || said.id.prefix != "" || said.id.digits > 0 {
		m.id = said.id
	}
	m.constants, m.defaults, m.fonds, m.order, m.from1904 = said.constants, said.defaults, said.fonds, said.order, said.from1904
}

// presetReader makes a mapping of a preset for a sheet.
type presetReader struct {
	mapReader
	preset
	im  *importer
	top *row // describes the fonds

	collection bool // which is one
}

var (
	countedName = regexp.MustCompile(` \d+\b`)
	langMark    = regexp.MustCompile(`\s*@([a-z]{2,3})\b.*$`)
	typeMark    = regexp.MustCompile(`\s*(?:\^\^|§).*$`)
)

// nameOf is the name of a column as a preset has it, and the language that its heading tells.
func nameOf(header string) (name, lang string) {
	if m := langMark.FindStringSubmatch(header); m != nil {
		lang = m[1]
	}
	name = typeMark.ReplaceAllString(langMark.ReplaceAllString(header, ""), "")
	return foldName(name), lang
}

func (p *presetReader) column(name string) *column {
	for _, c := range p.sheet.cols {
		if n, lang := nameOf(c.header); n == name && lang == "" {
			return c
		}
	}
	return nil
}

func (p *presetReader) read() mapping {
	p.out.separator = p.Separator
	taken := map[string]bool{}
	for _, c := range p.sheet.cols {
		name, lang := nameOf(c.header)
		n, ok := p.Columns[name]
		if !ok {
			n, ok = p.Columns[countedName.ReplaceAllString(name, " #")]
		}
		if !ok {
			continue
		}
		r := p.ruleOf(n)
		if lang != "" && lang != p.im.lang {
			if t, ok := resolve(r.to.path + "." + lang); ok {
				r.to = t
			}
		}
		if taken[r.to.path] && !repeatable(r.to) {
			r = rule{to: target{path: pathExtra}}
		}
		taken[r.to.path] = true
		p.out.rules[c] = r
	}
	for _, id := range p.ID {
		if c := p.column(id); c != nil && p.out.id.column == nil {
			p.out.id.column = c
		}
	}
	if p.Prefix {
		p.out.id.prefix = p.im.o.FondsID + "-"
	}
	return p.out
}

// ruleOf reads what a preset says of a column. The word opening stands for what texts of access conditions say.
func (p *presetReader) ruleOf(n yaml.Node) rule {
	opening := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "values" && n.Content[i+1].Value == "opening" {
			n.Content, opening = slices.Delete(slices.Clone(n.Content), i, i+2), true
		}
	}
	if n.Kind == yaml.ScalarNode && n.Value == "id" {
		return rule{to: target{path: "id"}}
	}
	r, ok := p.rule(&n)
	if !ok {
		panic("exchange: the preset " + p.file + " names no field: " + n.Value) // the tests would show it
	}
	if opening {
		r.values = openingValues
	}
	return r
}

// openingValues are those of conditions governing access: what withholds nothing says nothing.
var openingValues = with(accessValues, ": open, open for research, open to research, open to the public, available for research, no restrictions, none, there are no restrictions, there are no access restrictions, no access restrictions, there are no restrictions on access, unrestricted access, open access, public, mo, khong")

// headings takes the row of field codes for the headings where there is one, and leaves out the row that words them.
func (p *presetReader) headings() {
	first := p.sheet.cols[0]
	words := func(r *row) bool { return strings.HasPrefix(foldName(r.value(first)), "field name") }
	if !strings.HasPrefix(foldName(first.header), "archivesspace field code") {
		return
	}
	p.out.rules[first] = rule{to: target{path: pathSkip}}
	n := len(p.sheet.rows)
	p.sheet.rows = slices.DeleteFunc(p.sheet.rows, words)
	p.rep.Rows -= n - len(p.sheet.rows)
}

// addColumn puts a column beside another, with what is worked out of it.
func (p *presetReader) addColumn(of *column, header string, r rule) *column {
	index := 0
	for _, c := range p.sheet.cols {
		index = max(index, c.index+1)
	}
	c := &column{index: index, letter: of.letter, header: header, key: header, folded: foldName(header)}
	p.sheet.cols = append(p.sheet.cols, c)
	p.im.m.rules[c] = r
	return c
}

func (r *row) put(c *column, value string) {
	for len(r.cells) <= c.index {
		r.cells = append(r.cells, "")
	}
	r.cells[c.index] = value
}

// oneOfFiles leaves one column of files: the first of which any row has a value. Where it is empty, another speaks.
func (p *presetReader) oneOfFiles() {
	var main *column
	for _, name := range p.Files {
		c := p.column(name)
		if c == nil || !p.im.m.rules[c].to.is("objects[].file") || !slices.ContainsFunc(p.sheet.rows, func(r *row) bool { return trim(r.value(c)) != "" }) {
			continue
		}
		if main == nil {
			main = c
			continue
		}
		p.im.m.rules[c] = rule{to: target{path: pathExtra}}
		for _, r := range p.sheet.rows {
			if trim(r.value(main)) == "" {
				r.put(main, r.value(c))
				r.put(c, "")
			}
		}
	}
	for c, r := range p.im.m.rules {
		if main != nil && c != main && r.to.is("objects[].file") && !r.given {
			p.im.m.rules[c] = rule{to: target{path: pathExtra}}
		}
	}
}

// rows works out what no column says by itself.
func (p *presetReader) rows() {
	p.approximately()
	p.joined()
	p.firstOnly()
	p.withoutAddresses()
	p.byDepth()
	p.atTop()
}

// approximately marks the dates that another column calls approximate.
func (p *presetReader) approximately() {
	date, flag := p.column(p.Approximate["date"]), p.column(p.Approximate["flag"])
	if date == nil || flag == nil {
		return
	}
	for _, r := range p.sheet.rows {
		switch value := trim(r.value(date)); foldName(r.value(flag)) {
		case "yes", "y", "true", "1", "x":
			if value != "" && strings.Trim(value, "0123456789-") == "" {
				r.put(date, value+"~")
			}
		}
	}
}

// joined makes one value of those of several columns.
func (p *presetReader) joined() {
	for _, to := range slices.Sorted(maps.Keys(p.Join)) {
		first, second := p.column(p.Join[to][0]), p.column(p.Join[to][1])
		if first == nil || second == nil {
			continue
		}
		p.im.m.rules[second] = rule{to: target{path: pathSkip}}
		for _, r := range p.sheet.rows {
			r.put(first, trim(trim(r.value(first))+" "+trim(r.value(second))))
		}
	}
}

// nothing are the words that stand for an empty value in a list.
func nothing(s string) bool { return s == "" || s == "NULL" }

// firstOnly leaves the first value of a list in its cell, and keeps the others under extra. Days and months that are
// zero are none.
func (p *presetReader) firstOnly() {
	for _, c := range slices.Clone(p.sheet.cols) {
		name, _ := nameOf(c.header)
		first := slices.Contains(p.First, name)
		var more *column
		for _, r := range p.sheet.rows {
			if !strings.Contains(r.value(c), "NULL") && !first {
				continue
			}
			var list []string
			for part := range strings.SplitSeq(r.value(c), p.Separator) {
				if part = trim(part); !nothing(part) {
					list = append(list, part)
				}
			}
			if first && len(list) > 1 {
				if more == nil {
					more = p.addColumn(c, c.header+" (2)", rule{to: target{path: pathExtra}})
				}
				r.put(more, strings.Join(list[1:], " "+p.Separator+" "))
				list = list[:1]
			}
			value := strings.Join(list, p.Separator)
			if first {
				value = strings.TrimSuffix(strings.TrimSuffix(value, "-00"), "-00")
			}
			r.put(c, value)
		}
	}
	p.datesAsWritten()
}

// datesAsWritten reads the words of a date where a row gives no first and last day; one that gives the first alone means
// that day.
func (p *presetReader) datesAsWritten() {
	var words, from, to, created *column
	for c, r := range p.im.m.rules {
		switch r.to.path {
		case "dates.as_written":
			words = c
		case pathStart:
			from = c
		case pathEnd:
			to = c
		}
	}
	if words == nil || from == nil || to == nil {
		return
	}
	for _, r := range p.sheet.rows {
		if first := trim(r.value(from)); first != "" && trim(r.value(to)) == "" {
			r.put(to, first) // these systems write a single day so
		}
		if value := trim(r.value(words)); value != "" && trim(r.value(from)) == "" && trim(r.value(to)) == "" {
			if created == nil {
				t, _ := resolve("dates.created")
				created = p.addColumn(words, words.header, rule{to: t})
			}
			r.put(created, value)
			r.put(words, "")
		}
	}
}

// withoutAddresses takes the name of a file from its address, where a folder of files is given: exports name them as the
// server does.
func (p *presetReader) withoutAddresses() {
	if p.im.o.MediaDir == "" {
		return
	}
	for c, rule := range p.im.m.rules {
		if !rule.to.is("objects[].file") {
			continue
		}
		for _, r := range p.sheet.rows {
			if value := r.value(c); strings.Contains(value, "://") {
				var names []string
				for _, part := range cut(value, p.Separator) {
					part, _, _ = strings.Cut(part, "?")
					names = append(names, part[strings.LastIndex(part, "/")+1:])
				}
				r.put(c, strings.Join(names, p.Separator))
			}
		}
	}
}

// madeUpHeading is that of a column of ids that no system has.
const madeUpHeading = "id"

// byDepth hangs each row under the last one above it that lies less deep. Rows without an id get one, in their order.
func (p *presetReader) byDepth() {
	depth := p.column(p.Depth)
	if depth == nil || len(p.sheet.rows) == 0 {
		return
	}
	im, id := p.im, p.im.m.id.column
	if id == nil {
		id = p.addColumn(depth, madeUpHeading, rule{to: target{path: "id"}})
		im.m.id = idRule{column: id, prefix: im.m.id.prefix}
	}
	t, _ := resolve("parent")
	parent := p.addColumn(depth, depth.header, rule{to: t})
	im.m.rules[depth] = rule{to: target{path: pathSkip}}
	var above []string // keys by depth
	taken := map[string]bool{}
	for _, r := range p.sheet.rows {
		taken[trim(r.value(id))] = true
	}
	n := 0
	for _, r := range p.sheet.rows {
		key := trim(r.value(id))
		for ; key == ""; n++ {
			if next := fmt.Sprintf("%04d", n+1); !taken[next] {
				key, im.madeUp = next, true
				r.put(id, key)
			}
		}
		level, _ := strconv.Atoi(trim(r.value(depth)))
		level = min(max(1, level), len(above)+1)
		if level > 1 {
			r.put(parent, above[level-2])
		}
		above = append(above[:level-1], key)
	}
}

// atTop takes the one row that has no parent for the description of the fonds, where all others lie beneath it.
func (p *presetReader) atTop() {
	id, parent := p.im.m.id.column, p.column("parentid")
	if !p.Top || id == nil || parent == nil {
		return
	}
	var tops []*row
	for _, r := range p.sheet.rows {
		if trim(r.value(parent)) == "" {
			tops = append(tops, r)
		}
	}
	level := p.column("levelofdescription")
	if len(tops) != 1 || level == nil || !slices.Contains([]string{"fonds", "collection"}, foldName(tops[0].value(level))) {
		return
	}
	p.top, p.collection = tops[0], foldName(tops[0].value(level)) == "collection"
	key := trim(p.top.value(id))
	p.sheet.rows = slices.DeleteFunc(p.sheet.rows, func(r *row) bool { return r == p.top })
	for _, r := range p.sheet.rows {
		if trim(r.value(parent)) == key {
			r.put(parent, "")
		}
	}
	p.rep.Taken++
}
