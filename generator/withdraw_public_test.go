package generator_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// publishedArchive is a site with a record that is to be withdrawn.
func publishedArchive(t *testing.T) generator.WithdrawOptions {
	t.Helper()
	dir := t.TempDir()
	o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), BaseURL: baseURL, AsOf: asOf}
	writeTo(t, o.Content, guideArchive())
	if _, err := generator.Build(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	return generator.WithdrawOptions{Options: o, ID: "tl-0002", Reason: "personal-data"}
}

// isPublic reports whether the site still has the page of the record.
func isPublic(t *testing.T, o generator.WithdrawOptions) bool {
	t.Helper()
	for name, data := range filesOf(t, o.Out) {
		if strings.HasSuffix(name, o.ID+".html") && !strings.Contains(string(data), "noindex") {
			return true
		}
	}
	return false
}

func saysStillPublic(err error) bool {
	var ue *generator.UserError
	return errors.As(err, &ue) && strings.Contains(ue.Hint.En, "STILL PUBLIC") && strings.Contains(ue.Hint.Vi, "VẪN CÔNG KHAI") && strings.Contains(ue.Hint.En, "tl-0002.html")
}

// A state that was deleted stands in the way of no build and no withdrawal as long as the
// site is as its manifest has it; else the record is said to be public.
func TestWithdrawWithoutState(t *testing.T) {
	t.Parallel()
	o := publishedArchive(t)
	fine(t, os.RemoveAll(filepath.Join(filepath.Dir(o.Out), ".vitrine")))
	if _, err := generator.Build(context.Background(), o.Options); err != nil {
		t.Error(err)
	}
	fine(t, os.RemoveAll(filepath.Join(filepath.Dir(o.Out), ".vitrine")))
	if rep, err := generator.Withdraw(context.Background(), o); err != nil || isPublic(t, o) {
		t.Error(err, rep)
	}

	o = publishedArchive(t)
	fine(t, os.RemoveAll(filepath.Join(filepath.Dir(o.Out), ".vitrine")))
	put(t, filepath.Join(o.Out, "index.html"), append(read(t, filepath.Join(o.Out, "index.html")), "của tôi"...))
	_, err := generator.Withdraw(context.Background(), o)
	if !isPublic(t, o) || !saysStillPublic(err) {
		t.Errorf("%v %+v", isPublic(t, o), err)
	}
	o.Adopt = true
	if rep, err := generator.Withdraw(context.Background(), o); err != nil || isPublic(t, o) {
		t.Error(err, rep)
	}
}

// Neither a second file with the id nor a key that is written twice keeps a record public.
func TestWithdrawWhatIsDescribedTwice(t *testing.T) {
	t.Parallel()
	own := recordPath("tl-0002")
	o := publishedArchive(t)
	again := filepath.Join(o.Content, recordPath("tl-0002-ban-sao"))
	put(t, again, read(t, filepath.Join(o.Content, own)))
	rep, err := generator.Withdraw(context.Background(), o)
	if err != nil || isPublic(t, o) || rep.File == "" || len(rep.Notes) == 0 {
		t.Errorf("two files: %v %v %+v", err, isPublic(t, o), rep)
	}
	for _, name := range []string{again, filepath.Join(o.Content, own)} {
		if !strings.Contains(string(read(t, name)), "state: withdrawn") {
			t.Errorf("%s does not say so", name)
		}
	}

	o = publishedArchive(t)
	twice := append(read(t, filepath.Join(o.Content, own)), "access: {state: public}\n"...)
	put(t, filepath.Join(o.Content, own), twice)
	rep, err = generator.Withdraw(context.Background(), o)
	if err != nil || isPublic(t, o) || rep.File != "" || !strings.Contains(strings.Join(rep.Lines("en"), "\n"), "does NOT say yet that it was withdrawn") {
		t.Errorf("a key twice: %v %v %+v", err, isPublic(t, o), rep)
	}
	if string(read(t, filepath.Join(o.Content, own))) != string(twice) {
		t.Error("the record was edited")
	}
}

// What is sound and cannot be edited is refused, since the next build would show it again;
// then it is said to be public.
func TestWithdrawThatIsRefusedSaysWhatIsPublic(t *testing.T) {
	t.Parallel()
	o := publishedArchive(t)
	own := filepath.Join(o.Content, recordPath("tl-0002"))
	put(t, own, []byte(strings.Replace(string(read(t, own)), "access: {state: public}", "\"access\": {state: public}", 1)))
	if _, err := generator.Withdraw(context.Background(), o); !isPublic(t, o) || !saysStillPublic(err) {
		t.Errorf("%v %+v", isPublic(t, o), err)
	}
	o.Reason = "nonsense"
	if _, err := generator.Withdraw(context.Background(), o); err == nil || saysStillPublic(err) {
		t.Errorf("%+v", err)
	}
}
