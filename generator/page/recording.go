package page

// Recording is a sound or film that can be played. It never plays by itself.
type Recording struct {
	Src           string
	Type          string // MIME
	Film          bool
	Width, Height int    // in pixels, of a film
	Wave          string // how loud a sound is from its beginning to its end, as an SVG path within WaveWidth × WaveHeight; empty for none
	Poster        *Image // what stands there before a film is played; nil for none
	Label         string // what it is, for those who do not see it
	Duration      string // "3 phút 12 giây"
	Datetime      string // ISO 8601: "PT3M12S"
	Download      bool   // its file may be taken away
	Tracks        []Track
	Chapters      []Cue
	ChaptersLang  string // of their titles where that is not the language of the page
}

// The measures of a wave, in units of its picture.
const (
	WaveWidth  = 480
	WaveHeight = 64
)

// Track is what is said in a recording, in one language. It is the transcript on
// the page, and by script the captions of the film and what follows the sound.
type Track struct {
	ID        string
	Lang      string
	Label     string // its language: "tiếng Việt"
	Foreign   string // Lang where that is not the language of the page
	Spoken    bool   // it is in the language that is spoken; else it is a translation
	Describes bool   // it says what is to be seen, for those who hear alone
	Cues      []Cue
	Speakers  bool // somebody is named
}

// Cue is what is said, or what begins, at a time.
type Cue struct {
	Start, End string // seconds: "72.5"
	Clock      string // "1:12"
	Href       string // of the recording from there on
	Says       []Said
}

// Said is what one voice says.
type Said struct {
	Speaker string   // empty where nobody is named
	Lines   []string // plain
}

// Ratio is the proportion of a film, as that of an image.
func (r Recording) Ratio() int { return Image{Width: r.Width, Height: r.Height}.Ratio() }
