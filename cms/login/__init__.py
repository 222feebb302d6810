"""Who comes in: logging in with a password and a second factor, what is asked again, and what is written down of it."""
