"""A site made beside the old one, and put into its place in one step; what the old one leaves saves the next a copy."""
