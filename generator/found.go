package generator

import (
	"encoding/binary"

	"vitrine/generator/diag"
	"vitrine/generator/internal/pack"
)

// appendFound appends the code of what was found wrong in a file to b: each
// finding is its texts and numbers in the order of the struct.
func appendFound(b []byte, ds []diag.Diagnostic) []byte {
	for _, d := range ds {
		b = binary.AppendUvarint(pack.Text(b, d.Code), uint64(d.Severity))
		b = binary.AppendVarint(binary.AppendVarint(pack.Text(b, d.Pos.File), int64(d.Pos.Line)), int64(d.Pos.Col))
		for _, s := range []string{d.Msg.Vi, d.Msg.En, d.Hint.Vi, d.Hint.En, d.Excerpt} {
			b = pack.Text(b, s)
		}
	}
	return b
}

// readFound reads what appendFound wrote. ok is false where it did not.
func readFound(code string) (ds []diag.Diagnostic, ok bool) {
	r := pack.Reader[string]{Rest: code}
	for r.Rest != "" {
		d := diag.Diagnostic{Code: r.Text()}
		severity := r.Uvarint()
		if severity > uint64(diag.Error) {
			r.Fail()
		}
		d.Severity = diag.Severity(severity)
		d.Pos = diag.Pos{File: r.Text(), Line: int(r.Varint()), Col: int(r.Varint())}
		for _, s := range []*string{&d.Msg.Vi, &d.Msg.En, &d.Hint.Vi, &d.Hint.En, &d.Excerpt} {
			*s = r.Text()
		}
		ds = append(ds, d)
	}
	return ds, !r.Bad
}
