package generator

import (
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// Every value of a file that is published is searched, whatever its key, but those at the
// paths that stand here: a key that is new to the model is searched by itself.

// kindBlock is the YAML of a ::: block.
const kindBlock content.Kind = "block"

// unseenPath is a path of a file as content.Value has it; one that ends in ".*" stands for all
// beneath it.
type unseenPath struct{ path, why string }

var unseenOfRecords = []unseenPath{
	{"access.note", "what the house notes for itself"},
	{"appraisal", "what the house notes for itself"},
	{"extra.*", "what an import could not place, to be looked through"},
	{"objects.file", "name of a file; those of the site are made of hashes"},
	{"objects.transcript.file", "likewise"},
	{"objects.translation.file", "likewise"},
	{"objects.captions", "likewise"},
	{"objects.chapters", "likewise"},
	{"objects.audio_desc", "likewise"},
	{"objects.capture.operator", "who works in the house"},
	{"objects.redaction.by", "who works in the house"},
}

var unseen = map[content.Kind][]unseenPath{
	content.KindFonds:      unseenOfRecords,
	content.KindRecords:    unseenOfRecords,
	content.KindExhibition: {{"access.note", "what the house notes for itself"}},
	content.KindPage:       {{"access.note", "what the house notes for itself"}},
	content.KindClearance: {
		{"scope.*", "a decision may name what is closed for another reason"},
		{"basis", "ids of rules"},
		{"note", "what the house notes for itself"},
	},
	content.KindProfile: {
		{"rules.*", "the rules that the profile rests on"},
		{"secrecy.*", "words that are looked for"},
	},
}

// inNotices are the paths of a withdrawn record that a notice gives which names it.
var inNotices = []string{"title", "withdrawn.decision", "withdrawn.public_note"}

// isUnseen reports whether nothing at a path of a file reaches the site.
func isUnseen(kind content.Kind, path string) bool {
	if kind == content.KindFonds {
		path = strings.TrimPrefix(path, "defaults.")
	}
	return slices.ContainsFunc(unseen[kind], func(u unseenPath) bool {
		if above, all := strings.CutSuffix(u.path, "*"); all {
			return strings.HasPrefix(path, above)
		}
		return isTextAt(path, u.path)
	})
}

// isTextAt reports whether a path is that of a text, or of the text in a language.
func isTextAt(path, of string) bool {
	lang, ok := strings.CutPrefix(path, of+".")
	return path == of || ok && len(lang) <= 3 && !strings.Contains(lang, ".")
}

// lookedUp are the keys, by their paths, whose whole value is an id that is resolved where
// the page is made. What is not public is told of there, or passed over, or it is no fault
// that a record lies within it.
var lookedUp = func() map[string]bool {
	out := map[string]bool{}
	for _, path := range []string{"id", "parent", "clearance", "form", "objects.cleared_by", "reference.repository", "repository", "home.lead", "home.exhibitions",
		"cover", "record", "records", "left", "right"} {
		out[path], out[path+".record"] = true, true
	}
	for _, path := range []string{"agents", "place", "places", "events", "subjects", "creators", "doc.issuer", "doc.signatory", "photo.photographer", "photo.persons.name", "av.speakers", "originals.held_by",
		"related", "broader", "relations.to", "parent", "decision.by", "decision.issued_by", "access.declassification.decision.by", "access.declassification.decision.issued_by"} {
		for _, long := range []string{"", ".id", ".agent", ".place"} {
			out[path+long] = true
		}
	}
	return out
}()

// inValue finds what a value names that readers see.
func (n *names) inValue(kind content.Kind, file string, v content.Value, each func(mentionOf) (told bool)) {
	if v.Comment || v.Key || isUnseen(kind, v.Path) {
		return
	}
	path := v.Path
	if kind == content.KindFonds {
		path = strings.TrimPrefix(path, "defaults.")
	}
	text, _ := vi.Repair(strings.TrimSpace(v.Text)) // as it is decoded
	keep := func(m mentionOf) bool {
		whole := m.isID && !m.parted && m.to-m.from == len(text)
		switch {
		case m.topic && !isEditorial(file):
		case whole && (lookedUp[path] || record.IsTerm(m.as)):
		case whole && path == "sections.id" && !hasDigit(m.as): // a word in an address
		default:
			m.stands = text[m.from:m.to]
			if m.parted {
				m.stands = ""
			}
			return each(m)
		}
		return false
	}
	n.inSight(text, keep)
	n.wholeID(text, keep)
}

// in is the byte of a text at which something stands that was found in a value of it.
func (m mentionOf) in(text string, v content.Value) int {
	return locate(text, m.stands, v.Offset, v.Offset+4*len(v.Text)+200)
}

// inYAML searches the values of a file that are published.
func (n *names) inYAML(file, text string) (out []diag.Diagnostic) {
	f, ok := content.Classify(file)
	if !ok {
		return nil
	}
	lines := &lineCounter{text: text}
	for _, d := range documentsOf(f, text, n.wanted) {
		_, public := n.cat.Find(d.id)
		_, notice := n.notices[d.id]
		if !public && !notice && !slices.Contains([]content.Kind{content.KindSite, content.KindProfile, content.KindClearance}, f.Kind) {
			continue
		}
		for _, v := range d.values {
			if notice && !slices.ContainsFunc(inNotices, func(of string) bool { return isTextAt(v.Path, of) }) {
				continue
			}
			n.inValue(f.Kind, file, v, func(m mentionOf) bool {
				at := lines.pos(file, m.in(text, v))
				switch {
				case notice && m.id == d.id:
					return false
				case !isInline(v.Path):
					out = append(out, m.diagnostic(at))
				case !n.showsInline(d.id, m) || n.acknowledged(file, m.as):
					return false
				default:
					out = append(out, m.ofDocument(at, file))
				}
				return true
			})
		}
	}
	return out
}

// document is what one document of YAML says.
type document struct {
	id     string
	values []content.Value
}

// documentsOf are the documents of a file that are wanted.
func documentsOf(f content.File, text string, wanted func(string) bool) (out []document) {
	piece := -1
	content.Values(text, wanted, func(v content.Value) {
		if v.Comment {
			return
		}
		if v.Piece != piece {
			piece, out = v.Piece, append(out, document{})
		}
		d := &out[len(out)-1]
		if v.Path == "id" && !v.Key && d.id == "" {
			d.id = strings.TrimSpace(v.Text)
		}
		if f.Kind == content.KindExhibition {
			d.id = f.Owner
		}
		d.values = append(d.values, v)
	})
	return out
}

// wanted reports whether a document of YAML must be read: something stands in it, or may
// once it is decoded or set, and it is not itself that of a record of which nothing is shown.
func (n *names) wanted(document string) bool {
	if id := idAtTop(document); n.isHidden(id) && n.notices[id] == "" {
		return false
	}
	return n.mayHold(document)
}

// idAtTop is the id that a document of YAML gives in its first line, "" for none: only
// there no line of a value can look like it.
func idAtTop(document string) string {
	for line := range strings.Lines(document) {
		if line = strings.TrimRight(line, " \t\n"); line == "" || line[0] == '#' {
			continue
		}
		id, ok := strings.CutPrefix(line, "id:")
		if !ok || vi.ValidID(strings.Trim(id, " \"'")) != nil {
			return ""
		}
		return strings.Trim(id, " \"'")
	}
	return ""
}
