package webhook

import "time"

// SetPauses replaces the pauses between the attempts of a delivery.
func (w *Webhooks) SetPauses(pauses ...time.Duration) { w.pauses = pauses }
