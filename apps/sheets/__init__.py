"""Paper: what the capability `sheets` names, drawn as HTML documents that a browser prints on A4."""
