"""Who edits which region: invitations, who may do what, and handing over."""
