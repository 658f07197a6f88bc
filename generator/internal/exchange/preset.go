package exchange

import (
	"embed"
	"path/filepath"
	"regexp"
	"slices"
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
	Speaking    []string             `yaml:"speaking"`    // columns that speak of restriction, whatever stands there
	Unsaid      map[string]string    `yaml:"unsaid"`      // column of publication → what an empty cell means where others say something
	Shown       bool                 `yaml:"shown"`       // p_x says whether n_x is shown to readers
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
	for _, name := range p.Speaking {
		if c := p.column(name); c != nil {
			im.gate.speaking[c] = true
		}
	}
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
		if _, mark, marked := strings.Cut(c.header, "§"); marked && foldName(mark) != "public" || taken[r.to.path] && !repeatable(r.to) {
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
