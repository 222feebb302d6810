"""The editor's screens: who is subscribed, what is known of them, and bringing in and taking out lists.

They show personal data: of each list to those who may publish its issues, and kept by no browser or cache.
"""
