"""Turns a project into a site and a PDF, by the pandoc engine or by Quarto."""
