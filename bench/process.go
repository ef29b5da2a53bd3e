package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// clockTick is the unit of processor time in /proc/PID/stat: 1/100 s on every
// Linux that Go runs on.
const clockTick = 10 * time.Millisecond

// memory returns a figure of /proc/PID/status in bytes: VmRSS, what the process
// holds now, RssFile, what of it is pages of files, or VmHWM, the most that it has held.
func (s *server) memory(figure string) (int64, error) {
	file := fmt.Sprintf("/proc/%d/status", s.command.Process.Pid)
	value, ok := firstValue(file, figure)
	if !ok {
		return 0, fmt.Errorf("%s has no %s", file, figure)
	}
	kilobytes, err := strconv.ParseInt(strings.TrimSuffix(value, " kB"), 10, 64)
	return kilobytes * 1024, err
}

// processorTime returns how long the process has run on a processor, in user and
// system mode.
func (s *server) processorTime() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	// The name of the program, in parentheses, may hold spaces; utime and stime are
	// the 12th and 13th fields after it.
	after := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	const utime, stime = 11, 12
	if len(after) <= stime {
		return 0, fmt.Errorf("/proc/%d/stat is too short: %q", s.command.Process.Pid, stat)
	}
	var ticks int64
	for _, field := range after[utime : stime+1] {
		n, err := strconv.ParseInt(string(field), 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * clockTick, nil
}
