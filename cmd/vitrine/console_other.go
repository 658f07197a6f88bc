//go:build !windows

package main

import "strings"

// prepareConsole has nothing to do where consoles read UTF-8.
func prepareConsole() (restore func()) { return func() {} }

func systemLanguage() string { return "" }

// quoteArg is an argument as a shell takes it.
func quoteArg(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
