package generator_test

import (
	"fmt"
	"reflect"
	"strings"

	"vitrine/generator/internal/record"
)

// exhibit makes a public exhibition of public records and one that nobody has
// decided on, which names the others.
func (a *leakArchive) exhibit() {
	var open, hidden []string
	for _, u := range a.units {
		switch {
		case u.public() && u.fonds != u:
			open = append(open, u.id)
		case !u.public():
			hidden = append(hidden, u.id)
		}
	}
	a.exhibition(a.both, "trung-bay-mo", openPart, "{state: public}", open)
	a.exhibition(a.hidden, a.canaries.word(canary{where: "Exhibition.ID", part: secretPart}), secretPart,
		pick(a.r, []string{"{state: unreviewed}", "{state: restricted}", `{state: embargo, embargo_until: "2027-02-01"}`}), hidden)
}

func (a *leakArchive) exhibition(out map[string][]byte, id, part, access string, shown []string) {
	p := &planter{a: a, part: part}
	dir := "exhibitions/" + id + "/"
	fields := p.structure(reflect.TypeFor[record.Exhibition](), "Exhibition")
	fields["id"], fields["closing_text"] = id, "99-ket.md"
	fields["decision"] = map[string]any{"number": "MẪU-21", "date": "2026-04-01", "by": map[string]any{"name": "Cơ quan mẫu"}, "signatory": "Người ký mẫu"}
	fields["sections"] = []any{map[string]any{"id": "mot", "title": p.phrase("Exhibition.Sections.Title"), "lead": p.phrase("Exhibition.Sections.Lead"), "text": "01-dau.md"}}
	out[dir+"exhibition.yaml"] = append(yamlOf(fields), "access: "+access+"\n"...)
	var text strings.Builder
	for i := range min(3, len(shown)) {
		fmt.Fprintf(&text, "%s\n\n::: object\nrecord: %s\ncaption: \"%s\"\n:::\n\n", p.phrase("exhibition text"), shown[i*len(shown)/3], p.phrase("exhibition text"))
	}
	out[dir+"01-dau.md"] = []byte(text.String() + p.phrase("exhibition text") + "\n")
	out[dir+"01-dau.en.md"] = []byte(p.phrase("exhibition text") + "\n")
	out[dir+"99-ket.md"] = []byte(p.phrase("exhibition text") + "\n")
}

// makePages writes what is set up, and pages of which some are not public.
func (a *leakArchive) makePages() {
	site := "title: {vi: \"Kho thử\", en: \"Trial archive\"}\nlanguages: [" + strings.Join(a.langs, ", ") + "]\n"
	if o := a.someAuthority("repositories"); o.open {
		site += "repository: " + o.id + "\n"
	}
	if a.base != "" {
		site += "base_url: " + a.base + "\ncontact: {email: thu@example.org}\n"
	}
	if a.seed%3 != 2 {
		site += "features: {references: true}\n"
	}
	if a.seed%2 == 1 {
		site += "images: {tiles_above: 0, tile_size: 128}\n"
	}
	a.both["site.yaml"] = []byte(site)
	a.page(a.both, "about", openPart, "access: {state: public}\n")
	for _, access := range []string{"access: {state: unreviewed}\n", "", "access: {state: restricted}\n"} {
		a.page(a.hidden, pick(a.r, []string{"", "guide/"})+a.canaries.word(canary{where: "page name", part: secretPart}), secretPart, access)
	}
}

func (a *leakArchive) page(out map[string][]byte, name, part, access string) {
	for _, ending := range []string{".md", ".en.md"} {
		p := &planter{a: a, part: part}
		out["pages/"+name+ending] = fmt.Appendf(nil, "---\ntitle: \"%s\"\nsummary: \"%s\"\nmenu: true\n%s---\n# %s\n\n%s\n", p.phrase("page"), p.phrase("page"), access, p.phrase("page"), p.phrase("page"))
	}
}

// leaveStrays puts files beside the records that nobody names.
func (a *leakArchive) leaveStrays() {
	p := &planter{a: a, part: secretPart}
	media := "fonds/" + a.units[0].id + "/media/"
	for _, ending := range []string{".txt", ".djvu", ".docx", ".html"} {
		a.hidden[media+p.word("stray name")+ending] = []byte(p.phrase("stray"))
	}
	data := a.paintMaster(nil, ".jpg")
	a.hidden[media+p.word("stray name")+".jpg"] = data
	a.canaries.file(data, canary{where: "SHA-256 of a stray", part: secretPart})
	a.hidden["fonds/"+a.units[0].id+"/records/"+p.word("stray name")+".txt"] = []byte(p.phrase("stray"))
	a.hidden["fonds/"+a.units[0].id+"/records/"+p.word("stray name")+".md"] = []byte(p.phrase("stray"))
}
