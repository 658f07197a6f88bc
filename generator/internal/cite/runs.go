package cite

import "strings"

// Run is a piece of a reference that is set alike.
type Run struct {
	Kind RunKind
	Text string // for RunAccessed the words around the day, which is "{day}", "{us}" or "{mla}" by how it is written
}

// RunKind says how a piece is set.
type RunKind uint8

// The kinds of pieces. Those of the address and of the folios are marked since a page
// may narrow them to one sheet.
const (
	RunPlain RunKind = iota
	RunItalic
	RunURL
	RunFolios
	RunAccessed
)

// The marks around pieces, while a reference is put together.
const (
	markEnd      = '\x01'
	markItalic   = '\x02'
	markURL      = '\x03'
	markFolios   = '\x04'
	markAccessed = '\x05'
)

// markOf are the marks of fields.
var markOf = map[string]rune{"url": markURL, "folios": markFolios, "accessed": markAccessed, "accessed_us": markAccessed, "accessed_mla": markAccessed}

var kindOf = map[byte]RunKind{markItalic: RunItalic, markURL: RunURL, markFolios: RunFolios}

var unmark = strings.NewReplacer(string(markEnd), "", string(markItalic), "", string(markURL), "", string(markFolios), "", string(markAccessed), "")

// unmarked is a reference without its marks.
func unmarked(s string) string { return unmark.Replace(s) }

// runsOf takes a reference apart at its marks.
func runsOf(s string) (out []Run) {
	kind := RunPlain
	for s != "" {
		end := strings.IndexFunc(s, func(r rune) bool { return r < ' ' })
		if end < 0 {
			end = len(s)
		}
		if end > 0 {
			out = append(out, Run{Kind: kind, Text: s[:end]})
		}
		if end == len(s) {
			break
		}
		kind = kindOf[s[end]] // plain behind the end of a piece
		s = s[end+1:]
	}
	return out
}

// accessed are the pieces of a reference, with what it says more where the page was
// looked at as a piece without text.
func accessed(without, with string) []Run {
	at := 0
	for at < len(without) && at < len(with) && without[at] == with[at] {
		at++
	}
	rest := without[at:]
	if len(with) < len(without) || !strings.HasSuffix(with[at:], rest) {
		return runsOf(without) // it says so in more than one place
	}
	more := with[at : len(with)-len(rest)]
	if more == "" {
		return runsOf(without)
	}
	out := append(runsOf(without[:at]), Run{Kind: RunAccessed, Text: unmarked(more)})
	return append(out, runsOf(rest)...)
}
