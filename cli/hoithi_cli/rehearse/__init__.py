"""The rehearsal: `people` and `plan` decide (pure), `guest` and `play` act, `weekly_check` judges, `report` tells."""
