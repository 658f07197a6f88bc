package reference

import "fmt"

// appendRIS appends an entry in RIS, with the line ends that the format has.
func appendRIS(b []byte, e *Entry) []byte {
	add := func(tag, value string) {
		if value = line(value); value != "" {
			b = append(append(append(append(b, tag...), "  - "...), value...), "\r\n"...)
		}
	}
	add("TY", e.Type.RIS)
	add("ID", e.ID)
	for _, n := range e.Names {
		add("AU", line(n)+",") // the comma says that there is nothing more: no name is taken apart
	}
	add("TI", e.Title)
	year, day := risDate(e)
	add("DA", day) // before the year: citation-js keeps the date that it reads first
	add("PY", year)
	if e.Type == report {
		add("PB", e.Issuer)
		add("SN", e.Number)
	} else {
		add("M1", e.Number)
	}
	add("M3", e.Genre)
	add("DB", e.Archive)
	add("AV", e.location())
	add("CN", e.CallNumber)
	add("CY", e.Place)
	add("LA", e.Language)
	add("AB", e.Abstract)
	add("UR", e.URL)
	add("N1", e.note())
	return append(b, "ER  - \r\n"...)
}

// location is where a record lies in the archive: the fonds and the place in it.
func (e *Entry) location() string { return joined(", ", e.Collection, e.Location) }

// note is what the formats have no field for.
func (e *Entry) note() string { return joined("; ", e.Note, e.Medium, e.Dimensions, e.State) }

func joined(between string, parts ...string) (out string) {
	for _, p := range parts {
		switch p = line(p); {
		case p == "":
		case out == "":
			out = p
		default:
			out += between + p
		}
	}
	return out
}

// risDate is the year of an entry and its date, "YYYY/MM/DD/in words".
func risDate(e *Entry) (year, day string) {
	p, ok := parts(e.Issued)
	if !ok {
		if words := line(e.Words); words != "" {
			day = "///" + words
		}
		return "", day
	}
	year, day = fmt.Sprintf("%04d", p[0]), fmt.Sprintf("%04d/", p[0])
	for i := 1; i < 3; i++ {
		if i < len(p) {
			day += fmt.Sprintf("%02d", p[i])
		}
		day += "/"
	}
	if !certain(e.Issued) {
		day += line(e.Words)
	}
	return year, day
}
