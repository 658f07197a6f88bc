package generator

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/generator/diag"
)

func TestFindingsAreReadAsWritten(t *testing.T) {
	ds := []diag.Diagnostic{
		diag.Warnf("record-field", diag.Pos{File: "fonds/a/records/1.yaml", Line: 12, Col: 3}, "thiếu %s", "lacks %s", "rights").WithHint("thêm", "add it"),
		diag.Errorf("date-syntax", diag.Pos{File: "x.yaml"}, "không phải ngày", "is no date"),
		{},
	}
	ds[0].Excerpt = "rights:"
	code := appendFound(nil, ds)
	got, ok := readFound(string(code))
	if diff := cmp.Diff(ds, got); !ok || diff != "" {
		t.Errorf("ok: %t %s", ok, diff)
	}
	for n := 1; n < len(code); n++ {
		if got, ok := readFound(string(code[:n])); ok && len(got) >= len(ds) {
			t.Errorf("%d of %d bytes are read as all of them", n, len(code))
		}
	}
	if _, ok := readFound("\x01a\x07"); ok {
		t.Error("a severity that is none is read")
	}
}
