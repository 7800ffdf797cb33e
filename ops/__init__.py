"""What runs the service and keeps it."""
