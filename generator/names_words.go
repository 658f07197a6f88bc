package generator

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// The words of what a record shows are searched by the same measure as its description:
// transcripts and translations, in the record or beside it, texts read from a picture,
// texts that are objects themselves, captions, chapters and audio descriptions; each only
// where the clearance lets it be seen.
//
// Chapters and audio descriptions are the house's own, so what they name can be worded
// otherwise, as anywhere else. All others are what a document says. Nobody may reword that,
// and a letter may well quote the title of a paper that is closed; but what is withdrawn
// would come back in it, so it is an error too, until somebody has looked: the place is
// covered (vitrine redact), or an entry under named in markings.yaml says who found that it
// gives nothing away. An entry stands for one name in one file, however often that has it.
// What the house writes cannot be acknowledged.

// hasWords reports whether a file below fonds/ may be shown as words of an object. A text may be
// called anything, but not as pictures, sounds and films are (see the code words-file).
func hasWords(file string) bool { return content.IsMedia(file) && !content.NamesNoWords(file) }

// words says whose words a file or value holds.
type words uint8

const (
	ofDocument words = 1 << iota
	ofHouse
)

// showing knows which files of words the records of a fonds show.
type showing struct {
	once  sync.Once
	files map[string]words
}

// shown says whose words a file of words is to readers; 0 where no page shows it.
func (n *names) shown(file string) words {
	fonds := strings.Split(file, "/")[1]
	n.mu.Lock()
	s := n.showings[fonds]
	if s == nil {
		s = &showing{files: map[string]words{}}
		n.showings[fonds] = s
	}
	n.mu.Unlock()
	s.once.Do(func() {
		top, ok := n.cat.Find(fonds)
		if !ok {
			return
		}
		for row := top; row <= top+int32(n.cat.Beneath(top)); row++ {
			for _, o := range n.objects(row) {
				for file, w := range wordsIn(o) {
					s.files[content.MediaPath(fonds, file)] |= w
				}
			}
		}
	})
	return s.files[file]
}

// wordsIn are the files of words of an object.
func wordsIn(o record.Object) map[string]words {
	out := map[string]words{o.Captions.V: ofDocument, o.Chapters.V: ofHouse, o.AudioDesc.V: ofHouse}
	for _, t := range []*record.Transcript{o.Transcript, o.Translation} {
		if t != nil {
			out[t.File.V] |= ofDocument
		}
	}
	if o.Kind.V == "text" {
		out[o.File.V] |= ofDocument
	}
	delete(out, "")
	return out
}

// objects are those of a record of which something is shown. One that cannot be read is
// told of where its page is made.
func (n *names) objects(row int32) []record.Object {
	if n.cat.Kind(row) != catalog.Unit || !n.cat.Has(row, catalog.HasObjects) {
		return nil
	}
	loc := n.cat.Loc(row)
	u, err := n.tree.Unit(plan.FileOf(loc), loc)
	if err != nil {
		return nil
	}
	return n.cat.Verdict(row).View(u).Objects
}

// isInline reports whether the value at a path is a transcript that stands in its record.
func isInline(at string) bool {
	for _, key := range []string{"objects.transcript", "objects.translation"} {
		if at == key || isTextAt(at, key+".text") {
			return true
		}
	}
	return false
}

// showsInline reports whether the page of a record has the words of a transcript in it
// in which something is named.
func (n *names) showsInline(id string, m mentionOf) (shown bool) {
	row, ok := n.cat.Find(id)
	if !ok {
		return false
	}
	for _, o := range n.objects(row) {
		for _, t := range []*record.Transcript{o.Transcript, o.Translation} {
			if t == nil {
				continue
			}
			for _, l := range t.Text.Langs {
				n.inSight(l.V, func(in mentionOf) bool { shown = shown || in.as == m.as; return false })
			}
		}
	}
	return shown
}

// inWords searches a file of words. What is wrong with one is told where it is shown.
func (n *names) inWords(file string) (out []diag.Diagnostic) {
	whose := sync.OnceValue(func() words { return n.shown(file) })
	n.inWordFile(file, func(m mentionOf, at diag.Pos) bool {
		switch {
		case m.topic: // a document may well speak of it
		case whose()&ofHouse != 0:
			out = append(out, m.diagnostic(at))
			return true
		case whose() != 0 && !n.acknowledged(file, m.as):
			out = append(out, m.ofDocument(at, file))
			return true
		}
		return false
	})
	return out
}

