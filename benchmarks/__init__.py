"""What we claim about speed, as programs. They print ratios from one run, never a pass or a fail."""
