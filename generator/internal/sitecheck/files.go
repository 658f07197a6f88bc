package sitecheck

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
)

// Holds returns every file that holds one of the words, in its name or in any
// of its bytes. except allows a word in a file.
func (s *Site) Holds(words []string, except func(file, word string) bool) []Problem {
	var out []Problem
	for _, f := range s.Files {
		data, err := os.ReadFile(s.Disk(f))
		if err != nil {
			out = append(out, Problem{f, err.Error()})
			continue
		}
		for _, w := range words {
			if (bytes.Contains(data, []byte(w)) || strings.Contains(f, w)) && !except(f, w) {
				out = append(out, Problem{f, fmt.Sprintf("holds %q", w)})
			}
		}
	}
	return out
}

// Roots returns the files that stand in no folder, and under no name at the
// top, that a site may have.
func (s *Site) Roots(folders, files []string) []Problem {
	var out []Problem
	for _, f := range s.Files {
		top, _, deeper := strings.Cut(f, "/")
		if deeper && !slices.Contains(folders, top) || !deeper && !slices.Contains(files, top) {
			out = append(out, Problem{f, "nobody expects it here"})
		}
		if top != ".well-known" && strings.Contains("/"+f, "/.") { // where standards want files (RFC 8615)
			out = append(out, Problem{f, "hidden"})
		}
	}
	return out
}

// markers of what a camera or a program says about itself inside an image.
// An Exif block is named so in JPEG and WebP, and is the chunk eXIf in PNG.
var markers = []string{"Exif\x00\x00", "EXIF", "eXIf", "http://ns.adobe.com/xap/", "Photoshop 3.0", "8BIM", "tEXt", "iTXt", "zTXt", "tIME", "XMP "}

// Metadata returns the images that still carry any.
func (s *Site) Metadata() []Problem {
	var out []Problem
	for _, f := range s.Files {
		if !slices.Contains([]string{".jpg", ".png", ".webp", ".avif"}, path.Ext(f)) {
			continue
		}
		data, err := os.ReadFile(s.Disk(f))
		if err != nil {
			out = append(out, Problem{f, err.Error()})
		}
		for _, m := range markers {
			if bytes.Contains(head(data), []byte(m)) {
				out = append(out, Problem{f, fmt.Sprintf("carries %q", m)})
			}
		}
	}
	return out
}

// head is an image before its pixels: those of a JPEG begin with SOS, those
// of a PNG with IDAT. In compressed pixels any bytes may stand by chance.
func head(image []byte) []byte {
	for _, start := range []string{"\xff\xda", "IDAT"} {
		if i := bytes.Index(image, []byte(start)); i > 0 {
			return image[:i]
		}
	}
	return image
}

// Sitemap returns the addresses of sitemap.xml as paths of the site.
func (s *Site) Sitemap() ([]string, error) {
	var set struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := s.decode("sitemap.xml", &set); err != nil {
		return nil, err
	}
	var out []string
	for _, u := range set.URLs {
		file, ok := strings.CutPrefix(u.Loc, s.Base)
		if !ok {
			return nil, fmt.Errorf("%s is outside %s", u.Loc, s.Base)
		}
		if file == "" || strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		out = append(out, file)
	}
	return out, nil
}

// Feed is what RFC 4287 requires of an Atom feed.
type Feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

// Feed reads a feed of the site.
func (s *Site) Feed(file string) (Feed, error) {
	var f Feed
	err := s.decode(file, &f)
	return f, err
}

func (s *Site) decode(file string, into any) error {
	data, err := os.ReadFile(s.Disk(file))
	if err != nil {
		return err
	}
	return xml.Unmarshal(data, into)
}
