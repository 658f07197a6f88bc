package plan

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/pagetext"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// sheetAnchor is the id of the first sheet of an object on the page of its record.
func sheetAnchor(seq int) string { return "to-" + strconv.Itoa(seq) }

// leaf is a page of a digital object.
type leaf struct {
	object record.Object
	seq    int
	page   int              // from 0
	pages  int              // of the object
	made   []derive.Derived // nothing where there is no picture to show
	text   *pagetext.Page   // that the file gives; nil where there is none
}

// anchor is the id of the sheet. That of the first page does not tell how many there
// are, so whoever links to the object finds its beginning.
func (l leaf) anchor() string {
	if l.page == 0 {
		return sheetAnchor(l.seq)
	}
	return sheetAnchor(l.seq) + "-" + strconv.Itoa(l.page+1)
}

// leaves are the pages of all digital objects of a record; an object without
// pictures has one.
func (c *composer) leaves(u *record.Unit, row int32) (out []leaf) {
	for i, o := range u.Objects {
		seq := o.Number(i)
		pages := c.pagesOf(row, o)
		if len(pages) == 0 {
			out = append(out, leaf{object: o, seq: seq, pages: 1})
		}
		texts := c.textsOf(row, o)
		for n, made := range pages {
			l := leaf{object: o, seq: seq, page: n, pages: len(pages), made: made}
			if n < len(texts) {
				l.text = &texts[n]
			}
			out = append(out, l)
		}
	}
	return out
}

// sheets are the digital objects of a record, page by page. credit stands beneath
// them all.
func (c *composer) sheets(u *record.Unit, row int32, credit page.Words) (out []page.Sheet) {
	for _, l := range c.leaves(u, row) {
		s := page.Sheet{Anchor: l.anchor(), Label: c.leafLabel(u, l), Kind: l.object.Kind.V}
		if len(l.made) > 0 {
			s.Image = c.leafImage(u, row, l)
			if c.Catalog.Verdict(row).MayTakePictures() && c.downloads() {
				nameSizes(s.Image.Sizes, u.ID.V+"-"+s.Anchor)
			}
			if s.Image.Credit == credit {
				s.Image.Credit = page.Words{} // the line beneath all sheets says it
			}
		}
		if l.page == 0 { // what is said of the object stands where it begins
			c.describeSheet(&s, u, row, l.object)
			s.File = c.file(row, l.object, u.ID.V+"-"+s.Anchor)
		}
		if l.text != nil {
			c.ownText(&s, u, l.text)
		}
		if s.Image != nil || s.Recording != nil || !s.Transcript.IsZero() || len(s.Lines) > 0 || !s.Covered.IsZero() || !s.Note.IsZero() {
			out = append(out, s)
		}
	}
	return out
}

func (c *composer) describeSheet(s *page.Sheet, u *record.Unit, row int32, o record.Object) {
	s.Note, s.LongDesc = c.inline(o.RedactNote, u.File), c.block(o.LongDesc, u.File, s.Anchor+"-ta")
	switch o.Kind.V {
	case record.KindWords:
		s.Note = plain(c.t("plan.words-alone"))
	case "text":
		s.Note = plain(c.t("plan.words-below"))
	default:
		s.Covered = c.covered(o.Redaction)
	}
	if o.IsRecording() {
		s.Recording, s.Caption, s.Mark = c.recording(u, row, o, s.Anchor), c.inline(o.Caption, u.File), c.mark(o.Placeholder.V)
	}
	if !inTime(o, o.Transcript) {
		s.Transcript, s.Lines, s.TranscriptBy = c.transcript(u, row, o, o.Words(), s.Image, s.Anchor+"-chep")
	}
	if s.Recording != nil && o.AudioDesc.V != "" && !isWebVTT(o.AudioDesc.V) {
		s.Described, _, _ = c.transcript(u, row, o, &record.Transcript{File: o.AudioDesc}, nil, s.Anchor+"-canh")
	}
	if !inTime(o, o.Translation) {
		s.Translation, s.TranslationLines, _ = c.transcript(u, row, o, o.Translation, s.Image, s.Anchor+"-dich")
	}
}

