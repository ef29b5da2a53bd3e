package main

import (
	"os"
	"runtime/debug"
)

const (
	// gcPercent lets the heap of a serving newsroom grow to four times what is live
	// before it is collected. What is live is small and mostly rendered bytes, so this
	// costs little memory and spares requests much of the collector.
	gcPercent = 300
	// memoryBesideCache is what the program may take beside its page cache before the
	// collector works harder, in bytes.
	memoryBesideCache = 192 << 20
)

// tuneMemory sets how the garbage collector works while pages are served, unless
// the operator has said so by GOGC and GOMEMLIMIT.
func tuneMemory(pageCache int64) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(pageCache + memoryBesideCache)
	}
}
