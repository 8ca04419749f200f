//! Languages, however people and archives name them: the tag of BCP 47 that a talk keeps, and the form in which two are compared.

use crate::text::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The two letters of a language, and what else it is called, in lower case: ISO 639-2, in English, in itself, by two letters
/// that are no longer used. The most frequent stand first.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("en", &["eng", "english"]),
    ("ja", &["jpn", "japanese", "日本語"]),
    ("es", &["spa", "spanish", "castilian", "español", "castellano"]),
    ("fr", &["fra", "fre", "french", "français"]),
    ("pt", &["por", "portuguese", "português"]),
    ("de", &["deu", "ger", "german", "deutsch"]),
    ("aa", &["aar", "afar"]),
    ("ab", &["abk", "abkhazian"]),
    ("ae", &["ave", "avestan"]),
    ("af", &["afr", "afrikaans"]),
    ("ak", &["aka", "akan"]),
    ("am", &["amh", "amharic"]),
    ("an", &["arg", "aragonese"]),
    ("ar", &["ara", "arabic", "العربية"]),
    ("as", &["asm", "assamese"]),
    ("av", &["ava", "avaric"]),
    ("ay", &["aym", "aymara"]),
    ("az", &["aze", "azerbaijani"]),
    ("ba", &["bak", "bashkir"]),
    ("be", &["bel", "belarusian"]),
    ("bg", &["bul", "bulgarian", "български"]),
    ("bh", &["bih", "bihari languages"]),
    ("bi", &["bis", "bislama"]),
    ("bm", &["bam", "bambara"]),
    ("bn", &["ben", "bengali"]),
    ("bo", &["bod", "tib", "tibetan"]),
    ("br", &["bre", "breton"]),
    ("bs", &["bos", "bosnian"]),
    ("ca", &["cat", "catalan", "català", "valencian"]),
    ("ce", &["che", "chechen"]),
    ("ch", &["cha", "chamorro"]),
    ("co", &["cos", "corsican"]),
    ("cr", &["cre", "cree"]),
    ("cs", &["ces", "cze", "czech", "čeština"]),
    ("cu", &["chu", "church slavic"]),
    ("cv", &["chv", "chuvash"]),
    ("cy", &["cym", "wel", "welsh"]),
    ("da", &["dan", "danish", "dansk"]),
    ("dv", &["div", "divehi"]),
    ("dz", &["dzo", "dzongkha"]),
    ("ee", &["ewe"]),
    ("el", &["ell", "gre", "greek", "ελληνικά"]),
    ("eo", &["epo", "esperanto"]),
    ("et", &["est", "estonian", "eesti"]),
    ("eu", &["eus", "baq", "basque", "euskara"]),
    ("fa", &["fas", "per", "persian", "farsi"]),
    ("ff", &["ful", "fulah"]),
    ("fi", &["fin", "finnish", "suomi"]),
    ("fj", &["fij", "fijian"]),
    ("fo", &["fao", "faroese"]),
    ("fy", &["fry", "western frisian"]),
    ("ga", &["gle", "irish"]),
    ("gd", &["gla", "gaelic"]),
    ("gl", &["glg", "galician", "galego"]),
    ("gn", &["grn", "guarani"]),
    ("gu", &["guj", "gujarati"]),
    ("gv", &["glv", "manx"]),
    ("ha", &["hau", "hausa"]),
    ("he", &["heb", "hebrew", "iw", "עברית"]),
    ("hi", &["hin", "hindi", "हिन्दी"]),
    ("ho", &["hmo", "hiri motu"]),
    ("hr", &["hrv", "croatian", "hrvatski"]),
    ("ht", &["hat", "haitian"]),
    ("hu", &["hun", "hungarian", "magyar"]),
    ("hy", &["hye", "arm", "armenian"]),
    ("hz", &["her", "herero"]),
    ("ia", &["ina", "interlingua"]),
    ("id", &["ind", "indonesian", "in"]),
    ("ie", &["ile", "interlingue"]),
    ("ig", &["ibo", "igbo"]),
    ("ii", &["iii", "sichuan yi"]),
    ("ik", &["ipk", "inupiaq"]),
    ("io", &["ido"]),
    ("is", &["isl", "ice", "icelandic", "íslenska"]),
    ("it", &["ita", "italian", "italiano"]),
    ("iu", &["iku", "inuktitut"]),
    ("jv", &["jav", "javanese"]),
    ("ka", &["kat", "geo", "georgian"]),
    ("kg", &["kon", "kongo"]),
    ("ki", &["kik", "kikuyu"]),
    ("kj", &["kua", "kuanyama"]),
    ("kk", &["kaz", "kazakh"]),
    ("kl", &["kal", "kalaallisut"]),
    ("km", &["khm", "central khmer"]),
    ("kn", &["kan", "kannada"]),
    ("ko", &["kor", "korean", "한국어"]),
    ("kr", &["kau", "kanuri"]),
    ("ks", &["kas", "kashmiri"]),
    ("ku", &["kur", "kurdish"]),
    ("kv", &["kom", "komi"]),
    ("kw", &["cor", "cornish"]),
    ("ky", &["kir", "kirghiz"]),
    ("la", &["lat", "latin"]),
    ("lb", &["ltz", "luxembourgish"]),
    ("lg", &["lug", "ganda"]),
    ("li", &["lim", "limburgan"]),
    ("ln", &["lin", "lingala"]),
    ("lo", &["lao"]),
    ("lt", &["lit", "lithuanian", "lietuvių"]),
    ("lu", &["lub", "luba-katanga"]),
    ("lv", &["lav", "latvian", "latviešu"]),
    ("mg", &["mlg", "malagasy"]),
    ("mh", &["mah", "marshallese"]),
    ("mi", &["mri", "mao", "maori"]),
    ("mk", &["mkd", "mac", "macedonian"]),
    ("ml", &["mal", "malayalam"]),
    ("mn", &["mon", "mongolian"]),
    ("mr", &["mar", "marathi"]),
    ("ms", &["msa", "may", "malay"]),
    ("mt", &["mlt", "maltese"]),
    ("my", &["mya", "bur", "burmese"]),
    ("na", &["nau", "nauru"]),
    ("nb", &["nob", "bokmål", "norwegian bokmål"]),
    ("nd", &["nde", "north ndebele"]),
    ("ne", &["nep", "nepali"]),
    ("ng", &["ndo", "ndonga"]),
    ("nl", &["nld", "dut", "dutch", "nederlands", "flemish"]),
    ("nn", &["nno", "norwegian nynorsk"]),
    ("no", &["nor", "norwegian", "norsk"]),
    ("nr", &["nbl", "south ndebele"]),
    ("nv", &["nav", "navajo"]),
    ("ny", &["nya", "chichewa"]),
    ("oc", &["oci", "occitan"]),
    ("oj", &["oji", "ojibwa"]),
    ("om", &["orm", "oromo"]),
    ("or", &["ori", "oriya"]),
    ("os", &["oss", "ossetian"]),
    ("pa", &["pan", "panjabi"]),
    ("pi", &["pli", "pali"]),
    ("pl", &["pol", "polish", "polski"]),
    ("ps", &["pus", "pushto"]),
    ("qu", &["que", "quechua"]),
    ("rm", &["roh", "romansh"]),
    ("rn", &["run", "rundi"]),
    ("ro", &["ron", "rum", "romanian", "română"]),
    ("ru", &["rus", "russian", "русский"]),
    ("rw", &["kin", "kinyarwanda"]),
    ("sa", &["san", "sanskrit"]),
    ("sc", &["srd", "sardinian"]),
    ("sd", &["snd", "sindhi"]),
    ("se", &["sme", "northern sami"]),
    ("sg", &["sag", "sango"]),
    ("si", &["sin", "sinhala"]),
    ("sk", &["slk", "slo", "slovak", "slovenčina"]),
    ("sl", &["slv", "slovenian", "slovenščina"]),
    ("sm", &["smo", "samoan"]),
    ("sn", &["sna", "shona"]),
    ("so", &["som", "somali"]),
    ("sq", &["sqi", "alb", "albanian"]),
    ("sr", &["srp", "serbian", "српски"]),
    ("ss", &["ssw", "swati"]),
    ("st", &["sot", "sotho"]),
    ("su", &["sun", "sundanese"]),
    ("sv", &["swe", "swedish", "svenska"]),
    ("sw", &["swa", "swahili"]),
    ("ta", &["tam", "tamil"]),
    ("te", &["tel", "telugu"]),
    ("tg", &["tgk", "tajik"]),
    ("th", &["tha", "thai", "ไทย"]),
    ("ti", &["tir", "tigrinya"]),
    ("tk", &["tuk", "turkmen"]),
    ("tl", &["tgl", "tagalog"]),
    ("tn", &["tsn", "tswana"]),
    ("to", &["ton", "tonga"]),
    ("tr", &["tur", "turkish", "türkçe"]),
    ("ts", &["tso", "tsonga"]),
    ("tt", &["tat", "tatar"]),
    ("tw", &["twi"]),
    ("ty", &["tah", "tahitian"]),
    ("ug", &["uig", "uighur"]),
    ("uk", &["ukr", "ukrainian", "українська"]),
    ("ur", &["urd", "urdu"]),
    ("uz", &["uzb", "uzbek"]),
    ("ve", &["ven", "venda"]),
    ("vi", &["vie", "vietnamese", "tiếng việt"]),
    ("vo", &["vol", "volapük"]),
    ("wa", &["wln", "walloon"]),
    ("wo", &["wol", "wolof"]),
    ("xh", &["xho", "xhosa"]),
    ("yi", &["yid", "yiddish", "ji"]),
    ("yo", &["yor", "yoruba"]),
    ("za", &["zha", "zhuang"]),
    ("zh", &["zho", "chi", "chinese", "cmn", "mandarin", "中文"]),
    ("zu", &["zul", "zulu"]),
];

