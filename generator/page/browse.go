package page

// BrowseIndex leads to the records of the site by what they have in common. Without a
// heading of its own for each row it is the list of one facet.
type BrowseIndex struct {
	Layout
	Heading string
	Ways    []Link      // to lists that stand elsewhere
	Name    string      // above the rows
	Rows    []BrowseRow // in the order of their names
	Pager   Pager
}

// BrowseRow is one value of a facet with the decades from which there are records.
type BrowseRow struct {
	Value   Link // without an address where the value has no page
	Decades []Link
}

// Browse lists the records that share the value of a facet and a decade, or those of a
// fonds in the order of their references.
type Browse struct {
	Layout
	Heading  Words  // the value
	Part     string // the decade, or the order
	Register bool   // a list by references, which come first
	Total    int    // on the first page only, else 0
	Filter   Filter // the decades of the value; on the first page only
	Slips    []Slip
	Pager    Pager
}
