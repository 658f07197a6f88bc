//go:build unix

package generator_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"

	"golang.org/x/text/unicode/norm"
)

// A path in a record that leads out of its folder, or is none, is an error with
// its place, whether or not a file lies there.
func TestPathsInRecordsStayInTheirFolder(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"../../../../../etc/hostname", "../../../site.yaml", "a/../../records/tl-0001.yaml", "/etc/hostname", `..\\..\\site.yaml`, `C:\\x.jpg`, "C:x.jpg", `\\\\server\\x.jpg`,
		"a-001.jpg/", "./a-001.jpg", "a//a-001.jpg", ".", "..", `a\0.jpg`, `a\n.jpg`, `a\x01.jpg`, `\u202egpj.exe`, "aux.jpg", "CON", "NUL.jpg", "a-001.jpg.", "muc /a.jpg", "muc./a.jpg", strings.Repeat("x", 300) + ".jpg", "con/a.jpg",
	} {
		t.Run(name[:min(len(name), 30)], func(t *testing.T) {
			o := generator.Options{Content: write(t, guideArchive()), Out: filepath.Join(t.TempDir(), "public"), AsOf: asOf}
			record := filepath.Join(o.Content, recordPath("tl-0001"))
			edit(t, record, "file: a-001.jpg", fmt.Sprintf(`file: "%s"`, name))
			plain := strings.NewReplacer(`\n`, "\n", `\x01`, "\x01", `\u202e`, "\u202e").Replace(name)
			if filepath.IsLocal(plain) && !strings.ContainsAny(plain, "\\\x00") && len(plain) < 255 {
				_ = os.WriteFile(filepath.Join(o.Content, "fonds/phong-cau-mau/media", plain), picture(t, "a"), 0o644) // where the system takes the name
			}
			inTime(t, name, func() {
				refuses(t, recordPath("tl-0001"), func() (*generator.Report, error) { return generator.Build(context.Background(), o) })
			})
		})
	}
}

// A master whose name is written in letters and separate marks on disk, as macOS
// writes it, or differs in case from that in the record, which Windows does not
// mind, is an error that says which file to rename.
func TestNamesAsOtherSystemsWriteThem(t *testing.T) {
	t.Parallel()
	for disk, inRecord := range map[string]string{
		norm.NFD.String("ảnh-mẫu.jpg"): "ảnh-mẫu.jpg", norm.NFD.String("ảnh-mẫu-2.jpg"): norm.NFD.String("ảnh-mẫu-2.jpg"), "Anh-01.JPG": "anh-01.jpg",
	} {
		r, err := buildNamed(t, disk, inRecord)
		if !errors.Is(err, generator.ErrContent) {
			t.Errorf("%q for %q: %v", disk, inRecord, err)
			continue
		}
		told := slices.ContainsFunc(r.Diags.Sorted(), func(d diag.Diagnostic) bool {
			return d.Code == "file-missing" && strings.Contains(d.Hint.Vi, fmt.Sprintf("%q", disk)) && strings.Contains(d.Hint.En, fmt.Sprintf("%q", norm.NFC.String(inRecord)))
		})
		if !told {
			t.Errorf("%q for %q: %v", disk, inRecord, r.Diags.Sorted())
		}
	}
	// a record that was written on macOS finds the file of another system
	if r, err := buildNamed(t, "ảnh-mẫu.jpg", norm.NFD.String("ảnh-mẫu.jpg")); err != nil {
		t.Errorf("%v: %v", err, r.Diags.Sorted())
	}
}

// buildNamed builds an archive with a master of one name that a record gives
// another.
func buildNamed(t *testing.T, disk, inRecord string) (*generator.Report, error) {
	t.Helper()
	o := generator.Options{Content: write(t, guideArchive()), Out: filepath.Join(t.TempDir(), "public"), AsOf: asOf}
	put(t, filepath.Join(o.Content, "fonds/phong-cau-mau/media", disk), picture(t, "a"))
	edit(t, filepath.Join(o.Content, recordPath("tl-0001")), "file: a-001.jpg", fmt.Sprintf(`file: "%s"`, inRecord))
	return generator.Build(context.Background(), o)
}

// A page of a name in which case matters, or that Windows keeps for itself, is
// refused: the site could not be copied to every server.
func TestPagesThatNotEverySystemHolds(t *testing.T) {
	t.Parallel()
	const page = "---\ntitle: \"T\"\naccess: {state: public}\n---\n\nChữ.\n"
	for _, names := range map[string][]string{
		"case": {"Loi-Noi.md", "loi-noi.md"}, "device": {"con.md"}, "device with a name": {"aux.x.md"}, "newline": {"a\nb.md"}, "bidi": {"a\u202eb.md"},
		"blank": {"a .md"}, "colon": {"a:b.md"}, "long": {strings.Repeat("x", 252) + ".md"}, "markup": {"<b onclick=x>.md"}, "separate marks": {"a\u0309.md"},
	} {
		o := generator.Options{Content: write(t, guideArchive()), Out: filepath.Join(t.TempDir(), "public"), AsOf: asOf}
		for _, name := range names {
			put(t, filepath.Join(o.Content, "pages", name), []byte(page))
		}
		refuses(t, "pages/"+names[0], func() (*generator.Report, error) { return generator.Build(context.Background(), o) })
	}
}
