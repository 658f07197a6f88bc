package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
)

// The master of these tests: a pale page with noise in one place, and a name in
// its metadata.
const (
	redactName = "CHIM-HOANG-YEN-8841"
	redactBox  = "record: tl-0001\nobject: 1\nby: \"Người-Che-7731\"\nboxes:\n  - {left: 200, top: 300, width: 300, height: 120, ground: personal-data}\n"
)

var redactPlace = image.Rect(200, 300, 500, 420)

// toRedact makes an archive whose record names no picture in the content, and
// beside it the master and the order.
func toRedact(t *testing.T) (o generator.RedactOptions, master []byte) {
	t.Helper()
	dir := t.TempDir()
	if _, err := generator.New("site", filepath.Join(dir, "kho"), generator.NewOptions{}); err != nil {
		t.Fatal(err)
	}
	o = generator.RedactOptions{Content: filepath.Join(dir, "kho", "content"), File: filepath.Join(dir, "gốc của "+redactName+".png"), Boxes: filepath.Join(dir, "o.yaml"), AsOf: asOf}
	if err := os.Remove(filepath.Join(o.Content, "fonds", "phong-01", "media", "tl-0001-001.png")); err != nil {
		t.Fatal(err)
	}
	img := image.NewRGBA(image.Rect(0, 0, 700, 990))
	noise := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		img.Pix[i] = 240
		if x, y := i/4%700, i/4/700; (image.Point{X: x, Y: y}).In(redactPlace) {
			img.Pix[i] = uint8(noise.UintN(256))
		}
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	b.WriteString(redactName) // bytes behind the picture
	for name, data := range map[string][]byte{o.File: b.Bytes(), o.Boxes: []byte(redactBox)} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return o, b.Bytes()
}

// dark reports whether the covered place, in a picture of any size, is.
func dark(t *testing.T, name string) bool {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := jpeg.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	scale := float64(img.Bounds().Dx()) / 700
	for y := redactPlace.Min.Y + 4; y < redactPlace.Max.Y-4; y += 3 {
		for x := redactPlace.Min.X + 4; x < redactPlace.Max.X-4; x += 3 {
			if color.GrayModel.Convert(img.At(int(float64(x)*scale), int(float64(y)*scale))).(color.Gray).Y > 40 {
				return false
			}
		}
	}
	return true
}

// Neither the content nor the site holds anything of the master but its hash,
// and that stays in the record.
func TestRedactedSiteHoldsNothingOfTheMaster(t *testing.T) {
	o, master := toRedact(t)
	rep, err := generator.Redact(context.Background(), o)
	if err != nil || len(rep.Written) != 2 {
		t.Fatal(rep, err)
	}
	out := filepath.Join(filepath.Dir(o.Content), "public")
	if _, err := generator.Build(context.Background(), generator.Options{Content: o.Content, Out: out, AsOf: asOf}); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(master)
	hash, pictures := hex.EncodeToString(sum[:]), 0
	for _, root := range []string{o.Content, out} {
		for name, data := range filesOf(t, root) {
			public := root == out
			if strings.Contains(name, redactName) || bytes.Contains(data, []byte(redactName)) || public && (bytes.Contains(data, []byte(hash)) || bytes.Contains(data, []byte("Người-Che-7731"))) {
				t.Errorf("%s tells of the master or of who covered it", name)
			}
			if strings.HasSuffix(name, ".jpg") {
				pictures++
				if !dark(t, filepath.Join(root, name)) {
					t.Errorf("%s shows what is covered", name)
				}
			}
		}
	}
	if pictures < 3 {
		t.Errorf("only %d pictures were looked at", pictures)
	}
	page, err := os.ReadFile(filepath.Join(out, "phong-luu-tru", "phong-01", "tl-0001.html"))
	if err != nil || !bytes.Contains(page, []byte("Đã che 1 chỗ: thông tin cá nhân")) {
		t.Error("the page does not say what was covered", err)
	}
}

func filesOf(t *testing.T, root string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			out[name], err = os.ReadFile(filepath.Join(root, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Whenever the process is killed, the record is as it was or as it should be,
// never names a picture that is not whole, and the next call finishes.
func TestRedactIsKilled(t *testing.T) {
	one, _ := toRedact(t)
	for name, c := range map[string]struct {
		o        generator.RedactOptions
		pictures int
	}{"one picture": {one, 1}, "several": {toRedactLetter(t), 3}} {
		t.Run(name, func(t *testing.T) { killRedact(t, c.o, c.pictures) })
	}
}

func killRedact(t *testing.T, o generator.RedactOptions, pictures int) {
	fonds := filepath.Join(o.Content, "fonds", "phong-01")
	records, media := filepath.Join(fonds, "records", "hs-0001.yaml"), filepath.Join(fonds, "media")
	was := filesOf(t, fonds)
	began := time.Now()
	if err := child(t, order{Redact: &o}).Run(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	done, err := os.ReadFile(records)
	if err != nil {
		t.Fatal(err)
	}
	killed, finished := 0, 0
	for try := range 24 {
		if err := os.RemoveAll(media); err != nil {
			t.Fatal(err)
		}
		for name, data := range was {
			put(t, filepath.Join(fonds, name), data)
		}
		cmd := child(t, order{Redact: &o})
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(took*time.Duration(try)/20, func() { _ = cmd.Process.Kill() }) // it may have ended by itself
		if cmd.Wait() == nil {
			finished++
		} else {
			killed++
		}
		timer.Stop()
		now, err := os.ReadFile(records)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(now, was["records/hs-0001.yaml"]) && !bytes.Equal(now, done) {
			t.Fatalf("the record is neither as it was nor as it should be:\n%s", now)
		}
		for name := range wholePictures(t, media) {
			if !dark(t, filepath.Join(media, name)) {
				t.Errorf("%s shows what is covered", name)
			}
		}
	}
	if _, err := generator.Redact(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	if n := len(wholePictures(t, media)); n != pictures || killed == 0 {
		t.Errorf("%d pictures, %d kills", n, killed)
	}
	t.Logf("%d kills, %d calls that ended before", killed, finished)
}

// wholePictures are the pictures of a folder that readers of the content see.
func wholePictures(t *testing.T, dir string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && strings.HasSuffix(e.Name(), ".jpg") {
			out[e.Name()] = true
		}
	}
	return out
}

// What cannot be written is said, and the record stays as it was.
func TestRedactCannotWrite(t *testing.T) {
	o, _ := toRedact(t)
	media := filepath.Join(o.Content, "fonds", "phong-01", "media")
	records := filepath.Join(o.Content, "fonds", "phong-01", "records", "hs-0001.yaml")
	was, _ := os.ReadFile(records)
	if err := os.RemoveAll(media); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(media, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	rep, err := generator.Redact(context.Background(), o)
	if err == nil || len(rep.Written) > 0 {
		t.Errorf("%v, %v", rep, err)
	}
	if now, _ := os.ReadFile(records); !bytes.Equal(now, was) {
		t.Error("the record was changed")
	}
}