func (n *names) inWordFile(file string, each func(m mentionOf, at diag.Pos) (told bool)) {
	var text string
	var line func(at int) int // of the file, for a byte of the text
	switch ext := strings.ToLower(path.Ext(file)); {
	case ext == ".vtt":
		n.inCues(file, each)
		return
	case content.HasPlaces(file):
		p, _, _ := n.tree.PageText(file, record.Object{})
		if p == nil {
			return
		}
		text, line = p.Text(), p.Row
	default:
		text, _ = n.tree.Text(file)
		n.inPlain(file, text, ext == ".md", each)
		return
	}
	n.in(text, func(m mentionOf) bool { return each(m, diag.Pos{File: file, Line: line(m.from), Col: 1}) })
}

// inCues searches the captions or chapters of a file. A name may go on from one to the
// next, whoever speaks: so they are searched with the speakers, and without for what was
// not found so.
func (n *names) inCues(file string, each func(m mentionOf, at diag.Pos) (told bool)) {
	var counts, seen map[string]int
	text, line := n.cues(file, true)
	n.in(text, func(m mentionOf) bool {
		counts = counted(counts, m.key)
		return each(m, diag.Pos{File: file, Line: line(m.from), Col: 1})
	})
	text, line = n.cues(file, false)
	n.in(text, func(m mentionOf) bool {
		seen = counted(seen, m.key)
		return seen[m.key] > counts[m.key] && each(m, diag.Pos{File: file, Line: line(m.from), Col: 1})
	})
}

// cues is what the captions or chapters of a file say, with the lines of the file.
func (n *names) cues(file string, speakers bool) (string, func(at int) int) {
	var text strings.Builder
	var begins, lines []int
	cues, _, _ := n.tree.Cues(file)
	for _, c := range cues {
		begins, lines = append(begins, text.Len()), append(lines, c.Line+1)
		for _, s := range c.Says {
			if speakers {
				text.WriteString(s.Speaker + "\n")
			}
			text.WriteString(s.Text + "\n")
		}
	}
	return text.String(), func(at int) int {
		i, found := slices.BinarySearch(begins, at)
		if !found {
			i--
		}
		return lines[i]
	}
}

// inPlain searches a text that stands in its file as it is read, but for its Markdown.
func (n *names) inPlain(file, text string, markdown bool, each func(m mentionOf, at diag.Pos) (told bool)) {
	text, _ = vi.Repair(text) // as it is read
	lines := &lineCounter{text: text}
	n.in(text, func(m mentionOf) bool { return each(m, lines.pos(file, m.from)) })
	if !markdown || !markup.Parts(text) {
		return
	}
	for _, b := range blocksOf(file, text) {
		n.inSight(b.text, func(m mentionOf) bool { return m.parted && each(m, lines.pos(file, b.at)) })
	}
}

// noteShown notes what may be shown of the objects of all records: words of one that was
// as it is may be shown now that were not.
func (n *names) noteShown(note func(...string)) {
	for row := range int32(n.cat.Rows()) {
		if n.cat.Kind(row) == catalog.Unit && n.cat.Has(row, catalog.HasObjects) {
			note("shown", n.cat.ID(row), string(n.cat.Verdict(row).Append(nil)))
		}
	}
}

// ofDocument is the diagnostic of what a document itself says.
func (m mentionOf) ofDocument(at diag.Pos, file string) diag.Diagnostic {
	d := m.diagnostic(at)
	line := fmt.Sprintf(`- {file: %q, text: %q, by: "…", date: "…"}`, file, m.as)
	d.Hint = diag.T("lời của chính tài liệu: che chỗ này bằng «vitrine redact», hoặc sau khi xem thấy không lộ điều gì thì thêm vào %[1]s, dưới named: %[2]s; hoặc hoàn tất việc cho phép công bố",
		"these are the document's own words: cover the place with «vitrine redact», or when it was looked at and gives nothing away add to %[1]s, under named: %[2]s; or complete the clearance", content.MarkingsFile, line)
	return d
}
