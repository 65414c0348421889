-- What a library of schema 1 lacks.
CREATE INDEX reports_by_sha256 ON reports (sha256);
CREATE TABLE texts (
    report_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (report_id, version),
    FOREIGN KEY (report_id, version) REFERENCES reports (id, version) ON DELETE CASCADE
);
INSERT INTO texts SELECT id, version, text FROM reports;
ALTER TABLE reports DROP COLUMN text;
DROP INDEX passages_by_report;
CREATE INDEX passages_by_report ON passages (report_id, version, section);
CREATE INDEX passages_by_key ON passages (key);
CREATE INDEX press_by_report ON passages (report_id, version) WHERE press_date IS NOT NULL;
