package generator

import (
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
)

// inSight finds what a text names as it lies, and as readers see it.
func (n *names) inSight(text string, each func(mentionOf)) {
	parts := markup.Parts(text)
	var told map[string]int // by what names
	n.in(text, func(m mentionOf) {
		if parts {
			told = counted(told, m.key)
		}
		each(m)
	})
	if !parts {
		return
	}
	for _, reading := range markup.Readings(text) {
		var seen map[string]int
		n.in(reading, func(m mentionOf) {
			if seen = counted(seen, m.key); seen[m.key] <= told[m.key] {
				return
			}
			told = counted(told, m.key) // other readings have it as well
			m.from, m.to, m.parted = 0, 0, true
			each(m)
		})
	}
}

func counted(counts map[string]int, key string) map[string]int {
	if counts == nil {
		counts = map[string]int{}
	}
	counts[key]++
	return counts
}

// inMarkdown searches a text: as it lies, then its prose as it is set, and the values of
// its blocks and of its head as they are decoded.
func (n *names) inMarkdown(file, text string) (out []diag.Diagnostic) {
	s := &sighted{names: n, file: file, told: func(m mentionOf, at diag.Pos) { out = append(out, m.diagnostic(at)) }}
	lines := &lineCounter{text: text}
	n.in(text, func(m mentionOf) {
		if m.topic && !isEditorial(file) {
			return
		}
		at := lines.pos(file, m.from)
		if m.isID && (linksTo.MatchString(before(text, m.from)) || blockNames.MatchString(before(text, m.from)) && s.inBlock(text, at.Line)) {
			return // the composer of the page asks for it, and says so
		}
		s.told(m, at)
	})
	if !decodes(text) {
		return out
	}
	front, at, _, _ := markup.FrontMatter(text, diag.Pos{File: file, Line: 1, Col: 1})
	s.inValues(front, at)
	for _, part := range s.parts(text) {
		if d := part.Directive; d != nil {
			s.inValues(d.Body, d.BodyPos)
			continue
		}
		s.inProse(part.Markdown.Text, part.Markdown.Pos)
	}
	return out
}

