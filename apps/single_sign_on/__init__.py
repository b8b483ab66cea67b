"""Signing in with what the city already has: OpenID Connect, or the header of a proxy that has checked the person."""
