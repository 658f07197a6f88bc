package sitecheck

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Presentation returns how a JSON document breaks the rules of the IIIF Presentation
// API 3.0: members that a type must have and may have (sections 3 and 5), the shape of
// their values, and what names what. Members of other standards that the API lets a
// document extend itself with are passed over on content and services.
func Presentation(document []byte) []string {
	var top map[string]any
	if err := json.Unmarshal(document, &top); err != nil {
		return []string{err.Error()}
	}
	p := &presentation{ids: map[string]bool{}}
	if !namesContext(top["@context"]) {
		p.fault("", "@context does not end in that of Presentation 3")
	}
	p.resource("", top, "Collection", "Manifest", "Canvas", "AnnotationPage")
	for at, canvas := range p.named {
		if !p.ids["Canvas "+canvas] {
			p.fault(at, "names the canvas %s, which the document does not have", canvas)
		}
	}
	slices.Sort(p.faults)
	return p.faults
}

const presentationContext = "http://iiif.io/api/presentation/3/context.json"

// namesContext reports whether the last context is that of the API, as section 4.6 wants it.
func namesContext(v any) bool {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[len(list)-1]
	}
	return v == presentationContext
}

type presentation struct {
	faults []string
	ids    map[string]bool   // "type id"
	named  map[string]string // canvases that ranges name, by where
}

func (p *presentation) fault(at, format string, args ...any) {
	p.faults = append(p.faults, at+": "+fmt.Sprintf(format, args...))
}

// rule is what a type of resource must have, and what else it may.
type rule struct{ must, may []string }

var (
	descriptive = strings.Fields("@context id type label metadata summary requiredStatement rights provider thumbnail navDate placeholderCanvas accompanyingCanvas behavior seeAlso service homepage rendering partOf annotations")
	resources   = map[string]rule{
		"Collection":     {strings.Fields("id type label items"), append(strings.Fields("viewingDirection services"), descriptive...)},
		"Manifest":       {strings.Fields("id type label items"), append(strings.Fields("viewingDirection services start structures"), descriptive...)},
		"Canvas":         {strings.Fields("id type"), append(strings.Fields("items height width duration"), descriptive...)},
		"Range":          {strings.Fields("id type items"), append(strings.Fields("viewingDirection start supplementary"), descriptive...)},
		"AnnotationPage": {strings.Fields("id type"), strings.Fields("@context items label metadata summary requiredStatement rights provider thumbnail behavior seeAlso service homepage rendering partOf next prev startIndex")},
		"Annotation":     {strings.Fields("id type target"), strings.Fields("@context body motivation timeMode label metadata summary requiredStatement rights provider thumbnail behavior seeAlso service homepage rendering partOf")},
		"Agent":          {strings.Fields("id type label"), strings.Fields("homepage logo seeAlso")},
	}
	nameOnly = strings.Fields("id type label thumbnail navDate") // of a Collection, Manifest or Canvas that is only named
)

