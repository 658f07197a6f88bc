package recording

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	plate = "-f lavfi -i testsrc=d=6:s=64x48:r=10"
	tone  = "-f lavfi -i sine=d=6:sample_rate=22050"
	codec = "-g 250 -c:v libx264 -pix_fmt yuv420p -c:a aac -b:a 32k"
)

// made is a file that ffmpeg makes in a folder.
func made(t testing.TB, dir, name, args string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	cmd := exec.Command("ffmpeg", append(append([]string{"-v", "error", "-y"}, strings.Fields(args)...), path)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "SVT_LOG=0")
	if says, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg %s: %v: %s", args, err, says)
	}
	return path
}

func contents(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// refused is what is wrong with a file; remedy runs the command of the hint, and gives what it makes.
func refused(t *testing.T, b []byte) (fault *Error, says string) {
	t.Helper()
	r, err := readBytes(b)
	if !errors.As(err, &fault) {
		t.Fatalf("nothing is wrong: %s", inWords(r, err))
	}
	return fault, inWords(r, err)
}

func remedy(t *testing.T, fault *Error, path string) string {
	t.Helper()
	_, command, ok := strings.Cut(fault.Hint.En, ": ffmpeg ")
	command, _, _ = strings.Cut(command, ";")
	if !ok || !strings.Contains(fault.Hint.Vi, strings.ReplaceAll(strings.ReplaceAll(command, "new-file", "tệp-mới"), " file ", " tệp ")) {
		t.Fatalf("the hint has no command, or not in both languages: %s", fault.Hint.En)
	}
	args := strings.Fields(strings.Replace(command, " file ", " "+path+" ", 1))
	name := args[len(args)-1]
	if filepath.Ext(name) == "" {
		name += filepath.Ext(path)
	}
	return made(t, t.TempDir(), name, strings.Join(args[:len(args)-1], " "))
}

// insert puts bytes at the end of the body of a box, the last in a path of kinds, and makes those around it larger.
// The tables lie behind the data, so that no offset changes.
func insert(t *testing.T, b []byte, more string, path ...string) []byte {
	t.Helper()
	b = bytes.Clone(b)
	at, end := 0, 0
	for _, kind := range path {
		i := bytes.Index(b[at:], []byte(kind))
		if i < 0 {
			t.Fatalf("there is no %s", kind)
		}
		at += i + 4
		size := be.Uint32(b[at-8:])
		end = at - 8 + int(size)
		be.PutUint32(b[at-8:], size+uint32(len(more)))
	}
	return append(append(bytes.Clone(b[:end]), more...), b[end:]...)
}

// set puts a number of four bytes behind the name of a box.
func set(b []byte, kind string, behind int, v uint32) []byte {
	b = bytes.Clone(b)
	be.PutUint32(b[bytes.Index(b, []byte(kind))+4+behind:], v)
	return b
}

func boxOf(kind, body string) string {
	return string(be.AppendUint32(nil, uint32(8+len(body)))) + kind + body
}

// What an edit list cuts off is not published, wherever it lies, and the command that is named makes a file that is.
func TestWhatIsCutOffWhenItIsPlayed(t *testing.T) {
	dir := t.TempDir()
	made(t, dir, "full.mp4", plate+" "+tone+" "+codec)
	cut := made(t, dir, "cut.mp4", "-ss 4 -i full.mp4 -c copy")
	sound := made(t, dir, "sound.m4a", tone+" -c:a aac -b:a 32k")
	late := contents(t, made(t, dir, "late.mp4", "-i full.mp4 -itsoffset 1 -i full.mp4 -map 0:v -map 1:a -c copy"))
	full, tune := contents(t, filepath.Join(dir, "full.mp4")), contents(t, sound)

	for _, c := range []struct {
		what string
		file []byte
		says string
	}{
		{"the beginning", contents(t, cut), "hidden: 4.0 s of the MP4 file are cut off when it is played, but still lie in it and go out unseen"},
		{"the end", set(tune, "elst", 8, 2000), "hidden: 4.0 s of the MP4 file are cut off when it is played, but still lie in it and go out unseen"},
		{"a speed", set(tune, "elst", 16, 2<<16), "hidden: the edit list of the MP4 file plays at another speed; some of it goes out unseen"},
		{"several stretches", set(late[bytes.LastIndex(late, []byte("trak"))-4:], "elst", 12, 0), ""},
		{"times that do not advance", set(tune, "stts", 12, 0), "hidden: a part of the MP4 file is played at no time, but goes out with it"},
		{"more samples than times", set(tune, "stts", 8, 3), "broken: the MP4 file is damaged: its table of times does not agree with the number of samples"},
		{"a box that is there twice", insert(t, tune, boxOf("elst", "\x00\x00\x00\x00\x00\x00\x00\x00"), "moov", "trak", "edts"), "broken: the MP4 file is damaged: the box elst is there twice"},
	} {
		if c.says == "" { // the second track of the file alone is changed
			i := bytes.LastIndex(late, []byte("trak")) - 4
			c.file, c.says = append(bytes.Clone(late[:i]), c.file...), "hidden: the edit list of the MP4 file joins several stretches; what lies between goes out unseen"
		}
		if _, says := refused(t, c.file); says != c.says {
			t.Errorf("%s: %s", c.what, says)
		}
	}
	fault, _ := refused(t, contents(t, cut))
	if !strings.Contains(fault.Msg.Vi, "4,0 giây") {
		t.Error(fault.Msg.Vi)
	}
	for what, want := range map[string]struct {
		file []byte
		says string
	}{
		"the cut film, encoded anew":     {contents(t, remedy(t, fault, cut)), "mp4 film 64×48 2.0 s avc1 mp4a"},
		"three tenths of a second":       {contents(t, made(t, dir, "little.mp4", "-ss 0.3 -i full.mp4 -c copy")), "mp4 film 64×48 5.7 s avc1 mp4a"},
		"sound that begins later":        {late, "mp4 film 64×48 7.0 s avc1 mp4a"},
		"a length in the head that lies": {set(full, "mdhd", 16, 1<<30), "mp4 film 64×48 6.0 s avc1 mp4a"},
	} {
		if got := inWords(readBytes(want.file)); got != want.says {
			t.Errorf("%s: %s", what, got)
		}
	}
	fault, _ = refused(t, set(tune, "elst", 8, 2000))
	if got := inWords(readBytes(contents(t, remedy(t, fault, sound)))); got != "mp4 sound 6.0 s mp4a" {
		t.Error(got)
	}
}

// One track of sound and one of picture go out, since browsers play one, and the command that is named keeps one.
func TestMoreThanOneTrack(t *testing.T) {
	dir := t.TempDir()
	twice := "-f lavfi -i sine=d=1:sample_rate=22050 -f lavfi -i sine=f=900:d=1:sample_rate=22050"
	small := "-f lavfi -i testsrc=d=1:s=64x48:r=10 "
	for _, c := range []struct{ name, args, says string }{
		{"sounds.mp4", small + twice + " -map 0 -map 1 -map 2 -disposition:a:1 0 " + codec, "sound"},
		{"sounds.m4a", twice + " -map 0 -map 1 -c:a aac", "sound"},
		{"pictures.mp4", small + small + "-map 0 -map 1 " + codec, "picture"},
		{"sounds.webm", small + twice + " -map 0 -map 1 -map 2 -c:v libvpx -c:a libopus", "sound"},
		{"pictures.webm", small + small + "-map 0 -map 1 -c:v libvpx", "picture"},
		{"sounds.ogg", twice + " -map 0 -map 1 -c:a libopus", "sound"},
	} {
		path := made(t, dir, c.name, c.args)
		fault, says := refused(t, contents(t, path))
		if want := "hidden: the file has 2 tracks of " + c.says; !strings.HasPrefix(says, want) {
			t.Errorf("%s: %s", c.name, says)
			continue
		}
		if r, err := readBytes(contents(t, remedy(t, fault, path))); err != nil {
			t.Errorf("%s: %s", c.name, inWords(r, err))
		}
	}
	both := contents(t, made(t, dir, "one.mp4", small+"-f lavfi -i sine=d=1 "+codec))
	off := bytes.Clone(both)
	off[bytes.LastIndex(off, []byte("tkhd"))+7] = 2
	if _, says := refused(t, off); says != "hidden: a track of the file is switched off, but goes out with it" {
		t.Error(says)
	}
}

// What lies beyond the edge of the pictures is not published; blocks that are filled up are no
// matter.
func TestWhatLiesBeyondTheEdge(t *testing.T) {
	dir := t.TempDir()
	long := "-f lavfi -i testsrc=d=0.5:s=%:r=10 -pix_fmt yuv420p "
	for _, c := range []struct{ name, args, says string }{
		{"avc.mp4", strings.Replace(long, "%", "322x242", 1) + "-c:v libx264", "mp4 film 322×242 0.5 s avc1"},
		{"high.mp4", strings.Replace(long, "%", "322x242", 1) + "-pix_fmt yuv444p -c:v libx264 -x264-params cqm=jvt", "mp4 film 322×242 0.5 s avc1"},
		{"interlaced.mp4", strings.Replace(long, "%", "1920x1080", 1) + "-c:v libx264 -preset ultrafast -flags +ilme+ildct", "mp4 film 1920×1080 0.5 s avc1"},
		{"hevc.mp4", strings.Replace(long, "%", "322x242", 1) + "-c:v libx265 -x265-params log-level=none:temporal-layers=1", "mp4 film 322×242 0.5 s hev1"},
		{"narrow.mp4", "-i avc.mp4 -c copy -bsf:v h264_metadata=crop_bottom=120", "hidden: the pictures of the file are larger than what is shown of them; what lies beyond the edge goes out unseen"},
		{"high-narrow.mp4", "-i high.mp4 -c copy -bsf:v h264_metadata=crop_left=100", "hidden: the pictures of the file are larger than what is shown of them; what lies beyond the edge goes out unseen"},
		{"interlaced-narrow.mp4", "-i interlaced.mp4 -c copy -bsf:v h264_metadata=crop_top=400", "hidden: the pictures of the file are larger than what is shown of them; what lies beyond the edge goes out unseen"},
		{"hevc-narrow.mp4", "-i hevc.mp4 -c copy -bsf:v hevc_metadata=crop_right=100", "hidden: the pictures of the file are larger than what is shown of them; what lies beyond the edge goes out unseen"},
	} {
		if got := inWords(readBytes(contents(t, made(t, dir, c.name, c.args)))); got != c.says {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// cleanFile writes the published copy of a file beside it, holds that it plays the same, and gives both.
func cleanFile(t *testing.T, path string) (before, after []byte) {
	t.Helper()
	before = contents(t, path)
	after, _ = clean(t, before)
	to := filepath.Join(t.TempDir(), filepath.Base(path))
	if err := os.WriteFile(to, after, 0o644); err != nil {
		t.Fatal(err)
	}
	if a, b := played(t, path), played(t, to); a != b || a == "" {
		t.Errorf("%s: %s\nhas become %s", filepath.Base(path), a, b)
	}
	if again, _ := clean(t, after); !bytes.Equal(again, after) || len(before) != len(after) {
		t.Errorf("%s: a clean copy is not clean", filepath.Base(path))
	}
	return before, after
}

// Texts that stand between the pictures of a stream do not go out: settings of an encoder,
// captions, places of a camera.
func TestTextsBetweenPictures(t *testing.T) {
	dir := t.TempDir()
	small := "-f lavfi -i testsrc=d=1:s=64x48:r=10 -pix_fmt yuv420p "
	if err := os.WriteFile(filepath.Join(dir, "av1.obu"), withMetadata(t, contents(t, made(t, dir, "plain.obu", small+"-c:v libaom-av1 -cpu-used 8 -g 5"))), 0o644); err != nil {
		t.Fatal(err)
	}
	made(t, dir, "plain.mp4", small+"-c:v libx264 -g 5 -bf 2")
	for _, c := range []struct{ name, args, word string }{
		{"user.mp4", "-i plain.mp4 -c copy -bsf:v h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+CANARY-in-the-stream", "CANARY"},
		{"user.mp4", "-i plain.mp4 -c copy -bsf:v h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+CANARY -tag:v avc3", "CANARY"},
		{"hvc1.mp4", small + "-c:v libx265 -x265-params log-level=none:hrd=1:vbv-bufsize=500:vbv-maxrate=500 -tag:v hvc1", "x265"},
		{"hev1.mp4", small + "-c:v libx265 -x265-params log-level=none:repeat-headers=1 -tag:v hev1", "x265"},
		{"av1.mp4", "-f obu -i av1.obu -c copy", "CANARY"},
		{"program.mp4", "-f lavfi -i sine=d=0.5 -af pan=2.1|c0=c0|c1=c0|c2=c0 -c:a aac", "\rLavc"}, // the comment of a program_config_element,
		{"av1.webm", "-f obu -i av1.obu -c copy", "CANARY"},
	} {
		before, after := cleanFile(t, made(t, dir, c.name, c.args))
		if !bytes.Contains(before, []byte(c.word)) {
			t.Errorf("%s: nothing is in it to be found", c.name)
		}
		if bytes.Contains(after, []byte(c.word)) {
			t.Errorf("%s: the published copy says %s", c.name, c.word)
		}
	}
}

// withMetadata puts metadata of free content behind each delimiter of a stream of AV1 (ITU-T T.35).
func withMetadata(t *testing.T, b []byte) []byte {
	t.Helper()
	text := "\x04\xb5\x00\x31CANARY\x80"
	out := bytes.ReplaceAll(b, []byte{0x12, 0x00}, append([]byte{0x12, 0x00, 0x2a, byte(len(text))}, text...))
	if len(out) == len(b) {
		t.Fatal("there is no delimiter")
	}
	return out
}

// What stands behind the contents of a box, or in one that describes a codec besides what decodes it, does not go out.
func TestTextsInTheDescriptionOfACodec(t *testing.T) {
	dir := t.TempDir()
	word, short := "CANARY-CANARY!", "-f lavfi -i testsrc=d=0.5:s=64x48:r=10 -f lavfi -i sine=d=0.5"
	film := contents(t, made(t, dir, "film.mp4", short+" -bf 2 "+codec))
	hevc := contents(t, made(t, dir, "hevc.mp4", short+" -an -c:v libx265 -x265-params log-level=none -pix_fmt yuv420p -tag:v hvc1"))
	av1 := contents(t, made(t, dir, "av1.mp4", short+" -an -c:v libaom-av1 -cpu-used 8 -pix_fmt yuv420p"))
	flac := contents(t, made(t, dir, "flac.mp4", short+" -vn -c:a flac -strict experimental"))
	flac[bytes.Index(flac, []byte("dfLa"))+8] = 0 // the block is not the last
	alac := contents(t, made(t, dir, "alac.m4a", short+" -vn -c:a alac"))
	opus := contents(t, made(t, dir, "opus.mp4", short+" -vn -c:a libopus"))
	t35 := "\x2a\x13\x04\xb5\x00\x31" + word + "\x80"
	for i, c := range []struct {
		file []byte
		more string
		path string
	}{
		{film, word, "moov trak mdia minf stbl stsd avc1 avcC"},
		{film, boxOf("colr", "prof"+word), "moov trak mdia minf stbl stsd avc1"},
		{film, boxOf("colr", "nclx\x00\x01\x00\x01\x00\x01\x00"+word), "moov trak mdia minf stbl stsd avc1"},
		{film, word, "moov trak mdia minf stbl stsd avc1 pasp"},
		{film, word, "moov trak mdia minf stbl ctts"},
		{film, word, "moov trak mdia minf stbl stss"},
		{film, word, "moov trak mdia minf stbl stsz"},
		{film, word, "moov trak mdia minf stbl stco"},
		{film, word, "moov trak edts elst"},
		{film, word, "moov trak tkhd"},
		{film, word, "moov mvhd"},
		{film, word, "mp4a esds"},
		{film, "", "ftyp"},
		{film, boxOf("sdtp", word), "moov trak mdia minf stbl"},
		{film, boxOf("sgpd", "\x01\x00\x00\x00"+word), "moov trak mdia minf stbl"},
		{hevc, word, "moov trak mdia minf stbl stsd hvc1 hvcC"},
		{av1, t35, "moov trak mdia minf stbl stsd av01 av1C"},
		{flac, "\x84\x00\x00\x0e" + word, "moov trak mdia minf stbl stsd fLaC dfLa"},
		{alac, word, "moov trak mdia minf stbl stsd alac alac"},
		{opus, word, "moov trak mdia minf stbl stsd Opus dOps"},
	} {
		path := strings.Fields(c.path)
		file := c.file
		if path[0] == "ftyp" {
			file = after(t, file, "ftypisom", "CANAisomCANA")
		} else if path[0] == "mp4a" { // in the second track
			i := bytes.LastIndex(file, []byte("trak")) - 4
			file = insert(t, file[i:], c.more, strings.Fields("trak mdia minf stbl stsd mp4a esds")...)
			file = append(bytes.Clone(c.file[:i]), file...)
			m := bytes.Index(file, []byte("moov")) - 4
			be.PutUint32(file[m:], be.Uint32(file[m:])+uint32(len(c.more)))
		} else {
			file = insert(t, file, c.more, path...)
		}
		name := filepath.Join(dir, "more.mp4")
		if err := os.WriteFile(name, file, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, after := cleanFile(t, name); bytes.Contains(after, []byte("CANA")) {
			t.Errorf("%d: the published copy says what was put into %s", i, c.path)
		}
	}
}

// after is a file in which bytes stand in the place of those behind some others.
func after(t *testing.T, b []byte, mark, put string) []byte {
	t.Helper()
	i := bytes.Index(b, []byte(mark))
	if i < 0 {
		t.Fatalf("there is no %q", mark)
	}
	return append(append(bytes.Clone(b[:i+len(mark)]), put...), b[i+len(mark)+len(put):]...)
}

// WebM and Ogg have no edit lists, but other ways to cut sound off.
func TestWhatIsCutOffInWebMAndOgg(t *testing.T) {
	dir := t.TempDir()
	webm := contents(t, made(t, dir, "sound.webm", tone+" -c:a libopus"))
	ogg := contents(t, made(t, dir, "sound.ogg", tone+" -c:a libopus"))
	vorbis := contents(t, made(t, dir, "vorbis.ogg", tone+" -c:a libvorbis"))
	last := bytes.LastIndex(ogg, []byte("OggS"))
	paged := contents(t, made(t, dir, "paged.ogg", "-i sound.ogg -c copy -page_duration 6000000"))
	for _, c := range []struct {
		what string
		file []byte
		says string
	}{
		{"a delay of the decoder", bytes.Replace(webm, []byte("\x56\xaa\x83\x31\x97\x50\x56\xbb\x84\x04\xc4\xb4\x00"), []byte("\x56\xaa\x88\x00\x00\x00\x00\x7f\xff\xff\xff\xec\x80"), 1),
			"hidden: 2.1 s of the WEBM file are cut off when it is played, but still lie in it and go out unseen"},
		{"the end of a block", after(t, webm, "\x75\xa2\x84", "\x7f\xff"), "hidden: 2.1 s of the WEBM file are cut off when it is played, but still lie in it and go out unseen"},
		{"a track that is switched off", bytes.Replace(webm, []byte("\x9c\x81\x00"), []byte("\xb9\x81\x00"), 1), "hidden: a track of the file is switched off, but goes out with it"},
		{"what the decoder skips", after(t, ogg, "OpusHead\x01\x01", "\xff\xff"), "hidden: 1.4 s of the OGG file are cut off when it is played, but still lie in it and go out unseen"},
		{"times that go back", append(bytes.Clone(ogg[:last]), after(t, ogg[last:], "OggS\x00\x04", "\x00\x00\x00\x00\x00\x00\x00\x00")...), "broken: the OGG file is damaged: the times of its pages go back"},
		{"the end of a page", after(t, paged, "OggS\x00\x04", "\x00\x00\x04\x00"), "hidden: 0.6 s of the OGG file are cut off when it is played, but still lie in it and go out unseen"},
		{"two, one behind another", append(bytes.Clone(ogg), vorbis...), "ogg sound 12.0 s opus vorbis"},
		{"two, the first without its last page", append(bytes.Clone(ogg[:last]), vorbis...), "ogg sound 12.0 s opus vorbis"},
	} {
		if got := inWords(readBytes(c.file)); got != c.says {
			t.Errorf("%s: %s", c.what, got)
		}
	}
}
