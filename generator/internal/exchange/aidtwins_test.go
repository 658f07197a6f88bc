package exchange

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// aidAgain imports finding aids of components, each an id and a title, one after another into an archive.
func aidAgain(t *testing.T) (dir string, again func(list ...[2]string) (*Report, error)) {
	t.Helper()
	dir = archive(t, nil)
	o := Options{Content: dir, File: filepath.Join(t.TempDir(), "a.xml"), FondsID: "f1", State: "public", Clearance: "kt-01"}
	return dir, func(list ...[2]string) (*Report, error) {
		var b strings.Builder
		for _, c := range list {
			b.WriteString(`<c level="file" id="` + c[0] + `"><did><unittitle>` + c[1] + "</unittitle></did></c>\n")
		}
		writeFile(t, o.File, "<ead><archdesc><did><unittitle>A</unittitle></did><dsc>\n"+b.String()+"</dsc></archdesc></ead>")
		rep, err := ImportEAD(context.Background(), o)
		o.Force = true
		return rep, err
	}
}

// restrict closes a record by its title as a person would, and returns its id.
func restrict(t *testing.T, dir, title string) string {
	t.Helper()
	docs := strings.Split(snapshot(t, dir)[recordsOfSheet], "---\n")
	id := ""
	for i, text := range docs {
		if strings.Contains(text, "title: "+title+"\n") && id == "" {
			docs[i] = strings.Replace(text, "state: public", "state: restricted", 1)
			_, rest, _ := strings.Cut(text, "id: ")
			id, _, _ = strings.Cut(rest, "\n")
		}
	}
	if id == "" {
		t.Fatalf("no %s", title)
	}
	writeFile(t, filepath.Join(dir, recordsOfSheet), strings.Join(docs, "---\n"))
	return id
}

// public are the titles of records that may be shown.
func public(t *testing.T, dir string) string {
	t.Helper()
	var out []string
	for _, u := range readBack(t, dir, "f1") {
		if u.Access.State.V == "public" {
			out = append(out, u.Title.Langs[0].V)
		}
	}
	return strings.Join(out, " ")
}

// Components that share an id, as written or as ours, are told apart by what they say, so their order opens nothing.
func TestImportEADOfTwins(t *testing.T) {
	for name, ids := range map[string][2]string{"the same": {"d-1", "d-1"}, "the same for us": {"D.1", "d-1"}} {
		dir, again := aidAgain(t)
		if rep, err := again([2]string{ids[0], "Takumin"}, [2]string{ids[1], "Zukomin"}); err != nil || readBack(t, dir, "f1")["d-1"] != nil {
			t.Fatal(err, dump(rep))
		}
		restrict(t, dir, "Takumin")
		rep, err := again([2]string{ids[1], "Zukomin"}, [2]string{ids[0], "Takumin"})
		if err != nil || rep.Refused != 1 || strings.Contains(public(t, dir), "Takumin") || !strings.Contains(public(t, dir), "Zukomin") || !strings.Contains(dump(rep), "[import-opens]") {
			t.Errorf("%s: %v, public: %s\n%s", name, err, public(t, dir), dump(rep))
		}
		// One that gets the id for itself is no other record.
		rep, err = again([2]string{"d-1", "Takumin"}, [2]string{"d-2", "Zukomin"})
		if !errors.Is(err, ErrRefused) || strings.Contains(public(t, dir), "Takumin") {
			t.Errorf("%s, each its own: %v, public: %s\n%s", name, err, public(t, dir), dump(rep))
		}
	}
	// One that had an id for itself and now shares it is not taken for another.
	dir, again := aidAgain(t)
	if rep, err := again([2]string{"d-1", "Takumin"}); err != nil {
		t.Fatal(err, dump(rep))
	}
	restrict(t, dir, "Takumin")
	if rep, err := again([2]string{"d-1", "Zukomin"}, [2]string{"d-1", "Takumin"}); !errors.Is(err, ErrRefused) || public(t, dir) != "A" {
		t.Errorf("%v, public: %s\n%s", err, public(t, dir), dump(rep))
	}
}

// Of components that say the same nobody can tell which was closed: nothing is imported until each has the id of its record.
func TestImportEADOfWhatIsAlike(t *testing.T) {
	dir, again := aidAgain(t)
	if rep, err := again([2]string{"", "Thư"}, [2]string{"", "Thư"}); err != nil {
		t.Fatal(err, dump(rep))
	}
	before := readBack(t, dir, "f1")
	closed := restrict(t, dir, "Thư")
	rep, err := again([2]string{"", "Thư"}, [2]string{"", "Thư"})
	if !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), "a.yaml:1: error: 2 components in") || !strings.Contains(dump(rep), closed) {
		t.Errorf("%v\n%s", err, dump(rep))
	}
	other := ""
	for id, u := range before {
		if u.Level.V == "file" && id != closed {
			other = id
		}
	}
	rep, err = again([2]string{other, "Thư"}, [2]string{closed, "Thư"})
	if back := readBack(t, dir, "f1"); err != nil || rep.Refused != 1 || back[closed].Access.State.V != "restricted" || back[other].Access.State.V != "public" {
		t.Errorf("%v\n%s", err, dump(rep))
	}
}
