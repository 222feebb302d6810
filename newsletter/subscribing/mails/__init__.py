"""What the mails to subscribers say: made when a mail is sent, from how things are at that moment."""
