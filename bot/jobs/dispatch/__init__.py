"""Jobs on Postgres: PgQueuer tells workers which job is theirs, the row of the job stays the truth.

Accepting writes the row and nothing else. Right after the commit a `Dispatcher` hands it on, in a
transaction of its own that nobody waits for: `handed_at` is set and PgQueuer is given an entry with
the job's number. An engine in any worker takes the row, carries it out and ends it in one commit
with what it brought forth. So an entry that comes twice, or late, finds a row that is not for it.
"""
