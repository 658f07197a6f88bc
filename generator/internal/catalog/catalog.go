package catalog

import (
	"cmp"
	"iter"
	"slices"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

const imageParts = access.Metadata | access.Images

// Catalog is the frozen summary. An entry is named by its row; rows of units
// are in the order of the tree.
type Catalog struct {
	langs      []string
	entries    table[entry]
	tombstones []entry
	former     []former  // ids by which entries were known
	sheltered  []shelter // ids whose pages gave way to a tombstone
	text       arena
	forms      []string
	inherits   []Inherited
	keys       []string // of the inherited values
	byID       []int32
	index      idIndex
	first      [kindCount + 1]int32
	links      []Link // sorted by target
	shown      []Link // from exhibitions, sorted by target
}

// Link is a record that names an authority. 12 bytes.
type Link struct {
	Entry int32 // the record that names
	to    int32
	Role  Role
}

func (c *Catalog) str(row int32, n int) []byte { return c.text.bytes(c.entries.at(row).text, n) }

// Len is the number of entries of a kind.
func (c *Catalog) Len(k Kind) int {
	lo, hi := c.Range(k)
	return int(hi - lo)
}

// Rows is the number of entries of all kinds.
func (c *Catalog) Rows() int { return int(c.entries.len()) }

// Range is the first row of a kind and the one behind its last.
func (c *Catalog) Range(k Kind) (lo, hi int32) {
	if k == Unit {
		return 0, c.first[Repository]
	}
	return c.first[k], c.first[k+1]
}

// Of yields the rows of a kind in order: units in that of the tree, the other
// kinds in that of their titles.
func (c *Catalog) Of(k Kind) iter.Seq[int32] {
	lo, hi := c.Range(k)
	return func(yield func(int32) bool) {
		for row := lo; row < hi; row++ {
			if !yield(row) {
				return
			}
		}
	}
}

// ID is the id of an entry.
func (c *Catalog) ID(row int32) string { return string(c.str(row, textID)) }

// Kind is what an entry stands for.
func (c *Catalog) Kind(row int32) Kind { return c.entries.at(row).kind }

// Title is the title in a language, or in the site's first language where
// there is none; actual is the language it is in.
func (c *Catalog) Title(row int32, lang string) (text, actual string) {
	for i, l := range c.langs {
		if l == lang {
			if s := c.str(row, textTitle+i); len(s) > 0 {
				return string(s), lang
			}
		}
	}
	return string(c.str(row, textTitle)), c.langs[0]
}

// IsFirst reports whether a language is the first of the site, in which every
// title is.
func (c *Catalog) IsFirst(lang string) bool { return lang == c.langs[0] }

// Reference is the reference code of a unit in one line.
func (c *Catalog) Reference(row int32, words ReferenceWords) string {
	if c.entries.at(row).kind != Unit {
		return ""
	}
	return wordReference(string(c.str(row, textReference)), words)
}

// Commemorated is the day an event is kept on, empty where it is its date.
func (c *Catalog) Commemorated(row int32) string {
	if c.entries.at(row).kind != Event {
		return ""
	}
	return string(c.str(row, textReference))
}

// Date is the date of creation, of an event, or of existence.
func (c *Catalog) Date(row int32) edtf.Date { return dateOf(c.str(row, textDate)) }

// DateKey is the date packed for sorting.
func (c *Catalog) DateKey(row int32) edtf.Key { return c.entries.at(row).key }

// Level is the level of description of a unit.
func (c *Catalog) Level(row int32) string {
	return record.Vocabulary("level")[c.entries.at(row).level].Key
}

// Form is the id of the document type of a unit.
func (c *Catalog) Form(row int32) string {
	if c.entries.at(row).kind != Unit {
		return ""
	}
	return c.forms[c.entries.at(row).form]
}

// Has reports whether a flag is set.
func (c *Catalog) Has(row int32, f Flag) bool { return c.entries.at(row).flags&f != 0 }

// Verdict is what may be shown of a unit.
func (c *Catalog) Verdict(row int32) access.Verdict { return c.entries.at(row).verdict }

// Inherited are the values of a unit completed from its ancestors.
func (c *Catalog) Inherited(row int32) Inherited { return c.inherits[c.entries.at(row).inherited] }

// Parent is the nearest published ancestor of a unit, -1 for a fonds.
func (c *Catalog) Parent(row int32) int32 { return c.entries.at(row).parent }

// Fonds is the fonds of a unit.
func (c *Catalog) Fonds(row int32) int32 { return c.entries.at(row).fonds }

// Children yields the units directly beneath one.
func (c *Catalog) Children(row int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for child := row + 1; child < c.entries.at(row).end; child = c.entries.at(child).end {
			if !yield(child) {
				return
			}
		}
	}
}

