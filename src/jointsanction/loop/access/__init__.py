"""Who may do what (权限): accounts, their keys, their roles."""
