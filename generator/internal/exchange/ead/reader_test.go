package ead

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/generator/internal/exchange/elements"
)

func parsed(t *testing.T, text string) *Document {
	t.Helper()
	d, err := Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// said is what a document tells, component by component: parent, level, and "key element text".
func said(d *Document) (out []string) {
	for _, c := range d.Components {
		out = append(out, fmt.Sprintf("%d %s %s", c.Parent, c.Level, c.ID))
		for _, t := range c.Told {
			out = append(out, fmt.Sprintf("  %s %s %s %q", t.Key, t.Element, t.Lang, t.Text))
		}
	}
	return out
}

const older = `<?xml version="1.0"?><!DOCTYPE ead PUBLIC "+//ISBN 1-931666-00-8//DTD ead.dtd//EN" "ead.dtd">
<ead><eadheader><eadid>x</eadid></eadheader><archdesc level="collection"><did><unittitle>Papers of <persname>A</persname>,
 <unitdate normal="1901/1903">1901-03</unitdate></unittitle><unitid>MS 1</unitid><unitdate type="bulk">1902</unitdate><langmaterial><language langcode="vie">Vietnamese</language></langmaterial>
<physdesc><extent>3 boxes</extent><dimensions>20 cm</dimensions></physdesc><origination><persname role="Author">B, C</persname></origination><container type="Box">4</container></did>
<descgrp><accessrestrict><head>Access</head><p>Open.</p></accessrestrict></descgrp><scopecontent><head>Scope</head><p>One &amp; <emph>two</emph>.</p><list><item>a</item><item>b</item></list></scopecontent>
<controlaccess><controlaccess><subject>S</subject></controlaccess><corpname>D</corpname></controlaccess>
<dsc><head>List</head><c01 level="recordgrp" id="k1"><did><unittitle>One</unittitle><unitdate>spring</unitdate></did><c02 level="otherlevel" otherlevel="heap"><did/></c02></c01><c01><did><unittitle>Two&nbsp;b<lb/>c</unittitle></did></c01></dsc></archdesc></ead>`

func TestParse(t *testing.T) {
	d := parsed(t, older)
	want := []string{
		"-1 collection ",
		`  title did/unittitle  "Papers of A, 1901-03"`, `  unitid did/unitid  "MS 1"`, `   did/unitdate (bulk)  "1902"`, `  languages did/langmaterial  "vi"`,
		`  physical.dimensions did/physdesc/dimensions  "20 cm"`, `  extent did/physdesc  "3 boxes"`, `  creators did/origination  "B, C"`, `   did/container (Box)  "4"`,
		`   accessrestrict  "Access\n\nOpen."`, `  scope scopecontent  "One & two.\n\na\n\nb"`, `  keywords controlaccess/subject  "S"`, `  agents controlaccess/corpname  "D"`,
		"0 recordgrp k1", `  title did/unittitle  "One"`, `  dates did/unitdate  "spring"`,
		"1 heap ", "0  ", `  title did/unittitle  "Two b\nc"`,
	}
	if diff := cmp.Diff(want, said(d)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"eadheader": 1, "dsc/head": 1}, d.Unplaced); diff != "" {
		t.Error(diff)
	}
}

// A document that is cut off, is another, or is made to hurt is an error with its place, at once.
func TestParseRefuses(t *testing.T) {
	deep := strings.Repeat("<c>", 5000)
	for name, text := range map[string]string{
		"nothing": "", "text": "EAD", "html": "<html><body/></html>", "cut off": older[:len(older)-40], "no archdesc": "<ead><eadheader/></ead>", "tags crossed": "<ead><archdesc><did></archdesc></did></ead>",
		"deep components": "<ead><archdesc><dsc>" + deep, "deep words": "<ead><archdesc><scopecontent>" + strings.Repeat("<p>", 5000),
		"an entity of its own":     `<!DOCTYPE ead [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ead><archdesc><did><unittitle>&b;</unittitle></did></archdesc></ead>`,
		"a file":                   `<!DOCTYPE ead [<!ENTITY a SYSTEM "file:///etc/passwd">]><ead><archdesc><did><unittitle>&a;</unittitle></did></archdesc></ead>`,
		"more than a record holds": "<ead><archdesc>" + strings.Repeat("<odd>"+strings.Repeat("a ", 5000)+"</odd>", 500) + "</archdesc></ead>",
		"no such charset":          `<?xml version="1.0" encoding="klingon"?><ead><archdesc/></ead>`,
	} {
		d, err := Parse(strings.NewReader(text))
		var bad *elements.SyntaxError
		if !errors.As(err, &bad) || bad.Line < 1 && text != "" {
			t.Errorf("%s: %v, %v", name, d, err)
		}
	}
}

// What this package writes it reads as what it was.
func TestParseReadsWhatWasWritten(t *testing.T) {
	for _, f := range Fields {
		if f.isWritten() && otherElements[f.Element] == "" && ours[f.Element+" "+f.Type] == nil && !workedOut[f.Key] {
			t.Errorf("%s is written as %s %q and read as nothing", f.Key, f.Element, f.Type)
		}
	}
}

// workedOut are fields that are read by functions of their own.
var workedOut = map[string]bool{"dates": true, "dates.words": true, "extent": true, "languages": true, "creators": true, "reference.repository": true, "objects": true, "related": true, "access": true, "publications": true, "form": true}

func (f Field) isWritten() bool { return f.shape != shapeNone }

func FuzzParse(f *testing.F) {
	f.Add([]byte(older))
	files, _ := filepath.Glob("../../../../../shared/data/ead/*/*.xml")
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil && len(data) < 30_000 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(strings.NewReader(string(data)))
		if err != nil {
			return
		}
		for i, c := range d.Components {
			if c.Parent >= i || c.Parent < 0 != (i == 0) {
				t.Fatalf("component %d stands in %d", i, c.Parent)
			}
		}
	})
}
