package generator_test

import (
	"context"
	"fmt"
	"image"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/internal/content"

	"gopkg.in/yaml.v3"
)

// What stands at a path that is not searched never reaches the site, nor does anything of a
// withdrawn record but what its notice gives: in a site of everything that is built.
func TestRule07_WhatIsNotSearchedIsNotShown(t *testing.T) {
	p := &unseenPlanter{t: t, a: wordy(t), where: map[string]string{}}
	p.files()
	p.withdrawn()
	p.recording()
	o := archiveIn(t.TempDir(), baseURL)
	writeTo(t, o.Content, p.a)
	rep, err := generator.Build(context.Background(), o)
	if rep == nil {
		t.Fatal(err)
	}
	for _, d := range rep.Diags.Sorted() {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s [%s]", d.Pos, d.Msg.En, d.Code)
		}
	}
	ead := 0
	for file := range treeOf(t, o.Out) {
		name := slashed(file)
		if strings.HasSuffix(name, ".ead3.xml") {
			ead++
		}
		for word := range readForLeaks(name, read(t, filepath.Join(o.Out, file))).words {
			t.Errorf("%s shows what stands at %q", name, p.where[word])
		}
	}
	if ead == 0 || len(p.where) < 100 {
		t.Errorf("%d descriptions as EAD, %d canaries", ead, len(p.where))
	}
}

// unseenPlanter puts canaries where nothing is searched.
type unseenPlanter struct {
	t     *testing.T
	a     map[string]string
	where map[string]string // canary → what stands there
}

func (p *unseenPlanter) canary(kind content.Kind, path string) string {
	word := canaryMark + strings.Map(func(r rune) rune { return 'a' + (r - '0') }, fmt.Sprintf("%09d", len(p.where)))
	p.where[word] = string(kind) + " " + path
	return word
}

// files fills every file of which the schema is known, with what it needs to be published.
func (p *unseenPlanter) files() {
	for _, f := range schemaFiles() {
		s := &schema{t: p.t, given: f.given, say: func(path, vocab string) string {
			switch {
			case vocab == "" && generator.IsUnseen(f.kind, path):
				return p.file(path, p.canary(f.kind, path))
			case f.kind == content.KindProfile:
				return ""
			}
			return needed[path]
		}}
		switch f.kind {
		case content.KindClearance:
			s.given["scope"] = map[string]any{"fonds": []string{"phong-cau-mau"}, "records": []string{p.canary(f.kind, "scope.records")}, "parts": []string{"metadata", "images", "transcript", "audio"},
				"purposes": []string{"web-exhibition", "bulk-download"}, "open_ended": true}
		case content.KindRecords:
			maps.Copy(s.given, map[string]any{"rights.uri": "http://rightsstatements.org/vocab/CNE/1.0/", "rights.credit": "Kho mẫu", "objects.captions": nil, "objects.chapters": nil, "objects.audio_desc": nil,
				"objects.redaction.count": 1, "objects.redaction.grounds": []string{"personal-data"}, "objects.redaction.date": "2025-03-07", "objects.redaction.derived_from_sha256": strings.Repeat("5eed", 16)})
		}
		p.a[f.file] = marshalled(p.t, s.fill(f.typ, ""))
	}
	p.a["pages/about.md"] = strings.Replace(p.a["pages/about.md"], "{state: public}", "{state: public, note: "+p.canary(content.KindPage, "access.note")+"}", 1)
	p.a["profiles/rieng.yaml"] = withCanaries(p.t, string(read(p.t, "internal/content/profiles/dang-vn-2026.yaml")), func(path string) string { return p.canary(content.KindProfile, path) })
	p.a["site.yaml"] += "profile: rieng\n"
	p.a["subjects/cau.yaml"] = "id: cau\nlabel: Cầu\n"
	p.a[recordPath("tl-0001")] += "places: [ha-noi]\nsubjects: [cau]\n"
}

// file puts a file of a name where a path wants one, and gives back what stands there.
func (p *unseenPlanter) file(path, name string) string {
	switch path {
	case "objects.file":
		name += ".jpg"
		p.a[media+name] = string(plainJPEG(p.t, image.Rect(0, 0, 400, 300), 99))
	case "objects.transcript.file", "objects.translation.file":
		name += ".txt"
		p.a[media+name] = "Lời.\n"
	}
	return name
}

// withdrawn fills a withdrawn record of which the notice gives all that one can give.
func (p *unseenPlanter) withdrawn() {
	f := schemaFiles()[0]
	s := &schema{t: p.t, given: f.given, say: func(path, vocab string) string {
		if vocab == "" && !slices.Contains(generator.InNotices, path) {
			return p.canary("withdrawn", path)
		}
		return ""
	}}
	maps.Copy(s.given, map[string]any{"id": "tl-0092", "title": "Thư mà trang thay thế còn nêu", "access.state": "withdrawn", "withdrawn": map[string]any{"date": "2026-05-01", "reason": "copyright", "level": "full", "decision": "12-QĐ", "public_note": "Lời."},
		"access.declassification": nil, "former_ids": nil, "related": nil, "rights.uri": "http://rightsstatements.org/vocab/CNE/1.0/", "objects.file": "b-001.png", "objects.transcript.file": nil, "objects.translation.file": nil,
		"objects.captions": nil, "objects.chapters": nil, "objects.audio_desc": nil, "objects.poster": nil, "objects.redaction": nil})
	p.a[recordPath("tl-0092")] = marshalled(p.t, s.fill(f.typ, ""))
}

// recording gives the files of words of a recording other names.
func (p *unseenPlanter) recording() {
	record := recordPath("tl-0095")
	for _, key := range []string{"captions", "chapters", "audio_desc"} {
		name := p.canary(content.KindRecords, "objects."+key) + ".vtt"
		_, behind, _ := strings.Cut(p.a[record], key+": ")
		was, _, _ := strings.Cut(behind, ",")
		p.a[record] = strings.Replace(p.a[record], was, name, 1)
		p.a[media+name] = p.a[media+was]
	}
}

// withCanaries is a profile with a canary at every path that is not searched.
func withCanaries(t *testing.T, profile string, canary func(path string) string) string {
	t.Helper()
	var p map[string]any
	if err := yaml.Unmarshal([]byte(profile), &p); err != nil {
		t.Fatal(err)
	}
	p["id"] = "rieng"
	p["rules"] = append(p["rules"].([]any), map[string]any{"id": canary("rules.id"), "number": canary("rules.number"), "title": canary("rules.title"), "note": canary("rules.note")})
	for key, words := range p["secrecy"].(map[string]any) {
		if list, ok := words.([]any); ok {
			p["secrecy"].(map[string]any)[key] = append(list, canary("secrecy."+key))
		}
	}
	return marshalled(t, p)
}

func marshalled(t *testing.T, v any) string {
	t.Helper()
	text, err := yaml.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
