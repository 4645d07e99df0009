"""What an operator wants counted of emulation."""

from prometheus_client import Counter, Gauge

from hoithi_emulation.domain import assessment, campaign

ACTS = Counter("hoithi_emulation_acts_total", "Assessments handed in, confirmed, given back", ("what",))
FILES = Counter("hoithi_emulation_evidence_files_total", "Evidence files by what became of them", ("outcome",))
FETCHES = Counter("hoithi_emulation_results_fetches_total", "Tries to fetch official results", ("outcome",))
FORGOTTEN = Counter("hoithi_emulation_forgotten_total", "Individuals forgotten twelve months after the decision")
EXPORTS = Counter("hoithi_emulation_exports_total", "Files for the yearly evaluation and lists on paper", ("what",))
CAMPAIGNS = Gauge("hoithi_emulation_campaigns", "Campaigns by state; use max", ("state",))
ASSESSMENTS = Gauge("hoithi_emulation_assessments", "Assessments by state; use max", ("state",))
MISSING_RESULTS = Gauge("hoithi_emulation_missing_results", "Official rounds whose results are not here; use max")


def show(campaigns: list, tally: dict[str, int], missing: int) -> None:
    """Gauges from state: every replica shows the same."""
    for state in campaign.STATES:
        CAMPAIGNS.labels(state).set(sum(each.state == state for each in campaigns))
    for state in assessment.STATES:
        ASSESSMENTS.labels(state).set(tally.get(state, 0))
    MISSING_RESULTS.set(missing)
