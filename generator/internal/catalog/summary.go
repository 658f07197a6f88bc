package catalog

import (
	"slices"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

// Summary is all that the catalog takes from a unit. It depends on the unit
// alone, so it can be kept between builds (see [Summary.Append]); whatever
// rests on other records is found when the catalog is frozen.
type Summary struct {
	ID, Level, Form string
	Parent          string // that of the fonds where the unit names none
	Reference       string // in its parts, packed
	Date            string // EDTF
	Key             edtf.Key
	Titles          []string // one for each language of the site; empty where there is none
	OtherTitles     []string // in languages that the site has not
	Flags           Flag
	Access          access.Statement
	ClearanceAt     record.At
	Cleared         []access.ObjectClearance // of objects that name a decision of their own
	Plain           Flag                     // what the others make of Flags, where there are such
	LiftedAt        record.At                // where the day stands on which its marking was lifted
	ParentAt        record.At
	Inherited       Inherited // what the unit states itself
	Refs            []SummaryRef
	Objects         []string // files of its digital objects, as it names them
	Masters         []string // SHA-256, in lower hex, of what its covered objects were made of
	OtherMasters    bool     // some of these are neither pictures nor PDF files
	FormerIDs       []string // by which it was known, as far as they are ids
	Sum             record.Sum
	Loc             record.Loc
}

// SummaryRef is an id that a unit names.
type SummaryRef struct {
	ID    string
	Role  Role
	Kind  Kind // required of the target; kindCount is any
	Later bool // the target may be read after the unit
	At    record.At
}

// Summarise takes from a unit what the catalog needs. fonds is the id of the
// fonds whose folder it stands in, langs are the languages of the site.
func Summarise(u *record.Unit, fonds string, loc record.Loc, langs []string) Summary {
	s := Summary{
		ID: u.ID.V, Level: u.Level.V, Form: u.Form.V, Parent: u.Parent.V, ParentAt: u.Parent.At,
		Reference: packReference(u.Reference), Date: u.Dates.Created.String(), Key: u.Dates.Created.Key(),
		Titles: titles(u.Title, langs), OtherTitles: otherTitles(u, langs), Flags: unitFlags(u),
		Access: access.StatementOf(u.Access, u.Clearance, u.Withdrawn), ClearanceAt: u.Clearance.At, Cleared: access.ObjectClearances(u), LiftedAt: u.Access.Declassification.Decision.Date.At,
		Inherited: stated(u), Sum: u.Sum, Loc: loc,
	}
	if s.Parent == "" && s.ID != fonds {
		s.Parent = fonds
	}
	for _, o := range u.Objects {
		s.Objects = append(s.Objects, o.Files()...)
		s.Masters = append(s.Masters, o.Masters()...)
		s.OtherMasters = s.OtherMasters || len(o.Masters()) > 0 && !o.HasPictures()
		if len(s.Cleared) > 0 && o.ClearedBy.V == "" {
			s.Plain |= objectFlags(o.HasPictures(), o.Placeholder.V)
		}
	}
	s.FormerIDs = formerIDs(u.FormerIDs)
	s.name(u)
	return s
}

func titles(t record.Text, langs []string) []string {
	out := make([]string, len(langs))
	for i, l := range langs {
		if s, actual := t.In(l); actual == l {
			out[i] = s
		}
	}
	return out
}

// otherTitles are the titles in languages that the site has not, and those that a unit has besides.
func otherTitles(u *record.Unit, langs []string) (out []string) {
	for _, l := range u.Title.Langs {
		if !slices.Contains(langs, l.Lang) {
			out = append(out, l.V)
		}
	}
	for _, t := range u.OtherTitles {
		for _, l := range t.Langs {
			out = append(out, l.V)
		}
	}
	return out
}

// stated are the values of a unit that those beneath it may inherit, without
// their places in the file.
func stated(u *record.Unit) Inherited {
	r := u.Rights
	out := Inherited{Repository: u.Reference.Repository.V, Rights: record.Rights{URI: record.Str{V: r.URI.V}}}
	for _, t := range []struct {
		to   *record.Text
		from record.Text
	}{{&out.Rights.Credit, r.Credit}, {&out.Rights.Holder, r.Holder}, {&out.Rights.Note, r.Note}} {
		for _, l := range t.from.Langs {
			t.to.Langs = append(t.to.Langs, record.LangText{Lang: l.Lang, V: l.V})
		}
	}
	for _, l := range u.Languages {
		out.Languages = append(out.Languages, record.Str{V: l.V})
	}
	return out
}

func unitFlags(u *record.Unit) (f Flag) {
	for _, o := range u.Objects {
		f |= objectFlags(o.HasPictures(), o.Placeholder.V)
	}
	if len(u.SpecialValue) > 0 {
		f |= Special
	}
	if u.TitleKind.V == "supplied" {
		f |= Supplied
	}
	return f
}

// objectFlags are what an object adds to the flags of its unit.
func objectFlags(pictures, placeholder bool) Flag {
	switch {
	case pictures && placeholder:
		return HasObjects | HasImages | Placeholder
	case pictures:
		return HasObjects | HasImages
	}
	return HasObjects
}

// name gathers the ids that a unit names.
func (s *Summary) name(u *record.Unit) {
	add := func(r record.Ref, role Role, kind Kind) {
		if r.ID != "" {
			s.Refs = append(s.Refs, SummaryRef{ID: r.ID, Role: role, Kind: kind, At: r.At})
		}
	}
	for _, c := range u.Creators {
		add(c.Agent, RoleCreator, Agent)
	}
	add(u.Doc.Issuer, RoleCreator, Agent)
	add(u.Doc.Signatory, RoleCreator, Agent)
	add(u.Photo.Photographer, RoleCreator, Agent)
	add(u.Place, RoleCreation, Place)
	for _, r := range u.Places {
		add(r, RoleMentioned, Place)
	}
	for _, r := range append(u.Agents, u.AV.Speakers...) {
		add(r, RoleSubject, Agent)
	}
	for _, p := range u.Photo.Persons {
		add(p.Name, RoleSubject, Agent)
	}
	for _, r := range u.Events {
		add(r, RoleEvent, Event)
	}
	for _, r := range u.Subjects {
		add(r, RoleSubject, Subject)
	}
	add(record.Ref{ID: u.Reference.Repository.V, At: u.Reference.Repository.At}, RoleOther, Repository)
	add(u.Originals.HeldBy, RoleOther, kindCount)
	lifted := u.Access.Declassification.Decision
	add(lifted.By, RoleDecided, Agent)
	add(lifted.IssuedBy, RoleDecided, Agent)
	for _, r := range u.Related {
		if r.ID.V != "" {
			s.Refs = append(s.Refs, SummaryRef{ID: r.ID.V, Role: RoleOther, Kind: kindCount, Later: true, At: r.ID.At})
		}
	}
}
