"""nameko extensions of hoithi. `worker` for the bus, `http` for people; only `service.py` imports them."""
