// Package manifest reads and writes lists of files with their SHA-256 in the
// format of sha256sum, so that whoever has that tool can check a site without
// any other.
package manifest

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Name is the manifest of a site, at its root; SignatureName is its signature,
// as minisign writes it.
const (
	Name          = "manifest-sha256.txt"
	SignatureName = Name + ".minisig"
)

// Sum is a file with the SHA-256 of its bytes.
type Sum struct {
	Path string // slash-separated, from the root of the site
	Hash [32]byte
}

// Append appends the line of a file. A name with a backslash or a line end is
// escaped, as GNU coreutils does ("cksum output modes").
func Append(dst []byte, s Sum) []byte {
	name := s.Path
	if strings.ContainsAny(name, "\\\n\r") {
		dst, name = append(dst, '\\'), escaper.Replace(name)
	}
	dst = hex.AppendEncode(dst, s.Hash[:])
	return append(append(append(dst, "  "...), name...), '\n')
}

var (
	escaper   = strings.NewReplacer("\\", `\\`, "\n", `\n`, "\r", `\r`)
	unescaper = strings.NewReplacer(`\\`, "\\", `\n`, "\n", `\r`, "\r")
)

// maxLine is the longest line that is read, in bytes.
const maxLine = 8 << 10

// Read yields the files of a manifest. It ends after the first error, which
// names the line.
func Read(r io.Reader) iter.Seq2[Sum, error] {
	return func(yield func(Sum, error) bool) {
		in := bufio.NewScanner(r)
		in.Buffer(make([]byte, 0, maxLine), maxLine)
		for n := 1; in.Scan(); n++ {
			s, err := parse(in.Bytes())
			if err != nil {
				err = fmt.Errorf("line %d: %w", n, err)
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
		if err := in.Err(); err != nil {
			yield(Sum{}, err)
		}
	}
}

// ErrLine says that a line is none of sha256sum.
var ErrLine = errors.New("not a line of sha256sum")

// parse reads a line: 64 hex digits, a space, a space or an asterisk, a name. A
// backslash before the line says that the name is escaped.
func parse(line []byte) (s Sum, err error) {
	line, escaped := bytes.CutPrefix(line, []byte(`\`))
	if len(line) < 67 || line[64] != ' ' || line[65] != ' ' && line[65] != '*' {
		return s, ErrLine
	}
	if _, err := hex.Decode(s.Hash[:], line[:64]); err != nil {
		return s, ErrLine
	}
	s.Path = string(line[66:])
	if escaped {
		s.Path = unescaper.Replace(s.Path)
	}
	return s, nil
}
