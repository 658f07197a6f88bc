//go:build ignore

// photographs N OUT MASTER... writes a content tree with N records, each with a
// photograph of its own: the masters in turn, told apart by a comment in the JPEG
// file, so that none is made from another's.
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	site       = "title: {vi: \"Kho ảnh đo\"}\nlanguages: [vi]\nrepository: kho-do\nbase_url: \"https://example.org/\"\n"
	repository = "id: kho-do\nname: {vi: \"Kho ảnh đo\"}\n"
	clearance  = `id: kt-do
decision: {number: "01-DO", date: "2026-01-15", issued_by: {name: {vi: "Kho đo"}}, signatory: "Nguyễn Văn A"}
scope: {fonds: [do-anh], parts: [metadata, images], purposes: [web-exhibition], max_px: full, open_ended: true}
valid: {from: "2026-01-15"}
prepared_by: "Trần Thị B"
approved_by: "Nguyễn Văn A"
`
	fonds = `id: do-anh
level: fonds
title: {vi: "Phông ảnh đo"}
reference: {repository: kho-do, fonds_no: "DO"}
dates: {created: "1925/2000"}
creators: [{name: {vi: "Cơ quan đo"}, role: creator}]
description_control: {by: "Máy đo", date: "2026-01-15"}
access: {state: public}
clearance: kt-do
`
	record = `id: do-anh-%05d
level: item
parent: do-anh
title: {vi: "Ảnh số %d"}
form: anh
reference: {repository: kho-do, fonds_no: "DO", unit_no: "%05d"}
dates: {created: "1936"}
rights: {uri: "http://rightsstatements.org/vocab/CNE/1.0/", credit: {vi: "Kho đo"}}
access: {state: public}
clearance: kt-do
objects: [{kind: image, file: %05d.jpg, alt: {vi: "Một tấm ảnh"}}]
`
)

func main() {
	n, err := strconv.Atoi(os.Args[1])
	check(err)
	out, masters := os.Args[2], os.Args[3:]
	write := func(name, text string) {
		path := filepath.Join(out, "content", filepath.FromSlash(name))
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		check(os.WriteFile(path, []byte(text), 0o644))
	}
	write("site.yaml", site)
	write("repositories/kho-do.yaml", repository)
	write("clearances/kt-do.yaml", clearance)
	write("fonds/do-anh/fonds.yaml", fonds)
	var records []string
	for i := range n {
		records = append(records, fmt.Sprintf(record, i, i, i, i))
		master, err := os.ReadFile(masters[i%len(masters)])
		check(err)
		write(fmt.Sprintf("fonds/do-anh/media/%05d.jpg", i), commented(master, fmt.Sprint(i)))
	}
	write("fonds/do-anh/records/01.yaml", strings.Join(records, "---\n"))
}

// commented puts a comment behind the first marker of a JPEG file (T.81, B.2.4.5).
func commented(file []byte, comment string) string {
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xfe}, uint16(len(comment)+2))
	return string(file[:2]) + string(segment) + comment + string(file[2:])
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
