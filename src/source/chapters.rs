//! Chapters: titled cues that publishers put on recordings, and those written into descriptions.
