"""How the layout of the tables changed (库结构变更): one module a step, each with its way back, run by Alembic."""
