package pagetext

import (
	"strings"
	"testing"
)

// What is written is read again as it was, but for the places of words, and
// nothing else of the file is in it.
func TestXML(t *testing.T) {
	for name, c := range readings {
		p, _ := Read("x", []byte(c.text))
		if p == nil || p.Width == 0 || len(c.text) > 10_000 {
			continue
		}
		p.Image = "mới.jpg"
		data, err := p.XML("who", "2026-01-31")
		if err != nil {
			t.Fatal(err)
		}
		again, ds := Read("x", data)
		if len(ds) > 0 {
			t.Fatalf("%s: %v\n%s", name, ds, data)
		}
		for i := range p.Blocks {
			for j := range p.Blocks[i].Lines {
				l := &p.Blocks[i].Lines[j]
				l.Words, l.Broken, l.Row = nil, false, again.Blocks[i].Lines[j].Row
			}
		}
		if shown(again) != shown(p) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, shown(again), shown(p))
		}
	}
	p, _ := Read("x", []byte(pageNineteen))
	data, _ := p.XML("who", "2026-01-31")
	for _, lost := range []string{"xấu", "un deux", "cả vùng"} {
		if strings.Contains(string(data), lost) {
			t.Errorf("another reading, %q, stays", lost)
		}
	}
	if !strings.Contains(string(data), "<LastChange>2026-01-31T00:00:00</LastChange>") || !strings.Contains(string(data), `primaryLanguage="Vietnamese"`) {
		t.Errorf("%s", data)
	}
}

// Words are replaced in the running text, also where they go on in the next line.
func TestReplace(t *testing.T) {
	b := Block{Lines: []Line{{Text: "Gửi ông Nguyễn", Words: []Word{{Text: "Gửi"}}}, {Text: "Văn Thuật-", Broken: true}, {Text: "phạm ở Huế"}}}
	text := b.Running()
	if text != "Gửi ông Nguyễn\nVăn Thuậtphạm ở Huế" {
		t.Fatalf("%q", text)
	}
	at := func(s string) int { return strings.Index(text, s) }
	for name, c := range map[string]struct {
		changes []Change
		want    string
	}{
		"in a line":         {[]Change{{at("Gửi"), at("Gửi") + len("Gửi"), "[…]"}}, "[…] ông Nguyễn|Văn Thuật- ~|phạm ở Huế"},
		"over two":          {[]Change{{at("Nguyễn"), at("Thuật"), "[…]"}}, "Gửi ông […]|Thuật- ~|phạm ở Huế"},
		"over all":          {[]Change{{at("Nguyễn"), at(" ở Huế"), "[…]"}}, "Gửi ông […]|ở Huế"},
		"over a hyphen":     {[]Change{{at("Thuật"), at(" ở"), "[…]"}}, "Gửi ông Nguyễn|Văn […]|ở Huế"},
		"two in a line":     {[]Change{{at("Gửi"), at("Gửi") + len("Gửi"), "A"}, {at("Nguyễn"), at("Nguyễn") + len("Nguyễn"), "B"}}, "A ông B|Văn Thuật- ~|phạm ở Huế"},
		"nothing":           {nil, "Gửi ông Nguyễn|Văn Thuật- ~|phạm ở Huế"},
		"all that is there": {[]Change{{0, len(text), ""}}, ""},
	} {
		got := Block{Lines: append([]Line(nil), b.Lines...)}
		got.Replace(c.changes)
		var lines []string
		for _, l := range got.Lines {
			if l.Broken {
				l.Text += " ~"
			}
			lines = append(lines, l.Text)
		}
		if s := strings.Join(lines, "|"); s != c.want {
			t.Errorf("%s: %q, want %q", name, s, c.want)
		}
	}
}
