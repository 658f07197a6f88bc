package generator_test

import (
	"context"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/page"
)

// gatheredRecord is a record of a static repository.
type gatheredRecord struct {
	ID      string   `xml:"header>identifier"`
	Day     string   `xml:"header>datestamp"`
	Titles  []string `xml:"metadata>dc>title"`
	Pages   []string `xml:"metadata>dc>identifier"`
	Parents []string `xml:"metadata>dc>relation"`
}

type staticRepository struct {
	Base     string           `xml:"Identify>baseURL"`
	Email    string           `xml:"Identify>adminEmail"`
	Earliest string           `xml:"Identify>earliestDatestamp"`
	Records  []gatheredRecord `xml:"ListRecords>record"`
}

// repositoryOf is the static repository of a site; ok is false where there is none.
func repositoryOf(t *testing.T, o generator.Options) (r staticRepository, ok bool) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(o.Out, page.OAI))
	if errors.Is(err, os.ErrNotExist) {
		return r, false
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	validRepository(t, page.OAI, string(data))
	return r, true
}

// validRepository holds a static repository against the rules in testdata/harvest: the schemas
// of OAI-PMH are not in ../shared/data, so these are the rules of its specification in our own
// words, and xmllint judges.
func validRepository(t *testing.T, name, data string) {
	t.Helper()
	cmd := exec.Command("xmllint", "--noout", "--nonet", "--huge", "--relaxng", "testdata/harvest/static-repository.rng", "-")
	cmd.Stdin = strings.NewReader(data)
	if said, err := cmd.CombinedOutput(); errors.Is(err, exec.ErrNotFound) {
		lacks(t, "xmllint")
	} else if err != nil {
		t.Errorf("%s: %v\n%s", name, err, said)
	}
}

// idsIn are the ids of the records of a repository, without what makes them unlike those of others.
func (r staticRepository) idsIn() (ids []string) {
	for _, x := range r.Records {
		ids = append(ids, x.ID[strings.LastIndexAny(x.ID, "/:")+1:])
	}
	return ids
}

// gatherable is the big archive on a site with an address and somebody who answers for it, of
// which both fonds may be gathered and taken away.
func gatherable(t *testing.T) generator.Options {
	t.Helper()
	o := offered(t)
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "contact: {email: thu@example.org}\n"+withAddress)
	o.Data = true
	return o
}

// The static repository holds the records that others may gather and no other, and there is
// none without --data, without an address of the site or without somebody who answers for it.
func TestRepositoryNeedsItsPurpose(t *testing.T) {
	t.Parallel()
	o := gatherable(t)
	second := strings.Replace(string(read(t, filepath.Join(o.Content, "clearances/qd-01.yaml"))), "qd-01", "qd-03", 1)
	put(t, filepath.Join(o.Content, "clearances/qd-03.yaml"), []byte(strings.Replace(second, ", harvesting", "", 1)))
	in := func(what string, want ...string) staticRepository {
		t.Helper()
		mustBuild(t, o)
		r, ok := repositoryOf(t, o)
		if got := slices.DeleteFunc(r.idsIn(), func(id string) bool {
			return !slices.Contains([]string{"phong-cau-mau", "hs-0001", "tl-0001", "tl-0002", "hs-0002"}, id)
		}); !slices.Equal(got, want) || ok != (len(r.Records) > 0) {
			t.Errorf("%s: %q", what, got)
		}
		return r
	}
	r := in("all", "phong-cau-mau", "hs-0001", "tl-0001", "tl-0002", "hs-0002")
	if r.Email != "thu@example.org" || r.Base != baseURL+page.OAI || r.Earliest == "" || !slices.Contains(r.Records[2].Parents, baseURL+"phong-luu-tru/phong-cau-mau/hs-0001.html") {
		t.Errorf("%+v", r)
	}
	for _, x := range r.Records {
		if x.Day < r.Earliest || !slices.ContainsFunc(x.Pages, func(at string) bool { return strings.HasPrefix(at, baseURL) }) {
			t.Errorf("%+v", x)
		}
	}
	edit(t, filepath.Join(o.Content, recordPath("hs-0001")), "qd-01", "qd-03")
	r = in("a file that may not be gathered", "phong-cau-mau", "tl-0001", "tl-0002", "hs-0002")
	if strings.Contains(string(read(t, filepath.Join(o.Out, page.OAI))), "hs-0001") || !slices.Contains(r.Records[1].Parents, baseURL+"phong-luu-tru/phong-cau-mau/") {
		t.Errorf("%+v", r.Records[1])
	}
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "oai_gateway: https://cong.example.org/oai/\n"+withAddress)
	if r = in("a gateway", "phong-cau-mau", "tl-0001", "tl-0002", "hs-0002"); r.Base != "https://cong.example.org/oai/"+strings.TrimPrefix(baseURL, "https://")+page.OAI {
		t.Error(r.Base)
	}
	o.Data = false
	in("without --data")
	o.Data = true
	in("with --data again, nothing else changed", "phong-cau-mau", "tl-0001", "tl-0002", "hs-0002")
	edit(t, filepath.Join(o.Content, "site.yaml"), "contact: {email: thu@example.org}\n", "")
	if rep := mustBuild(t, o); !slices.ContainsFunc(worded(rep), func(s string) bool { return strings.Contains(s, "oai-email") }) {
		t.Errorf("%q", worded(rep))
	}
	in("nobody answers for it")
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "contact: {email: thu@example.org}\n")
	in("no address")
}

