// Package generator builds or checks an exhibition site from a content tree;
// it owns the order of the phases.
//
// A build reads the records and keeps only a summary of each (scan); it
// judges what may be published and puts the summaries in order (freeze); it
// makes the sizes of the cleared images (derive); it plans the pages, reads
// their records again, fills and renders them into a stage (render); and it
// publishes all of them or none (commit). The phases stand in this order in
// build.go. An error in the content stops it before the commit.
package generator
