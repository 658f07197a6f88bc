package main

import "golang.org/x/sys/windows"

const utf8Page = 65001

// prepareConsole lets the console show UTF-8 and gives back the function that
// puts the former code page in place again.
func prepareConsole() (restore func()) {
	before, err := windows.GetConsoleOutputCP()
	if err != nil || before == utf8Page || windows.SetConsoleOutputCP(utf8Page) != nil {
		return func() {}
	}
	return func() { _ = windows.SetConsoleOutputCP(before) }
}

// systemLanguage is that of the Windows interface, such as "vi-VN".
func systemLanguage() string {
	names, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(names) == 0 {
		return ""
	}
	return names[0]
}

// quoteArg is an argument as the command prompt takes it; file names hold no
// quotation marks on Windows.
func quoteArg(s string) string { return `"` + s + `"` }
