package record

import "testing"

func TestRightsURI(t *testing.T) {
	for in, want := range map[string]string{
		"https://rightsstatements.org/page/CNE/1.0/?language=en": "http://rightsstatements.org/vocab/CNE/1.0/",
		"http://rightsstatements.org/vocab/InC/1.0":              "http://rightsstatements.org/vocab/InC/1.0/",
		"https://creativecommons.org/licenses/by/4.0/deed.vi":    "http://creativecommons.org/licenses/by/4.0/",
		"https://creativecommons.org/publicdomain/zero/1.0/":     "http://creativecommons.org/publicdomain/zero/1.0/",
		"giữ mọi quyền":                                          "giữ mọi quyền",
	} {
		got := RightsURI(in)
		if got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
		if _, known := Lookup("rights", got); !known && got != in {
			t.Errorf("%s is not in the vocabulary", got)
		}
	}
}

// No list holds a key twice, and every term has words in both languages.
func TestVocabularies(t *testing.T) {
	for name, terms := range vocabularies {
		seen := map[string]bool{}
		for _, x := range terms {
			if seen[x.Key] || x.Vi == "" || x.En == "" {
				t.Errorf("%s: %q", name, x.Key)
			}
			seen[x.Key] = true
		}
	}
}

func TestMayHold(t *testing.T) {
	for _, c := range []struct {
		parent, child string
		want          bool
	}{
		{"fonds", "series", true}, {"fonds", "item", true}, {"series", "file", true}, {"file", "item", true}, {"item", "part", true},
		{"part", "part", true}, {"subfonds", "subfonds", true}, {"subseries", "subseries", true}, {"collection", "item", true},
		{"fonds", "fonds", false}, {"fonds", "collection", false}, {"item", "file", false}, {"file", "series", false},
		{"series", "series", false}, {"item", "item", false}, {"x", "item", false}, {"fonds", "x", false},
	} {
		if MayHold(c.parent, c.child) != c.want {
			t.Errorf("%s above %s", c.parent, c.child)
		}
	}
}

// Every field stands in a known area, once, with labels in both languages.
func TestFields(t *testing.T) {
	areas, seen := map[string]bool{}, map[string]bool{}
	for _, a := range Areas {
		areas[a.Key] = true
	}
	for _, f := range Fields {
		if !areas[f.Area] || seen[f.Key] || f.Vi == "" || f.En == "" {
			t.Errorf("%+v", f)
		}
		seen[f.Key] = true
	}
	if f, _ := FieldByKey("extent"); !f.MandatoryAt("fonds") || !f.MandatoryAt("file") || f.MandatoryAt("item") {
		t.Error("extent is mandatory for fonds and files")
	}
}
