"""What national editors see of how mail arrives; of regions too, which share the name of the sender with all others."""
