"""The sample network and the local workspace it lives in."""
