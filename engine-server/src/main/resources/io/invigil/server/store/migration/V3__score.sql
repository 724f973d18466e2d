-- What the alerts of a session that is over add up to: JSON, see ScoreText. Nothing for a session that goes on, and for one that
-- ended before this column was there, until somebody asks for it.
ALTER TABLE session ADD COLUMN score TEXT;
