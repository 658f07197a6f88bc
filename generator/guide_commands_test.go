package generator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// vitrineCommand builds the command as its users have it.
func vitrineCommand(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "vitrine")
	if runtime.GOOS == "windows" {
		bin += ".exe"
	}
	build := exec.Command("go", "build", "-o", bin, "./cmd/vitrine")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the command: %v\n%s", err, out)
	}
	return bin
}

// commandLines are the lines of the shell listings of a page, as words.
func commandLines(page, text string) [][]string {
	var out [][]string
	for _, l := range listingsOf(page, text) {
		if l.info != "sh" {
			continue
		}
		for line := range strings.Lines(l.text) {
			out = append(out, strings.Fields(line))
		}
	}
	return out
}

// ofGit are the lines of the hook that are not this command's.
var ofGit = regexp.MustCompile(`(?m)^git .*$`)

var option = regexp.MustCompile(`--[a-z-]+`)

func TestGuideCommands(t *testing.T) {
	bin := vitrineCommand(t)
	t.Run("options", func(t *testing.T) { guideOptions(t, bin) })
	t.Run("first archive", func(t *testing.T) { guideFirstArchive(t, bin) })
}

// guideOptions: every command line of the guide is one of the command, and
// so are the options that its prose explains.
func guideOptions(t *testing.T, bin string) {
	help := map[string]string{}
	helpOf := func(name string) string {
		if _, ok := help[name]; !ok {
			out, err := exec.Command(bin, append(strings.Fields(name), "--help")...).CombinedOutput()
			if err != nil {
				t.Errorf("vitrine %s --help: %v\n%s", name, err, out)
			}
			help[name] = string(out)
		}
		return help[name]
	}
	lines := 0
	for page, text := range guidePages(t) {
		for _, words := range commandLines(page, text) {
			if len(words) == 2 && words[0] == "cd" {
				continue
			}
			if len(words) < 2 || words[0] != "vitrine" {
				t.Errorf("%s: %q is no command of the guide", page, words)
				continue
			}
			name := words[1]
			if name == "import" {
				name += " " + words[2]
			}
			has(t, page, name, helpOf(name), strings.Join(words, " "))
			lines++
		}
	}
	if lines < 20 {
		t.Errorf("only %d command lines in the guide", lines)
	}
	all := helpOf("build") + helpOf("check") + helpOf("new") + helpOf("import csv") + helpOf("import xlsx") + helpOf("import scans") + helpOf("export") + helpOf("serve") + helpOf("withdraw") + helpOf("redact") + helpOf("release") + helpOf("verify")
	for page, text := range guidePages(t) {
		has(t, page, "in prose", all, strings.ReplaceAll(ofGit.ReplaceAllString(text, ""), "---", ""))
	}
}

// has checks that help names every option of a text.
func has(t *testing.T, page, name, help, text string) {
	t.Helper()
	for _, o := range option.FindAllString(text, -1) {
		if !regexp.MustCompile(regexp.QuoteMeta(o) + `\b`).MatchString(help) {
			t.Errorf("%s: %s has no option %s", page, name, o)
		}
	}
}

// guideFirstArchive follows the page about a first archive word by word.
// What is still to be filled in is the new decision alone.
func guideFirstArchive(t *testing.T, bin string) {
	pages := guidePages(t)
	for _, page := range []string{"first-archive.md", "first-archive.en.md"} {
		dir := t.TempDir()
		for _, words := range commandLines(page, pages[page]) {
			if words[0] == "cd" {
				dir = filepath.Join(dir, words[1])
				continue
			}
			cmd := exec.Command(bin, words[1:]...)
			cmd.Dir = dir
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s: %s: %v\n%s", page, strings.Join(words, " "), err, out)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "public", "index.html")); err != nil {
			t.Errorf("%s: %v", page, err)
		}
		for _, d := range checkArchive(t, filepath.Join(dir, "content")) {
			if d.Pos.File != "clearances/qd-01.yaml" {
				t.Errorf("%s: after all its commands: %s: %s", page, d.Pos, d.Msg.En)
			}
		}
	}
}