/// The two letters of a language by each of its names, as [`plain`] makes them.
static NAMED: LazyLock<HashMap<String, &str>> =
    LazyLock::new(|| LANGUAGES.iter().flat_map(|(code, names)| names.iter().map(|name| (plain(name), *code))).collect());

/// The BCP 47 tag of a language that is named in English or in itself (`Japanese`), by a code of ISO 639-2 (`deu`), or by a
/// tag already (`pt_br` is mended to `pt-BR`). Nothing for what is none of these.
pub fn tag(name: &str) -> Option<String> {
    let name = name.trim();
    if name.eq_ignore_ascii_case("und") {
        return None;
    }
    if let Some(code) = NAMED.get(plain(name).as_str()) {
        return Some((*code).to_owned());
    }
    let mut parts = name.split(['-', '_']);
    let first = parts.next().filter(|first| (2..=3).contains(&first.len()) && letters(first))?.to_ascii_lowercase();
    let mut tag = NAMED.get(&first).map_or(first, |code| (*code).to_owned());
    let mut private = false;
    for part in parts {
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        tag.push_str(&subtag(part, private));
        private |= part.len() == 1;
    }
    Some(tag)
}

/// A language in the one form that is compared: `en`, `en-gb`. What is not known stays, folded; nothing is left of what holds no
/// letter.
pub fn comparable(text: &str) -> String {
    let plain = plain(text);
    if let Some(code) = NAMED.get(&plain) {
        return (*code).to_owned();
    }
    match plain.split_once('-') {
        Some((first, rest)) if NAMED.contains_key(first) => format!("{}-{rest}", NAMED[first]),
        _ => plain,
    }
}