// resource checks an object that must be of one of some types.
func (p *presentation) resource(at string, v any, types ...string) {
	o, ok := v.(map[string]any)
	kind, _ := o["type"].(string)
	if !ok || !slices.Contains(types, kind) {
		p.fault(at, "is %v %q where one of %v belongs", o["type"], kind, types)
		return
	}
	r := resources[kind]
	named := at != "" && o["items"] == nil && (kind == "Collection" || kind == "Manifest" || kind == "Canvas")
	for _, must := range r.must {
		if _, has := o[must]; !has && !(named && !slices.Contains(nameOnly, must)) {
			p.fault(at, "%s has no %s", kind, must)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if !slices.Contains(r.must, name) && !slices.Contains(r.may, name) {
			p.fault(at, "%s may not have %s", kind, name)
			continue
		}
		p.member(at+"/"+name, kind, name, o[name])
	}
	p.whole(at, kind, o, named)
}

// whole checks what the members of a resource are together.
func (p *presentation) whole(at, kind string, o map[string]any, named bool) {
	id, _ := o["id"].(string)
	if !named && kind != "Agent" {
		if p.ids[kind+" "+id] {
			p.fault(at, "a second %s %s", kind, id)
		}
		p.ids[kind+" "+id] = true
	}
	switch {
	case kind == "Canvas" && strings.Contains(id, "#"):
		p.fault(at, "the id of a canvas has a fragment")
	case kind == "Canvas" && !named && o["duration"] == nil && (o["height"] == nil || o["width"] == nil):
		p.fault(at, "a canvas without size")
	case kind == "Canvas" && (o["height"] == nil) != (o["width"] == nil):
		p.fault(at, "a canvas with half a size")
	case kind == "Manifest" && !named:
		if list, _ := o["items"].([]any); len(list) == 0 {
			p.fault(at, "a manifest without canvases")
		}
	}
	if kind == "Canvas" && !named {
		p.targets(at, o)
	}
}

// targets checks that what is painted on a canvas has it as its target, and that
// nothing else of it paints.
func (p *presentation) targets(at string, canvas map[string]any) {
	for _, member := range []string{"items", "annotations"} {
		for _, pg := range list(canvas[member]) {
			for _, a := range list(field(pg, "items")) {
				paints := slices.Contains(list(field(a, "motivation")), "painting")
				if paints != (member == "items") {
					p.fault(at, "in %s an annotation with the motivation %v", member, field(a, "motivation"))
				}
				target, _ := field(a, "target").(string)
				of, part, _ := strings.Cut(target, "#")
				if target != "" && of != canvas["id"] {
					p.fault(at, "an annotation has the target %s", target)
				}
				if region, ok := strings.CutPrefix(part, "xywh="); ok && !within(region, canvas) {
					p.fault(at, "the region %s is not on the canvas", region)
				}
			}
		}
	}
}

func field(v any, name string) any {
	o, _ := v.(map[string]any)
	return o[name]
}

// list is an array, or a single value as one.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

func within(region string, canvas map[string]any) bool {
	var n [4]float64
	parts := strings.Split(region, ",")
	if len(parts) != 4 {
		return false
	}
	for i, s := range parts {
		var err error
		if n[i], err = strconv.ParseFloat(s, 64); err != nil || n[i] < 0 {
			return false
		}
	}
	w, _ := canvas["width"].(float64)
	h, _ := canvas["height"].(float64)
	return n[2] > 0 && n[3] > 0 && n[0]+n[2] <= w && n[1]+n[3] <= h
}

var (
	webID     = regexp.MustCompile(`^https?://[^\s<>"]+$`)
	rightsURI = regexp.MustCompile(`^https?://(creativecommons\.org|rightsstatements\.org)/`)
	langTag   = regexp.MustCompile(`^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*|none)$`)
)

// itemTypes are the types of the members of items.
var itemTypes = map[string][]string{"Collection": {"Collection", "Manifest"}, "Manifest": {"Canvas"}, "Canvas": {"AnnotationPage"}, "AnnotationPage": {"Annotation"}, "Range": {"Range", "Canvas", "SpecificResource"}}

// member checks the shape of one value.
func (p *presentation) member(at, kind, name string, v any) {
	switch name {
	case "id":
		if s, _ := v.(string); !webID.MatchString(s) {
			p.fault(at, "%v is no address on the web", v)
		}
	case "label", "summary":
		p.languageMap(at, v)
	case "metadata", "requiredStatement":
		p.pairs(at, name, v)
	case "rights":
		if s, _ := v.(string); !rightsURI.MatchString(s) {
			p.fault(at, "%v is no licence or statement of rights", v)
		}
	case "navDate":
		s, _ := v.(string)
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			p.fault(at, "%v is no date with time", v)
		}
	case "height", "width", "duration":
		if n, _ := v.(float64); n <= 0 || name != "duration" && n != float64(int(n)) {
			p.fault(at, "%v is no size", v)
		}
	case "viewingDirection":
		if s, _ := v.(string); !slices.Contains([]string{"left-to-right", "right-to-left", "top-to-bottom", "bottom-to-top"}, s) {
			p.fault(at, "%v is no direction", v)
		}
	case "provider", "structures", "annotations", "items":
		p.members(at, kind, name, v)
	case "thumbnail", "homepage", "seeAlso", "rendering", "logo", "service", "partOf", "behavior", "services":
		p.contents(at, name, v)
	}
}

func (p *presentation) members(at, kind, name string, v any) {
	of := map[string][]string{"provider": {"Agent"}, "structures": {"Range"}, "annotations": {"AnnotationPage"}, "items": itemTypes[kind]}[name]
	entries, ok := v.([]any)
	if !ok {
		p.fault(at, "is no array")
	}
	for i, e := range entries {
		at := fmt.Sprintf("%s/%d", at, i)
		if kind == "Range" && field(e, "type") == "SpecificResource" {
			continue
		}
		if id, ok := field(e, "id").(string); ok && kind == "Range" && field(e, "type") == "Canvas" {
			if p.named == nil {
				p.named = map[string]string{}
			}
			p.named[at], _, _ = strings.Cut(id, "#")
			continue
		}
		p.resource(at, e, of...)
	}
}

// contents checks lists of what lies elsewhere: each has an address and, but for
// services of older standards, a type.
func (p *presentation) contents(at, name string, v any) {
	entries, ok := v.([]any)
	if !ok {
		p.fault(at, "is no array")
		return
	}
	for i, e := range entries {
		at := fmt.Sprintf("%s/%d", at, i)
		o, ok := e.(map[string]any)
		switch {
		case name == "behavior":
			if _, is := e.(string); !is {
				p.fault(at, "is no word")
			}
		case !ok:
			p.fault(at, "is no object")
		case o["id"] == nil && o["@id"] == nil || o["type"] == nil && o["@type"] == nil:
			p.fault(at, "has no id or type")
		case o["label"] != nil:
			p.languageMap(at+"/label", o["label"])
		}
	}
}

func (p *presentation) languageMap(at string, v any) {
	o, ok := v.(map[string]any)
	if !ok || len(o) == 0 {
		p.fault(at, "is no text by language")
		return
	}
	for lang, values := range o {
		texts, ok := values.([]any)
		if !langTag.MatchString(lang) || !ok || len(texts) == 0 {
			p.fault(at, "%q: %v is no list of texts in a language", lang, values)
		}
		for _, t := range texts {
			if _, ok := t.(string); !ok {
				p.fault(at, "%v is no text", t)
			}
		}
	}
}

func (p *presentation) pairs(at, name string, v any) {
	entries, ok := v.([]any)
	if name == "requiredStatement" {
		entries, ok = []any{v}, true
	}
	if !ok {
		p.fault(at, "is no array")
	}
	for i, e := range entries {
		at := fmt.Sprintf("%s/%d", at, i)
		p.languageMap(at+"/label", field(e, "label"))
		p.languageMap(at+"/value", field(e, "value"))
	}
}
