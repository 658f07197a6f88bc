package page

import "testing"

func TestSpanPath(t *testing.T) {
	tests := []struct {
		name string
		r    Ruler
		want string
	}{
		{"exact", Ruler{X: 100, W: 200}, "M100 3L300 3L300 9L100 9Z"},
		{"approximate", Ruler{X: 100, W: 200, SoftLo: true, SoftHi: true}, "M140 3L260 3L300 9L100 9Z"},
		{"no known end", Ruler{X: 100, W: 200, OpenHi: true}, "M100 3L260 3L300 6L260 9L100 9Z"},
		{"no known start", Ruler{X: 100, W: 200, OpenLo: true}, "M140 3L300 3L300 9L140 9L100 6Z"},
		{"too short to see", Ruler{X: 100}, "M100 3L104 3L104 9L100 9Z"},
		{"short and approximate", Ruler{X: 100, W: 10, SoftLo: true, SoftHi: true}, "M105 3L105 3L110 9L100 9Z"},
	}
	for _, tt := range tests {
		if got := tt.r.SpanPath(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestTickPath(t *testing.T) {
	r := Ruler{Ticks: []Tick{{X: 0, Long: true}, {X: 500}}}
	if got, want := r.TickPath(), "M0 9H1000M0 9v7M500 9v3"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestMarkPath(t *testing.T) {
	m := Mark{X: 10, Y: 20, W: 100, SoftLo: true}
	if got, want := m.Path(), "M20 15L110 15L110 25L10 25Z"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if m.Right() != 114 || (Mark{X: 10}).Right() != 19 {
		t.Errorf("text starts at %d and %d", m.Right(), Mark{X: 10}.Right())
	}
	for side, want := range map[string]int{"": 114, "before": 1, "inside": 30} {
		if m.Side = side; m.TextX() != want {
			t.Errorf("text %q stands at %d, want %d", side, m.TextX(), want)
		}
	}
}

func TestImageFiles(t *testing.T) {
	i := Image{Src: "m.jpg", Sources: []Source{{"s.jpg", 320}, {"l.jpg", 1280}, {"m.jpg", 640}}}
	if got, want := i.Srcset(), "s.jpg 320w, l.jpg 1280w, m.jpg 640w"; got != want {
		t.Errorf("srcset %s, want %s", got, want)
	}
	if i.Largest() != "l.jpg" {
		t.Errorf("largest %s", i.Largest())
	}
	one := Image{Src: "m.jpg", Sources: []Source{{"m.jpg", 640}}}
	if one.Srcset() != "" || one.Largest() != "m.jpg" {
		t.Errorf("one size: %q, %s", one.Srcset(), one.Largest())
	}
}

func TestRegionBox(t *testing.T) {
	i := Image{Width: 2000, Height: 3000}
	if got, want := (Region{X: 10, Y: 20, W: 50, H: 5}).Box(&i), "200 600 1000 150"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
