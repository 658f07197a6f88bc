package generator_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
)

const (
	publicItem     = "access: {state: public}\nclearance: qd-01\n"
	exhibitionFile = "exhibitions/cau-mau/exhibition.yaml"
)

// lifting is an access block whose marking was lifted by a decision of a day.
func lifting(day, by string) string {
	return "access: {state: public, declassification: {former_marking: mat, decision: {number: \"1\", date: \"" + day + "\", by: " + by + "}}}\nclearance: qd-01\n"
}

func TestRule03_MarkingIsCurrentUntilTheDayThatLiftsIt(t *testing.T) {
	for _, c := range []struct{ access, code string }{
		{lifting("2030-01-01", "{name: X}"), "marking-current"}, {lifting("2026-11-23", "{name: X}"), "marking-current"},
		{lifting("20XX", "{name: X}"), "access-malformed"}, {lifting("2026~", "{name: X}"), "access-malformed"}, {lifting("2020/2040", "{name: X}"), "access-malformed"},
		{lifting("2020-01-01", "{name: \"…\"}"), "access-malformed"}, {lifting("2020-01-01", "khong-co"), "ref-unknown"}, {lifting("2020-01-01", "ha-noi"), "ref-unknown"},
		{strings.Replace(lifting("2020-01-01", "{name: X}"), `"1"`, `"?"`, 1), "access-malformed"},
		{lifting("2020-01-01", "{name: X}") + "doc: {secrecy_as_marked: \"Tuyệt mật\"}\n", "marking-current"},
	} {
		newRuled(t, nil).with(firstItem, publicItem, c.access).fails(c.code, firstItem)
	}
	for _, access := range []string{lifting(asOf, "{name: X}"), lifting("2020-01-01", "ban-cau-mau") + "doc: {secrecy_as_marked: \"Mật\"}\n"} {
		r := newRuled(t, nil).with(firstItem, publicItem, access)
		if r.published(); !r.has("tl-0001") {
			t.Errorf("a document that was declassified is not published: %s", access)
		}
	}
	later := newRuled(t, nil).with(firstItem, publicItem, lifting("2030-01-01", "{name: X}"))
	s, err := generator.OpenSession(generator.SessionOptions{Options: later.o, Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if rep, err := s.Refresh(context.Background()); err != nil || !hasError(rep, "marking-current", firstItem) || s.Ready() {
		t.Errorf("a preview of drafts shows it: %v", err)
	}
	_, err = generator.New("agent", "nguoi-moi", generator.NewOptions{Content: later.o.Content})
	refusedForMarking(t, "new", err, firstItem)
}

func TestRule04_MarkingIsFoundUntilADecisionOfItsDegreeLiftsIt(t *testing.T) {
	for day, found := range map[string]int{"2025-11-02": 0, "2026-11-22": 0, "2026-11-23": 1, "2030-01-01": 1, "20XX": 1} {
		files := map[string]string{recordPath("tl-0001"): markedItem("tl-0001", strings.Replace(declassify, "2025-11-02", day, 1)+"scope: \"Dấu MẬT.\"\n")}
		got, _ := lookThrough(t, markedWith(t, files), 2)
		if got = slices.DeleteFunc(got, func(s string) bool { return !strings.Contains(s, "marking-found") }); len(got) != found {
			t.Errorf("lifted on %s: %q", day, got)
		}
	}
}

func TestRule10_BodyOfADecisionExists(t *testing.T) {
	file := "clearances/qd-01.yaml"
	newRuled(t, nil).with(file, "issued_by: {name: \"Cơ quan mẫu\"}", "issued_by: khong-co").fails("ref-unknown", file)
	newRuled(t, nil).with(file, "issued_by: {name: \"Cơ quan mẫu\"}", "issued_by: ha-noi").fails("ref-unknown", file)
	newRuled(t, nil).with(exhibitionFile, "by: {name: \"Cơ quan mẫu\"}", "by: khong-co").fails("ref-unknown", exhibitionFile)
	r := newRuled(t, nil).with(file, "issued_by: {name: \"Cơ quan mẫu\"}", "issued_by: nguyen-van-mau").with(exhibitionFile, "by: {name: \"Cơ quan mẫu\"}", "by: nguyen-van-mau")
	if r.published(); !r.has("tl-0001") || len(r.holds("nguyen-van-mau")) > 0 {
		t.Errorf("who decided is shown by %q", r.holds("nguyen-van-mau"))
	}
	for _, c := range [][2]string{{"number: \"MẪU-01\"", "number: \"…/QĐ-…\""}, {"signatory: \"Người ký mẫu\"", "signatory: \"?\""}, {"prepared_by: \"A\"", "prepared_by: \"-\""}, {"approved_by: \"B\"", "approved_by: \"А\""}} {
		newRuled(t, nil).with(file, c[0], c[1]).fails("clearance-malformed", file)
	}
}

func TestRule12_ConditionalNamesItsCondition(t *testing.T) {
	newRuled(t, nil).with(firstItem, "{state: public}", "{state: conditional}").fails("access-malformed", firstItem)
	newRuled(t, nil).with(firstItem, "{state: public}", "{state: conditional, conditional_basis: \"…\"}").fails("access-malformed", firstItem)
	r := newRuled(t, nil).with(firstItem, "{state: public}", "{state: conditional, conditional_basis: \"Chỉ đọc tại phòng đọc\"}")
	if r.published(); !strings.Contains(string(read(t, r.page("tl-0001"))), "Chỉ đọc tại phòng đọc") {
		t.Error("the condition is not shown")
	}
}

// An exhibition and a page open on the day that their access block and decision say,
// and the report names it.
func TestRule11_ExhibitionsAndPagesOpenOnTheirDay(t *testing.T) {
	const room, page = "trung-bay/cau-mau/index.html", "rieng/index.html"
	writing := func(access string) map[string]string {
		return map[string]string{"pages/rieng.md": "---\ntitle: Riêng\naccess: " + access + "\n---\nLời.\n"}
	}
	for name, c := range map[string]struct {
		pages      map[string]string
		old, new   string
		shown, due string
	}{
		"both":                  {writing("{state: public}"), "", "", room + " " + page, ""},
		"a page to come":        {writing("{state: public, embargo_until: \"2030-01-01\"}"), "", "", room, "2030-01-01 opens pages/rieng.md"},
		"a page whose day came": {writing("{state: embargo, embargo_until: \"2026-11-22\"}"), "", "", room + " " + page, ""},
		"an exhibition to come": {writing("{state: public}"), "{state: public}", "{state: public, embargo_until: \"2030-01-01\"}", page, "2030-01-01 opens cau-mau"},
		"one to be decided on":  {writing("{state: public}"), "2026-04-01", "2030-05-01", page, "2030-05-01 opens cau-mau"},
	} {
		r := newRuled(t, c.pages)
		if c.old != "" {
			r.with(exhibitionFile, c.old, c.new)
		}
		rep, site := r.build()
		if site == nil {
			t.Errorf("%s: %s", name, worded(rep))
			continue
		}
		var shown, due []string
		for _, p := range []string{room, page} {
			if _, ok := site["/"+p]; ok {
				shown = append(shown, p)
			}
		}
		for _, d := range rep.Due {
			due = append(due, d.Day+" "+d.Event+" "+d.ID)
		}
		if strings.Join(shown, " ") != c.shown || strings.Join(due, ", ") != c.due {
			t.Errorf("%s: shown %q, due %q", name, shown, due)
		}
	}
	for _, c := range []struct{ access, code string }{
		{"{state: public, personal: dead-only}", "access-malformed"}, {"{state: conditional}", "access-malformed"}, {"{state: metadata-only}", "access-malformed"},
		{"{state: public, conditional_basis: \"Có\"}", "access-malformed"}, {"{state: public, personal: unreviewed}", "access-personal"}, {"{state: public, embargo_until: \"20XX\"}", "date-syntax"},
		{"{state: public, declassification: {former_marking: mat, decision: {number: \"1\", date: \"2030-01-01\", by: {name: X}}}}", "marking-current"},
	} {
		newRuled(t, writing(c.access)).fails(c.code, "pages/rieng.md")
		newRuled(t, nil).with(exhibitionFile, "{state: public}", c.access).fails(c.code, exhibitionFile)
	}
	for _, date := range []string{"20XX", "2026~", "2020/2040"} {
		newRuled(t, nil).with(exhibitionFile, "2026-04-01", date).fails("exhibition-decision", exhibitionFile)
	}
	translated := writing("{state: public}")
	translated["pages/rieng.en.md"] = "---\ntitle: Own\naccess: {state: public, embargo_until: \"2030-01-01\"}\n---\nWords.\n"
	newRuled(t, translated).fails("access-malformed", "pages/rieng.en.md")
	translated["pages/rieng.en.md"] = "---\ntitle: Own\naccess: {state: public}\n---\nWords.\n"
	newRuled(t, translated).published()
}

// A record with data of the dead names nobody else, however they are reached.
func TestRule13_PersonsAreFoundWhereverTheyAreReached(t *testing.T) {
	person := func(more string) map[string]string {
		return map[string]string{"agents/nguyen-van-mau.yaml": "id: nguyen-van-mau\ntype: person\nname: \"Nguyễn Văn Mẫu\"\n" + more}
	}
	dead := func(more string) *ruled {
		return newRuled(t, person(more)).with(firstItem, "{state: public}", "{state: public, personal: dead-only}")
	}
	ways := map[string]func(r *ruled) *ruled{
		"creator": func(r *ruled) *ruled { return r.with(firstItem, "{agent: ban-cau-mau}", "{agent: nguyen-van-mau}") },
		"held by": func(r *ruled) *ruled {
			return r.with(firstItem, "level: item\n", "level: item\noriginals: {status: ban-sao, held_by: nguyen-van-mau}\n")
		},
		"related": func(r *ruled) *ruled {
			return r.with(firstItem, "level: item\n", "level: item\nrelated: [{id: nguyen-van-mau}]\n")
		},
		"event": func(r *ruled) *ruled {
			return r.with("events/le-khanh-thanh.yaml", "date:", "agents: [nguyen-van-mau]\ndate:")
		},
		"body": func(r *ruled) *ruled {
			return r.with("agents/ban-cau-mau.yaml", "type: corporate\n", "type: corporate\nrelations: [{type: related, to: nguyen-van-mau}]\n")
		},
		"its event": func(r *ruled) *ruled {
			return r.with("events/le-khanh-thanh.yaml", "date:", "agents: [ban-cau-mau]\ndate:").with("agents/ban-cau-mau.yaml", "type: corporate\n", "type: corporate\nrelations: [{type: related, to: nguyen-van-mau}]\n")
		},
	}
	for way, name := range ways {
		for _, living := range []string{"", "living: \"yes\"\n", "living: unknown\n"} {
			rep, site := name(dead(living)).build()
			if site != nil || !hasError(rep, "access-person", firstItem) || !hasError(rep, "access-person", "(agents/nguyen-van-mau.yaml)") {
				t.Errorf("%s, %q: %s", way, living, worded(rep))
			}
		}
		if rep, site := name(dead("living: \"no\"\n")).build(); site == nil {
			t.Errorf("%s, dead: %s", way, worded(rep))
		}
		if rep, site := name(newRuled(t, person("living: \"yes\"\n"))).build(); site == nil {
			t.Errorf("%s, of a record without personal data: %s", way, worded(rep))
		}
	}
	decided := dead("living: \"yes\"\n").with("clearances/qd-01.yaml", "issued_by: {name: \"Cơ quan mẫu\"}", "issued_by: nguyen-van-mau")
	decided.with(firstItem, "personal: dead-only}", "personal: dead-only, declassification: {former_marking: mat, decision: {number: \"1\", date: \"2020-01-01\", by: nguyen-van-mau}}}")
	if rep, site := decided.build(); site == nil {
		t.Errorf("who decided is taken for one whom the record names: %s", worded(rep))
	}
}
