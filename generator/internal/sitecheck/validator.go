package sitecheck

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// Message is one finding of the Nu HTML checker.
type Message struct {
	URL     string `json:"url"`
	Line    int    `json:"lastLine"`
	Type    string `json:"type"`    // "error", "info", "non-document-error"
	SubType string `json:"subType"` // "warning"
	Text    string `json:"message"`
	Extract string `json:"extract"`
}

// IsError reports whether the message is more than a warning.
func (m Message) IsError() bool { return m.Type != "info" }

// String is the message in one line.
func (m Message) String() string {
	return fmt.Sprintf("%s:%d: %s (%s)", m.URL, m.Line, m.Text, strings.Join(strings.Fields(m.Extract), " "))
}

// Validate runs the checker, a Java archive, on files or on a folder with
// everything in it that its flags name.
func Validate(jar string, args ...string) ([]Message, error) {
	cmd := exec.Command("java", slices.Concat([]string{"-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always"}, args)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("run the checker: %w: %s", err, stderr.String())
	}
	var report struct {
		Messages []Message `json:"messages"`
	}
	if err := json.Unmarshal(stderr.Bytes(), &report); err != nil {
		return nil, errors.Join(errors.New("the checker said: "+stderr.String()), err)
	}
	return report.Messages, nil
}
