// Command standfirst is a newsroom in one binary. This package reads flags, wires
// the packages together and prints what came of it; each subcommand is a file.
// It must hold no rule of the trade: those are in the use-case packages, and
// nothing imports this one.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"standfirst"
)

// Exit codes of the command.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// commandLine is the whole command as kong reads it.
type commandLine struct {
	Demo     demoCommand     `cmd:"" help:"Run an example newsroom in a temporary folder, ready to try."`
	Serve    serveCommand    `cmd:"" help:"Serve the newsroom."`
	Init     initCommand     `cmd:"" help:"Make a new publication, or change the settings of one."`
	File     fileCommand     `cmd:"" help:"File stories from plain text, Markdown or saved web pages."`
	Copydesk copydeskCommand `cmd:"" help:"Show what the copy desk sees in a text, without a newsroom."`
	Story    storyCommand    `cmd:"" help:"List, show and move stories."`
	Claim    claimCommand    `cmd:"" help:"List, show and change the figures in the ledger."`
	Record   recordCommand   `cmd:"" help:"Verify, export and mend the public record."`
	Comments commentsCommand `cmd:"" help:"Moderate what readers write under stories."`
	User     userCommand     `cmd:"" help:"Say who works for the newsroom and may sign in."`
	Backup   backupCommand   `cmd:"" help:"Copy the newsroom while it runs."`
	Restore  restoreCommand  `cmd:"" help:"Bring a backup back into an empty place."`
	Doctor   doctorCommand   `cmd:"" help:"Check the newsroom and say what is wrong."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// console is where the command reads and writes. Results go to out, one a line;
// everything else that is said goes to err.
type console struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// printf writes a line of the result.
func (c *console) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(c.out, format+"\n", args...)
}

// notef writes a line for the person who watches.
func (c *console) notef(format string, args ...any) {
	_, _ = fmt.Fprintf(c.err, format+"\n", args...)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], &console{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(code)
}

// exit is how kong's own exits (after --help) leave the parser.
type exit int

// run carries out one command line and returns the exit code.
func run(ctx context.Context, args []string, con *console) (code int) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case exit:
			code = int(e)
		default:
			panic(e)
		}
	}()
	var cli commandLine
	parser, err := kong.New(&cli,
		kong.Name("standfirst"),
		kong.Description("A newsroom in one binary, for markets and business news. Every flag can also be given as an environment variable: --base-url is STANDFIRST_BASE_URL."),
		kong.DefaultEnvars("STANDFIRST"),
		kong.Writers(con.out, con.err),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(con),
	)
	if err != nil {
		con.notef("standfirst: %v", err)
		return exitFailed
	}
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "help": // standfirst help story list is standfirst story list --help
		args = append(slices.Clone(args[1:]), "--help")
	}
	command, err := parser.Parse(args)
	if err != nil {
		con.notef("standfirst: %v", err)
		con.notef("See %s for what there is.", usageHint(err))
		return exitUsage
	}
	return exitCode(con, command.Run())
}

// usageHint names the help that fits a command line that could not be read.
func usageHint(err error) string {
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil && parse.Context.Selected() != nil {
		return "standfirst " + strings.TrimPrefix(parse.Context.Selected().FullPath(), "standfirst ") + " --help"
	}
	return "standfirst --help"
}

// usageError is an error in how the command was called, found after parsing.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// errReported is what a command returns when it has printed its errors already.
var errReported = errors.New("reported")

// exitCode prints the error as one line and returns the code that fits it.
func exitCode(con *console, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	case errors.As(err, &usage):
		con.notef("standfirst: %s", usage.message)
		return exitUsage
	case errors.Is(err, context.Canceled):
		con.notef("standfirst: stopped")
		return exitFailed
	default:
		con.notef("standfirst: %s", describe(err))
		return exitFailed
	}
}

// describe returns the error in one line: the message meant for people where
// there is one, and the whole chain otherwise, because at the command line the
// cause is the operator's to know.
func describe(err error) string {
	message := standfirst.PublicMessage(err)
	if message == "" {
		message = err.Error()
	}
	return strings.Join(strings.Fields(message), " ")
}
