"""What a phone on a slow line gets from a site: bytes and requests, and how long everything takes."""
