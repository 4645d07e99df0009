"""HTTP bodies, and what the doors answer."""
