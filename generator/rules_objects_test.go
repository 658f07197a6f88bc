package generator_test

import (
	"slices"
	"strings"
	"testing"
)

// secondClearance is one of an object's own; valid and scope are what it says there.
func secondClearance(valid, scope string) string {
	c := strings.NewReplacer("id: qd-01", "id: qd-09", `valid: {from: "2026-01-15"}`, "valid: {"+valid+"}").Replace(clearance)
	at := strings.Index(c, "scope:")
	end := at + strings.Index(c[at:], "\n")
	return c[:at] + "scope: {" + scope + "}" + c[end:]
}

const (
	inForce   = `from: "2026-01-15"`
	allParts  = "records: [tl-0001], parts: [metadata, images, transcript], purposes: [web-exhibition]"
	clearedBy = "alt: một, cleared_by: qd-09"
)

// A decision that an object names must release what is shown of it, on the day and for
// the record; anything but a day that has passed or is to come is an error at the object.
func TestRule08_ObjectsOwnClearanceMustReleaseIt(t *testing.T) {
	files := func(second string) map[string]string { return map[string]string{"clearances/qd-09.yaml": second} }
	newRuled(t, files(secondClearance(inForce, allParts))).with(firstItem, "alt: một", clearedBy).published()
	newRuled(t, nil).with(firstItem, "alt: một", "alt: một, cleared_by: khong-co").fails("ref-unknown", firstItem)
	for what, second := range map[string]string{
		"metadata alone":      secondClearance(inForce, strings.Replace(allParts, ", images, transcript", "", 1)),
		"another record":      secondClearance(inForce, strings.Replace(allParts, "tl-0001", "tl-0002", 1)),
		"another purpose":     secondClearance(inForce, strings.Replace(allParts, "web-exhibition", "offline", 1)),
		"no signatory":        strings.Replace(secondClearance(inForce, allParts), `, signatory: "Người ký mẫu"`, "", 1),
		"a draft":             strings.Replace(secondClearance(inForce, allParts), `decision: {number: "MẪU-01", date: "2026-01-15", issued_by: {name: "Cơ quan mẫu"}, signatory: "Người ký mẫu"}`, `decision: {issued_by: {name: "Cơ quan mẫu"}}`, 1),
		"a file it does not":  secondClearance(inForce, allParts) + "files: {a-001.jpg: \"sha256:" + strings.Repeat("0", 64) + "\"}\n",
		"list of other files": secondClearance(inForce, allParts) + "files: {a-002.jpg: \"sha256:" + strings.Repeat("0", 64) + "\"}\n",
	} {
		r := newRuled(t, files(second)).with(firstItem, "alt: một", clearedBy)
		rep, site := r.build()
		found := slices.ContainsFunc(worded(rep), func(line string) bool {
			return strings.Contains(line, firstItem) && (strings.Contains(line, "object-clearance") || strings.Contains(line, "clearance-file"))
		})
		if site != nil || !found && what != "no signatory" {
			t.Errorf("%s: published %v\n%s", what, site != nil, strings.Join(worded(rep), "\n"))
		}
	}
	// The words of a page need their part as well.
	r := newRuled(t, files(secondClearance(inForce, strings.Replace(allParts, ", transcript", "", 1)))).with(firstItem, "alt: một", clearedBy+", transcript: {text: \"lời\"}")
	r.fails("object-clearance", firstItem)
}

// A PDF has words of its own: a decision on an object that releases pictures alone does
// not let them out beside these.
func TestRule08_ObjectsOwnClearanceOfAPDF(t *testing.T) {
	for parts, ok := range map[string]bool{"metadata, images, transcript": true, "metadata, images": false} {
		r := withPDF(t, string(pdfMaster("CANARY-7731"))).with(firstItem, "file: don.pdf", "file: don.pdf, cleared_by: qd-09")
		writeTo(t, r.o.Content, map[string]string{"clearances/qd-09.yaml": secondClearance(inForce, strings.Replace(allParts, "metadata, images, transcript", parts, 1))})
		if rep, site := r.build(); (site != nil) != ok || hasError(rep, "object-clearance", firstItem) == ok {
			t.Errorf("%s: published %t", parts, site != nil)
		}
	}
}

// The calendar knows the days of decisions that objects name.
func TestRule11_CalendarOfObjectsOwnClearances(t *testing.T) {
	r := newRuled(t, map[string]string{"clearances/qd-09.yaml": secondClearance(inForce+`, until: "2026-12-20", review_by: "2026-12-10"`, allParts)}).with(firstItem, "alt: một", clearedBy)
	rep, site := r.build()
	due := map[string]string{}
	for _, d := range rep.Due {
		if d.ID == "qd-09" && d.Records == 1 {
			due[d.Event] = d.Day
		}
	}
	if site == nil || due["expires"] != "2026-12-21" || due["review"] != "2026-12-11" {
		t.Errorf("%v", rep.Due)
	}
}

// What it leaves narrower than the clearance of the record holds: sizes and purposes.
func TestRule08_TheNarrowerOfTwoClearancesHolds(t *testing.T) {
	wide := strings.Replace(clearance, "purposes: [web-exhibition]", "purposes: [web-exhibition, harvesting], max_px: full", 1)
	r := newRuled(t, map[string]string{"clearances/qd-01.yaml": wide, "clearances/qd-09.yaml": secondClearance(inForce, allParts+", max_px: 20")})
	manifest := func(site tree) bool { _, ok := site["/iiif/tl-0001/manifest.json"]; return ok }
	longest := func() (most int) {
		for _, name := range madePicture.FindAllString(string(read(t, r.page("tl-0001"))), -1) {
			most = max(most, r.longest(name))
		}
		return most
	}
	if site := r.published(); !manifest(site) || longest() <= 20 {
		t.Fatalf("without cleared_by: manifest %v, longest %d", manifest(site), longest())
	}
	r.with(firstItem, "alt: một", clearedBy)
	if site := r.published(); manifest(site) || longest() > 20 || longest() == 0 {
		t.Errorf("with cleared_by: manifest %v, longest %d", manifest(site), longest())
	}
	// A later build meets what changed in the second decision alone.
	r.with("clearances/qd-09.yaml", "valid:", "files: {a-001.jpg: \"sha256:"+strings.Repeat("0", 64)+"\"}\nvalid:")
	if _, err := buildReport(r.o); err == nil || !strings.Contains(err.Error(), "has changed since the decision qd-09") {
		t.Errorf("a file that the second decision does not know: %v", err)
	}
}
