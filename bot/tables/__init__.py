"""Rows to CSV and XLSX and back: written in constant memory, guarded against formulas."""
