package catalog

import (
	"strings"

	"vitrine/generator/internal/record"
)

// packReference keeps the parts of a reference apart, so that it can be
// worded in every language and sorted by its numbers.
func packReference(r record.Reference) string {
	if r.FondsNo.V == "" && r.InventoryNo.V == "" && r.UnitNo.V == "" && r.Folios.V == "" {
		return ""
	}
	return strings.Join([]string{r.FondsNo.V, r.InventoryNo.V, r.UnitNo.V, r.Folios.V}, "\x1f")
}

// ReferenceLabel is a reference code in one line, as it stands on the shelf
// label: "MAU-01, mục lục 01, hồ sơ 0137, tờ 1–4".
func ReferenceLabel(r record.Reference, lang string) string {
	return wordReference(packReference(r), lang)
}

var referenceWords = map[string][4]string{
	"vi": {"", "mục lục\u00a0", "hồ sơ\u00a0", "tờ\u00a0"},
	"en": {"", "inventory\u00a0", "file\u00a0", "fol.\u00a0"},
}

func wordReference(packed, lang string) string {
	if packed == "" {
		return ""
	}
	words, ok := referenceWords[lang]
	if !ok {
		words = referenceWords["en"]
	}
	var out []string
	for i, p := range strings.SplitN(packed, "\x1f", 4) {
		if p != "" {
			out = append(out, words[i]+p)
		}
	}
	return strings.Join(out, ", ")
}
