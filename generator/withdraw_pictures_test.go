package generator_test

import (
	"context"
	"image"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
)

// A film that is cut out takes every size of its poster along, those too that only lists
// or descriptions showed, or nobody; what other records show stays.
func TestCutTakesThePosterAlong(t *testing.T) {
	t.Parallel()
	for _, images := range []string{"", "images: {tiles_above: 1, tile_size: 256}\n"} {
		cutTakesThePosterAlong(t, images)
	}
}

func cutTakesThePosterAlong(t *testing.T, images string) {
	const film = `id: tl-0003
level: item
parent: hs-0001
reference: {unit_no: "0001"}
title: "Phim buổi lễ"
form: ghi-am
dates: {created: "1964-05-19"}
access: {state: public}
clearance: qd-01
rights: {uri: "http://rightsstatements.org/vocab/CNE/1.0/", credit: "Kho mẫu"}
objects: [{kind: video, seq: 1, file: d-001.webm, poster: d-001.jpg}]
`
	decided := strings.NewReplacer("transcript]", "transcript, video], max_px: full", "[web-exhibition]", "[web-exhibition, harvesting]").Replace(clearance)
	r := newRuled(t, map[string]string{recordedItem: film, "clearances/qd-01.yaml": decided, "site.yaml": guideArchive()["site.yaml"] + images})
	put(t, r.media("d-001.webm"), filmFile("", "film"))
	poster := func() { put(t, r.media("d-001.jpg"), jpegOf(image.NewGray(image.Rect(0, 0, 1500, 1000)))) }
	poster()
	with := r.published()
	r.with(recordedItem, "access: {state: public}", "access: {state: restricted}")
	without := r.published()
	r.with(recordedItem, "access: {state: restricted}", "access: {state: public}")
	poster() // in place of the small one that stands in for any picture
	sameTree(t, "published again", r.published(), with)
	own := slices.DeleteFunc(pictures(with), func(name string) bool { return slices.Contains(pictures(without), name) })
	if len(own) < 4 {
		t.Fatalf("the film shows %q", own)
	}
	put(t, path.Join(r.o.Content, "agents/hong.yaml"), []byte("id: [\n"))
	rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: r.o, ID: "tl-0003"})
	if err != nil || rep.Cut == nil {
		t.Fatalf("%v: %+v", err, rep)
	}
	left := treeOf(t, r.o.Out)
	listed := string(read(t, path.Join(r.o.Out, "manifest-sha256.txt")))
	if got, want := pictures(left), pictures(without); !slices.Equal(got, want) {
		t.Errorf("left are %q, want %q", got, want)
	}
	for _, name := range own {
		if word := strings.TrimSuffix(path.Base(name), path.Ext(name)); strings.Contains(listed, word) {
			t.Errorf("the manifest has %s", name)
		}
	}
}

// pictures are the files of a site that were made of masters, in order, without what pages are shared with: which
// sheet is on one is not known to a cut, so they all go until the next build.
func pictures(site tree) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(site)) {
		name = strings.TrimPrefix(name, "/")
		if strings.HasPrefix(name, "media/") && !strings.HasPrefix(name, "media/placards/") || strings.HasPrefix(name, "iiif/") && path.Ext(name) == ".jpg" {
			out = append(out, name)
		}
	}
	return out
}
