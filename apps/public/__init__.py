"""What anybody may see without signing in: pages of their own, never a staff page with parts hidden."""
