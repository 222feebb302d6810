"""What the mails about a registration say: made when a mail is sent, from how things are at that moment.

No mail repeats what was typed in the form: anybody can give the address of somebody else, and would write to them.
"""
