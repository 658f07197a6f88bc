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

// ReferenceWords stand before the parts of a reference: fonds, inventory,
// unit and folios. They end in the blank that parts them from the number.
type ReferenceWords [4]string

// ReferenceLabel is a reference code in one line, as it stands on the shelf
// label: "MAU-01, mục lục 01, hồ sơ 0137, tờ 1–4".
func ReferenceLabel(r record.Reference, words ReferenceWords) string {
	return wordReference(packReference(r), words)
}

func wordReference(packed string, words ReferenceWords) string {
	if packed == "" {
		return ""
	}
	var out []string
	for i, p := range strings.SplitN(packed, "\x1f", 4) {
		if p != "" {
			out = append(out, words[i]+p)
		}
	}
	return strings.Join(out, ", ")
}
