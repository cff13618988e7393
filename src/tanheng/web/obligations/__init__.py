"""What is demanded: targets with where they stand, and tasks with what departments report of them.

A progress note goes through `records.task_reports`; nothing else is written here but a reader's own filters.
"""
