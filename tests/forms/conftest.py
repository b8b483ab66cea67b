"""Lets every test below this folder import what stands beside this file (sample_office)."""
