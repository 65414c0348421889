-- The library's tables. `reports` keeps every version of a report: old citations stay resolvable.
-- The digests of what its passages are, of where they stand and of its press items, and the seal on
-- the row and on these, are explained in accounting.py.
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE reports (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    current INTEGER NOT NULL,
    added TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT,
    country TEXT,
    period TEXT,
    published TEXT,
    accessed TEXT NOT NULL,
    url TEXT,
    language TEXT,
    licence TEXT,
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    author TEXT,
    number TEXT,
    archived TEXT,
    captured TEXT,
    passages BLOB,
    sections BLOB,
    press BLOB,
    seal BLOB,
    PRIMARY KEY (id, version)
);
CREATE INDEX reports_by_sha256 ON reports (sha256);

-- Apart, so that what is known of thousands of reports is read without their texts.
CREATE TABLE texts (
    report_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (report_id, version),
    FOREIGN KEY (report_id, version) REFERENCES reports (id, version) ON DELETE CASCADE
);

-- A number is never given twice: an index that is still open finds its passage or nothing.
-- `key` is the SHA-256 of what is searched, so that equal passages share one encoding.
CREATE TABLE passages (
    number_in_library INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    passage_id TEXT NOT NULL,
    section TEXT NOT NULL,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    source TEXT NOT NULL,
    hidden TEXT NOT NULL,
    press_date TEXT,
    press_kind TEXT,
    press_title TEXT,
    occurrence INTEGER NOT NULL,
    key BLOB NOT NULL,
    pages TEXT NOT NULL DEFAULT '[]',
    printed_number TEXT,
    label TEXT,
    notes TEXT NOT NULL DEFAULT '[]',
    seal BLOB,
    FOREIGN KEY (report_id, version) REFERENCES reports (id, version) ON DELETE CASCADE
);
-- With the section, so that filters read this index alone.
CREATE INDEX passages_by_report ON passages (report_id, version, section);
CREATE INDEX passages_by_id ON passages (passage_id);
CREATE INDEX passages_by_key ON passages (key);
CREATE INDEX press_by_report ON passages (report_id, version) WHERE press_date IS NOT NULL;

-- How the reading of a report's file went, as JSON.
CREATE TABLE extractions (
    report_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    extraction TEXT NOT NULL,
    PRIMARY KEY (report_id, version),
    FOREIGN KEY (report_id, version) REFERENCES reports (id, version) ON DELETE CASCADE
);

-- The files themselves, compressed, where a page of them can be shown: one serves all the reports
-- that were made of it.
CREATE TABLE originals (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);

-- The largest column stands last: what is before it is read without it.
CREATE TABLE encodings (
    model TEXT NOT NULL,
    key BLOB NOT NULL,
    vector BLOB NOT NULL,
    pieces BLOB NOT NULL,
    offsets BLOB NOT NULL,
    tokens BLOB NOT NULL,
    PRIMARY KEY (model, key)
);

-- SHA-256 of a vector with its pieces, which an index is built on, and of all the rest.
CREATE TABLE encoding_seals (
    model TEXT NOT NULL,
    key BLOB NOT NULL,
    vector BLOB NOT NULL,
    reading BLOB NOT NULL,
    PRIMARY KEY (model, key),
    FOREIGN KEY (model, key) REFERENCES encodings (model, key) ON DELETE CASCADE
) WITHOUT ROWID;

-- Reports that ship with Pincite and that the person removed: they do not come back by themselves.
CREATE TABLE removed (id TEXT PRIMARY KEY) WITHOUT ROWID;

-- What is left of the passages of removed reports: that they were there, without their words.
CREATE TABLE tombstones (
    passage_id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL,
    removed TEXT NOT NULL
) WITHOUT ROWID;
