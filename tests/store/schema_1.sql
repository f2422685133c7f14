-- The first schema of a workspace, with a document, a decided claim and a run: what an older opcon left behind.
CREATE TABLE documents (
 id INTEGER PRIMARY KEY,
 hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
 size INTEGER NOT NULL,
 added TEXT NOT NULL,
 read_with TEXT NOT NULL,
 language TEXT NOT NULL,
 format TEXT NOT NULL,
 title TEXT NOT NULL,
 author TEXT, publisher TEXT, published TEXT, category TEXT, series TEXT,
 machine_written INTEGER NOT NULL CHECK (machine_written IN (0, 1)),
 reading_minutes INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_published ON documents (published);
CREATE TABLE origins (
 document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
 origin TEXT NOT NULL, seen TEXT NOT NULL,
 PRIMARY KEY (document, origin)
) STRICT, WITHOUT ROWID;
CREATE INDEX origins_origin ON origins (origin);
CREATE TABLE contents (
 document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
 bytes BLOB NOT NULL, body TEXT NOT NULL, reading BLOB NOT NULL
) STRICT;
CREATE VIEW texts AS SELECT d.id AS id, d.title AS title, c.body AS body
 FROM documents d JOIN contents c ON c.document = d.id;
CREATE VIRTUAL TABLE words USING fts5 (title, body, content = 'texts', content_rowid = 'id', tokenize = 'opcon');
INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);
CREATE TABLE sketches (document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, sketch BLOB NOT NULL) STRICT;
CREATE TABLE bands (
 key INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
 PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE citations (
 document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, url TEXT NOT NULL,
 PRIMARY KEY (url, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE relations (
 document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
 other INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
 kind TEXT NOT NULL CHECK (kind IN ('duplicate', 'similar', 'cites', 'cites-same')), measure REAL NOT NULL,
 PRIMARY KEY (document, other, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX relations_other ON relations (other);
CREATE TABLE clashes (
 id INTEGER PRIMARY KEY,
 document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
 kind TEXT NOT NULL, first_line INTEGER NOT NULL, second_line INTEGER NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL
) STRICT;
CREATE INDEX clashes_document ON clashes (document);
CREATE TABLE claims (
 id INTEGER PRIMARY KEY,
 document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
 found INTEGER NOT NULL CHECK (found IN (0, 1)),
 sentence INTEGER NOT NULL, line INTEGER NOT NULL, first_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL,
 text TEXT NOT NULL, milestone TEXT NOT NULL, step TEXT NOT NULL,
 start TEXT, end TEXT, modality TEXT NOT NULL,
 hedge INTEGER NOT NULL, forward INTEGER NOT NULL, negated INTEGER NOT NULL, delayed INTEGER NOT NULL,
 speaker TEXT NOT NULL, holder TEXT NOT NULL,
 decision TEXT NOT NULL DEFAULT 'new' CHECK (decision IN ('new', 'accepted', 'corrected', 'rejected')),
 decided TEXT, note TEXT,
 own_milestone TEXT, own_start TEXT, own_end TEXT, own_modality TEXT, own_speaker TEXT, own_holder TEXT
) STRICT;
CREATE INDEX claims_document ON claims (document);
CREATE INDEX claims_milestone ON claims (milestone);
CREATE TABLE texts_of_runs (hash BLOB PRIMARY KEY CHECK (length(hash) = 32), text BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE runs (
 id INTEGER PRIMARY KEY, made TEXT NOT NULL, opcon TEXT NOT NULL, scenario TEXT NOT NULL, digest TEXT NOT NULL,
 results_digest TEXT NOT NULL, seed INTEGER NOT NULL, runs INTEGER NOT NULL, counted INTEGER NOT NULL,
 as_of TEXT NOT NULL, settings TEXT NOT NULL, results TEXT NOT NULL
) STRICT;
CREATE TABLE run_files (
 run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, place INTEGER NOT NULL, name TEXT NOT NULL,
 hash BLOB NOT NULL REFERENCES texts_of_runs (hash), PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;

INSERT INTO documents (id, hash, size, added, read_with, language, format, title, published, machine_written, reading_minutes)
  VALUES (7, zeroblob(32), 5, '2026-01-01T00:00:00Z', 'old', 'ja', 'text', '台湾海峡の演習', '2026-01-01', 0, 1);
INSERT INTO contents VALUES (7, x'68656c6c6f', '演習は十月に行われる。', x'02000000000000007801abae0500017500f9');
INSERT INTO words (rowid, title, body) VALUES (7, '台湾海峡の演習', '演習は十月に行われる。');
INSERT INTO claims (id, document, found, sentence, line, first_byte, end_byte, text, milestone, step, start, end, modality, hedge,
  forward, negated, delayed, speaker, holder, decision, decided)
  VALUES (3, 7, 1, 1, 1, 0, 5, '演習は十月', 'foc', '', '2026-10-01', '2026-10-31', 'planned', 0, 1, 0, 0, '', 'mnd', 'accepted',
  '2026-01-02T00:00:00Z');
INSERT INTO runs VALUES (1, '2026-01-03T00:00:00Z', '0.1.0', 'rok-us', 'aa', 'bb', 1, 1000, 1000, '2026-01-01', '', '{}');
PRAGMA user_version = 1;
PRAGMA application_id = 1330660174;
