//! Languages, as people and files name them.

use crate::text::fold;

/// The two letters of a language, and what else it is called: ISO 639-2, in English, in itself. All folded.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("en", &["eng", "english"]),
    ("de", &["deu", "ger", "german", "deutsch"]),
    ("fr", &["fra", "fre", "french", "francais"]),
    ("es", &["spa", "spanish", "espanol", "castellano"]),
    ("pt", &["por", "portuguese", "portugues"]),
    ("it", &["ita", "italian", "italiano"]),
    ("ja", &["jpn", "japanese", "日本語"]),
    ("zh", &["zho", "chi", "cmn", "chinese", "mandarin", "中文"]),
    ("ko", &["kor", "korean"]),
    ("nl", &["nld", "dut", "dutch", "nederlands"]),
    ("pl", &["pol", "polish", "polski"]),
    ("ru", &["rus", "russian", "русскии"]),
    ("uk", &["ukr", "ukrainian"]),
    ("cs", &["ces", "cze", "czech", "cestina"]),
    ("sk", &["slk", "slo", "slovak"]),
    ("sv", &["swe", "swedish", "svenska"]),
    ("no", &["nor", "norwegian", "norsk"]),
    ("da", &["dan", "danish", "dansk"]),
    ("fi", &["fin", "finnish", "suomi"]),
    ("hu", &["hun", "hungarian", "magyar"]),
    ("ro", &["ron", "rum", "romanian"]),
    ("bg", &["bul", "bulgarian"]),
    ("el", &["ell", "gre", "greek"]),
    ("tr", &["tur", "turkish", "turkce"]),
    ("he", &["heb", "hebrew", "iw"]),
    ("ar", &["ara", "arabic"]),
    ("hi", &["hin", "hindi"]),
    ("id", &["ind", "indonesian"]),
    ("vi", &["vie", "vietnamese"]),
    ("th", &["tha", "thai"]),
    ("ca", &["cat", "catalan", "catala"]),
    ("eu", &["eus", "baq", "basque"]),
];

/// A language in the one form that is compared: `en`, `en-gb`. Names and three letters become two where they are known.
pub fn language(text: &str) -> String {
    let folded = fold(text);
    let mut parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return String::new() };
    let known = LANGUAGES.iter().find(|(_, names)| names.contains(&first)).map(|(code, _)| *code);
    std::iter::once(known.unwrap_or(first)).chain(parts).collect::<Vec<_>>().join("-")
}

/// The language of a value: as [`language`], and the beginning of a name is enough. Shorter ones are codes.
pub(super) fn begun(text: &str) -> String {
    let read = language(text);
    let begins = |names: &[&str]| names.iter().any(|name| name.starts_with(&read));
    let name = LANGUAGES.iter().find(|(_, names)| read.chars().count() > 3 && begins(names));
    name.map_or(read, |(code, _)| (*code).to_owned())
}