// decodes reports whether a text may say more than stands in it.
func decodes(text string) bool { return strings.Contains(text, `\`) || markup.Parts(text) }

// sighted is the search of one text as it is shown.
type sighted struct {
	*names
	file     string
	told     func(m mentionOf, at diag.Pos)
	segments []markup.Segment
}

// parts are the prose and the blocks of a text behind its head.
func (s *sighted) parts(text string) []markup.Segment {
	if s.segments == nil {
		_, _, body, _ := markup.FrontMatter(text, diag.Pos{File: s.file, Line: 1, Col: 1})
		s.segments, _ = markup.Split(body)
	}
	return s.segments
}

// inBlock reports whether a line of a text belongs to a block, whose keys name records.
func (s *sighted) inBlock(text string, line int) bool {
	return slices.ContainsFunc(s.parts(text), func(part markup.Segment) bool {
		d := part.Directive
		return d != nil && line >= d.BodyPos.Line && line < d.BodyPos.Line+strings.Count(d.Body, "\n")
	})
}

// inProse searches what was not found as it lies. It is told with its paragraph.
func (s *sighted) inProse(text string, pos diag.Pos) {
	if !markup.Parts(text) {
		return
	}
	lines := &lineCounter{text: text}
	for _, b := range blocksOf("prose.md", text) {
		s.inSight(b.text, func(m mentionOf) {
			if m.parted && (!m.topic || isEditorial(s.file)) {
				s.told(m, placeIn(pos, lines.pos(s.file, b.at)))
			}
		})
	}
}

// inValues searches the values of YAML in a text for what was not found as it lies.
func (s *sighted) inValues(text string, pos diag.Pos) {
	if !decodes(text) {
		return
	}
	var lie, seen map[string]int
	s.in(text, func(m mentionOf) { lie = counted(lie, m.key) })
	lines := &lineCounter{text: text}
	content.Values(text, func(string) bool { return true }, func(v content.Value) {
		if v.Comment {
			return
		}
		s.inSight(v.Text, func(m mentionOf) {
			if seen = counted(seen, m.key); seen[m.key] > lie[m.key] && (!m.topic || isEditorial(s.file)) {
				s.told(m, placeIn(pos, lines.pos(s.file, v.Offset)))
			}
		})
	})
}

// placeIn is a place of a part of a text in the text.
func placeIn(part, at diag.Pos) diag.Pos {
	if at.Line == 1 {
		at.Col += part.Col - 1
	}
	at.Line += part.Line - 1
	return at
}

// linksTo and blockNames match what stands before an id that is resolved when the page is
// made: in the target of a link, and behind the key of a block, which begins its line and
// has nothing but ids behind it.
var (
	linksTo    = regexp.MustCompile(`[(<]id:$`)
	blockNames = regexp.MustCompile(`(?:^|\n)[ \t]*(?:- *)?(?:(?:left|right) *: *)?\{?(?:records?|items?|units?|event|agent|place|subject) *: *[\["']*(?:[a-z0-9_-]+["']?, *["']?)*$`)
)

// before is what stands before a place of a text, as far as it matters.
func before(text string, at int) string { return text[max(0, at-200):at] }

// inYAML searches the values of a file that are published.
func (n *names) inYAML(file, text string) (out []diag.Diagnostic) {
	f, ok := content.Classify(file)
	if !ok {
		return nil
	}
	type held struct {
		mentionOf
		piece, at int
		inline    bool
	}
	var found []held
	ids := map[int]string{}
	content.Values(text, n.wanted, func(v content.Value) {
		if v.Path == "id" && ids[v.Piece] == "" {
			ids[v.Piece] = v.Text
		}
		if v.Comment || !isPublished(f.Kind, v.Path) {
			return
		}
		n.inSight(v.Text, func(m mentionOf) {
			if m.topic && !isEditorial(file) || m.isID && isLookedUp(v, m) {
				return
			}
			found = append(found, held{m, v.Piece, locate(text, v.Text[m.from:m.to], v.Offset, v.Offset+4*len(v.Text)+200), isInline(v.Path)})
		})
	})
	lines := &lineCounter{text: text}
	for _, m := range found {
		id := ids[m.piece]
		if f.Kind == content.KindExhibition {
			id = f.Owner
		}
		_, public := n.cat.Find(id)
		switch {
		case m.inline && n.showsInline(id, m.mentionOf) && !n.acknowledged(file, m.as):
			out = append(out, m.ofDocument(lines.pos(file, m.at), file))
		case !m.inline && (public || f.Kind == content.KindSite):
			out = append(out, m.diagnostic(lines.pos(file, m.at)))
		}
	}
	return out
}

// wanted reports whether a document of YAML must be read: something stands in it, or may
// once it is decoded or set, and it is not itself that of a record without a page.
func (n *names) wanted(document string) bool {
	if n.isHidden(idAtTop(document)) {
		return false
	}
	if n.mayHold(document) {
		return true
	}
	plain := content.Unescaped(document)
	return len(plain) != len(document) && n.mayHold(plain)
}

// mayHold reports whether something stands in a text, or may once it is set.
func (n *names) mayHold(text string) bool {
	if n.holds(text) {
		return true
	}
	if !markup.Parts(text) {
		return false
	}
	resolved, bare := markup.Bare(text)
	return markup.Parts(bare) || resolved != text && n.holds(resolved) || n.holds(bare)
}

func (n *names) holds(text string) (found bool) {
	n.in(text, func(mentionOf) { found = true })
	return found
}

// idAtTop is the id that a document of YAML gives on a line of its own, "" for none.
func idAtTop(document string) string {
	if !strings.HasPrefix(document, "id:") {
		i := strings.Index(document, "\nid:")
		if i < 0 {
			return ""
		}
		document = document[i+1:]
	}
	line, _, _ := strings.Cut(document[len("id:"):], "\n")
	return strings.Trim(line, " \t\"'")
}

// isLookedUp reports whether an id in a value is resolved where the page is made, which
// tells of one that is not public; or is a word of every day there.
func isLookedUp(v content.Value, m mentionOf) bool {
	if linksTo.MatchString(before(v.Text, m.from)) {
		return true
	}
	if strings.TrimSpace(v.Text) != v.Text[m.from:m.to] {
		return false
	}
	return slices.Contains(lookedUp, v.Path) || v.Path == "sections.id" && !hasDigit(m.id)
}

// lookedUp are the keys, by their paths, whose whole value is the id of something.
var lookedUp = []string{"agents", "place", "places", "events", "subjects", "creators", "creators.agent", "doc.issuer", "doc.signatory", "photo.photographer", "photo.persons.name", "av.speakers", "originals.held_by",
	"related", "broader", "relations.to", "repository", "cover.record", "home.lead", "home.exhibitions", "decision.by", "decision.issued_by"}

// internalKeys are keys of records of which nothing is published, or nothing that is a
// text: ids of others, names of files.
var internalKeys = []string{"", "id", "parent", "level", "clearance", "appraisal", "extra", "reference.repository", "form", "access", "withdrawn",
	"related.id", "objects.kind", "objects.file", "objects.transcript", "objects.translation", "objects.captions", "objects.chapters", "objects.audio_desc", "objects.poster", "objects.cleared_by", "objects.capture", "objects.redaction", "objects.sha256"}

// isPublished reports whether the values at a path of a file are texts of the site.
func isPublished(kind content.Kind, at string) bool {
	at = strings.TrimPrefix(at, "defaults.")
	if isInline(at) || at == "access.conditional_basis" || strings.HasPrefix(at, "access.conditional_basis.") || strings.HasPrefix(at, "withdrawn.public_note") {
		return true
	}
	return !slices.ContainsFunc(internalKeys, func(key string) bool {
		return at == key || key != "" && strings.HasPrefix(at, key+".")
	})
}