// A withdrawal takes the files about the whole archive away, while the content cannot be built too.
func TestWithdrawalTakesWholeFiles(t *testing.T) {
	t.Parallel()
	o := gatherable(t)
	edit(t, filepath.Join(o.Content, recordPath("hs-0002")), `"Hai"`, `"Hồ sơ thứ hai của cầu"`)
	mustBuild(t, o)
	if len(wholeFiles(t, o)) == 0 {
		t.Fatal("there are none")
	}
	withdraw := func(id string) {
		t.Helper()
		rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: id})
		if err != nil || len(rep.Remains) > 0 {
			t.Fatalf("%v: %+v", err, rep)
		}
	}
	withdraw("hs-0002")
	if r, ok := repositoryOf(t, o); !ok || slices.Contains(r.idsIn(), "hs-0002") {
		t.Errorf("%v %q", ok, r.idsIn())
	}
	for name, data := range wholeFiles(t, o) {
		if words := string(data); strings.Contains(words, "hs-0002") || strings.Contains(words, "Hồ sơ thứ hai của cầu") {
			t.Errorf("%s still tells of it", name)
		}
	}
	put(t, filepath.Join(o.Content, "agents/hong.yaml"), []byte("id: [\n"))
	withdraw("tl-0002")
	if left := wholeFiles(t, o); len(left) > 0 {
		t.Errorf("%d are left", len(left))
	}
	if err := os.Remove(filepath.Join(o.Content, "agents/hong.yaml")); err != nil {
		t.Fatal(err)
	}
	mustBuild(t, o)
	if r, ok := repositoryOf(t, o); !ok || slices.Contains(r.idsIn(), "tl-0002") {
		t.Errorf("%v %q", ok, r.idsIn())
	}
}

// wholeFiles are the files of a site about the whole archive.
func wholeFiles(t *testing.T, o generator.Options) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for file := range treeOf(t, o.Out) {
		if name := slashed(file); page.IsWhole(name) {
			out[name] = read(t, filepath.Join(o.Out, file))
		}
	}
	return out
}

// A folder whose ledger was lost is known by the files about the whole archive too.
func TestWholeFilesAreKnownWithoutTheLedger(t *testing.T) {
	t.Parallel()
	o := gatherable(t)
	mustBuild(t, o)
	for _, lost := range []string{filepath.Join(filepath.Dir(o.Out), ".vitrine"), filepath.Join(o.Out, manifestName)} {
		if err := os.RemoveAll(lost); err != nil {
			t.Fatal(err)
		}
	}
	o.Data, o.Adopt = false, true
	mustBuild(t, o)
	if left := wholeFiles(t, o); len(left) > 0 {
		t.Errorf("%d are left", len(left))
	}
}

