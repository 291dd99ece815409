"""From a neighbour's nomination to a story on the site: gates, reviews, consents, and what may become public."""
