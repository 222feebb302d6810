"""What belongs to one region can't be read, changed or referred to by an editor of another, through any door."""
