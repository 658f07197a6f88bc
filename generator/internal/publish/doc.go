// Package publish puts finished files into the output folder, all or none.
//
// A build opens a [Target], stages every file of the new site in a folder of
// its own and commits at the end. Until then the output folder is not touched.
// Beside the output folder lies its state, which may be deleted at any time
// when no build runs:
//
//	public/                     the site
//	.vitrine/public/lock        held while a build runs
//	.vitrine/public/ledger      what the last build wrote (package ledger)
//	.vitrine/public/journal     only while a commit runs
//	.vitrine/public/work/       what the running build has staged
//
// # The commit
//
// One pass merges three things that are sorted alike: what this build claims,
// what the last build wrote, and what lies in the output folder. It decides
// for each file whether it is new, unchanged or to be removed, and writes two
// files as it goes: the next ledger and the journal of removals and renames.
// Nothing grows with the site; claims beyond 8 MiB wait in sorted runs on disk.
//
// When both are complete and synced the journal is renamed into place. That is
// the moment of decision: before it the old site stands and work/ is rubbish;
// after it the new site is owed, and whoever opens the target next finishes it.
// Every step of the journal may be done twice. Removals come first, so that a
// page that was withdrawn is the first to go.
//
// A rename moves the largest staged folder whose place is free: a first build
// is one rename for the whole site, or one for each top-level folder if the
// output folder already holds a .gitkeep.
//
// # What is ours
//
// Only files that the ledger lists are replaced or removed; all others are
// foreign and survive. If the ledger is lost or damaged, the site's own
// manifest-sha256.txt says which files were ours, if they still have the bytes
// it names, and so does the mark that pages bear and the shape of the names of
// images ([Options.Mark]).
//
// # Power failures
//
// Journal and ledger are synced, pages are not: they can be made again. A page
// that a power failure cut short has not the size and time that the ledger
// remembers; [Target.Intact] says so, and the next build writes it again.
package publish
