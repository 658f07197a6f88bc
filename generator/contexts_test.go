package generator_test

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/exchange/rico"

	"github.com/google/go-cmp/cmp"
)

const ricoSpace = "https://www.ica.org/standards/RiC/ontology#"

// triples are the statements of a Turtle file as rapper, the parser of Raptor, reads them.
func triples(t *testing.T, file string) (out [][3]string) {
	t.Helper()
	name, err := exec.LookPath("rapper")
	lacking(t, err, "the description in Records in Contexts is read with rapper: run make test, or apt-get install raptor2-utils")
	cmd := exec.Command(name, "-q", "-i", "turtle", "-o", "ntriples", file)
	var said strings.Builder
	cmd.Stderr = &said
	data, err := cmd.Output()
	if err != nil || said.Len() > 0 {
		t.Fatalf("%v: %s", err, said.String())
	}
	line := regexp.MustCompile(`^(\S+) (\S+) (.*) \.$`)
	for l := range strings.Lines(string(data)) {
		m := line.FindStringSubmatch(strings.TrimSpace(l))
		if m == nil {
			t.Fatalf("%q", l)
		}
		out = append(out, [3]string{m[1], m[2], m[3]})
	}
	return out
}

// ricoTerms are the terms of a list of the ontology with their domains, as the council
// publishes it.
func ricoTerms(t *testing.T, list string) map[string]string {
	t.Helper()
	f, err := os.Open(list)
	if err != nil {
		t.Skipf("the lists of RiC-O are not beside the checkout: %v", err)
	}
	defer f.Close()
	lists := csv.NewReader(f)
	lists.LazyQuotes, lists.FieldsPerRecord = true, -1
	rows, err := lists.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	domain := slices.Index(rows[0], "Domain (rdfs:domain)")
	out := map[string]string{}
	for _, r := range rows[1:] {
		term := strings.TrimPrefix(r[0], "rico:")
		if out[term] = ""; domain >= 0 {
			out[term] = r[domain]
		}
	}
	return out
}

// inContexts builds an archive with the files about all of it and returns that file.
func inContexts(t *testing.T, o generator.Options) string {
	t.Helper()
	o.Data = true
	mustBuild(t, o)
	return filepath.Join(o.Out, "data/ric-o.ttl")
}

// kinds of a class, for domains.
var ricoAbove = map[string][]string{"RecordSet": {"RecordResource"}, "Record": {"RecordResource"}, "RecordPart": {"RecordResource"}, "Person": {"Agent"}, "CorporateBody": {"Agent", "Group"}, "Family": {"Agent", "Group"},
	"AgentName": {"Name", "Appellation"}, "PlaceName": {"Name", "Appellation"}}

// Every statement of the sample archive is read by Raptor; each class and property is one of
// RiC-O, on a thing that may have it; what something leads to is described, or is an address
// of a page.
func TestContextsAreRiCO(t *testing.T) {
	t.Parallel()
	o := generator.Options{Content: contentDir(), Out: outDir("contexts"), BaseURL: baseURL, AsOf: asOf}
	statements := triples(t, inContexts(t, o))
	classes := map[string][]string{}
	for _, s := range statements {
		if s[1] == "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" {
			classes[s[0]] = append(classes[s[0]], strings.TrimSuffix(strings.TrimPrefix(s[2], "<"+ricoSpace), ">"))
		}
	}
	known, properties := ricoTerms(t, "../../shared/data/ric-o/RiC-O_1-1_list-of-classes.csv"), ricoTerms(t, "../../shared/data/ric-o/RiC-O_1-1_list-of-datatype-properties.csv")
	for term, domain := range ricoTerms(t, "../../shared/data/ric-o/RiC-O_1-1_list-of-object-properties.csv") {
		properties[term] = domain
	}
	seen := map[string]int{}
	for _, s := range statements {
		property, own := strings.CutPrefix(strings.Trim(s[1], "<>"), ricoSpace)
		if !own {
			continue
		}
		seen[property]++
		domain, ok := properties[property]
		if !ok {
			t.Errorf("%s is no property", property)
			continue
		}
		if !mayHave(domain, classes[s[0]]) {
			t.Errorf("%s, a %s, has %s, which is of %s", s[0], classes[s[0]], property, domain)
		}
		if strings.HasPrefix(s[2], "<"+baseURL) && classes[s[2]] == nil {
			t.Errorf("%s leads to %s, of which nothing is told", s[0], s[2])
		}
	}
	for subject, list := range classes {
		for _, c := range list {
			seen[c]++
			if _, ok := known[c]; !ok || len(list) != 1 {
				t.Errorf("%s is a %s", subject, list)
			}
		}
	}
	for _, term := range []string{"RecordSet", "Record", "Instantiation", "Person", "CorporateBody", "AgentName", "Place", "PlaceName", "Event", "Concept", "Date", "hasCreator", "hasOrganicProvenance", "hasOrHadHolder", "isOrWasIncludedIn",
		"hasCreationDate", "normalizedDateValue", "hasDocumentaryFormType", "hasOrHadLanguage", "hasOrHadDigitalInstantiation", "occurredAtDate", "geographicalCoordinates", "conditionsOfUse"} {
		if seen[term] == 0 {
			t.Errorf("no %s", term)
		}
	}
}

