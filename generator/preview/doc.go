// Package preview serves the site while it is being edited.
//
// A page is rendered when a browser asks for it. A watcher tells when files of
// the content have changed; the session then reads them again, and each open
// page is rendered anew: one whose bytes changed is told to reload, and all
// are told what is wrong in the content. Pages ask for this by a script that
// is put into them on their way out; it is part of no site that is built.
//
// Whoever can reach the server can read everything it shows. It therefore
// listens on the loopback device unless it is told otherwise, answers only
// requests that name a host it knows (a page of another site may lead its own
// name to this machine), and serves files of the site and nothing else.
package preview
