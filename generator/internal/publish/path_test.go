package publish

import (
	"strings"
	"testing"
)

func TestCheckPath(t *testing.T) {
	for _, good := range []string{
		"index.html", "a/b/c.html", ".nojekyll", ".well-known/x", "iiif/x/0,0,512,512/max/0/default.jpg",
		"tài-liệu/ảnh.jpg", "a b.txt", "com.html", "com10.html", "aux-1.html", "a..b", strings.Repeat("x", 255),
	} {
		if err := checkPath(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "/", "/etc/passwd", "a//b", "a/", "..", "../a", "a/../b", "./a", "a/.", `a\b`, "C:/a", "a:b", "a?", "a*", `"`, "a|b", "<", ">",
		"a\x00b", "a\nb", "a\x7f", "con", "CON", "Nul.html", "aux.tar.gz", "lpt1", "com1.html", "a/COM¹", "conin$", "prn /x",
		"a.", "a /b", "a./b", "\xff", "a\u0309nh.jpg", strings.Repeat("x", 256),
	} {
		if err := checkPath(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		} else {
			wantError(t, err, ErrBadPath)
		}
	}
}
