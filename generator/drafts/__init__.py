"""What people begin with: the draft of a record, and of another district in this one's place."""
