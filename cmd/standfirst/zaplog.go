package main

import (
	"context"
	"log/slog"
	"strconv"

	"go.uber.org/zap/zapcore"
)

// zapToSlog lets a library that logs through zap write into our own log.
type zapToSlog struct{ log *slog.Logger }

var slogLevels = map[zapcore.Level]slog.Level{
	zapcore.DebugLevel: slog.LevelDebug, zapcore.InfoLevel: slog.LevelInfo, zapcore.WarnLevel: slog.LevelWarn,
}

// slogLevel returns our level for zap's; all that is worse than a warning is an error.
func slogLevel(l zapcore.Level) slog.Level {
	if level, ok := slogLevels[l]; ok {
		return level
	}
	return slog.LevelError
}

// Enabled reports whether the level is logged.
func (z zapToSlog) Enabled(l zapcore.Level) bool {
	return z.log.Enabled(context.Background(), slogLevel(l))
}

// With returns a core that adds the fields to every entry.
func (z zapToSlog) With(fields []zapcore.Field) zapcore.Core {
	return zapToSlog{z.log.With(attributes(fields)...)}
}

// Check adds the core to the entry if its level is logged.
func (z zapToSlog) Check(e zapcore.Entry, checked *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if z.Enabled(e.Level) {
		return checked.AddCore(e, z)
	}
	return checked
}

// Write logs the entry.
func (z zapToSlog) Write(e zapcore.Entry, fields []zapcore.Field) error {
	z.log.Log(context.Background(), slogLevel(e.Level), e.Message, attributes(fields)...)
	return nil
}

// Sync has nothing to flush.
func (zapToSlog) Sync() error { return nil }

// attributes returns the fields as arguments of slog.
func attributes(fields []zapcore.Field) []any {
	encoder := zapcore.NewMapObjectEncoder()
	for _, f := range fields {
		f.AddTo(encoder)
	}
	args := make([]any, 0, 2*len(encoder.Fields))
	for key, value := range encoder.Fields {
		args = append(args, key, value)
	}
	return args
}

// portNumber returns the number of a port that the system has given out.
func portNumber(port string) int {
	n, _ := strconv.Atoi(port) // a listener's own address ends in a number
	return n
}
