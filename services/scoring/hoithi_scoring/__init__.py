"""hoithi scoring: scores, rankings, results."""
