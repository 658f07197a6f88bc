package plan

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Fifty archives made at random: whatever is published, hidden or missing in
// them, every page can be made, every link leads to a file, no two pages are
// one file, and nothing of a hidden record stands on any page.
func TestRandomArchives(t *testing.T) {
	for seed := range uint64(50) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			g := &maker{Rand: rand.New(rand.NewPCG(seed, 2026))}
			a := read(t, write(t, g.archive())).sound(t)
			checkLinks(t, a)
			checkIDs(t, a)
			for _, p := range a.paths {
				if s := dump(t, a.compose(t, p)); strings.Contains(s, "KÍN") {
					t.Fatalf("%s shows a hidden record", p)
				}
			}
		})
	}
}

type maker struct{ *rand.Rand }

func (g *maker) one(list ...string) string { return list[g.IntN(len(list))] }

func (g *maker) date() string {
	return g.one("1930-02-03", "1945-08", "1945", "194X", "1930~", "1941/1945", "1945-09-02/..", "../1954", "1954?", "{1902,1968}", "[1929-07,1929-08]", "-0043", "19XX")
}

func (g *maker) archive() []txtar.File {
	more := []txtar.File{text("fonds/f/media/1.jpg", "")}
	for i := range 4 {
		more = append(more,
			text(fmt.Sprintf("agents/ai%d.yaml", i), "id: ai%d\ntype: person\nname: {vi: \"%s %d\"}\nexist: \"%s\"\nrelations: [{type: member-of, to: ai%d}]\n", i, g.one("Đặng", "Dung", "Ẩn", "1 hội", "Я", "Ưng", "*Báo*"), i, g.date(), g.IntN(4)),
			text(fmt.Sprintf("places/noi%d.yaml", i), "id: noi%d\nname: {vi: %s}\n", i, g.one("Hà Nội", "Huế", "Ấp Bắc")),
			text(fmt.Sprintf("events/sk%d.yaml", i), "id: sk%d\ntitle: {vi: Việc %d}\ndate: \"%s\"\nplace: noi%d\nagents: [ai%d]\n%s", i, i, g.date(), g.IntN(4), g.IntN(4), g.one("", "commemorated_on: \"--09-02\"\n")),
			text(fmt.Sprintf("subjects/cd%d.yaml", i), "id: cd%d\nlabel: {vi: Chủ đề %d}\n", i, i))
	}
	more = append(more, text("fonds/f/records/all.yaml", "%s", g.records()))
	more = append(more,
		text("exhibitions/x/exhibition.yaml", "id: x\ntitle: {vi: Trưng bày}\naccess: {state: public}\ndecision: {number: \"1\", date: \"2026-01-15\", by: {name: {vi: Cơ quan thử}}}\nsections: [{id: mot, title: {vi: Một}, text: 01.md}]\n"),
		text("exhibitions/x/01.md", "Lời.\n\n::: timeline\nrecords: [f]\n:::\n\n::: question\nask: Hỏi\nanswer: \"Đáp[^1]\\n\\n[^1]: chú\"\n:::\n\n::: question\nask: Hỏi\nanswer: \"Đáp[^1]\\n\\n[^1]: chú\"\n:::\n"))
	return base(more...)
}

// records are up to 70 units of all levels, under parents that may be hidden.
func (g *maker) records() string {
	var b strings.Builder
	parents := map[string][]string{"series": {"f"}, "file": {"f"}, "item": {"f"}}
	for i := range 10 + g.IntN(60) {
		level := g.one("series", "file", "item", "item", "item", "item")
		list := parents[level]
		id, shown := fmt.Sprintf("r%03d", i), g.IntN(4) > 0
		title := fmt.Sprintf("%s %d", g.one("Thư", "*Báo* Đỏ", "Ảnh", "ảnh"), i)
		if !shown {
			title = "KÍN " + title
		}
		fmt.Fprintf(&b, "---\nid: %s\nlevel: %s\nparent: %s\ntitle: {vi: \"%s\"}\ndates: {created: \"%s\"}\nreference: {unit_no: \"%d\"}\n", id, level, list[g.IntN(len(list))], title, g.date(), i)
		if level == "item" {
			fmt.Fprintf(&b, "form: %s\ncreators: [{agent: ai%d, role: author}]\nplaces: [noi%d]\nevents: [sk%d]\nsubjects: [cd%d]\n", g.one("thu", "anh", "nghi-quyet"), g.IntN(4), g.IntN(4), g.IntN(4), g.IntN(4))
			b.WriteString(g.one("", "objects: [{file: 1.jpg, seq: 1, kind: page, alt: {vi: Một}}]\n"))
			b.WriteString(g.one("", "scope: {vi: \"Xem [phông](id:f)\"}\n"))
		}
		state := g.one("public", "metadata-only", "public", "public")
		if !shown {
			state = g.one("unreviewed", "restricted", "embargo")
		}
		fmt.Fprintf(&b, "access: {state: %s%s}\nclearance: kt\n", state, map[bool]string{true: ", embargo_until: \"2090-01-01\""}[state == "embargo"])
		switch level {
		case "series":
			parents["file"] = append(parents["file"], id)
		case "file":
			parents["item"] = append(parents["item"], id)
		}
	}
	return b.String()
}
