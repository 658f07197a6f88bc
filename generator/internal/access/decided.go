package access

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// idList is a list of ids: one a line, sorted by their bytes, each once, as
// sha256sum and wc read it.
type idList string

// ListOf is the list of some ids, in any order, as it lies beside a clearance,
// and what the clearance says of it in covers.
func ListOf(ids []string) (text string, covers record.Covers) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) > 0 {
		text = strings.Join(ids, "\n") + "\n"
	}
	return text, record.Covers{Count: record.Int{V: len(ids)}, SHA256: record.Str{V: sumOf(text)}}
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// has looks an id up by halves.
func (l idList) has(id string) bool {
	for l != "" {
		from := 1 + strings.LastIndexByte(string(l[:len(l)/2]), '\n')
		line, rest, _ := strings.Cut(string(l[from:]), "\n")
		switch strings.Compare(id, line) {
		case 0:
			return true
		case -1:
			l = l[:from]
		default:
			l = idList(rest)
		}
	}
	return false
}

// sorted reports whether the list is one: whole lines, none empty, in order.
func (l idList) sorted() bool {
	last := ""
	for line := range strings.Lines(string(l)) {
		if line == "\n" || !strings.HasSuffix(line, "\n") || strings.TrimSuffix(line, "\n") <= last {
			return false
		}
		last = strings.TrimSuffix(line, "\n")
	}
	return true
}

// listFile is where the list of a clearance lies.
func (c *clearance) listFile() string { return path.Join(path.Dir(c.file), c.id+".txt") }

// list takes the list that lies beside a clearance, if it is the one decided on.
func (p *preparer) list(l *record.IDList) {
	if l == nil {
		return
	}
	c, have := p.out.covers, sumOf(l.Text)
	fault := func(vi, en string, args ...any) {
		p.out.unusable = ReasonClearanceFaulty
		p.ds = append(p.ds, diag.Errorf("clearance-list", diag.Pos{File: l.File}, vi, en, args...).
			WithHint("lấy lại đúng danh mục đã ký, kể cả cách xuống dòng (LF); hoặc lập quyết định mới bằng «vitrine new clearance»",
				"put back the list that was signed, with its line ends (LF); or make a new decision with «vitrine new clearance»"))
	}
	switch n := strings.Count(l.Text, "\n"); {
	case have != c.SHA256.V:
		fault("danh mục có sha256 %s, quyết định %s ghi %s", "the list has the sha256 %s, clearance %s says %s", have, p.c.ID.V, c.SHA256.V)
	case n != c.Count.V:
		fault("danh mục có %d mã, quyết định %s ghi %d", "the list has %s, clearance %s says %d", diag.Count(n, "id"), p.c.ID.V, c.Count.V)
	case !idList(l.Text).sorted():
		fault("danh mục phải có mỗi dòng một mã, xếp theo thứ tự, không trùng", "the list must have one id a line, sorted, each once")
	default:
		p.out.decided = idList(l.Text)
	}
}
