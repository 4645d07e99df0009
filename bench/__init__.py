"""Load and cost measurements: `python -m bench`, see docs/how-to/measure.md."""
