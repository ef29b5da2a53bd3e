package copydesk

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed reuters.txt
var reutersText string

// reutersSuffixes returns the MIC that each ending of a Reuters code stands for.
var reutersSuffixes = sync.OnceValue(func() map[string]string {
	mics := make(map[string]string)
	for line := range strings.Lines(reutersText) {
		if suffix, mic, ok := strings.Cut(strings.TrimSpace(line), " "); ok && suffix != "#" {
			mics[suffix] = mic
		}
	}
	return mics
})
