"""What happens by the clock. The clock only wakes; what is due is in the database."""
