"""The screen: what people see of the service."""
