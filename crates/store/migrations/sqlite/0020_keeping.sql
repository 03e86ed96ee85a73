-- Whether a job is still to be done about an entry or a call is asked before either is deleted.
CREATE INDEX jobs_by_subject ON jobs (subject);
