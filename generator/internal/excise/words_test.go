package excise

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Ids are found as whole words, titles in any writing of HTML and addresses.
func TestWords(t *testing.T) {
	w := newWords()
	w.addID("mau-0007")
	if !w.addTitle("Chỉ thị  về *công tác* & giấy tờ") || w.addTitle("Thư") || w.addTitle("Quyếtđịnhdàidài") {
		t.Error("which titles are long enough")
	}
	for text, want := range map[string]bool{
		`<a href="../mau-0007.html">`: true, "mau-0007": true, "x mau-0007.": true,
		"mau-00070": false, "xmau-0007": false, "mau-0007-001.png": false, "mau-0007_a": false,
		"Xem CHỈ THỊ về\n *công tác* &amp; giấy tờ!": true, "chỉ thị về *công tác* & giấy tờ khác": true,
		"Ngoạichỉ thị về *công tác* & giấy tờ": false, "chỉ thị về *công tác* & giấy tờng": false,
		"<p>Chỉ thị <b>về</b> *công tác* &amp; giấy tờ</p>":                                                                     true,
		"mailto:a?subject=Chi%CC%89%20thi%CC%A3%20v%C3%AA%CC%80%20%2Ac%C3%B4ng%20t%C3%A1c%2A%20%26%20gi%E1%BA%A5y%20t%E1%BB%9D": true,
		`{"v": "xem chỉ thị về\ncông tác\u0020\u0026 giấy t\u1edd"}`:                                                            true, "Chỉ thị “về” công tác – giấy tờ": true, "chi thi ve cong tac giay to": true, "Chi thị về công tác giấy tờ": false,
		`{"v": "xem chỉ thị\u003cbr\u003evề công tác giấy tờ"}`: true, "Chỉ thị về<br>công tác<br />giấy tờ": true,
		`<a href="chi-thi-ve-cong-tac-giay-to.html">`:                                false,
		`<p>Chỉ thị về<sup class="fn"><a href="#n">1</a></sup> công tác giấy tờ</p>`: true, "<p>xem MAU-0007</p>": true, "<p>xem mau-<em>0007</em></p>": true, `"mau\u002d0007"`: true, "chỉ thị mới về công tác giấy tờ": false,
		"100% nothing": false, "": false,
	} {
		if got := w.in(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}

// What readers take for the signs of a number is that, whoever typed it.
func TestSignsOfNumbers(t *testing.T) {
	w := newWords()
	w.addID("tl-0050")
	w.addTitle("Báo cáo 15-BC/TW gửi ông Zanabor")
	for text, want := range map[string]bool{"<p>xem báo cáo 15–BC/TW gửi ông Zanabor</p>": true, "<p>Báo cáo 15 - BC / TW gửi ông Zanabor</p>": true, "<p>bao cao 15 BC TW gui ong Zanabor</p>": true, "<p>xem tl–0050</p>": true, "<p>tl\u00ad-0050</p>": true,
		"<p>Báo cáo 16-BC/TW gửi ông Zanabor</p>": false, `<a href="bao-cao-15-bc-tw-gui-ong-zanabor.html">x</a>`: false, "<p>https://vi-du.vn/bao-cao-15-bc-tw-gui-ong-zanabor.html</p>": false} {
		if got := w.in(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// A title that another record bears is given up alone, and not those that begin alike.
func TestDroppedTitleLeavesOthers(t *testing.T) {
	w := newWords()
	for _, title := range []string{"Thư riêng gửi ông Lê A", "Thư riêng gửi bà Zanabor"} {
		w.addTitle(title)
	}
	w.dropTitle("Thư riêng gửi ông Lê A")
	for text, want := range map[string]bool{"Thư riêng gửi ông Lê A": false, "xem Thư riêng gửi bà Zanabor": true, "thu rieng gui ba zanabor": true, "thu rieng gui ong le a": false} {
		if got := w.in(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// The quick way to tell composed text is never wrong, and texts are compared as
// the tables of Unicode have it.
func TestPlainIsComposedInSmallLetters(t *testing.T) {
	var letters []string
	for r := rune(1); r < 0x3100; r++ {
		letters = append(letters, string(r))
	}
	for _, a := range letters {
		for _, b := range []string{"", "a", "ơ", "\u0301", "\u0323", "ữ", "\u1161", "\u200d"} {
			if s := a + b; composed(s) && !norm.NFC.IsNormalString(s) {
				t.Errorf("%q is not composed", s)
			}
		}
		want := strings.Join(strings.FieldsFunc(strings.Map(unicode.ToLower, norm.NFC.String("x"+a+"x")), func(r rune) bool { return !partOfWord(r) && !(r < unicode.MaxASCII && joins[r]) }), " ")
		if got := plain("x" + a + "x"); got != want {
			t.Errorf("plain(%q) is %q, not %q", a, got, want)
		}
	}
	if s := "Điều lệ – “Đảng viên” Ữ ữ"; !composed(s) {
		t.Errorf("%q takes the long way", s)
	}
}
