-- What a library of schema 2 lacks. No reader of its time knew pages: the column is empty.
ALTER TABLE passages DROP COLUMN page;
ALTER TABLE passages ADD COLUMN pages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE passages ADD COLUMN printed_number TEXT;
ALTER TABLE passages ADD COLUMN label TEXT;
ALTER TABLE passages ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';
CREATE TABLE extractions (
    report_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    extraction TEXT NOT NULL,
    PRIMARY KEY (report_id, version),
    FOREIGN KEY (report_id, version) REFERENCES reports (id, version) ON DELETE CASCADE
);
CREATE TABLE originals (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);
ALTER TABLE reports ADD COLUMN author TEXT;
ALTER TABLE reports ADD COLUMN number TEXT;
ALTER TABLE reports ADD COLUMN archived TEXT;
ALTER TABLE reports ADD COLUMN captured TEXT;
CREATE TABLE tombstones (
    passage_id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL,
    removed TEXT NOT NULL
) WITHOUT ROWID;
-- What was stored before is sealed as it stands; the function is the library's own.
ALTER TABLE passages ADD COLUMN seal BLOB;
UPDATE passages SET seal = (
    SELECT sha256_of(
        r.id, r.title, r.publisher, r.country, r.period, r.published, r.accessed, r.url,
        r.language, r.licence, r.kind, r.sha256, r.author, r.number, r.archived, r.captured,
        passages.report_id, passages.passage_id, passages.section, passages.number,
        passages.start, passages.stop, passages.source, passages.hidden, passages.press_date,
        passages.press_kind, passages.press_title, passages.occurrence, passages.pages,
        passages.printed_number, passages.label, passages.notes
    ) FROM reports r WHERE r.id = passages.report_id AND r.version = passages.version
);
