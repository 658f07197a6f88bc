package iiif

import (
	"bytes"
	"encoding/json"
	"io"
)

// This file describes records for viewers and catalogues of other houses, as the
// IIIF Presentation API 3.0 has it. Addresses are absolute. The members of each
// type stand in the order of the standard's examples; those that are the same
// in every document, such as the type, write themselves.

// Text is a text in several languages, in their order (Presentation API 3.0,
// section 4.4). A language that is missing there has no text.
type Text []Phrase

// Phrase is a text in one language.
type Phrase struct {
	Lang   string // BCP 47
	Values []string
}

// Add adds a value in a language, behind those that it has; an empty one is no
// value.
func (t Text) Add(lang, value string) Text {
	if value == "" {
		return t
	}
	for i := range t {
		if t[i].Lang == lang {
			t[i].Values = append(t[i].Values, value)
			return t
		}
	}
	return append(t, Phrase{lang, []string{value}})
}

// MarshalJSON writes a language map.
func (t Text) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, p := range t {
		if i > 0 {
			out = append(out, ',')
		}
		for _, v := range []any{p.Lang, p.Values} {
			data, err := unescaped(v)
			if err != nil {
				return nil, err
			}
			out = append(append(out, data...), ':')
		}
		out = out[:len(out)-1]
	}
	return append(out, '}'), nil
}

// unescaped is a value as JSON in which <, > and & stand for themselves.
func unescaped(v any) ([]byte, error) {
	var b bytes.Buffer
	err := encoder(&b).Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), err
}

func encoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// Write writes a manifest or collection as JSON, with a line end.
func Write(w io.Writer, document any) error { return encoder(w).Encode(document) }

// Manifest describes one record with its pictures and recordings (section 5.2).
type Manifest struct {
	Context           presentation3 `json:"@context"`
	ID                string        `json:"id"`
	Type              manifestType  `json:"type"`
	Label             Text          `json:"label"`
	Metadata          []Labelled    `json:"metadata,omitempty"`
	Summary           Text          `json:"summary,omitempty"`
	Thumbnail         []Content     `json:"thumbnail,omitempty"`
	ViewingDirection  string        `json:"viewingDirection,omitempty"` // "right-to-left"; left to right where empty
	NavDate           string        `json:"navDate,omitempty"`          // RFC 3339
	Rights            string        `json:"rights,omitempty"`           // address of a licence of Creative Commons or a statement of rightsstatements.org
	RequiredStatement *Labelled     `json:"requiredStatement,omitempty"`
	Provider          []Agent       `json:"provider,omitempty"`
	Homepage          []Content     `json:"homepage,omitempty"`
	Rendering         []Content     `json:"rendering,omitempty"` // files of all of it
	SeeAlso           []Content     `json:"seeAlso,omitempty"`   // descriptions in other formats
	PartOf            []Reference   `json:"partOf,omitempty"`
	Items             []Canvas      `json:"items"`
	Structures        []Range       `json:"structures,omitempty"`
}

// Collection lists manifests and other collections (section 5.1).
type Collection struct {
	Context           presentation3  `json:"@context"`
	ID                string         `json:"id"`
	Type              collectionType `json:"type"`
	Label             Text           `json:"label"`
	Metadata          []Labelled     `json:"metadata,omitempty"`
	Summary           Text           `json:"summary,omitempty"`
	RequiredStatement *Labelled      `json:"requiredStatement,omitempty"`
	Provider          []Agent        `json:"provider,omitempty"`
	Homepage          []Content      `json:"homepage,omitempty"`
	SeeAlso           []Content      `json:"seeAlso,omitempty"`
	PartOf            []Reference    `json:"partOf,omitempty"`
	Items             []Reference    `json:"items"`
}

// Reference names another resource and embeds no more of it than a list shows.
type Reference struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"` // "Manifest", "Collection" or "Canvas"
	Label     Text      `json:"label,omitempty"`
	Thumbnail []Content `json:"thumbnail,omitempty"`
	NavDate   string    `json:"navDate,omitempty"`
}

// Labelled is a value with its label (section 3.1).
type Labelled struct {
	Label Text `json:"label"`
	Value Text `json:"value"`
}

// Agent is an institution (section 3.1, provider).
type Agent struct {
	ID       string    `json:"id"`
	Type     agentType `json:"type"`
	Label    Text      `json:"label"`
	Homepage []Content `json:"homepage,omitempty"`
}

