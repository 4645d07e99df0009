"""Bodies of the HTTP doors: `requests` come in, `answers` go out."""
