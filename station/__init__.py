"""The provisioning station: asyncio only, and no Qt."""

__version__ = "0.1.0"
