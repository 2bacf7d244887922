"""Joint actions (联合奖惩): who asks whom for which measures, and every step of it."""