// An edit makes the files about the whole archive anew, as a clean build does; where nothing
// changed they stay.
func TestWholeFilesFollowTheirRecords(t *testing.T) {
	t.Parallel()
	o := gatherable(t)
	mustBuild(t, o)
	same := func(what string) {
		t.Helper()
		mustBuild(t, o)
		clean := o
		clean.Out, clean.Jobs = filepath.Join(filepath.Dir(o.Out), "clean"), 1
		mustBuild(t, clean)
		sameTree(t, what, treeOf(t, o.Out), treeOf(t, clean.Out))
	}
	edit(t, filepath.Join(o.Content, recordPath("tl-0002")), `"Ảnh"`, `"Ảnh khánh thành"`)
	same("a title")
	edit(t, filepath.Join(o.Content, "subjects/cau-sat.yaml"), "Cầu sắt", "Cầu thép")
	same("a subject")
	edit(t, filepath.Join(o.Content, "site.yaml"), "thu@example.org", "khac@example.org")
	same("who answers for it")
}

// A release makes them without being asked, and a record bears the day of the edition in which
// it last changed, whatever the day of the build.
func TestReleaseTellsWhenRecordsChanged(t *testing.T) {
	t.Parallel()
	r := newHarvested(t)
	r.swap("site.yaml", "languages", "contact: {email: thu@example.org}\nlanguages")
	days := func() map[string]string {
		t.Helper()
		out := map[string]string{}
		repo, ok := repositoryOf(t, r.o)
		for i, id := range repo.idsIn() {
			out[id] = repo.Records[i].Day
		}
		if !ok || len(out) == 0 {
			t.Fatal("there is no repository")
		}
		return out
	}
	r.must(day1)
	for id, day := range days() {
		if day != day1 {
			t.Errorf("%s: %s", id, day)
		}
	}
	r.swap(recordPath("tl-0002"), `"Ảnh"`, `"Ảnh khánh thành"`)
	r.must(day2)
	got := days()
	for id, day := range got {
		if want := map[bool]string{true: day2, false: day1}[id == "tl-0002"]; day != want {
			t.Errorf("%s: %s, not %s", id, day, want)
		}
	}
	o := r.o
	o.Data, o.AsOf = true, day3
	mustBuild(t, o)
	if later := days(); later["tl-0002"] != day2 || later["tl-0001"] != day1 {
		t.Errorf("%v", later)
	}
}

// The repository of the sample archive is sound, and has a record for each that may be gathered.
func TestRepositoryOfTheSample(t *testing.T) {
	r, ok := repositoryOf(t, generator.Options{Out: sample(t).Root})
	if !ok || len(r.Records) < 100 {
		t.Fatalf("%v, %d records", ok, len(r.Records))
	}
	if _, ok := repositoryOf(t, generator.Options{Out: bare(t).Root}); ok {
		t.Error("a site without an address has one")
	}
}

