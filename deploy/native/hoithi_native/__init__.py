"""The platform on one machine without containers; `Instance` is the whole public interface."""

from hoithi_native.instance import Instance
from hoithi_native.trouble import Trouble

__all__ = ["Instance", "Trouble"]