// Top yields the fonds and collections in the order of their titles.
func (c *Catalog) Top() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for row := int32(0); row < c.first[Repository]; row = c.entries.at(row).end {
			if !yield(row) {
				return
			}
		}
	}
}

// Beneath is how many units there are beneath one, at every depth.
func (c *Catalog) Beneath(row int32) int { return int(c.entries.at(row).end - row - 1) }

// End is the row behind the last unit beneath one: [row+1, End) are all of them.
func (c *Catalog) End(row int32) int32 { return c.entries.at(row).end }

// Before is the sibling before a unit, Next the one behind it; -1 where there is none.
func (c *Catalog) Before(row int32) int32 {
	p := c.entries.at(row).parent
	if p < 0 || row == p+1 {
		return -1
	}
	at := row - 1 // the last unit beneath the sibling, or the sibling itself
	for c.entries.at(at).parent != p {
		at = c.entries.at(at).parent
	}
	return at
}

// Next is the sibling behind a unit, -1 where there is none.
func (c *Catalog) Next(row int32) int32 {
	p := c.entries.at(row).parent
	if p < 0 || c.entries.at(row).end >= c.entries.at(p).end {
		return -1
	}
	return c.entries.at(row).end
}

// Links are the records that name an authority, by role and then by date.
func (c *Catalog) Links(row int32) []Link { return targets(c.links, row) }

// Exhibitions are the exhibitions that show a record.
func (c *Catalog) Exhibitions(row int32) []Link { return targets(c.shown, row) }

func targets(links []Link, row int32) []Link {
	i, _ := slices.BinarySearchFunc(links, row, func(l Link, row int32) int { return cmp.Compare(l.to, row) })
	j := i
	for j < len(links) && links[j].to == row {
		j++
	}
	return links[i:j]
}

// Loc is where the record of an entry stands.
func (c *Catalog) Loc(row int32) record.Loc { return c.loc(c.entries.at(row)) }

func (c *Catalog) loc(e *entry) record.Loc {
	return record.Loc{File: string(c.text.bytes(e.file, 0)), Line: int(e.line), Offset: int(e.offset), Len: int(e.length), Kept: e.kept}
}

// Tombstone is a withdrawn record that has a notice in place of its page.
type Tombstone struct {
	ID    string
	Fonds int32      // row of its fonds; negative for a fonds
	Sum   record.Sum // of its text
	Loc   record.Loc
	Tells bool // its notice may say what it was
}

// Tombstones yields the withdrawn records.
func (c *Catalog) Tombstones() iter.Seq[Tombstone] {
	return func(yield func(Tombstone) bool) {
		for i := range c.tombstones {
			e := &c.tombstones[i]
			if !yield(Tombstone{string(c.text.bytes(e.text, textID)), e.fonds, e.sum, c.loc(e), e.verdict.MayTell()}) {
				return
			}
		}
	}
}

// Sum tells the text of a unit or an exhibition from any other; it is zero for
// other kinds.
func (c *Catalog) Sum(row int32) record.Sum { return c.entries.at(row).sum }

// ByID yields every row in the order of ids.
func (c *Catalog) ByID() iter.Seq[int32] { return slices.Values(c.byID) }

// Facts are what the verdict on a unit rests on.
func (c *Catalog) Facts(row int32) access.Facts { return c.entries.at(row).facts }
