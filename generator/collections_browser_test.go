package generator_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"vitrine/generator"
)

// lookedAt opens pages of a site that was built of a real collection in Chromium: nothing is complained of, every picture is
// there, and every sound and film can be played. holds is what the last of them shows, as a selector of CSS.
func lookedAt(t *testing.T, root, holds string, pages ...string) {
	t.Run("in Chromium", func(t *testing.T) {
		origin := serve(t, root, "/a/")
		r := reader{t, tab(t, browser(t), origin, true)}
		r.must(r.tab.Look(1440, "light"))
		for _, page := range pages {
			r.must(r.tab.Open(origin + page))
			r.gets(`(document.querySelectorAll("img").forEach(i => { i.loading = "eager"; }), "")`)
			if err := r.tab.Until(`[...document.images].every(i => i.complete && i.naturalWidth > 0) && [...document.querySelectorAll("audio, video")].every(m => m.readyState > 0)`); err != nil {
				r.Errorf("%s: %s: %v", page, r.gets(`[...document.images].filter(i => !i.naturalWidth).map(i => i.src).concat([...document.querySelectorAll("audio, video")].filter(m => !m.readyState).map(m => m.src)).join(" ")`), err)
			}
			for _, f := range r.tab.Faults() {
				r.Errorf("%s: %s", page, f)
			}
		}
		r.finds(fmt.Sprintf(`String(document.querySelector(%q) !== null && document.querySelector("h1").offsetHeight > 0)`, holds), "true")
		r.clean()
	})
}

// Sound, film and PDF as they were found: an astronaut of 1969 in AAC, a film of 1891 in WebM, for which a picture of its own
// stands. The animation of 1887 is a GIF, which is refused with what to do.
func TestMediaAsTheyAre(t *testing.T) {
	src := shared(t, "media")
	dir := filepath.Join(t.TempDir(), "content")
	cleared(t, dir, "found", "en")
	edit(t, filepath.Join(dir, "clearances/kt.yaml"), "images, transcript]", "images, transcript, audio, video]")
	writeIn(t, dir, "fonds/found/fonds.yaml", "id: found\nlevel: collection\ntitle: \"Media\"\ndates: {created: 1887/1969}\nreference: {repository: kho, fonds_no: \"M\"}\naccess: {state: public}\nclearance: kt\ndefaults: {languages: [en], form: ghi-am, rights: {uri: \"http://creativecommons.org/publicdomain/mark/1.0/\"}}\n")
	if err := os.CopyFS(filepath.Join(dir, "fonds", "found", "media"), os.DirFS(src)); err != nil {
		t.Fatal(err)
	}
	record := func(id, object string) {
		writeIn(t, dir, "fonds/found/records/"+id+".yaml", "id: "+id+"\nlevel: item\nparent: found\ntitle: \"The "+id+"\"\ndates: {created: 1891}\nreference: {unit_no: \""+id+"\"}\naccess: {state: public}\nclearance: kt\ncreators: [{name: \"Somebody\", role: author}]\nobjects: [{seq: 1, alt: \"The "+id+"\", "+object+"}]\n")
	}
	record("sound", "kind: audio, file: a11_touchdown.m4a")
	record("film", "kind: video, file: dickson_greeting.ogv.240p.webm")
	record("paper", "kind: pdf, file: file-sample_150kB.pdf")
	record("horse", "kind: image, file: plate-number-700-buffalo-galloping.gif")
	rep, err := buildReport(generator.Options{Content: dir, Out: outDir("media"), AsOf: asOf})
	if !errors.Is(err, generator.ErrContent) || !hasError(rep, "image-type", "fonds/found/records/horse.yaml") {
		t.Errorf("a GIF: %v\n%v", err, worded(rep))
	}
	if err := os.Remove(filepath.Join(dir, "fonds/found/records/horse.yaml")); err != nil {
		t.Fatal(err)
	}
	rep, s := buildSite(t, "media", dir, "en")
	if rep.Published != 4 {
		t.Error(rep.Outcome("en"))
	}
	for page, holds := range map[string]string{"sound": "audio.recording", "film": "video.recording[poster]", "paper": ".sheet img"} {
		lookedAt(t, s.Root, holds, "index.html", "fonds/found/index.html", "fonds/found/"+page+".html")
	}
}
