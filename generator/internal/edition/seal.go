package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"io/fs"
	"iter"
	"strings"

	"vitrine/generator/diag"
)

// Seal tells a ledger as an edition left it from one that was cut, edited or
// lost: without it what it no longer names would never be missed.
type Seal struct {
	Lines  int    `yaml:"lines"`
	SHA256 string `yaml:"sha256"` // of the lines, each with its line feed, lower hex
}

// Sealer is a writer that hands a ledger on and seals it.
type Sealer struct {
	to    io.Writer
	sum   hash.Hash
	lines int
}

// NewSealer returns a Sealer that writes to w.
func NewSealer(w io.Writer) *Sealer { return &Sealer{to: w, sum: sha256.New()} }

// Write hands p on.
func (s *Sealer) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.sum.Write(p[:n])
	s.lines += strings.Count(string(p[:n]), "\n")
	return n, err
}

// Seal is the seal of what was written.
func (s *Sealer) Seal() Seal {
	return Seal{Lines: s.lines, SHA256: hex.EncodeToString(s.sum.Sum(nil))}
}

// sealedLines are the lines of a ledger; behind the last comes a [*Fault] where
// they are not those that were sealed. Ends of lines and comments are not part
// of a ledger: a system of versions may change the ones, a person add others.
func sealedLines(fsys fs.FS, file string, want Seal, by Edition) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		got := NewSealer(io.Discard)
		for cells, err := range lines(fsys, file) {
			if err == nil {
				_, err = io.WriteString(got, strings.Join(cells[:len(cells)-1], "\t")+"\n")
			}
			if !yield(cells, err) || err != nil {
				return
			}
		}
		if found := got.Seal(); found != want && want.SHA256 != "" {
			yield(nil, &Fault{unsealed(file, found, want, by)})
		}
	}
}

func unsealed(file string, found, want Seal, by Edition) diag.Diagnostic {
	backup := after(by)
	return diag.Errorf("edition-malformed", diag.Pos{File: file, Line: 1, Col: 1},
		"sổ không còn như lần phát hành %[3]d (%[4]s) đã ghi: nay %[1]d dòng, khi ấy %[2]d dòng", "the ledger is not as edition %[3]d (%[4]s) wrote it: now %[1]s, then %[2]d", diag.Count(found.Lines, "line"), want.Lines, by.Number, by.Name).
		WithHint("lấy lại tệp %[3]s từ %[1]s, hoặc từ lịch sử phiên bản lúc ấy: địa chỉ không còn trong sổ sẽ mất mà không ai biết", "take %[3]s back from %[2]s, or from the version history of that time: an address that is no longer in the ledger would be lost without a word", backup.Vi, backup.En, file)
}
