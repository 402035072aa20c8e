"""The audit: what a careful reader would send a report back for, each finding with its passage and its reason."""
