"""Submissions and services in the words of the national data model (政府相互運用性フレームワーク)."""
