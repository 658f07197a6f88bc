package webvtt

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vitrine/generator/diag"

	"github.com/google/go-cmp/cmp"
)

const sample = `WEBVTT Lời kể của người trong ảnh
Kind: captions

STYLE
::cue(.nho) { font-size: 80% }

REGION
id:duoi
width:40%

NOTE Gỡ băng ngày 2 tháng 5,
hai người đọc lại.

mo-dau
00:01.000 --> 00:04.500 position:50%,center line:90% align:start size:40%
<v Bà Nguyễn Thị Mẫu>Năm <i>ấy</i> cầu
chưa xong &amp; đường <c.nho>còn</c> đất.

01:02:03.000	-->	01:02:05.500
<v.xa Người hỏi>Ai &lt;bảo&gt; thế?</v> <v Bà Mẫu>Cụ <ruby>河內<rt>Hà Nội</rt></ruby> <01:02:04.000>bảo.

1000:00:00.000 --> 1000:00:00.001
Không ai nói
`

func TestRead(t *testing.T) {
	want := []Cue{
		{"mo-dau", time.Second, 4500 * time.Millisecond, Settings{"50%,center", "90%", "start"}, []Speech{{"Bà Nguyễn Thị Mẫu", "Năm ấy cầu\nchưa xong & đường còn đất."}}, 15},
		{"", 3723 * time.Second, 3725*time.Second + 500*time.Millisecond, Settings{}, []Speech{{"Người hỏi", "Ai <bảo> thế?"}, {"Bà Mẫu", "Cụ 河內 (Hà Nội) bảo."}}, 19},
		{"", 1000 * time.Hour, 1000*time.Hour + time.Millisecond, Settings{}, []Speech{{"", "Không ai nói"}}, 22},
	}
	for name, text := range map[string]string{
		"Unix": sample, "Windows": strings.ReplaceAll(sample, "\n", "\r\n"), "old Mac": strings.ReplaceAll(sample, "\n", "\r"), "byte order mark": "\ufeff" + sample,
		"no line end": strings.TrimSuffix(sample, "\n"),
	} {
		got, ds := Read("a.vtt", []byte(text))
		if d := cmp.Diff(want, got); d != "" || len(ds) > 0 {
			t.Errorf("%s: %v\n%s", name, ds, d)
		}
	}
	got, _ := Read("a.vtt", []byte(sample))
	if text := got[1].Text(); text != "Ai <bảo> thế?\nCụ 河內 (Hà Nội) bảo." {
		t.Errorf("%q", text)
	}
}

// Each fault is told with its place, an error where words are lost; cues without
// a fault are read all the same.
func TestFaults(t *testing.T) {
	const cue = "00:01.000 --> 00:02.000\n"
	for text, want := range map[string]string{
		"":                                                                 "vtt-header 1:1 error",
		"WEBVTTx\n":                                                        "vtt-header 1:1 error",
		"1\n00:00:01,000 --> 00:00:02,000\nA\n":                            "vtt-header 1:1 error",
		"WEBVTT\n" + cue + "A\n":                                           "vtt-header 2:1 warning",
		"WEBVTT\n\nLời lẻ\n\n" + cue + "A":                                 "vtt-block 3:1 error",
		"WEBVTT\n\n" + cue + "A\n\nSTYLE\nx\n":                             "vtt-block 6:1 warning",
		"WEBVTT\n\nNOTE a\n" + cue + "A":                                   "",
		"WEBVTT\n\nNOTE a\nb\n" + cue + "A":                                "vtt-block 5:1 warning",
		"WEBVTT\n\n" + cue + "A\n" + cue + "B":                             "vtt-block 5:1 warning, vtt-overlap 5:1 warning",
		"WEBVTT\n\n00:01,000 --> 00:02,000\nA":                             "vtt-time 3:6 error",
		"WEBVTT\n\n00:61.000 --> 00:02.000\nA":                             "vtt-time 3:10 error",
		"WEBVTT\n\n1:00.000 --> 2:00.000\nA":                               "vtt-time 3:5 error",
		"WEBVTT\n\n00:01.000 -> 00:02.000\nA":                              "vtt-block 3:1 error",
		"WEBVTT\n\n00:01.000 --> \nA":                                      "vtt-time 3:15 error",
		"WEBVTT\n\n00:01.000 x --> 00:02.000\n":                            "vtt-time 3:11 error",
		"WEBVTT\n\n00:01.000 --> 00:02.0001\nA":                            "vtt-time 3:25 error",
		"WEBVTT\n\n00:02.000 --> 00:02.000\nA":                             "vtt-time 3:1 error",
		"WEBVTT\n\n99999:00:00.000 --> 99999:00:01.000\nA":                 "vtt-time 3:16 error",
		"WEBVTT\n\n00:01.000 --> 00:02.000 canh:giữa line:150%\nA":         "vtt-setting 3:25 warning, vtt-setting 3:35 warning",
		"WEBVTT\n\n" + cue + "A\n\n00:00.000 --> 00:00.500\nB":             "vtt-order 6:1 warning",
		"WEBVTT\n\n00:01.000 --> 00:09.000\nA\n\n" + cue + "B":             "vtt-overlap 6:1 warning",
		"WEBVTT\n\n" + cue + "một < hai":                                   "vtt-tag 4:5 error",
		"WEBVTT\n\n" + cue + "<script>x</script>":                          "vtt-tag 4:1 warning, vtt-tag 4:10 warning",
		"WEBVTT\n\n" + cue + "<i>x":                                        "vtt-tag 4:1 warning",
		"WEBVTT\n\n" + cue + "đ<00:05.000>x<1>y":                           "vtt-tag 4:2 warning, vtt-tag 4:14 warning",
		"WEBVTT\n\n" + cue + "a\x00b":                                      "vtt-control 4:2 warning",
		"WEBVTT\n\n" + cue + "á\xffb":                                      "text-encoding 4:2 error",
		"WEBVTT\n\n" + cue + strings.Repeat("x", maxLine+1):                "vtt-size 4:1 error",
		"WEBVTT\n\n" + cue + strings.Repeat("x", MaxSize):                  "vtt-size 1:1 error",
		"WEBVTT\n" + strings.Repeat("\n", maxLines):                        "vtt-size 1:1 error",
		"WEBVTT\n\n" + strings.Repeat("00:01.000 --> 00:02.000\nA\n\n", 4): "vtt-overlap 6:1 warning, vtt-overlap 9:1 warning, vtt-overlap 12:1 warning",
	} {
		_, ds := Read("a.vtt", []byte(text))
		var got []string
		for _, d := range ds {
			got = append(got, fmt.Sprintf("%s %d:%d %s", d.Code, d.Pos.Line, d.Pos.Col, d.Severity))
			if d.Pos.File != "a.vtt" || d.Msg.Vi == "" || d.Msg.En == "" {
				t.Errorf("%+v", d)
			}
		}
		if g := strings.Join(got, ", "); g != want {
			t.Errorf("%.60q: %s, want %s", text, g, want)
		}
	}
}

func TestOneCueTooMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("WEBVTT\n\n")
	for i := range maxCues + 1 {
		fmt.Fprintf(&b, "%s --> %s\nx\n\n", stamp(time.Duration(i)*time.Second), stamp(time.Duration(i+1)*time.Second))
	}
	cues, ds := Read("a.vtt", []byte(b.String()))
	if len(cues) != maxCues || len(ds) != 1 || ds[0].Code != "vtt-size" || ds[0].Pos.Line != 3+3*maxCues {
		t.Errorf("%d cues, %v", len(cues), ds)
	}
}

// Of many faults a hundred are told, and the gravest of the others is not passed over.
func TestManyFaults(t *testing.T) {
	text := "WEBVTT\n\n00:01.000 --> 00:02.000\n" + strings.Repeat("<x>", 500) + "\n<"
	_, ds := Read("a.vtt", []byte(text))
	last := ds[len(ds)-1]
	if len(ds) != maxFaults+1 || last.Severity != diag.Error || last.Pos.Line != 5 || !strings.Contains(last.Msg.En, ": 401") {
		t.Errorf("%d, %+v", len(ds), last)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	for _, s := range []string{"WEBVTT\n\n1\n00:01.000 --> 00:02.000 align:left\n<v A>a<v B>b</v>c</v>\n&#10;&nbsp;\n--&gt;", "WEBVTT\n00:00.000-->00:00.001\n<ruby>a<rt>b</ruby><00:00.000>", "\ufeffWEBVTT\t\r\rNOTE\r\n\x00\rREGION\n-->"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cues, ds := Read("a.vtt", data)
		rows := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), "\ufeff")), "\n")
		for _, d := range ds {
			if d.Pos.Line < 1 || d.Pos.Line > len(rows) || d.Pos.Col < 1 || d.Pos.Col > utf8.RuneCountInString(rows[d.Pos.Line-1])+1 {
				t.Errorf("%v points outside the text", d)
			}
		}
		for _, c := range cues {
			if c.End <= c.Start || c.Start < 0 || slices.ContainsFunc(c.Says, func(s Speech) bool { return strings.TrimSpace(s.Text) == "" }) {
				t.Errorf("%+v", c)
			}
		}
		var b bytes.Buffer
		if err := Write(&b, cues); err != nil {
			t.Fatal(err)
		}
		if b.Len() > MaxSize || slices.ContainsFunc(strings.Split(b.String(), "\n"), func(line string) bool { return len(line) > maxLine }) {
			return // escaped, it is longer than it was
		}
		again, ds := Read("a.vtt", b.Bytes())
		for i := range again {
			again[i].Line = cues[min(i, len(cues)-1)].Line
		}
		if d := cmp.Diff(cues, again); d != "" {
			t.Errorf("%s\n%s", d, b.Bytes())
		}
		for _, d := range ds {
			if d.Severity == diag.Error {
				t.Errorf("%v: %s\n%s", d.Pos, d.Msg.En, b.Bytes())
			}
		}
	})
}
