"""The organiser's screens: who comes to an event, and what one can do about it.

They show personal data: to those who may edit the event, and kept by no browser or cache.
"""
