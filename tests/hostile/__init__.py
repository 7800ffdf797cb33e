"""Files made to do harm, and harm done to files."""
