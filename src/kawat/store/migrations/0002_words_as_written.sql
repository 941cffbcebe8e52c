-- Words with marks stand in the full-text index as they are written too (`written`), so that they come before what only meets without
-- marks. kawat.store.index.refold fills both tables where `folding` is empty.
DROP TABLE text_index;
DROP TABLE quote_index;
CREATE VIRTUAL TABLE text_index USING fts5 (title, text, written, content = '', tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE quote_index USING fts5 (quote, written, content = '', tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO text_index (text_index, rank) VALUES ('rank', 'bm25(2.0, 1.0, 3.0)');
INSERT INTO quote_index (quote_index, rank) VALUES ('rank', 'bm25(1.0, 3.0)');
CREATE TABLE folding (              -- how the words of the full-text index are folded
    version TEXT NOT NULL           -- kawat.store.fold.version()
);
