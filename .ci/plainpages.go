//go:build ignore

// plainpages IN OUT writes a plain page for each record that .ci/bench made for Hugo, with
// nothing but the record: what a search engine is given that reads pages.
package main

import (
	"bufio"
	"fmt"
	"html"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: plainpages IN OUT")
	}
	in, out := os.Args[1], os.Args[2]
	check(filepath.WalkDir(in, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".md") || strings.HasPrefix(d.Name(), "_") {
			return err
		}
		name, err := filepath.Rel(in, strings.TrimSuffix(file, ".md")+".html")
		check(err)
		page := filepath.Join(out, name)
		check(os.MkdirAll(filepath.Dir(page), 0o755))
		check(os.WriteFile(page, []byte(pageOf(file)), 0o644))
		return nil
	}))
}

// pageOf is the page of a record: its title, its fields, its text.
func pageOf(file string) string {
	f, err := os.Open(file)
	check(err)
	defer f.Close()
	title, fields, text, front := "", "", "", 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		key, value, _ := strings.Cut(line, ": ")
		value = html.EscapeString(strings.Trim(value, `"`))
		switch {
		case line == "---":
			front++
		case front < 2 && key == "title":
			title = value
		case front < 2:
			fields += "<dd>" + value + "</dd>"
		case line != "":
			text += "<p>" + html.EscapeString(line) + "</p>\n"
		}
	}
	return fmt.Sprintf("<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>%s</title><main><h1>%s</h1><dl>%s</dl>\n%s</main></html>\n", title, title, fields, text)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
