package main

import (
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const content = "../../content"

// zoomable counts the sheets that are drawn large for deep zoom.
const zoomable = 3

// Every committed image is drawn from the list and every sheet of the list is committed, with the size the
// list gives and within the space the sample archive may take.
func TestCommittedImagesAreTheList(t *testing.T) {
	sheets, err := readList("sheets.yaml")
	if err != nil {
		t.Fatal(err)
	}
	listed, large, total := map[string]bool{}, 0, int64(0)
	for _, s := range sheets {
		name := s.target(content)
		listed[name] = true
		info, err := os.Stat(name)
		if err != nil {
			t.Errorf("%s is listed but was not drawn: %v", s.File, err)
			continue
		}
		limit := int64(300_000)
		if s.Size[0]*s.Size[1] > 12_000_000 {
			limit, large = 900_000, large+1
		}
		if total += info.Size(); info.Size() > limit {
			t.Errorf("%s takes %d bytes, more than %d", s.File, info.Size(), limit)
		}
		if c, _ := imageConfig(t, name); c.Width != s.Size[0] || c.Height != s.Size[1] {
			t.Errorf("%s is %d × %d, not %v", s.File, c.Width, c.Height, s.Size)
		}
	}
	if total > 16_000_000 || large < zoomable {
		t.Errorf("%d bytes in all, %d sheets for deep zoom", total, large)
	}
	spoken, err := os.ReadFile("../../.ci/speak") // which takes the opening picture of a film
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range images(t) {
		if !listed[name] && !strings.Contains(string(spoken), filepath.Base(name)) {
			t.Errorf("%s is in no entry of sheets.yaml, and .ci/speak does not make it", name)
		}
	}
}

// images lists the pictures in the media folders of the sample archive.
func images(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(content, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(filepath.ToSlash(name), "/media/") {
			return err
		}
		switch filepath.Ext(name) {
		case ".jpg", ".png":
			out = append(out, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func imageConfig(t *testing.T, name string) (image.Config, string) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, format, err := image.DecodeConfig(f)
	if err != nil {
		t.Fatal(name, err)
	}
	return c, format
}

func TestListSaysWhatIsWrong(t *testing.T) {
	for entry, want := range map[string]string{
		`{file: a/b.gif, kind: mount, size: [900, 900]}`:                                                   "must end in .png or .jpg",
		`{file: ../b.jpg, kind: mount, size: [900, 900]}`:                                                  "file must be",
		`{file: a/b.jpg, kind: flag, size: [900, 900]}`:                                                    `unknown kind "flag"; known: card`,
		`{file: a/b.jpg, kind: mount, size: [90, 900]}`:                                                    "outside",
		`{file: a/b.jpg, kind: mount, size: [900, 900], colour: red}`:                                      "field colour not found",
		`{file: a/b.jpg, kind: route-sketch, size: [900, 900], places: [["A", 2, 0.5]]}`:                   "lies outside the sheet",
		`{file: a/b.jpg, kind: route-sketch, size: [900, 900], places: [["A", 0.5]]}`:                      "[name, x, y]",
		"{file: a/b.jpg, kind: mount, size: [900, 900]}\n- {file: a/b.jpg, kind: mount, size: [900, 900]}": "listed twice",
	} {
		name := filepath.Join(t.TempDir(), "list.yaml")
		if err := os.WriteFile(name, []byte("- "+entry+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readList(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", entry, err, want)
		}
	}
}

func TestTargets(t *testing.T) {
	for file, want := range map[string]string{
		"mau-01/a.jpg":             "c/fonds/mau-01/media/a.jpg",
		"exhibitions/autumn/a.jpg": "c/exhibitions/autumn/media/a.jpg",
	} {
		if got := filepath.ToSlash(Sheet{File: file}.target("c")); got != want {
			t.Errorf("%s goes to %s, not %s", file, got, want)
		}
	}
}
