"""A short selection of faults on the platform of this test run; `make faults` is the long one."""

KINDS = (
    "process-kill,process-terminate,process-pause,replicas-kill,broker-kill,poison-event,duplicate-events,late-events,"
    "front-worker-kill"
)
PATIENCE_S = "150"


def test_no_receipt_is_lost_doubled_or_altered_by_faults(faults):
    code, printed, report = faults(
        "--faults", "9", "--seed", "3", "--kinds", KINDS, "--round", "12", "--people", "20", "--threads", "4",
        "--longest-hold", "4", "--patience", PATIENCE_S,
    )  # fmt: skip
    assert code == 0 and report["ok"], printed
    assert len(report["injected"]) == 9
    assert report["verdict"]["counts"]["receipts"] > 50
