// Package mail sends the mails that jobs ask for. That is its one responsibility.
//
// A [Sender] hands each mail to one SMTP server, which delivers it to the world: queues
// for other servers, bounces and signatures (DKIM) are that server's. An [Outbox] takes
// its place where there is no such server, and keeps the last mails to be looked at.
// Both have a SendJob, which is the handler of [standfirst.JobSendMail].
//
// A mail is delivered at least once. One that is sent again, because nobody knows
// whether it arrived, has the Message-ID of the first time, by which mail programs show
// it once.
//
// The package must not know why a mail is sent, or what stands in it.
package mail
