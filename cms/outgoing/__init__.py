"""Requests to addresses that others gave us."""
