"""Telling others what changed on the site: what happened, to whom it may be sent, and sending it.

Messages follow Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md);
docs/webhooks.md describes them for receivers.
"""
