"""What an operator wants counted of printing."""

from prometheus_client import Counter, Histogram

DOCUMENTS = Counter("hoithi_print_documents_total", "Documents asked of the press", ("template", "outcome"))
SECONDS = Histogram(
    "hoithi_print_seconds", "Time to set a document", ("template",), buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
)