// resourceList is a list of ResourceSync, or an index of such lists.
type resourceList struct {
	Links []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"ln"`
	About struct {
		Capability string `xml:"capability,attr"`
		At         string `xml:"at,attr"`
	} `xml:"md"`
	Lists     []string `xml:"sitemap>loc"`
	Resources []struct {
		Loc     string `xml:"loc"`
		Lastmod string `xml:"lastmod"`
		About   struct {
			Capability string `xml:"capability,attr"`
			Hash       string `xml:"hash,attr"`
			Length     int    `xml:"length,attr"`
			Type       string `xml:"type,attr"`
		} `xml:"md"`
	} `xml:"url"`
}

// listAt reads the list at an address of a site, and holds it against the order of elements
// that ResourceSync wants: rs:ln, rs:md, then the entries.
func listAt(t *testing.T, o generator.Options, at string) (l resourceList) {
	t.Helper()
	file, ok := strings.CutPrefix(at, baseURL)
	if !ok {
		t.Fatalf("%s is not of the site", at)
	}
	data := read(t, filepath.Join(o.Out, filepath.FromSlash(file)))
	if err := xml.Unmarshal(data, &l); err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	if l.About.Capability == "resourcelist" && !regexp.MustCompile(`^\d{4}-\d\d-\d\dT00:00:00Z$`).MatchString(l.About.At) {
		t.Errorf("%s is of %q", at, l.About.At)
	}
	if s := string(data); !regexp.MustCompile(`(?s)^<\?xml[^>]*>\n<(urlset|sitemapindex) [^>]*>\n(<rs:ln [^>]*>\n)*<rs:md [^>]*/>\n(<url>|<sitemap>|</)`).MatchString(s) {
		t.Errorf("%s: %s", at, s[:min(len(s), 400)])
	}
	return l
}

// resourcesOf goes from the description of the source to all that may be gathered: each file is
// there, with that hash and length; by path, with the day of its last change.
func resourcesOf(t *testing.T, o generator.Options) map[string]string {
	t.Helper()
	source := listAt(t, o, baseURL+page.SourceDescription)
	capabilities := listAt(t, o, source.Resources[0].Loc)
	if source.About.Capability != "description" || source.Resources[0].About.Capability != "capabilitylist" || capabilities.About.Capability != "capabilitylist" || capabilities.Resources[0].About.Capability != "resourcelist" {
		t.Errorf("%+v %+v", source, capabilities)
	}
	first := listAt(t, o, capabilities.Resources[0].Loc)
	lists := []resourceList{first}
	if len(first.Lists) > 0 {
		lists = nil
		for _, at := range first.Lists {
			l := listAt(t, o, at)
			if !slices.ContainsFunc(l.Links, func(n struct {
				Rel  string `xml:"rel,attr"`
				Href string `xml:"href,attr"`
			}) bool {
				return n.Rel == "index" && n.Href == capabilities.Resources[0].Loc
			}) {
				t.Errorf("%s does not lead back", at)
			}
			lists = append(lists, l)
		}
	}
	out := map[string]string{}
	for _, l := range lists {
		for _, r := range l.Resources {
			file := strings.TrimPrefix(r.Loc, baseURL)
			if strings.HasSuffix(r.Loc, "/") {
				file += "index.html"
			}
			data := read(t, filepath.Join(o.Out, filepath.FromSlash(file)))
			if sum := fmt.Sprintf("sha-256:%x", sha256.Sum256(data)); sum != r.About.Hash || len(data) != r.About.Length || r.About.Type == "" {
				t.Errorf("%s: %+v, and the file is %s of %d", file, r, sum, len(data))
			}
			if _, twice := out[file]; twice {
				t.Errorf("%s twice", file)
			}
			out[file] = r.Lastmod
		}
	}
	return out
}

// The lists of ResourceSync tell of the pages and descriptions of records that may be gathered
// and of nothing else, in as many lists as are needed, with the days of editions.
func TestResourceListsNeedTheirPurpose(t *testing.T) {
	t.Parallel()
	o := gatherable(t)
	second := strings.Replace(string(read(t, filepath.Join(o.Content, "clearances/qd-01.yaml"))), "qd-01", "qd-03", 1)
	put(t, filepath.Join(o.Content, "clearances/qd-03.yaml"), []byte(strings.Replace(second, ", harvesting", "", 1)))
	edit(t, filepath.Join(o.Content, recordPath("hs-0001")), "qd-01", "qd-03")
	mustBuild(t, o)
	all := resourcesOf(t, o)
	for file, wanted := range map[string]bool{
		"phong-luu-tru/phong-cau-mau/index.html": true, "phong-luu-tru/phong-cau-mau/tl-0001.html": true, "en/fonds/phong-cau-mau/tl-0001.html": true,
		page.OAI: true, "iiif/collection.json": true,
		"phong-luu-tru/phong-cau-mau/hs-0001.html": false, "index.html": false, page.Database: false, findingOne: false, "chu-de/cau-sat.html": false,
	} {
		if day, ok := all[file]; ok != wanted || ok && day == "" {
			t.Errorf("%s: %v %q", file, ok, day)
		}
	}
	o = o.WithLists(7)
	edit(t, filepath.Join(o.Content, recordPath("tl-0002")), `"Ảnh"`, `"Ảnh khánh thành"`)
	mustBuild(t, o)
	parts, _ := filepath.Glob(filepath.Join(o.Out, "data/resourcesync/resourcelist.*.xml"))
	if again := resourcesOf(t, o); len(again) != len(all) || len(parts) != (len(all)+6)/7 {
		t.Errorf("%d in %d lists, %d in one", len(again), len(parts), len(all))
	}
	o.Data = false
	mustBuild(t, o)
	if left := wholeFiles(t, o); len(left) > 0 {
		t.Errorf("%d are left without --data", len(left))
	}
}
