-- What a library of schema 3 lacks. A passage whose seal holds is sealed anew with its key; what is
-- stored of reports and encodings is sealed as it stands. The functions are the library's own.
UPDATE passages AS p SET seal = (
    SELECT sha256_of(
        r.id, r.title, r.publisher, r.country, r.period, r.published, r.accessed, r.url,
        r.language, r.licence, r.kind, r.sha256, r.author, r.number, r.archived, r.captured,
        p.report_id, p.passage_id, p.section, p.number, p.start, p.stop, p.source, p.hidden,
        p.press_date, p.press_kind, p.press_title, p.occurrence, p.key, p.pages,
        p.printed_number, p.label, p.notes
    ) FROM reports r WHERE r.id = p.report_id AND r.version = p.version
) WHERE p.seal IS (
    SELECT sha256_of(
        r.id, r.title, r.publisher, r.country, r.period, r.published, r.accessed, r.url,
        r.language, r.licence, r.kind, r.sha256, r.author, r.number, r.archived, r.captured,
        p.report_id, p.passage_id, p.section, p.number, p.start, p.stop, p.source, p.hidden,
        p.press_date, p.press_kind, p.press_title, p.occurrence, p.pages,
        p.printed_number, p.label, p.notes
    ) FROM reports r WHERE r.id = p.report_id AND r.version = p.version
);
ALTER TABLE reports ADD COLUMN passages BLOB;
ALTER TABLE reports ADD COLUMN sections BLOB;
ALTER TABLE reports ADD COLUMN press BLOB;
ALTER TABLE reports ADD COLUMN seal BLOB;
UPDATE reports SET
    passages = (
        SELECT coalesce(digest_of(p.number_in_library, p.seal), x'')
        FROM passages p WHERE p.report_id = reports.id AND p.version = reports.version
    ),
    sections = (
        SELECT coalesce(digest_of(p.number_in_library, p.section), x'')
        FROM passages p WHERE p.report_id = reports.id AND p.version = reports.version
    ),
    press = (
        SELECT coalesce(digest_of(p.number_in_library, p.press_date || p.source), x'')
        FROM passages p WHERE p.report_id = reports.id AND p.version = reports.version
        AND p.press_date IS NOT NULL
    );
UPDATE reports AS r SET seal = sha256_of(
    r.id, r.title, r.publisher, r.country, r.period, r.published, r.accessed, r.url,
    r.language, r.licence, r.kind, r.sha256, r.author, r.number, r.archived, r.captured,
    r.version, r.current, r.added, r.passages, r.sections, r.press
);
INSERT INTO settings SELECT 'contents', sum_of(seal) FROM (
    SELECT seal FROM reports UNION ALL SELECT sha256_of('removed', id) FROM removed
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
INSERT INTO encoding_seals SELECT
    model, key, sha256_of_bytes(model, key, vector, pieces),
    sha256_of_bytes(model, key, offsets, tokens)
FROM encodings;
