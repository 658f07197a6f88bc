package pdf

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// page is the first page of a file of one, with a content stream of its own.
const (
	pageObject   = 20 // its number
	streamObject = 21
)

var (
	plain    = made{contents: []string{show(700, secret) + show(600, "Kinh gui")}}
	redacted = stream("", show(600, "Kinh gui")+"0 g "+over(700))
	signed   = []string{"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [30 0 R] /SigFlags 3 >> >>", "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Chu ky) /Rect [0 0 0 0] /V << /Type /Sig /Filter /Adobe.PPKLite >> >>"}
)

// outdated are the pages of a file that an earlier revision gives and the last does not.
func outdated(t *testing.T, e *Engine, file []byte) (out []int, err error) {
	t.Helper()
	err = e.Open(context.Background(), bytes.NewReader(file), int64(len(file)), time.Minute, func(d *Document) (err error) {
		out, err = d.Outdated()
		return err
	})
	return out, err
}

func TestOutdated(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	base := plain.bytes()
	two := made{contents: []string{show(700, "Trang dau"), show(700, secret)}}
	unchained := func(b []byte) []byte { return bytes.Replace(b, []byte("/Prev "), []byte("/Next "), 1) }
	for name, c := range map[string]struct {
		file []byte
		want []int
	}{
		"saved once":                      {base, nil},
		"text taken away":                 {saved(base, streamObject, redacted), []int{0}},
		"taken away, then signed":         {saved(saved(saved(base, streamObject, redacted), 1, signed[0]), 30, signed[1]), []int{0}},
		"one word less":                   {saved(base, streamObject, stream("", show(700, strings.Replace(secret, "Van ", "", 1))+show(600, "Kinh gui"))), []int{0}},
		"the end of the first is gone":    {bytes.Replace(saved(base, streamObject, redacted), []byte("%%EOF"), []byte("%%..."), 1), []int{0}},
		"taken away and unchained":        {unchained(saved(base, 1, withStream(redacted)...)), []int{0}},
		"behind a foreign header":         {append([]byte("MIME\n\n"), saved(base, streamObject, redacted)...), []int{0}},
		"a page taken out":                {saved(two.bytes(), 2, "<< /Type /Pages /Kids [20 0 R] /Count 1 >>"), []int{1}},
		"a page put first":                {saved(two.bytes(), 2, "<< /Type /Pages /Kids [22 0 R 20 0 R] /Count 2 >>"), nil},
		"signed":                          {saved(saved(base, 1, signed[0]), 30, signed[1]), nil},
		"properties changed":              {saved(base, 30, "<< /Title (x) >>"), nil},
		"a note added":                    {saved(base, 30, "<< /Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents (x) >>"), nil},
		"a line added to the page":        {saved(base, streamObject, stream("", plain.contents[0]+show(40, "Trang 1"))), nil},
		"the same page in other words":    {saved(base, streamObject, stream("", "q "+plain.contents[0]+" Q")), nil},
		"linearized":                      {linearized(plain.all(), pageObject), nil},
		"linearized, then signed":         {saved(saved(linearized(plain.all(), pageObject), 1, signed[0]), 30, signed[1]), nil},
		"linearized, then text taken out": {saved(linearized(plain.all(), pageObject), streamObject, redacted), []int{0}},
		"words that name no revision":     {saved(base, 30, stream("", "startxref 17 /Prev 5 startxref 999999999999999999999")), nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := outdated(t, e, c.file)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%v, %v, want %v", got, err, c.want)
			}
		})
	}
}

// withStream are all objects of the plain file, but for the page's stream.
func withStream(body string) []string {
	all := plain.all()
	all[streamObject-1] = body
	return all
}

// Whoever saves without end is told so, and does not keep the search from ending.
func TestTooManyRevisions(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	b := plain.bytes()
	for range maxRevisions + 1 {
		b = saved(b, 30, "null")
	}
	var p *Problem
	if _, err := outdated(t, e, b); !errors.As(err, &p) || !strings.Contains(p.Error(), "too many times") {
		t.Error(err)
	}
}

// Both halves of a linearized file are one revision, which gives the page.
func TestLinearizedIsWhole(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	b := linearized(plain.all(), pageObject)
	err := e.Open(context.Background(), bytes.NewReader(b), int64(len(b)), time.Minute, func(d *Document) error {
		starts, err := d.revisions()
		text, err2 := d.Text(0)
		if len(starts) != 0 || !strings.Contains(text, secret) {
			t.Errorf("%v, %q", starts, text)
		}
		return errors.Join(err, err2)
	})
	if err != nil {
		t.Error(err)
	}
}
