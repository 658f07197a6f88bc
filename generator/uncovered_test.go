package generator_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// The master of a covered picture may lie nowhere in the content, under no name, on any
// day after it was covered too: build and check say which file and of which record.
func TestMasterOfCoveredPictureInTheContent(t *testing.T) {
	o, master := toRedact(t)
	if _, err := generator.Redact(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	opts := generator.Options{Content: o.Content, Out: filepath.Join(filepath.Dir(o.Content), "public"), AsOf: asOf}
	if rep, err := generator.Build(context.Background(), opts); err != nil {
		t.Fatal(err, rep)
	}
	for _, name := range []string{"fonds/phong-01/media/tl-0002-001.png", "fonds/phong-01/media/.x/y.dat", "fonds/phong-01/media/phim.mp4", "pages/anh.bin", "la.tif"} {
		put(t, filepath.Join(o.Content, name), master)
		for what, run := range map[string]func(context.Context, generator.Options) (*generator.Report, error){"build": generator.Build, "check": generator.Check} {
			rep, err := run(context.Background(), opts)
			if !errors.Is(err, generator.ErrContent) {
				t.Errorf("%s with %s: %v", what, name, err)
				continue
			}
			said := ""
			for _, d := range rep.Diags.Sorted() {
				if d.Code == "master-uncovered" {
					said += d.Pos.File + " " + d.Msg.En
				}
			}
			if !strings.HasPrefix(said, name) || !strings.Contains(said, "tl-0001") {
				t.Errorf("%s with %s says %q", what, name, said)
			}
		}
		if err := os.Remove(filepath.Join(o.Content, name)); err != nil {
			t.Fatal(err)
		}
	}
	if rep, err := generator.Build(context.Background(), opts); err != nil {
		t.Error(err, rep)
	}
}

// A hash that is none would let the master lie beside its covered copy unseen.
func TestHashOfMasterThatIsNone(t *testing.T) {
	const good = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	with := func(sum string) *ruled {
		return newRuled(t, nil).with(firstItem, "kind: page", "kind: page, derived_from_sha256: \""+sum+"\"")
	}
	with(good).published()
	for _, sum := range []string{"sha256:" + good, good[1:], good[:20] + " " + good[20:], strings.ToUpper(good)} {
		with(sum).fails("redaction-incomplete", firstItem)
	}
}
