package web

// MailPage is what the template of a mail is given.
type MailPage = mailPage
