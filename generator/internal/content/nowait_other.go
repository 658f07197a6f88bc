//go:build !unix

package content

// noWait is nothing where no pipe can lie in a folder.
const noWait = 0
