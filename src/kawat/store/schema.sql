-- A Kawat store, version 1. Spans are half-open [start, end) code-point offsets into reports.text.
-- `report` in other tables is reports.report; records of replaced versions stay, `latest` tells which report counts.

CREATE TABLE reports (
    report INTEGER PRIMARY KEY,
    key TEXT NOT NULL,              -- URL, or file and id: what stays the same when the text changes
    version INTEGER NOT NULL,       -- 1, 2, … of the same key
    latest INTEGER NOT NULL,        -- 1 for the newest version of its key
    digest BLOB NOT NULL,           -- of all that a reading depends on
    id TEXT NOT NULL,
    url TEXT,
    outlet TEXT,
    language TEXT,
    title TEXT,
    authors TEXT NOT NULL,          -- JSON list
    tags TEXT NOT NULL,             -- JSON list, the site's own
    published_start TEXT,
    published_end TEXT,
    published_precision TEXT,
    published_basis TEXT,
    published_span TEXT,            -- JSON span, where the text itself tells the day
    modified TEXT,                  -- JSON When
    fetched TEXT,
    added TEXT NOT NULL,            -- when it was taken in, UTC
    place TEXT NOT NULL,            -- where it was taken from
    text TEXT NOT NULL,
    given_language TEXT,            -- what the input said; `language` is what it was read in
    packs TEXT NOT NULL,            -- JSON {language: pack version}
    reader TEXT NOT NULL,           -- version of Kawat
    notes TEXT NOT NULL,            -- JSON list of messages
    UNIQUE (key, version)
);
CREATE INDEX reports_by_digest ON reports (digest);
CREATE INDEX reports_by_day ON reports (published_start);
CREATE INDEX reports_by_id ON reports (id);

CREATE TABLE raw (                  -- pages as they came, with --keep-raw
    report INTEGER PRIMARY KEY REFERENCES reports (report),
    charset TEXT,
    body BLOB NOT NULL              -- zstd
);

CREATE TABLE seen (                 -- digests of inputs that need not be looked at again
    digest BLOB PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (report)
) WITHOUT ROWID;