// ownText sets the text that a PDF gives of a page, in the language of the record
// where it has one.
func (c *composer) ownText(s *page.Sheet, u *record.Unit, text *pagetext.Page) {
	lang := ""
	if len(u.Languages) == 1 {
		lang = u.Languages[0].V
		s.Transcript.Lang = c.foreign(lang)
	}
	if s.Lines = c.linesOn(text, lang, s.Image); len(s.Lines) > 0 {
		s.TranscriptBy = plain(c.t("plan.own-text"))
	}
}

// leafLabel names a sheet: by its object, and by its number where that has several pages.
func (c *composer) leafLabel(u *record.Unit, l leaf) page.Words {
	label := c.inline(l.object.Label, u.File)
	if label.IsZero() && (l.pages == 1 || len(u.Objects) > 1) {
		label = c.unlabelled(u, l)
	}
	if l.pages == 1 {
		return label
	}
	number := plain(c.t("plan.page", strconv.Itoa(l.page+1)))
	if label.IsZero() {
		return number
	}
	label.HTML += ", " + number.HTML
	return label
}

// unlabelled names a sheet that has no label: a page by its number, a recording by
// what it is, and by its place among those of its kind where there are several.
func (c *composer) unlabelled(u *record.Unit, l leaf) page.Words {
	if !l.object.IsRecording() {
		return plain(c.t("plan.sheet", strconv.Itoa(l.seq)))
	}
	kind, place, many := "plan.sound", 0, 0
	if l.object.IsFilm() {
		kind = "plan.film"
	}
	for i, o := range u.Objects {
		if !o.IsRecording() || o.IsFilm() != l.object.IsFilm() {
			continue
		}
		many++
		if o.Number(i) == l.seq {
			place = many
		}
	}
	if many == 1 {
		return plain(c.t(kind))
	}
	return plain(c.t(kind) + "\u00a0" + strconv.Itoa(place))
}

// leafImage is the picture of a page. Its caption stands at the first, and each has
// a text alternative of its own.
func (c *composer) leafImage(u *record.Unit, row int32, l leaf) *page.Image {
	img := c.drawn(u, row, l.object, l.made)
	if l.pages > 1 {
		img.Alt = join(img.Alt, c.t("plan.page", strconv.Itoa(l.page+1)))
	}
	if l.page > 0 {
		img.Caption = page.Words{}
	}
	return img
}

// comparisons lays pictures beside those that show another state of them, and
// notes that on their sheets.
func comparisons(u *record.Unit, sheets []page.Sheet) (out []page.Comparison) {
	shown := func(seq int) int {
		return slices.IndexFunc(sheets, func(s page.Sheet) bool { return s.Image != nil && s.Anchor == sheetAnchor(seq) })
	}
	for i, o := range u.Objects {
		left, right := shown(o.CompareWith.V), shown(o.Number(i))
		if o.CompareWith.V == 0 || left < 0 || right < 0 {
			continue
		}
		sheets[left].Compared, sheets[right].Compared = true, true
		out = append(out, page.Comparison{Left: asState(sheets[left]), Right: asState(sheets[right]), View: "slider"})
	}
	return out
}

// asState is the picture of a sheet under the name of its state.
func asState(s page.Sheet) *page.Image {
	img := *s.Image
	img.Href, img.Caption, img.Credit = "#"+s.Anchor, s.Label, page.Words{}
	return &img
}

// nameSizes names files as they are saved: by the record and the sheet, never as
// the master is called, which may say what is not public.
func nameSizes(sizes []page.Size, stem string) {
	for i, s := range sizes {
		sizes[i].Name = stem + "-" + strconv.Itoa(s.Width) + path.Ext(s.Href)
	}
}

// covered says how many places of a picture are covered, and on which grounds.
func (c *composer) covered(r *record.Redaction) page.Words {
	if r == nil {
		return page.Words{}
	}
	var grounds []string
	for _, g := range r.Grounds {
		grounds = append(grounds, c.term("redaction_ground", g.V))
	}
	return plain(c.t("plan.covered", r.Count.V, strings.Join(grounds, ", ")))
}
