package edtf_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"vitrine/generator/edtf"
)

// The lists of the University of North Texas, and the ranges that go-edtf
// expects, lie beside the repository.
const dataDir = "../../../shared/data/edtf"

func readData(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dataDir, name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no conformance data: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// outsideProfile are the valid dates that the profile leaves out.
var outsideProfile = []struct {
	what    string
	pattern *regexp.Regexp
}{
	{"a time of day", regexp.MustCompile(`T\d\d:\d\d:\d\d`)},
	{"a year of more than four digits, or an exponent", regexp.MustCompile(`^Y`)},
	{"significant digits", regexp.MustCompile(`S\d+$`)},
	{"a year with more than two X, or not at the right", regexp.MustCompile(`XXXX|\dXXX|X\d[\dX]|X\d-`)},
	{"a month or a day with one X", regexp.MustCompile(`-(\dX|X\d)(\D|$)`)},
	{"something specified after X", regexp.MustCompile(`X-\d\d`)},
}

// reasonOutside returns why the profile leaves s out, "" if it does not.
func reasonOutside(s string) string {
	for _, rule := range outsideProfile {
		if rule.pattern.MatchString(s) {
			return rule.what
		}
	}
	return ""
}

// beyondStandard are the entries of go-edtf that are not EDTF, with the reason.
var beyondStandard = map[string]string{
	"Spring, 2002":           "a description in words, not EDTF",
	"second quarter of 2001": "a description in words, not EDTF",
}

func TestValidLists(t *testing.T) {
	for _, name := range []string{"unt-valid-level0.json", "unt-valid-level1.json", "unt-valid-level2.json"} {
		t.Run(name, func(t *testing.T) {
			var list []string
			readData(t, name, &list)
			inside := 0
			for _, s := range list {
				d, err := edtf.Parse(s)
				reason := reasonOutside(s)
				switch {
				case reason == "" && err != nil:
					t.Errorf("a valid date is refused: %v", err)
				case reason != "" && err == nil:
					t.Errorf("%s has %s, and yet is taken", s, reason)
				case reason == "" && d.IsLevel0() != (name == "unt-valid-level0.json"):
					t.Errorf("%s: level 0 is %v", s, d.IsLevel0())
				case err == nil:
					inside++
				}
			}
			t.Logf("%d of %d are inside the profile", inside, len(list))
			if inside < len(list)/2 {
				t.Errorf("only %d of %d dates are inside the profile", inside, len(list))
			}
		})
	}
}

func TestInvalidLists(t *testing.T) {
	for _, name := range []string{"unt-invalid-dates.json", "unt-invalid-datetimes.json", "unt-invalid-intervals.json"} {
		t.Run(name, func(t *testing.T) {
			var list []string
			readData(t, name, &list)
			for _, s := range list {
				parseError(t, s)
			}
		})
	}
}

// goEDTFRange is what go-edtf expects of one date. Times are RFC 3339.
type goEDTFRange struct {
	EDTF                  string
	StartLowerTimeRFC3339 string
	EndUpperTimeRFC3339   string
	StartLowerIsOpen      bool
	EndUpperIsOpen        bool
	StartLowerIsUnknown   bool
	EndUpperIsUnknown     bool
}

func TestGoEDTFRanges(t *testing.T) {
	var list []goEDTFRange
	readData(t, "go-edtf-ranges.json", &list)
	for _, want := range list {
		if beyondStandard[want.EDTF] != "" || reasonOutside(want.EDTF) != "" {
			parseError(t, want.EDTF)
			continue
		}
		d := parse(t, want.EDTF)
		lo, hi := d.Bounds()
		if got := dayOr(t, want.StartLowerTimeRFC3339, edtf.MinDay); got != lo {
			t.Errorf("%s begins on %v, go-edtf says %v", want.EDTF, lo, got)
		}
		if got := dayOr(t, want.EndUpperTimeRFC3339, edtf.MaxDay); got != hi {
			t.Errorf("%s ends on %v, go-edtf says %v", want.EDTF, hi, got)
		}
		ends := [4]bool{d.OpenLo(), d.OpenHi(), d.UnknownLo(), d.UnknownHi()}
		if ends != [4]bool{want.StartLowerIsOpen, want.EndUpperIsOpen, want.StartLowerIsUnknown, want.EndUpperIsUnknown} {
			t.Errorf("%s: open and unknown ends are %v", want.EDTF, ends)
		}
	}
}

// dayOr returns the day of an RFC 3339 time, or otherwise for none.
func dayOr(t *testing.T, text string, otherwise edtf.Day) edtf.Day {
	t.Helper()
	if text == "" {
		return otherwise
	}
	lo, _ := parse(t, text[:len(text)-len("T00:00:00Z")]).Bounds()
	return lo
}