// Content is a file on the web: a picture, a page (section 5.7).
type Content struct {
	ID       string    `json:"id"`
	Type     string    `json:"type"` // "Image", "Sound", "Video", "Text", "Dataset"
	Label    Text      `json:"label,omitempty"`
	Format   string    `json:"format,omitempty"`  // media type
	Profile  string    `json:"profile,omitempty"` // of a description in another format: which one
	Language []string  `json:"language,omitempty"`
	Height   int       `json:"height,omitempty"`   // pixels
	Width    int       `json:"width,omitempty"`    // pixels
	Duration float64   `json:"duration,omitempty"` // seconds
	Service  []Service `json:"service,omitempty"`
}

// Service says that a picture can be had by the Image API, level 0.
type Service struct {
	ID      string      `json:"id"` // as in info.json
	Type    serviceType `json:"type"`
	Profile level0      `json:"profile"`
}

// Canvas is one page, or one recording, with what is shown on it and said of it (section 5.3).
type Canvas struct {
	ID                string           `json:"id"`
	Type              canvasType       `json:"type"`
	Label             Text             `json:"label,omitempty"`
	Summary           Text             `json:"summary,omitempty"`
	Height            int              `json:"height,omitempty"` // pixels
	Width             int              `json:"width,omitempty"`
	Duration          float64          `json:"duration,omitempty"` // seconds
	Thumbnail         []Content        `json:"thumbnail,omitempty"`
	RequiredStatement *Labelled        `json:"requiredStatement,omitempty"`
	Items             []AnnotationPage `json:"items"`
	Annotations       []AnnotationPage `json:"annotations,omitempty"`
}

// AnnotationPage is a list of annotations (section 5.5).
type AnnotationPage struct {
	ID    string             `json:"id"`
	Type  annotationPageType `json:"type"`
	Label Text               `json:"label,omitempty"`
	Items []Annotation       `json:"items"`
}

// Annotation puts a picture onto a page, or says something of it (section 5.6).
type Annotation struct {
	ID         string         `json:"id"`
	Type       annotationType `json:"type"`
	Motivation string         `json:"motivation"` // "painting" for pictures, "supplementing" for the text of a page
	Body       any            `json:"body"`       // a Content or a TextualBody
	Target     string         `json:"target"`     // a canvas; a part of it has #xywh= in its pixels, or #t= in seconds
}

// TextualBody is a text that stands in an annotation itself (Web Annotation Data
// Model, section 3.2.4).
type TextualBody struct {
	Type     textualBodyType `json:"type"`
	Value    string          `json:"value"`
	Format   string          `json:"format,omitempty"`
	Language string          `json:"language,omitempty"`
}

// Range is a part of a record (section 5.4).
type Range struct {
	ID    string      `json:"id"`
	Type  rangeType   `json:"type"`
	Label Text        `json:"label"`
	Items []Reference `json:"items"` // canvases
}

// What is the same in every document.
type (
	presentation3      struct{}
	manifestType       struct{}
	collectionType     struct{}
	agentType          struct{}
	serviceType        struct{}
	level0             struct{}
	canvasType         struct{}
	annotationPageType struct{}
	annotationType     struct{}
	textualBodyType    struct{}
	rangeType          struct{}
)

func (presentation3) MarshalText() ([]byte, error) {
	return []byte("http://iiif.io/api/presentation/3/context.json"), nil
}
func (manifestType) MarshalText() ([]byte, error)       { return []byte("Manifest"), nil }
func (collectionType) MarshalText() ([]byte, error)     { return []byte("Collection"), nil }
func (agentType) MarshalText() ([]byte, error)          { return []byte("Agent"), nil }
func (serviceType) MarshalText() ([]byte, error)        { return []byte("ImageService3"), nil }
func (level0) MarshalText() ([]byte, error)             { return []byte("level0"), nil }
func (canvasType) MarshalText() ([]byte, error)         { return []byte("Canvas"), nil }
func (annotationPageType) MarshalText() ([]byte, error) { return []byte("AnnotationPage"), nil }
func (annotationType) MarshalText() ([]byte, error)     { return []byte("Annotation"), nil }
func (textualBodyType) MarshalText() ([]byte, error)    { return []byte("TextualBody"), nil }
func (rangeType) MarshalText() ([]byte, error)          { return []byte("Range"), nil }
