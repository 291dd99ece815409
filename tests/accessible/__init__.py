"""What is checked so that everybody can use the site: every kind of page, its states, and tasks done by keyboard."""
