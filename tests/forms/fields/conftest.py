"""Lets every test below this folder import what stands beside this file (city_hall)."""
