"""Repair, objection, exit and reorganisation (信用修复、异议、移出、破产重整): what follows what, and means."""
