// Package plan decides which pages exist and what they show.
//
// A Plan is made from the frozen catalog. Jobs yields one job for every page
// of the site in the order of output; composing a job reads the one record
// its page is about and fills the struct of package page. A page shows its
// own record, values of the catalog and the configuration; exhibition pages
// also the records they name, read one at a time. What the gate withholds is
// in none of these.
package plan
