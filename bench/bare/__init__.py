"""What exam's doors are held against: the least that could do their work."""