func mayHave(domain string, classes []string) bool {
	for d := range strings.SplitSeq(domain, ";") {
		if d = strings.TrimSpace(d); d == "" || d == "Thing" || slices.Contains(classes, d) {
			return true
		}
		for _, c := range classes {
			if slices.Contains(ricoAbove[c], d) {
				return true
			}
		}
	}
	return false
}

// Hostile text stays text, and what lacks the purpose is not there, nor what it alone names.
func TestContextsTellWhatMayBeTaken(t *testing.T) {
	t.Parallel()
	o := offered(t)
	edit(t, filepath.Join(o.Content, recordPath("tl-0001")), "title: \"Quyết định\"", `title: "Quyết \"định\" \\\\ .\n; a rico:Leak"`)
	put(t, filepath.Join(o.Content, "places/noi-rieng.yaml"), []byte("id: noi-rieng\nname: \"Nơi riêng một bản ghi\"\n"))
	edit(t, filepath.Join(o.Content, recordPath("tl-0002")), "clearance: qd-01", "clearance: qd-02\nplaces: [noi-rieng]")
	put(t, filepath.Join(o.Content, "clearances/qd-02.yaml"), []byte(strings.NewReplacer("id: qd-01", "id: qd-02", "MẪU-01", "MẪU-02").Replace(clearance)))
	file := inContexts(t, o)
	text := string(read(t, file))
	for _, s := range triples(t, file) {
		if strings.Contains(s[2], "ontology#Leak") {
			t.Errorf("%q", s)
		}
	}
	if !strings.Contains(text, "tl-0001") || strings.Contains(text, "tl-0002") || strings.Contains(text, "noi-rieng") || strings.Contains(text, "Nơi riêng") {
		t.Error(text)
	}
	o.Data = false
	mustBuild(t, o)
	if _, err := os.Stat(file); err == nil {
		t.Error("it is made without --data")
	}
}

// The table of the guide says what each field becomes, in both languages.
func TestGuideNamesEveryContext(t *testing.T) {
	var want []string
	for _, f := range rico.Fields {
		cell := func(s string) string {
			if s == "" {
				return "`-`"
			}
			return "`" + s + "`"
		}
		want = append(want, "`"+f.Key+"` | "+cell(f.Set)+" | "+cell(f.Single))
	}
	for _, file := range []string{"linked.md", "linked.en.md"} {
		var got []string
		for line := range strings.Lines(string(read(t, filepath.Join("../content/pages/guide", file)))) {
			cells := strings.Split(strings.TrimSpace(line), " | ")
			if len(cells) == 4 && strings.HasPrefix(cells[0], "| `") {
				got = append(got, strings.TrimPrefix(cells[0], "| ")+" | "+cells[2]+" | "+strings.TrimSuffix(cells[3], " |"))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}
