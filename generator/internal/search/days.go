package search

import (
	"encoding/base64"
	"strconv"
	"strings"
)

var flat = strings.NewReplacer("\t", " ", "\n", " ")

// Event adds an event, in the order of dates.
func (x *Index) Event(e Event) {
	signs := ""
	if e.Day.Vague {
		signs += "v"
	}
	if e.Kept {
		signs += "k"
	}
	line := []string{e.Path, strconv.Itoa(int(e.Day.First)), strconv.Itoa(int(e.Day.Days)), signs}
	for _, t := range e.Titles {
		line = append(line, flat.Replace(t))
	}
	x.events = append(x.events, strings.Join(line, "\t"))
}

func (x *Index) writeEvents(r *root) error {
	if len(x.events) == 0 {
		return nil
	}
	return x.value(&r.Events, "events", strings.Join(x.events, "\n"))
}

// dayFile is a file of days.
type dayFile struct {
	First int    `json:"first"`
	Bits  string `json:"bits"`
}

func dayFileOf(list []Day) (out dayFile) {
	if len(list) == 0 {
		return out
	}
	out.First = int(list[0].First)
	steps := func(yield func(uint64) bool) {
		last := list[0].First
		for _, d := range list {
			if !yield(uint64(max(0, d.First-last))) {
				return
			}
			last = d.First
		}
	}
	var w bitWriter
	k := parameter(steps)
	w.digits(uint64(k), 5)
	i := 0
	for step := range steps {
		w.rice(k, step)
		w.gamma(uint64(max(1, list[i].Days)))
		vague := uint64(0)
		if list[i].Vague {
			vague = 1
		}
		w.digits(vague, 1)
		i++
	}
	w.align()
	out.Bits = base64.StdEncoding.EncodeToString(w.out)
	return out
}
