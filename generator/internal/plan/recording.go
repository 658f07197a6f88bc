package plan

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/webvtt"
	"vitrine/generator/page"
)

// mimeTypes are those of the endings of published recordings.
var mimeTypes = map[string]string{".mp3": "audio/mpeg", ".wav": "audio/wav", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".mp4": "video/mp4", ".webm": "video/webm"}

// recording is a sound or film with its words, nil when it could not be made.
// prefix is the beginning of the ids of what belongs to it.
func (c *composer) recording(u *record.Unit, row int32, o record.Object, prefix string) *page.Recording {
	c.Catalog.ask(row, askImages)
	fonds := c.Catalog.ID(c.Catalog.Fonds(row))
	made := c.Recordings(mediaPath(fonds, o.File.V), o.IsFilm())
	if len(made) == 0 || made[0].Sound == nil {
		return nil
	}
	d := made[0]
	r := &page.Recording{Src: c.rel(d.Name), Type: mimeTypes[path.Ext(d.Name)], Film: d.Sound.Film, Width: d.Width, Height: d.Height,
		Duration: c.lasting(d.Sound.Duration), Datetime: isoDuration(d.Sound.Duration), Download: c.mayTake(row, o)}
	if !r.Film && strings.HasPrefix(r.Type, "video/") {
		r.Type = "audio/" + strings.TrimPrefix(r.Type, "video/")
	}
	if !r.Film && c.Waves != nil {
		r.Wave = wavePath(c.Waves(mediaPath(fonds, o.File.V)))
	}
	if r.Label, _ = c.plainText(o.Alt); r.Label == "" {
		r.Label, _ = c.plainText(u.Title)
	}
	if o.Poster.V != "" {
		r.Poster = c.image(u, row, record.Object{Kind: record.Str{V: "image"}, File: o.Poster})
	} else if made := c.still(row, o); len(made) > 0 {
		r.Poster = c.drawn(u, row, record.Object{Kind: record.Str{V: "image"}}, derive.Pages(made)[0])
	}
	r.Tracks = c.tracks(u, row, o, fonds, r.Src, prefix)
	if o.Chapters.V != "" {
		r.Chapters = c.cues(row, mediaPath(fonds, o.Chapters.V), r.Src)
		r.ChaptersLang = c.foreign(spokenLanguage(u, o, c.langs[0]))
	}
	return r
}

// still is what was made of a picture of a film, where the record names none that stands for it. It is
// a part of the film, so whoever may see that may see it.
func (c *composer) still(row int32, o record.Object) []derive.Derived {
	if !o.IsFilm() || o.Poster.V != "" || c.Frames == nil {
		return nil
	}
	c.Catalog.ask(row, askImages)
	return c.Frames(mediaPath(c.Catalog.ID(c.Catalog.Fonds(row)), o.File.V), c.Catalog.Verdict(row).MaxPx)
}

// wavePath draws the peaks of a sound as strokes, each two units from the next, in
// a picture that is page.WaveHeight units high; empty for none.
func wavePath(peaks []byte) string {
	var b strings.Builder
	for i, p := range peaks {
		h := max(1, int(p)*page.WaveHeight/2/255)
		fmt.Fprintf(&b, "M%d %dv%d", 2*i+1, page.WaveHeight/2-h, 2*h)
	}
	return b.String()
}

// mayTake reports whether readers may take the file of an object away: its clearance
// says so, and the site has downloads.
func (c *composer) mayTake(row int32, o record.Object) bool {
	return c.Catalog.Verdict(row).MayTake(o) && c.downloads()
}

// downloads reports whether the site offers files to take away.
func (c *composer) downloads() bool {
	d := c.Config.Site.Features.Downloads
	return d == nil || d.V
}

// isWebVTT reports whether a file of words has their times.
func isWebVTT(name string) bool { return strings.EqualFold(path.Ext(name), ".vtt") }

// inTime reports whether a transcript of an object is shown in time with it.
func inTime(o record.Object, t *record.Transcript) bool {
	return o.IsRecording() && t != nil && isWebVTT(t.File.V)
}

// tracks are what is said in a recording: its captions, or a transcript that has times,
// and a translation that has some. That in the language of the page comes first.
func (c *composer) tracks(u *record.Unit, row int32, o record.Object, fonds, src, prefix string) (out []page.Track) {
	add := func(file, lang string, spoken bool) {
		cues := c.cues(row, mediaPath(fonds, file), src)
		if len(cues) == 0 {
			return
		}
		t := page.Track{ID: prefix + "-loi-" + lang, Lang: lang, Label: c.languageName(lang), Foreign: c.foreign(lang), Spoken: spoken, Cues: cues}
		if lang == c.lang {
			out = append([]page.Track{t}, out...)
		} else {
			out = append(out, t)
		}
	}
	spoken := spokenLanguage(u, o, c.langs[0])
	switch {
	case o.Captions.V != "":
		add(o.Captions.V, spoken, true)
	case inTime(o, o.Transcript):
		add(o.Transcript.File.V, spoken, true)
	}
	if isWebVTT(o.AudioDesc.V) {
		if cues := c.cues(row, mediaPath(fonds, o.AudioDesc.V), src); len(cues) > 0 {
			out = append(out, page.Track{ID: prefix + "-canh-" + spoken, Lang: spoken, Label: c.languageName(spoken), Foreign: c.foreign(spoken), Spoken: true, Describes: true, Cues: cues})
		}
	}
	if inTime(o, o.Translation) {
		lang := o.Translation.Lang.V
		if lang == "" || lang == spoken {
			lang = c.otherLanguage(spoken)
		}
		add(o.Translation.File.V, lang, false)
	}
	return out
}

