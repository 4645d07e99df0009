"""The events of hoithi: one module per publisher. See `event` for the envelope."""
