package main

import (
	"log/slog"
	"time"

	"standfirst/internal/jobs"
	"standfirst/internal/mail"
	"standfirst/internal/web"
	"standfirst/internal/web/desk"
)

// postOffice is where the mails of a server go: to a mail server, or into the outbox.
type postOffice struct {
	server  *mail.Server // nil if there is none
	outbox  *mail.Outbox // nil if there is a mail server; set by open
	sender  *mail.Sender // set by open where there is a mail server
	sendJob jobs.Handler // set by open
}

// postOffice reads the flag for the mail server. What is wrong with it is told before
// anything is opened or made.
func (s *serving) postOffice() (*postOffice, error) {
	if s.SMTP == "" {
		return &postOffice{}, nil
	}
	server, err := mail.ParseServer(s.SMTP)
	if err != nil {
		return nil, usageError{"--smtp: " + describe(err)}
	}
	return &postOffice{server: &server}, nil
}

// open makes the post office ready to take the mails of the newsroom.
func (p *postOffice) open(r *room) {
	if p.server == nil {
		p.outbox = mail.NewOutbox(time.Now, r.log)
		p.sendJob = p.outbox.SendJob
		return
	}
	p.sender = mail.NewSender(mail.Options{Server: *p.server, Publication: r.publication, Clock: time.Now, Logger: r.log})
	p.sendJob = p.sender.SendJob
}

// route returns how mails go out, as the desk shows it.
func (p *postOffice) route() desk.MailRoute {
	if p.server == nil {
		return desk.MailRoute{}
	}
	return desk.MailRoute{Server: p.server.Address(), From: p.server.From(), Refused: p.sender.Refused}
}

// shown returns what the operator's listener shows, or nil.
func (p *postOffice) shown() web.Outbox {
	if p.outbox == nil {
		return nil // and no interface that holds nil
	}
	return p.outbox
}

// sayWhereTo logs where mails go.
func (p *postOffice) sayWhereTo(log *slog.Logger, opsListen string) {
	switch {
	case p.server != nil:
		log.Info("mail goes to the mail server", "server", p.server.String())
	case opsListen == "":
		log.Warn("there is no mail server: mail goes nowhere, and --ops-listen would show it at /outbox; give --smtp to send it")
	default:
		log.Warn("there is no mail server: mail goes nowhere but to /outbox of the operator's listener; give --smtp to send it")
	}
}
