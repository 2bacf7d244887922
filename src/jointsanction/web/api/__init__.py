"""The routes of the API (接口), by what they are about."""
