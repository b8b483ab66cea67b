"""The expression language beside a plain function and two libraries."""
