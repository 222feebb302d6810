"""What belongs to one region is not for the editors of another: Wagtail says of itself that it doesn't promise that.

``boundary`` keeps pages from referring to another region; ``visible`` says what somebody may see; ``doors`` stands
before the views of Wagtail that show more than that.
"""
