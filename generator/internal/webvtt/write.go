package webvtt

import (
	"bufio"
	"io"
	"strings"
)

// marks are the characters of a text that would be read as marks.
var marks = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Write writes cues so that Read gives the same. It fails as w does.
func Write(w io.Writer, cues []Cue) error {
	b := bufio.NewWriter(w)
	b.WriteString("WEBVTT\n")
	for _, c := range cues {
		b.WriteString("\n")
		if c.ID != "" {
			b.WriteString(c.ID + "\n")
		}
		b.WriteString(stamp(c.Start) + " " + arrow + " " + stamp(c.End))
		for _, s := range []struct{ name, value string }{{"position", c.Settings.Position}, {"line", c.Settings.Line}, {"align", c.Settings.Align}} {
			if s.value != "" {
				b.WriteString(" " + s.name + ":" + s.value)
			}
		}
		b.WriteString("\n")
		for _, s := range c.Says {
			text := marks.Replace(s.Text)
			if s.Speaker != "" {
				text = "<v " + marks.Replace(s.Speaker) + ">" + text + "</v>"
			}
			b.WriteString(text + "\n")
		}
	}
	return b.Flush() // which tells of every failure before it
}
