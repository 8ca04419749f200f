//! The tables, and the way from each version of them to the next.

/// What says that a database is a library of cuepoint's: `cuep` as a number.
pub(super) const APPLICATION: i32 = 0x6375_6570;

/// What makes each version out of the one before it; the first makes the tables in an empty file. A step that was released is
/// never changed.
pub(super) const STEPS: &[&str] = &[FIRST];

/// Times are milliseconds since 1970, seconds of recordings are whole.
///
/// A talk is what it was when it was last seen, by which it is found again (`attach`); `was` is its id before it was found under
/// another one. A row that holds no mark any more may stay: it is listed nowhere. Numbers of talks and notes are never given
/// twice, so that taking back a change cannot meet a stranger.
const FIRST: &str = "
CREATE TABLE talk (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  was TEXT,
  title TEXT NOT NULL,
  by_line TEXT NOT NULL,
  series TEXT NOT NULL,
  event TEXT NOT NULL,
  date TEXT NOT NULL,
  provider TEXT,
  recording TEXT,
  start INTEGER,
  url TEXT,
  starred INTEGER,
  watched INTEGER,
  position INTEGER,
  position_at INTEGER
) STRICT;
CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  talk INTEGER NOT NULL REFERENCES talk ON DELETE CASCADE,
  at INTEGER,
  text TEXT NOT NULL,
  written INTEGER NOT NULL
) STRICT;
CREATE INDEX note_talk ON note (talk);
CREATE TABLE queue (
  place INTEGER PRIMARY KEY,
  talk INTEGER NOT NULL UNIQUE REFERENCES talk ON DELETE CASCADE
) STRICT;
CREATE TABLE visit (
  talk INTEGER NOT NULL REFERENCES talk ON DELETE CASCADE,
  at INTEGER NOT NULL,
  PRIMARY KEY (talk, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE playlist (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE playlist_talk (
  playlist INTEGER NOT NULL REFERENCES playlist ON DELETE CASCADE,
  place INTEGER NOT NULL,
  talk INTEGER NOT NULL REFERENCES talk ON DELETE CASCADE,
  PRIMARY KEY (playlist, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX playlist_talk_talk ON playlist_talk (talk);
";
