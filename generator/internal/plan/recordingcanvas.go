package plan

import (
	"strconv"
	"strings"

	"vitrine/generator/iiif"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// recordingCanvas is a sound or film that is published, with what is said in it; none
// where there is no copy of it.
func (c *composer) recordingCanvas(u *record.Unit, row int32, l leaf) []iiif.Canvas {
	o, fonds := l.object, c.Catalog.ID(c.Catalog.Fonds(row))
	sheet := c.sheetWords(u, row, l, nil)
	r := sheet.Recording
	if r == nil {
		return nil
	}
	d := c.Recordings(mediaPath(fonds, o.File.V), o.IsFilm())[0]
	body := iiif.Content{ID: c.base() + d.Name, Type: "Sound", Format: r.Type, Duration: d.Sound.Duration.Seconds()}
	if r.Film {
		body.Type, body.Width, body.Height = "Video", r.Width, r.Height
	}
	id := c.canvasID(u, l)
	painting := iiif.Annotation{ID: id + "/painting", Motivation: "painting", Body: body, Target: id}
	out := iiif.Canvas{ID: id, Label: c.canvasLabel(u, l), Summary: c.texts(o.Alt), Width: body.Width, Height: body.Height, Duration: body.Duration,
		RequiredStatement: c.creditOf(o), Items: []iiif.AnnotationPage{{ID: id + "/page", Items: []iiif.Annotation{painting}}}}
	still := c.still(row, o)
	if o.Poster.V != "" {
		still = c.Images(mediaPath(fonds, o.Poster.V), c.Catalog.Verdict(row).MaxPx)
	}
	if len(still) > 0 {
		out.Thumbnail = []iiif.Content{c.painting(derive.Pictures(derive.Pages(still)[0])[0], nil)}
	}
	for _, t := range r.Tracks {
		out.Annotations = append(out.Annotations, c.trackTexts(t, id))
	}
	out.Annotations = append(out.Annotations, c.pageTexts(sheet, id)...)
	return []iiif.Canvas{out}
}

// chapters are those of the recordings of a unit, each with the time that it takes.
func (c *composer) chapters(u *record.Unit, row int32, leaves []leaf) (out []iiif.Range) {
	for _, l := range leaves {
		o := l.object
		if !o.IsRecording() || o.Chapters.V == "" {
			continue
		}
		r := c.recording(u, row, o, "")
		if r == nil {
			continue
		}
		lang := spokenLanguage(u, o, c.langs[0])
		for i, cue := range r.Chapters {
			canvas := c.canvasID(u, l)
			out = append(out, iiif.Range{ID: canvas + "/chapter/" + strconv.Itoa(i+1), Label: iiif.Text{}.Add(lang, spoken(cue)),
				Items: []iiif.Reference{{ID: canvas + "#t=" + cue.Start + "," + cue.End, Type: "Canvas"}}})
		}
	}
	return out
}

// trackTexts are what is said in a recording, in one language, each at its time.
func (c *composer) trackTexts(t page.Track, canvas string) iiif.AnnotationPage {
	key := "record.translation"
	if t.Spoken {
		key = "record.transcript"
	}
	of := "/words/"
	if t.Describes {
		key, of = "recording.described", "/descriptions/"
	}
	out := iiif.AnnotationPage{ID: canvas + of + t.Lang, Label: c.interfaceTexts(key)}
	for _, cue := range t.Cues {
		out.Items = append(out.Items, iiif.Annotation{ID: out.ID + "/" + cue.Start, Motivation: "supplementing", Target: canvas + "#t=" + cue.Start + "," + cue.End,
			Body: iiif.TextualBody{Value: spoken(cue), Format: "text/plain", Language: t.Lang}})
	}
	return out
}

// spoken is what a cue says, each voice on a line of its own.
func spoken(cue page.Cue) string {
	var lines []string
	for _, s := range cue.Says {
		line := strings.Join(s.Lines, " ")
		if s.Speaker != "" {
			line = s.Speaker + ": " + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
