"""What goes over the wire: requests as they are checked, replies as they are written."""
