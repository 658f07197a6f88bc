package filetext

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every word that a tool wrote into a recording is handed on.
func TestWordsOfRecordings(t *testing.T) {
	for name, words := range map[string][]string{
		"cbr.mp3": {"CANARY-title", "CANARY-artist", "CANARY-cover"}, "plain.wav": {"CANARY-title"}, "vorbis.ogg": {"CANARY-track", "CANARY-comment"}, "opus.ogg": {"CANARY-artist"},
		"sound.m4a": {"CANARY-title", "CANARY-chapter"}, "film.mp4": {"CANARY-title", "CANARY-subtitle", "CANARY-chapter"}, "film.webm": {"CANARY-title", "CANARY-subtitle", "CANARY-picture"},
	} {
		b, err := os.ReadFile(filepath.Join("../recording/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		var said strings.Builder
		if _, err := (&Reader{}).Read(context.Background(), bytes.NewReader(b), int64(len(b)), func(x Text) { said.WriteString(x.Text + "\n") }); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, w := range words {
			if !strings.Contains(said.String(), w) {
				t.Errorf("%s: %s was not read", name, w)
			}
		}
	}
}
