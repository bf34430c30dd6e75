"""A report for people at a terminal, and for programs: JSON, SARIF 2.1.0, JUnit."""