/// The same of what is still being typed: the beginning of a name is enough. Up to three letters are a code. Of several names
/// that begin so the shortest is meant: the others are typed on.
pub fn begun(text: &str) -> String {
    let plain = plain(text);
    let is_name = plain.chars().count() > 3 && !NAMED.contains_key(&plain);
    let names = NAMED.iter().filter(|(name, _)| is_name && name.starts_with(&plain));
    let shortest = names.min_by_key(|(name, _)| (name.chars().count(), name.as_str()));
    shortest.map_or_else(|| comparable(text), |(_, code)| (*code).to_owned())
}

/// Folded, and nothing but a hyphen between its words.
fn plain(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

fn letters(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Scripts are written `Hans`, regions `BR`, all else in lower case; behind a single letter nothing is either.
fn subtag(part: &str, private: bool) -> String {
    match part.len() {
        2 if !private && letters(part) => part.to_ascii_uppercase(),
        4 if !private && letters(part) => part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase(),
        _ => part.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_and_codes_become_tags() {
        for (name, expected) in [
            ("English", "en"),
            (" japanese ", "ja"),
            ("Español", "es"),
            ("ČEŠTINA", "cs"),
            ("deu", "de"),
            ("GER", "de"),
            ("日本語", "ja"),
            ("gsw", "gsw"),
            ("en", "en"),
            ("EN", "en"),
            ("pt_br", "pt-BR"),
            ("eng-gb", "en-GB"),
            ("zh-hans-cn", "zh-Hans-CN"),
            ("de-1996", "de-1996"),
            ("de-x-ab", "de-x-ab"),
        ] {
            assert_eq!(tag(name).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn languages_are_compared_alike() {
        for (text, expected) in [
            ("en", "en"),
            ("English", "en"),
            ("eng", "en"),
            ("en_US", "en-us"),
            ("eng-US", "en-us"),
            ("ger", "de"),
            ("Français", "fr"),
            ("espanol", "es"),
            ("日本語", "ja"),
            ("русский", "ru"),
            ("Northern Sami", "se"),
            ("luba_katanga", "lu"),
            ("iw", "he"),
            ("zh-Hans", "zh-hans"),
            ("tlh", "tlh"),
            ("?", ""),
        ] {
            assert_eq!(comparable(text), expected, "{text}");
        }
    }

    #[test]
    fn the_beginning_of_a_name_is_enough() {
        for (text, expected) in [
            ("germ", "de"),
            ("Norw", "no"),
            ("norwegian b", "nb"),
            ("persi", "fa"),
            ("mala", "ms"),
            ("slov", "sk"),
            ("fra", "fr"),
            ("ge", "ge"),
            ("klin", "klin"),
        ] {
            assert_eq!(begun(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_language_is_none() {
        for name in ["", "e", "und", "TODO", "Klingonese", "en-", "en--us", "en us", "Ruby & Rails", "e\u{301}n", "de-abcdefghi"] {
            assert_eq!(tag(name), None, "{name:?}");
        }
    }

    #[test]
    fn no_name_stands_for_two() {
        assert!(LANGUAGES.iter().flat_map(|(_, names)| *names).all(|name| name.to_lowercase() == **name));
        let all = LANGUAGES.iter().flat_map(|(code, names)| names.iter().chain(std::iter::once(code)));
        let mut all: Vec<String> = all.map(|name| plain(name)).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    proptest! {
        #[test]
        fn a_tag_stays_as_it_is(text in "[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{1,8}){0,3}|\\PC{0,12}") {
            if let Some(read) = tag(&text) {
                prop_assert_eq!(tag(&read), Some(read));
            }
        }

        #[test]
        fn what_is_compared_stays_as_it_is(text in "\\PC{0,8}|[a-zA-Z]{2,9}([-_ ][a-zA-Z]{1,8}){0,2}") {
            prop_assert_eq!(comparable(&comparable(&text)), comparable(&text));
            if let Some(read) = tag(&text) {
                prop_assert_eq!(comparable(&read), comparable(&text));
            }
        }
    }
}
