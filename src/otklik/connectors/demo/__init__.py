"""The demo network as a platform: the first connector, and the plainest."""

from otklik.connectors.demo.connector import DemoConnector

__all__ = ["DemoConnector"]
