"""What the contract can't be made without."""


class Undescribed(TypeError):
    """Something that the API shows doesn't say what it looks like."""
