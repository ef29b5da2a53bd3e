package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/web/desk"
)

type userCommand struct {
	Add     userAddCommand     `cmd:"" help:"Put somebody on the staff, and print a link by which they sign in and choose a password."`
	List    userListCommand    `cmd:"" help:"List the staff, one a line: address, name, role, since when."`
	Passwd  userPasswdCommand  `cmd:"" help:"Give somebody a password; it is asked for, or read from standard input. Every browser of theirs is signed out."`
	Link    userLinkCommand    `cmd:"" help:"Print a link by which somebody signs in once, within a day, and can choose a password."`
	Role    userRoleCommand    `cmd:"" help:"Give somebody another role."`
	Reset   userResetCommand   `cmd:"" help:"Let somebody who lost a device sign in with the password alone: codes and passkeys are forgotten."`
	Revoke  userRevokeCommand  `cmd:"" help:"Take somebody's access away, at once. What they wrote stays."`
	Token   userTokenCommand   `cmd:"" help:"List and revoke what programs show to act for somebody. Its owner makes it at the desk."`
	Restore userRestoreCommand `cmd:"" help:"Give access back that was revoked."`
}

type userAddCommand struct {
	place
	Email string `arg:"" help:"E-mail address, by which they sign in."`
	Name  string `required:"" help:"Name, as colleagues see it."`
	Role  string `default:"reporter" enum:"contributor,moderator,reporter,editor,administrator" help:"What they may do: ${enum}."`
}

// Run prints the sign-in link of the new member.
func (c *userAddCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		s, err := r.accounts.Add(ctx, standfirst.Command(), standfirst.Staff{Email: c.Email, Name: c.Name, Role: standfirst.Role(c.Role)})
		if err != nil {
			return err
		}
		con.notef("%s is on the staff as %s.", s.Name, s.Role)
		return printLink(ctx, con, r.accounts, pub, s.Email)
	})
}

type userLinkCommand struct {
	place
	Email string `arg:"" help:"Whose link."`
}

// Run prints the link.
func (c *userLinkCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		return printLink(ctx, con, r.accounts, pub, c.Email)
	})
}

// printLink makes and prints a one-time link of the member.
func printLink(ctx context.Context, con *console, accounts *account.Accounts, pub standfirst.Publication, email string) error {
	token, until, err := accounts.Link(ctx, standfirst.Command(), email)
	if err != nil {
		return err
	}
	con.printf("%s%s", pub.BaseURL, desk.LinkPath(token))
	con.notef("The link signs in once, until %s. Give it to nobody else.", until.Local().Format("2 January 2006, 15:04"))
	if pub.BaseURL == "" {
		con.notef("Put the address of your server before it, or say it once with: standfirst init --base-url URL")
	}
	return nil
}

type userListCommand struct{ place }

// Run prints a line for each member.
func (c *userListCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		zone, err := time.LoadLocation(pub.TimeZone)
		if err != nil {
			return err
		}
		for after := ""; ; {
			list, err := r.accounts.List(ctx, standfirst.Command(), after, listed)
			if err != nil {
				return err
			}
			for _, s := range list {
				con.printf("%-32s  %-24s  %-13s  since %s%s", s.Email, s.Name, s.Role, s.CreatedAt.In(zone).Format(time.DateOnly), standing(s, zone))
			}
			if len(list) < listed {
				return nil
			}
			after = list[len(list)-1].Email
		}
	})
}

// standing says what is unusual about an account.
func standing(s standfirst.Staff, zone *time.Location) string {
	switch {
	case !s.Active():
		return ", revoked " + s.RevokedAt.In(zone).Format(time.DateOnly)
	case !s.Password:
		return ", no password yet"
	}
	return ""
}

type userPasswdCommand struct {
	place
	Email string `arg:"" help:"Whose password."`
}

// Run reads the password and sets it.
func (c *userPasswdCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		password, err := readPassword(con)
		if err != nil {
			return err
		}
		if err := r.accounts.SetPassword(ctx, standfirst.Command(), c.Email, password); err != nil {
			return err
		}
		con.printf("The password of %s is set.", standfirst.CleanEmail(c.Email))
		return nil
	})
}

// readPassword asks for a password twice on a terminal, without showing it, and reads a
// line elsewhere.
func readPassword(con *console) (string, error) {
	if file, ok := con.in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		first, err := askPassword(con, file, "New password: ")
		if err != nil {
			return "", err
		}
		second, err := askPassword(con, file, "Once more: ")
		if err == nil && first != second {
			err = standfirst.Errorf(standfirst.Invalid, "the two are not the same; nothing was changed")
		}
		return first, err
	}
	line, err := bufio.NewReader(io.LimitReader(con.in, account.MaxPassword+2)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func askPassword(con *console, file *os.File, prompt string) (string, error) {
	_, _ = io.WriteString(con.err, prompt)
	password, err := term.ReadPassword(int(file.Fd()))
	con.notef("")
	return string(password), err
}

type userRoleCommand struct {
	place
	Email string `arg:"" help:"Whose role."`
	Role  string `arg:"" enum:"contributor,moderator,reporter,editor,administrator" help:"The new one: ${enum}."`
}

// Run changes the role.
func (c *userRoleCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		if err := r.accounts.SetRole(ctx, standfirst.Command(), c.Email, standfirst.Role(c.Role)); err != nil {
			return err
		}
		con.printf("%s is %s.", standfirst.CleanEmail(c.Email), c.Role)
		return nil
	})
}

type userResetCommand struct {
	place
	Email string `arg:"" help:"Whose codes and passkeys."`
}

// Run forgets the codes and passkeys.
func (c *userResetCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		if err := r.accounts.ResetFactors(ctx, standfirst.Command(), c.Email); err != nil {
			return err
		}
		con.printf("%s is signed out everywhere and signs in with the password alone.", standfirst.CleanEmail(c.Email))
		return nil
	})
}

type userRevokeCommand struct {
	place
	Email string `arg:"" help:"Whose access."`
}

// Run takes the access away.
func (c *userRevokeCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		if err := r.accounts.Revoke(ctx, standfirst.Command(), c.Email); err != nil {
			return err
		}
		con.printf("%s is signed out everywhere and cannot sign in.", standfirst.CleanEmail(c.Email))
		return nil
	})
}

type userRestoreCommand struct {
	place
	Email string `arg:"" help:"Whose access."`
}

// Run gives the access back.
func (c *userRestoreCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		if err := r.accounts.Restore(ctx, standfirst.Command(), c.Email); err != nil {
			return err
		}
		con.printf("%s can sign in again, with the password of before.", standfirst.CleanEmail(c.Email))
		return nil
	})
}
