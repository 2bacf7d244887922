"""Commitments of subjects (信用承诺): made, followed up, looked at on a day; pure values in, pure values out."""
