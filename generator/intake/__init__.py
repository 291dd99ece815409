"""Records that come from elsewhere: read, gathered into candidates, judged by the loader, and written."""
