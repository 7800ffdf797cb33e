"""From the log to the read tables: windows of many events, one transaction each."""
