package schemaorg

import (
	"encoding/json"
	"strings"
	"testing"

	"vitrine/generator/edtf"
)

// No value ends the element that holds a node, and every value comes back.
func TestNoValueEndsTheElement(t *testing.T) {
	hostile := "</script><script>alert(1)</script> <!-- ]]> & \u2028 \"Đỗ\""
	n := Node{Type: Types{"Place"}, Name: hostile, AlternateName: []string{hostile}, Geo: &Node{Latitude: hostile}}
	data, err := n.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(string(data), "<>&\u2028") {
		t.Errorf("%s", data)
	}
	var back struct {
		Context       string `json:"@context"`
		Type          string `json:"@type"`
		Name          string
		AlternateName []string
		Geo           struct{ Latitude string }
	}
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if back.Context != Context || back.Type != "Place" || back.Name != hostile || back.AlternateName[0] != hostile || back.Geo.Latitude != hostile {
		t.Errorf("%+v", back)
	}
}

// Dates are told as ISO 8601 where it can say them, else in words.
func TestDates(t *testing.T) {
	for _, c := range []struct{ date, created, coverage, from, to string }{
		{"1945-09-02", "1945-09-02", "", "1945-09-02", "1945-09-02"},
		{"1945-09", "1945-09", "", "1945-09", "1945-09"},
		{"1945-08-19/1945-09-02", "", "1945-08-19/1945-09-02", "1945-08-19", "1945-09-02"},
		{"1945~", "", "words", "", ""}, {"194X", "", "words", "", ""}, {"1945?/1946", "", "words", "", "1946"},
		{"1951/..", "", "words", "1951", ""}, {"/1951", "", "words", "", "1951"}, {"[1945,1946]", "", "words", "", ""},
	} {
		d, err := edtf.Parse(c.date)
		if err != nil {
			t.Fatal(err)
		}
		var n Node
		n.SetDate(d, "words")
		from, to := Ends(d)
		if n.DateCreated != c.created || n.TemporalCoverage != c.coverage || from != c.from || to != c.to {
			t.Errorf("%s: created %q, covers %q, from %q to %q", c.date, n.DateCreated, n.TemporalCoverage, from, to)
		}
	}
}

// A statement of rights is no licence.
func TestRights(t *testing.T) {
	var a, b Node
	a.SetRights("http://creativecommons.org/licenses/by/4.0/")
	b.SetRights("http://rightsstatements.org/vocab/CNE/1.0/")
	if a.License == "" || a.UsageInfo != "" || b.License != "" || b.UsageInfo == "" {
		t.Errorf("%+v %+v", a, b)
	}
}