// spokenLanguage is the language of a recording: that of its transcript, else what the
// record says, else the first of the site.
func spokenLanguage(u *record.Unit, o record.Object, first string) string {
	switch {
	case o.Transcript != nil && o.Transcript.Lang.V != "":
		return o.Transcript.Lang.V
	case u.AV.Language.V != "":
		return u.AV.Language.V
	case len(u.Languages) > 0:
		return u.Languages[0].V
	}
	return first
}

// otherLanguage is the first language of the site that is not the one given.
func (c *composer) otherLanguage(lang string) string {
	for _, l := range c.langs {
		if l != lang {
			return l
		}
	}
	return "und"
}

func (c *composer) languageName(code string) string {
	for _, v := range c.languages([]record.Str{{V: code}}) {
		return string(v.Words.HTML)
	}
	return code
}

// asDecided reports whether what was read of a file is what the decision on its record
// froze. One that was replaced a moment ago is not: its words are not shown, and the
// error stops the build.
func (c *composer) asDecided(row int32, file, sum string) bool {
	want, ok := c.Gate.Frozen(c.Catalog.Facts(row), file)
	if !ok || sum == "" || want == sum { // of what cannot be read nothing is shown
		return true
	}
	c.report(diag.Errorf("clearance-file", diag.Pos{File: file}, "tệp đã thay đổi sau quyết định cho phép công bố", "the file has changed since the decision that released it").
		WithHint("xét lại tệp rồi ghi mã băm mới vào quyết định: %s", "review the file, then write its new hash into the clearance: %s", sum))
	return false
}

// cues reads the words of a recording.
func (c *composer) cues(row int32, file, src string) (out []page.Cue) {
	c.Catalog.askFile(file)
	cues, sum, ds := c.Tree.Cues(file)
	if !c.asDecided(row, file, sum) {
		return nil
	}
	c.report(ds...)
	covered := c.coverMarks()
	for _, cue := range cues {
		p := page.Cue{Start: inSeconds(cue.Start), End: inSeconds(cue.End), Clock: clock(cue.Start), Href: src + "#t=" + inSeconds(cue.Start), Says: said(cue, covered)}
		if len(p.Says) > 0 {
			out = append(out, p)
		}
	}
	return out
}

func said(cue webvtt.Cue, covered *strings.Replacer) (out []page.Said) {
	for _, s := range cue.Says {
		out = append(out, page.Said{Speaker: s.Speaker, Lines: strings.Split(covered.Replace(s.Text), "\n")})
	}
	return out
}

// inSeconds is a time as a script and a media fragment have it (W3C, Media
// Fragments URI 1.0, section 4.2.1).
func inSeconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }

// clock is a time as a player shows it.
func clock(d time.Duration) string {
	s := int(d / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// inParts are hours, minutes and whole seconds, as players show them: what is begun
// of a second is left out, but there is at least one.
func inParts(d time.Duration) [3]int {
	s := max(int(d/time.Second), 1)
	return [3]int{s / 3600, s / 60 % 60, s % 60}
}

// lasting words a duration.
func (c *composer) lasting(d time.Duration) string {
	var out []string
	for i, n := range inParts(d) {
		if n > 0 {
			out = append(out, c.t("plan.lasting-"+[]string{"hours", "minutes", "seconds"}[i], n))
		}
	}
	return strings.Join(out, " ")
}

// isoDuration is a duration as ISO 8601 has it.
func isoDuration(d time.Duration) string {
	out := "PT"
	for i, n := range inParts(d) {
		if n > 0 {
			out += strconv.Itoa(n) + "HMS"[i:i+1]
		}
	}
	return out
}

// recordingState appends to a fingerprint what is published of a recording: the
// names of its copy and of its picture, which are made of their hashes, and its words.
func (c *composer) recordingState(b []byte, row int32, o record.Object) []byte {
	fonds := c.Catalog.ID(c.Catalog.Fonds(row))
	for _, d := range c.Recordings(mediaPath(fonds, o.File.V), o.IsFilm()) {
		b = pack.Text(b, d.Name)
	}
	if o.Poster.V != "" {
		for _, d := range c.Images(mediaPath(fonds, o.Poster.V), c.Catalog.Verdict(row).MaxPx) {
			b = pack.Text(b, d.Name)
		}
	}
	for _, s := range []record.Str{o.Captions, o.Chapters, o.AudioDesc} {
		if s.V != "" {
			file := mediaPath(fonds, s.V)
			c.Catalog.askFile(file)
			text, _, _ := c.Tree.Transcript(file) // what is wrong with it is told where it is shown
			b = pack.Text(b, text)
		}
	}
	return b
}