CREATE TABLE pieces (
    report INTEGER NOT NULL REFERENCES reports (report),
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE INDEX pieces_by_report ON pieces (report);

CREATE TABLE actors (               -- as one report has them
    report INTEGER NOT NULL REFERENCES reports (report),
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    country_basis TEXT,
    country_start INTEGER,
    country_end INTEGER,
    sector TEXT,
    UNIQUE (report, actor)
);

CREATE TABLE names (                -- every place that names an actor, with the words
    report INTEGER NOT NULL REFERENCES reports (report),
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE INDEX names_by_report ON names (report);

CREATE TABLE roles (                -- what a report calls a person
    report INTEGER NOT NULL REFERENCES reports (report),
    actor TEXT NOT NULL,
    title TEXT NOT NULL,
    office TEXT,
    country TEXT,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE INDEX roles_by_report ON roles (report);

CREATE TABLE statements (
    statement INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (report),
    id TEXT NOT NULL,
    speaker TEXT,
    source_start INTEGER,
    source_end INTEGER,
    kind TEXT NOT NULL,
    cue_start INTEGER,
    cue_end INTEGER,
    content TEXT NOT NULL,          -- JSON list of spans
    "to" TEXT,
    via TEXT,
    about TEXT NOT NULL,            -- JSON list of actor ids
    rule TEXT NOT NULL
);
CREATE INDEX statements_by_report ON statements (report);
CREATE INDEX statements_by_speaker ON statements (speaker);

CREATE TABLE events (
    event INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (report),
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,         -- JSON list
    date_start TEXT,
    date_end TEXT,
    date_precision TEXT,
    date_basis TEXT,
    date_span_start INTEGER,
    date_span_end INTEGER,
    place TEXT,
    place_start INTEGER,
    place_end INTEGER,
    status TEXT NOT NULL,
    asserted_by TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    evidence TEXT NOT NULL,         -- JSON list of spans
    score REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX events_by_report ON events (report);
CREATE INDEX events_by_day ON events (date_start);

CREATE TABLE parties (              -- of an event, in their order
    event INTEGER NOT NULL REFERENCES events (event),
    place INTEGER NOT NULL,
    side TEXT NOT NULL,             -- actor or recipient
    actor TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    PRIMARY KEY (event, place)
) WITHOUT ROWID;

CREATE TABLE pairs (                -- who to whom, for look-up: actors themselves and the states that they belong to; '' is anybody
    actor TEXT NOT NULL,
    other TEXT NOT NULL,
    date TEXT NOT NULL,             -- '' where unknown
    event INTEGER NOT NULL REFERENCES events (event),
    direction INTEGER NOT NULL,     -- 1: actor does it to other, -1: other to actor, 0: both together; actor < other
    PRIMARY KEY (actor, other, date, event)
) WITHOUT ROWID;

CREATE TABLE relations (
    relation INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (report),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    parties TEXT NOT NULL,          -- JSON list of actor ids
    since TEXT,                     -- JSON When
    asserted_by TEXT NOT NULL,
    evidence TEXT NOT NULL,         -- JSON list of spans
    rule TEXT NOT NULL
);
CREATE INDEX relations_by_report ON relations (report);

CREATE TABLE provenance (
    report INTEGER NOT NULL REFERENCES reports (report),
    name TEXT NOT NULL,
    relation TEXT NOT NULL,
    outlet TEXT,
    language TEXT,
    url TEXT,
    start INTEGER,
    "end" INTEGER,
    rule TEXT NOT NULL
);
CREATE INDEX provenance_by_report ON provenance (report);
CREATE INDEX provenance_by_name ON provenance (name);

CREATE TABLE failures (             -- what could not be read and why; gone once it could
    place TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    times INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE visits (               -- what is known of a URL since it was last asked for
    url TEXT PRIMARY KEY,
    fetched TEXT NOT NULL,
    status INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    tries INTEGER NOT NULL
) WITHOUT ROWID;

-- Full text, folded by kawat.store.fold (both sides): no marks on Latin letters, ё as е, Han characters in pairs.
CREATE VIRTUAL TABLE text_index USING fts5 (title, text, content = '', tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE quote_index USING fts5 (quote, content = '', tokenize = 'unicode61 remove_diacritics 0');

-- For people: names instead of ids, words instead of spans, the newest version of each report.
CREATE VIEW report_list AS
SELECT r.report, r.published_start AS published, r.outlet, r.language, r.title, r.url,
    (SELECT count(*) FROM events e WHERE e.report = r.report) AS events,
    (SELECT count(*) FROM statements s WHERE s.report = r.report) AS statements,
    (SELECT group_concat(p.relation || ' ' || p.name, '; ') FROM provenance p WHERE p.report = r.report) AS sources,
    r.version, r.added, r.id, r.text
FROM reports r WHERE r.latest;

CREATE VIEW event_list AS
SELECT e.event, e.date_start AS date, e.date_precision AS precision, e.type, e.mode,
    (SELECT group_concat(coalesce(a.name, p.actor), '; ') FROM parties p LEFT JOIN actors a ON a.report = e.report AND a.actor = p.actor
        WHERE p.event = e.event AND p.side = 'actor') AS actors,
    (SELECT group_concat(coalesce(a.name, p.actor), '; ') FROM parties p LEFT JOIN actors a ON a.report = e.report AND a.actor = p.actor
        WHERE p.event = e.event AND p.side = 'recipient') AS recipients,
    e.place, e.status,
    CASE e.asserted_by WHEN 'narrator' THEN NULL ELSE coalesce(s.name, e.asserted_by) END AS according_to,
    substr(r.text, e.trigger_start + 1, e.trigger_end - e.trigger_start) AS words,
    (SELECT group_concat(substr(r.text, json_extract(j.value, '$[0]') + 1, json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(e.evidence) j) AS evidence,
    e.score, r.outlet, r.language, r.published_start AS published, r.title, r.url, e.rule, e.report
FROM events e JOIN reports r ON r.report = e.report AND r.latest
LEFT JOIN actors s ON s.report = e.report AND s.actor = e.asserted_by;

CREATE VIEW statement_list AS
SELECT t.statement, coalesce(s.name, t.speaker) AS speaker,
    substr(r.text, t.source_start + 1, t.source_end - t.source_start) AS called,
    t.kind, substr(r.text, t.cue_start + 1, t.cue_end - t.cue_start) AS cue,
    (SELECT group_concat(substr(r.text, json_extract(j.value, '$[0]') + 1, json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(t.content) j) AS content,
    t."to", t.via, t.about, r.outlet, r.language, r.published_start AS published, r.title, r.url, t.rule, t.report
FROM statements t JOIN reports r ON r.report = t.report AND r.latest
LEFT JOIN actors s ON s.report = t.report AND s.actor = t.speaker;

CREATE VIEW actor_list AS
SELECT a.actor, max(a.kind) AS kind, max(a.country) AS country, count(*) AS reports,
    group_concat(DISTINCT a.name) AS names
FROM actors a JOIN reports r ON r.report = a.report AND r.latest GROUP BY a.actor;

CREATE VIEW relation_list AS
SELECT l.relation, l.kind, l.name, l.parties, json_extract(l.since, '$.start') AS since,
    CASE l.asserted_by WHEN 'narrator' THEN NULL ELSE coalesce(s.name, l.asserted_by) END AS according_to,
    (SELECT group_concat(substr(r.text, json_extract(j.value, '$[0]') + 1, json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(l.evidence) j) AS evidence,
    r.outlet, r.published_start AS published, r.title, r.url, l.report
FROM relations l JOIN reports r ON r.report = l.report AND r.latest
LEFT JOIN actors s ON s.report = l.report AND s.actor = l.asserted_by;

CREATE VIEW provenance_list AS
SELECT r.outlet, p.relation, p.name AS source, substr(r.text, p.start + 1, p."end" - p.start) AS words, r.published_start AS published, r.title,
    r.url, p.report
FROM provenance p JOIN reports r ON r.report = p.report AND r.latest;
