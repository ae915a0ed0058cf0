"""Where mail arrives and how notices leave: Maildir folders or IMAP and SMTP."""

from intake.mail.imap import ImapMailbox
from intake.mail.maildir import MaildirMailbox, MaildirPostman
from intake.mail.smtp import SmtpPostman

__all__ = ["ImapMailbox", "MaildirMailbox", "MaildirPostman", "SmtpPostman"]
