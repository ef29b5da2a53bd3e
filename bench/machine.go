package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// machine is what the figures were measured on.
type machine struct {
	Processor  string
	Processors int
	System     string
	Go         string
}

func thisMachine() machine {
	m := machine{Processors: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version()}
	m.Processor, _ = firstValue("/proc/cpuinfo", "model name")
	if kernel, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.System += ", kernel " + strings.TrimSpace(string(kernel))
	}
	return m
}

// processors returns two processors that this process may use, one for the servers
// and one for the load generator, or -1 twice where processes cannot be pinned or
// there is but one.
func processors() (server, load int) {
	list, ok := firstValue("/proc/self/status", "Cpus_allowed_list")
	if _, err := exec.LookPath("taskset"); err != nil || !ok {
		return -1, -1
	}
	allowed := parseList(list)
	if len(allowed) < 2 {
		return -1, -1
	}
	return allowed[0], allowed[1]
}

// parseList reads a list such as "0-2,5". It leaves out what it cannot read.
func parseList(list string) []int {
	var numbers []int
	for part := range strings.SplitSeq(list, ",") {
		from, to, isRange := strings.Cut(strings.TrimSpace(part), "-")
		if !isRange {
			to = from
		}
		first, err := strconv.Atoi(from)
		if err != nil {
			continue
		}
		last, err := strconv.Atoi(to)
		if err != nil {
			continue
		}
		for n := first; n <= last; n++ {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// firstValue returns the value of the first line of the file that reads "name : value".
func firstValue(file, name string) (string, bool) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", false
	}
	for line := range strings.Lines(string(text)) {
		key, value, ok := strings.Cut(line, ":")
		if ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value), true
		}
	}
	return "", false
}

// where says how the servers and the generator share the processors.
func (s settings) where() string {
	if s.serverOn < 0 {
		return "not pinned to processors: the generator and the servers compete for them"
	}
	return fmt.Sprintf("each server pinned to processor %d, the load generator to processor %d", s.serverOn, s.loadOn)
}
