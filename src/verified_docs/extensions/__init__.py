"""Python-Markdown extensions that the site is rendered with."""
