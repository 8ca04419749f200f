use super::*;
use crate::domain::{Alias, Cue, Event, EventDraft, Link, Place as FilePlace, Span, Speaker, Talk};
use proptest::prelude::*;
use query::Clause;
use typed::{Typed, points};

/// A talk: title, `name (company)` with `;` between them, and what is to be set beside that.
fn talk(title: &str, people: &str, set: impl FnOnce(&mut Talk)) -> Talk {
    let mut talk = Talk::new(title, FilePlace::of("x".as_ref()));
    talk.speakers = people.split("; ").filter(|person| !person.is_empty()).map(speaker).collect();
    set(&mut talk);
    talk
}

fn speaker(person: &str) -> Speaker {
    match person.split_once(" (") {
        Some((name, company)) => Speaker { name: name.into(), company: Some(company.trim_end_matches(')').into()) },
        None => Speaker { name: person.into(), company: None },
    }
}

fn drafts() -> Vec<EventDraft> {
    let event = |series: &str, title: &str, (year, month): (i16, i8), place: &str| {
        let mut event = Event::new(series, title, jiff::civil::date(year, month, 2), FilePlace::of("x".as_ref()));
        event.location = Some(place.into());
        event
    };
    let at = |minutes: u64, link: &str| {
        let recording = Link::parse(link).expect("a link").recording;
        move |talk: &mut Talk| {
            talk.recording = Some(recording);
            talk.span = Span { start: Cue::from_seconds(minutes * 60).ok(), end: Cue::from_seconds(minutes * 60 + 1200).ok() };
        }
    };
    let first = vec![
        talk("Exposing harbours with Kubernetes", "Denis Jannot (Solo.io)", at(3, "https://youtu.be/aaaaaaaaaaa")),
        talk("Sharing Boats: can we do better?", "Xavier Millot (Nectar)", at(30, "https://youtu.be/aaaaaaaaaaa")),
        talk("Moving to the sea with evidence", "Péter Parkanyi (Red Sift)", at(55, "https://youtu.be/aaaaaaaaaaa")),
    ];
    let second = vec![
        talk("Redshift for sailors", "Ann Solomon (Harbour Labs)", |talk| talk.language = Some("de".into())),
        talk("Service mesh in C++ and .NET", "David Heinemeier Hansson (Just Eat Takeaway)", |talk| {
            talk.about_mut().takeaways = vec!["A mesh of **anchors** holds better than one".into()];
            let start = crate::domain::Cue::parse("1:02").expect("a cue");
            talk.about_mut().chapters = vec![crate::domain::talk::Chapter { start, title: "Bowlines that hold".into() }];
        }),
        talk("A mesh is no service", "Rafał Łukawiecki; Ann Lee Park (Red Hat)", |talk| talk.about_mut().tags = vec!["nautical".into()]),
        talk("東京の海", "山田 太郎 (Harbour Labs)", |talk| talk.language = Some("ja".into())),
        talk("Mesh, service and sails", "Solo Ngu", |talk| {
            talk.about_mut().description = Some("All about the quaystone.\nAnd more.".into());
        }),
    ];
    vec![
        EventDraft { event: event("Boat Nights", "Boat Nights December 2020", (2020, 12), "London, UK"), talks: first },
        EventDraft { event: event("Sail Conf", "Sail Conf 2019: the winds", (2019, 6), "Lisbon"), talks: second },
    ]
}

fn catalogue() -> Arc<Catalogue> {
    Arc::new(Catalogue::build(drafts()).0)
}

fn engine() -> Engine {
    Engine::new(catalogue())
}

/// The same, with other names of two people, both as the source gives them and as talks print them.
fn engine_with_aliases() -> Engine {
    let alias = |name: &str, other: &str| Alias { name: name.into(), other: other.into(), source: FilePlace::of("people.yml".as_ref()) };
    let aliases = vec![alias("Solomon Nguyen", "Solo Ngu"), alias("Rafał Łukawiecki", "Rufus Quick")];
    let (catalogue, problems) = Catalogue::build_with(drafts(), aliases);
    assert_eq!(problems, []);
    Engine::new(Arc::new(catalogue))
}

#[test]
fn people_are_found_by_each_of_their_names() {
    let engine = engine_with_aliases();
    let title = |hit: &usize| engine.catalogue.talks()[*hit].title.as_str();
    for query in ["nguyen", "solomon nguyen", "solo ngu", "speaker:\"Solomon Nguyen\"", "speaker:\"SOLO-NGU\"", "nguyn", "by:^solomon"] {
        assert_eq!(engine.answer(query).expect(query).hits.first().map(title), Some("Mesh, service and sails"), "{query}");
    }
    assert_eq!(
        engine.answer("speaker:\"rafal lukawiecki\"").expect("a query").hits,
        engine.answer("speaker:\"rufus quick\"").expect("a query").hits
    );
    assert_eq!(engine.answer("!speaker:\"rufus quick\"").expect("a query").hits.len(), 7);
    assert_eq!(engine.answer("\"ngu solomon\"").expect("a query").hits, Vec::<usize>::new(), "two names are no phrase");
}

/// Somebody who goes by the name that another talk prints is found behind that talk, however new.
#[test]
fn a_printed_name_is_found_before_the_other_name_of_somebody() {
    let event = |year: i16| Event::new("Docks", "Docks", jiff::civil::date(year, 1, 2), FilePlace::of("x".as_ref()));
    let drafts = vec![
        EventDraft { event: event(2024), talks: vec![talk("New", "Ana Inés Morel Quay", |_| ())] },
        EventDraft { event: event(2018), talks: vec![talk("Old", "Ana Morel", |_| ())] },
    ];
    let alias = Alias { name: "Ana Inés Morel Quay".into(), other: "Ana Morel".into(), source: FilePlace::of("people.yml".as_ref()) };
    let engine = Engine::new(Arc::new(Catalogue::build_with(drafts, vec![alias]).0));
    for query in ["ana morel", "morel ana", "a morel", "ana mor", "morel"] {
        assert_eq!(titles_of(&engine, query), ["Old", "New"], "{query}");
    }
    assert_eq!(titles_of(&engine, "ana quay").first().map(String::as_str), Some("New"), "both names together are one person");
}

/// Who types a name with its capital letters has it from where it is printed so.
#[test]
fn a_name_with_capital_letters_is_found_first_where_it_is_printed_so() {
    let talks = || vec![talk("Accented", "Rosá Quay", |_| ()), talk("Plain", "Rosa Quay", |_| ())];
    for (query, first) in [("Rosa Quay", "Plain"), ("Rosa quay", "Plain"), ("rosa quay", "Accented"), ("Rosá Quay", "Accented")] {
        assert_eq!(titles("Docks", "Docks", talks(), query).first().map(String::as_str), Some(first), "{query}");
    }
}

#[test]
fn another_name_is_given_as_the_reason() {
    let engine = engine_with_aliases();
    let reason = |query: &str| {
        let answer = engine.answer(query).expect(query);
        let reason = answer.matcher.reason(&engine.catalogue, *answer.hits.first()?)?;
        Some(format!("{}: {} {:?}", reason.label, reason.text, reason.ranges))
    };
    assert_eq!(reason("nguyen").as_deref(), Some("also known as: Solomon Nguyen [8..14]"));
    assert_eq!(reason("speaker:\"rufus quick\"").as_deref(), Some("also known as: Rufus Quick [0..11]"));
    assert_eq!(reason("ngu"), None, "the row shows it");
}

#[test]
fn completion_counts_a_person_once_under_the_main_name() {
    let engine = engine_with_aliases();
    let offered = |query: &str| engine.complete(query, query.len()).into_iter().map(|c| (c.text, c.count)).collect::<Vec<_>>();
    assert_eq!(offered("speaker:ngu"), [("\"Solomon Nguyen\" ".to_owned(), Some(1))]);
    assert_eq!(offered("speaker:quick"), [("\"Rafał Łukawiecki\" ".to_owned(), Some(1))]);
}

/// The first words of the titles that a query finds, in order.
fn found(query: &str) -> Vec<String> {
    let engine = engine();
    let hits = engine.answer(query).unwrap_or_else(|error| panic!("{query}: {error}")).hits;
    hits.iter().map(|hit| engine.catalogue.talks()[*hit].title.split([' ', 'の']).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn by_speaker_company_title_event_date_and_place() {
    for (query, first) in [
        ("parkanyi", "Moving"),
        ("peter park", "Moving"),
        ("park peter", "Moving"),
        ("p parkanyi", "Moving"),
        ("nectar", "Sharing"),
        ("red sift", "Moving"),
        ("solo.io", "Exposing"),
        ("soloio", "Exposing"),
        ("solo io", "Exposing"),
        ("evidence moving", "Moving"),
        ("lukawiecki", "A"),
        ("lukaw", "A"),
        ("boats december 2020", "Sharing"),
        ("lisbon ngu", "Mesh,"),
        ("2019-06 redshift", "Redshift"),
    ] {
        assert_eq!(found(query).first().map(String::as_str), Some(first), "{query}");
    }
    assert_eq!(found("").len(), 8);
    assert_eq!(found("zzz"), Vec::<String>::new());
}

#[test]
fn words_as_people_type_them() {
    for (query, first) in [
        ("c++", "Service"),
        (".net", "Service"),
        ("k8s", "Exposing"),
        ("dhh", "Service"),
        ("jet", "Service"),
        ("justeat", "Service"),
        ("heinemeierhansson", "Service"),
        ("rafałłukawiecki", "A"),
        ("東京", "東京"),
        ("太郎", "東京"),
        ("parkanyii", "Moving"),
        ("milolt", "Sharing"),
        ("evidnce", "Moving"),
        ("kubrnts", "Exposing"),
        ("heinmeyer", "Service"),
    ] {
        assert_eq!(found(query).first().map(String::as_str), Some(first), "{query}");
    }
    assert_eq!(found("京東"), Vec::<String>::new(), "not side by side");
}

#[test]
fn side_by_side_and_all_of_a_name_come_first() {
    assert_eq!(found("service mesh")[0], "Service");
    assert_eq!(found("ann lee")[0], "A");
    assert_eq!(found("mesh").len(), 3);
}

#[test]
fn the_query_language() {
    let none: [&str; 0] = [];
    for (query, titles) in [
        ("\"service mesh\"", ["Service"].as_slice()),
        ("\"mesh serv", &["Mesh,"]),
        ("'esh", &["Mesh,", "A", "Service"]),
        ("'evidnce", &none),
        ("mesh !sails", &["A", "Service"]),
        ("nectar | solo.io", &["Sharing", "Exposing"]),
        ("mesh hansson | ngu", &["Mesh,", "Service"]),
        ("^mesh", &["Mesh,"]),
        ("service$", &["A"]),
        ("^ann", &["Redshift", "A"]),
        ("speaker:solo", &["Mesh,", "Redshift"]),
        ("company:solo", &["Exposing"]),
        ("at:\"red sift\"", &["Moving"]),
        ("company:\"red\"", &["Moving", "A"]),
        ("company:harbour -speaker:ann", &["東京"]),
        ("title:mesh title:service", &["Mesh,", "A", "Service"]),
        ("event:boat", &["Exposing", "Sharing", "Moving"]),
        ("topic:nautical", &["A"]),
        ("topic:anchors", &["Service"]),
        ("year:2020", &["Exposing", "Sharing", "Moving"]),
        ("before:2020 lang:de", &["Redshift"]),
        ("lang:japanese", &["東京"]),
        ("has:cue kubernetes", &["Exposing"]),
        ("has:takeaways", &["Service"]),
        ("!has:cue year:2019 harbour", &["Redshift", "東京"]),
        ("quaystone", &["Mesh,"]),
        ("https://youtu.be/aaaaaaaaaaa?t=1900", &["Sharing", "Exposing", "Moving"]),
        ("https://www.youtube.com/watch?v=aaaaaaaaaaa millot", &["Sharing"]),
        ("https://youtu.be/bbbbbbbbbbb", &none),
    ] {
        assert_eq!(found(query), titles, "{query}");
    }
    assert_eq!(found("sort:title year:2020"), ["Exposing", "Moving", "Sharing"]);
    assert_eq!(found("sort:-title year:2020"), ["Sharing", "Moving", "Exposing"]);
    assert_eq!(found("sort:speaker year:2019")[..2], ["Redshift", "Service"]);
    assert_eq!(found("sort:-date")[0], "Redshift");
    assert_eq!(found("sort:length")[..3], ["Exposing", "Sharing", "Moving"]);
}

#[test]
fn what_cannot_be_read_is_told_where() {
    let error = engine().answer("mesh speeker:ann").expect_err("no such field");
    assert_eq!(&"mesh speeker:ann"[error.range], "speeker");
}

#[test]
fn near_queries_are_suggested() {
    let suggested = |query: &str| engine().answer(query).expect("read").suggestion;
    assert_eq!(suggested("kabernetis harbour"), None, "slips are forgiven");
    assert_eq!(suggested("nextor").as_deref(), Some("nectar"));
    assert_eq!(suggested("millot kubernetes").as_deref(), Some("kubernetes"));
    assert_eq!(suggested("speaker:hansun").as_deref(), Some("speaker:hansson"));
    assert_eq!(suggested("qqqqqqqqqqqq"), None);
}

#[test]
fn filters_complete_by_how_many_talks_they_stand_in() {
    let engine = engine();
    let offered = |query: &str| -> Vec<String> {
        let offered = engine.complete(query, query.len());
        offered.into_iter().map(|c| format!("{}{} {:?}", &query[..c.range.start], c.text.trim_end(), c.count.unwrap_or(0))).collect()
    };
    assert_eq!(offered("comp"), ["company: 0"]);
    assert_eq!(offered("mesh company:harb"), ["mesh company:\"Harbour Labs\" 2"]);
    assert_eq!(offered("company:\"red "), ["company:\"Red Hat\" 1", "company:\"Red Sift\" 1"]);
    assert_eq!(offered("speaker:lu"), ["speaker:\"Rafał Łukawiecki\" 1"]);
    assert_eq!(offered("year:20"), ["year:2019 5", "year:2020 3"]);
    assert_eq!(offered("kind:p"), ["kind:panel 0"]);
    assert_eq!(offered("mesh"), Vec::<String>::new());
    for completion in engine.complete("company:", 8) {
        assert!(!found(&format!("company:{}", completion.text)).is_empty(), "{completion:?}");
    }
}

#[test]
fn letters_light_up_where_they_matched() {
    let engine = engine();
    let lit = |query: &str, place: Place, text: &str| -> Vec<String> {
        let matcher = engine.answer(query).expect("read").matcher;
        matcher.ranges(place, text).into_iter().map(|range| text[range].to_owned()).collect()
    };
    assert_eq!(lit("rafal", Place::Speaker, "by Rafał Łukawiecki"), ["Rafał"]);
    assert_eq!(lit("'bern", Place::Title, "Kubernetes"), ["bern"]);
    assert_eq!(lit("fi", Place::Title, "a ﬁne 👩‍🚀 day"), ["ﬁ"]);
    assert_eq!(lit("peter", Place::Speaker, "Pe\u{301}ter"), ["Pe\u{301}ter"]);
    assert_eq!(lit("baots", Place::Title, "Sharing Boats"), ["Boats"]);
    assert_eq!(lit("company:red", Place::Title, "Redshift"), Vec::<String>::new());
    assert_eq!(lit("company:red", Place::Company, "Red Hat"), ["Red"]);
    assert_eq!(lit("dhh", Place::Speaker, "David Heinemeier Hansson"), ["D", "H", "H"]);
    assert_eq!(lit("justeat", Place::Company, "Just Eat Takeaway"), ["Just Eat"]);
    assert_eq!(lit("c++", Place::Title, "in C++ and C"), ["C++"]);
    assert_eq!(lit("東京", Place::Title, "東京の東"), ["東京"]);
    assert_eq!(lit("\"service mesh\"", Place::Title, "Service mesh, mesh"), ["Service mesh"]);
    assert_eq!(lit("k8s", Place::Title, "Kubernetes"), ["Kubernetes"]);
    assert_eq!(lit("k8s", Place::Speaker, "Ann Koutsoukis"), Vec::<String>::new());
    assert_eq!(lit("!mesh sails", Place::Title, "mesh sails"), ["sails"]);
}

#[test]
fn what_matched_out_of_sight_is_told() {
    let engine = engine();
    let reason = |query: &str| {
        let answer = engine.answer(query).expect("read");
        let reason = answer.matcher.reason(&engine.catalogue, *answer.hits.first()?)?;
        Some((reason.label, reason.text.clone(), reason.ranges.into_iter().map(|range| reason.text[range].to_owned()).collect::<Vec<_>>()))
    };
    assert_eq!(reason("mesh anchors"), Some(("takeaway", "A mesh of anchors holds better than one".into(), vec!["anchors".into()])));
    assert_eq!(reason("bowlines"), Some(("chapter", "Bowlines that hold".into(), vec!["Bowlines".into()])));
    assert_eq!(reason("quaystone"), Some(("description", "All about the quaystone.".into(), vec!["quaystone".into()])));
    assert_eq!(reason("nautical"), Some(("tag", "nautical".into(), vec!["nautical".into()])));
    assert_eq!(reason("winds redshift").map(|r| r.0), Some("event"));
    assert_eq!(reason("hansson"), None);
    assert_eq!(reason("december"), None);
}

/// The titles that a query finds among talks of one event, whose title and series are given too.
fn titles(series: &str, title: &str, talks: Vec<Talk>, query: &str) -> Vec<String> {
    let event = Event::new(series, title, jiff::civil::date(2020, 1, 2), FilePlace::of("x".as_ref()));
    let engine = Engine::new(Arc::new(Catalogue::build(vec![EventDraft { event, talks }]).0));
    titles_of(&engine, query)
}

/// The titles that a query finds, in order.
fn titles_of(engine: &Engine, query: &str) -> Vec<String> {
    let hits = engine.answer(query).expect("read").hits;
    hits.into_iter().map(|hit| engine.catalogue.talks()[hit].title.clone()).collect()
}

#[test]
fn an_event_is_found_by_its_title_whatever_its_series() {
    let talks = || vec![talk("Knots", "", |_| ())];
    for (series, title, query) in [
        ("Rails", "RailsConf 2020", "railsconf"),
        ("Rails", "RailsConf 2020", "event:rails"),
        ("Boat Nights", "Boat Nights December 2020", "\"boat nights december 2020\""),
        ("Boat Nights", "Boat Nights December 2020", "boatnights"),
    ] {
        assert_eq!(titles(series, title, talks(), query), ["Knots"], "{query}");
    }
}

#[test]
fn last_names_come_first_however_long_the_name() {
    let talks = vec![talk("One", "Park Chan", |_| ()), talk("Two", "Ann Lee Park", |_| ()), talk("Three", "Ann Park", |_| ())];
    assert_eq!(titles("Boats", "Boats", talks, "park"), ["Three", "Two", "One"]);
}

#[test]
fn who_types_an_accent_means_it() {
    let talks = || vec![talk("One", "Zoe Quill", |_| ()), talk("Two", "Zoé Quill", |_| ()), talk("Three", "Zoé Quíll", |_| ())];
    for (query, order) in [
        ("zoe quill", ["One", "Two", "Three"]),
        ("zoé quill", ["Two", "Three", "One"]),
        ("zoe quíll", ["Three", "One", "Two"]),
        ("Quíll Zoé", ["Three", "Two", "One"]),
        ("zoéquill", ["Two", "One", "Three"]),
        ("ZOÉ", ["Two", "Three", "One"]),
        ("speaker:zoé", ["Two", "Three", "One"]),
        ("\"zoé quill\"", ["Two", "One", "Three"]),
        ("zoë", ["One", "Two", "Three"]),
    ] {
        assert_eq!(titles("Boats", "Boats", talks(), query), order, "{query}");
    }
}

#[test]
fn an_initial_says_nothing_about_a_person() {
    let talks = || {
        vec![
            talk("One", "Ann M. Park", |_| ()),
            talk("Two", "Ann Park", |_| ()),
            talk("Three", "A. B. Park", |_| ()),
            talk("Four", "Ann Mae Park", |_| ()),
        ]
    };
    for (query, order) in [
        ("park", ["One", "Two", "Three", "Four"].as_slice()),
        ("park ann", &["One", "Two", "Four"]),
        ("ann park", &["Two", "One", "Four"]),
        ("ann m park", &["One", "Four"]),
        ("amp", &["One", "Four"]),
    ] {
        assert_eq!(titles("Boats", "Boats", talks(), query), order, "{query}");
    }
}

#[test]
fn a_talk_of_ones_own_comes_before_one_shared_with_many() {
    let talks = || {
        vec![
            talk("Sails by night", "Ann Park; Bo Lee; Cy Dunn; Di Moe", |_| ()),
            talk("Sails by day", "Ann Park; Bo Lee", |_| ()),
            talk("Sails in summer", "Ann Park", |_| ()),
        ]
    };
    let order = |query: &str| titles("Boats", "Boats", talks(), query);
    assert_eq!(order("sails park"), ["Sails in summer", "Sails by day", "Sails by night"]);
    assert_eq!(order("boats 2020 park"), ["Sails in summer", "Sails by day", "Sails by night"]);
    for query in ["park", "ann park", "ann park year:2020", "sails"] {
        assert_eq!(order(query), ["Sails by night", "Sails by day", "Sails in summer"], "{query}: newest first");
    }
}

#[test]
fn an_event_that_names_its_talks_does_not_outdo_a_title() {
    let talks = vec![talk("Knots and ropes", "Ann Park", |_| ()), talk("Mending a very old hull by hand", "Ann Park", |_| ())];
    assert_eq!(titles("Boats", "Hulls, sails and Ann Park", talks, "hull park")[0], "Mending a very old hull by hand");
}

#[test]
fn long_names_are_found_without_their_spaces() {
    for (name, typed) in [
        ("Tara Quill de la Mar", "taraquilldelamar"),
        ("Ana Bel de la Mar Sol", "anabeldelamarsol"),
        ("Ana de la Mar", "anadelamar"),
        ("Salvador de la Vega Núñez", "salvadordelaveganun"),
    ] {
        let found = titles("Boats", "Boats", vec![talk("One", name, |_| ()), talk("Two", "Tara Mar", |_| ())], typed);
        assert_eq!(found, ["One"], "{typed}");
    }
}

#[test]
fn neighbours_stay_neighbours_where_a_word_is_found_twice() {
    let talks = || vec![talk("Mesh service", "", |_| ()), talk("Service mesh", "", |_| ())];
    for query in ["service mesh", "service mesh m", "s service mesh"] {
        assert_eq!(titles("Boats", "Boats", talks(), query)[0], "Service mesh", "{query}");
    }
}

#[test]
fn suggestions_mean_what_was_meant() {
    let suggested = |query: &str| engine().answer(query).expect("read").suggestion;
    assert_eq!(suggested("nextor !qqqqqqqqqqqq").as_deref(), Some("nectar !qqqqqqqqqqqq"));
    assert_eq!(suggested("zzzq | qqqz kubernetes"), None);
    assert_eq!(suggested("quaystone nextor"), Some("quaystone".into()), "no talk has both");
    assert_eq!(suggested("c+++++"), None);
}

#[test]
fn bodies_are_quoted_where_they_were_found() {
    let engine = engine();
    let answer = engine.answer("anchors").expect("read");
    let reason = answer.matcher.reason(&engine.catalogue, answer.hits[0]).expect("a reason");
    assert_eq!(reason.label, "takeaway");
    assert!(answer.matcher.ranges(Place::Body, "One anchrs thing").is_empty(), "no slip is looked for in bodies");
}

#[test]
fn an_index_of_the_first_talks_says_so() {
    let engines: Vec<Engine> = Engine::growing(catalogue()).collect();
    assert_eq!(engines.len(), 1, "few talks are indexed at once");
    let partial = Engine::of_first(catalogue(), 4);
    let answer = partial.answer("mesh | parkanyi | redshift | sails").expect("read");
    assert_eq!((answer.partial, answer.hits), (Some(4), vec![2, 3]));
    assert_eq!(engines[0].answer("mesh").expect("read").partial, None);
}

#[test]
fn an_empty_catalogue_answers_too() {
    let engine = Engine::new(Arc::new(Catalogue::default()));
    for query in ["", "a", "a b", "\"a b\"", "!a", "year:2020", "sort:title", "justeat", "https://youtu.be/aaaaaaaaaaa"] {
        assert_eq!(engine.answer(query).expect("read").hits, Vec::<usize>::new(), "{query}");
        assert_eq!(engine.complete(query, query.len()).iter().filter(|c| c.count.is_some()).count(), 0);
    }
}

#[test]
fn what_the_user_keeps_is_found() {
    use crate::domain::Mark;
    let mut marks = Marks::default();
    marks.set(1, Mark::Starred, true);
    marks.set(3, Mark::Starred, true);
    marks.set(3, Mark::Watched, true);
    marks.set_queue(vec![5]);
    marks.set_position(6, Some(Cue::from_seconds(9).expect("a cue")));
    let written = jiff::Timestamp::UNIX_EPOCH;
    marks.set_notes(0, vec![crate::domain::Note { id: 1, at: None, text: "so".into(), written }]);
    let engine = engine().with_marks(marks);
    let hits = |query: &str| {
        let mut hits = engine.answer(query).expect("read").hits;
        hits.sort_unstable();
        hits
    };
    assert_eq!((hits("is:starred"), hits("is:s !is:watched"), hits("has:notes")), (vec![1, 3], vec![1], vec![0]));
    assert_eq!((hits("is:queued | is:begun"), hits("is:starred is:unwatched")), (vec![5, 6], vec![1]));
    assert_eq!(hits("is:unwatched").len(), engine.catalogue().talks().len() - 1);
    let error = engine.answer("is:good").expect_err("no such mark");
    assert_eq!(error.message, "`good` is not a mark: write starred, watched, unwatched, queued, begun or noted");
}

#[test]
fn a_plain_word_is_answered_from_the_lists_of_words() {
    let engine = engine();
    for (word, bound) in [("s", false), ("kubernetes", false), ("solo", false), ("title:s", true), ("k8s", true)] {
        let plan = Plan::new(&engine, &Query::parse(word).expect("a word"), Reach::Slips);
        assert_eq!(plan.clauses[0].bound, bound, "{word}");
    }
}

#[test]
fn bad_input_is_answered_or_told() {
    let engine = engine();
    let long = "a".repeat(10_000);
    let many = "mesh ".repeat(5_000);
    for query in
        [&long, &many, "| | ! ^ $ '", "\"\"\"", "a\0b", "\u{301}", "שלום עולם", "((((", "🙂", "a | | b", "!!", "sort:", "\u{202e}x"]
    {
        match engine.answer(query) {
            Ok(answer) => assert!(answer.hits.len() <= 8),
            Err(error) => assert!(query.get(error.range.clone()).is_some() && !error.message.is_empty(), "{error:?}"),
        }
    }
}

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(vec!["anna", "ann", "boat", "boats", "c++", "é", "k8s", "Kübel", "東", "b"]), 0..4)
        .prop_map(|words| words.join(" "))
}

fn any_catalogue() -> impl Strategy<Value = Arc<Catalogue>> {
    let talks = proptest::collection::vec((words(), words(), proptest::option::of(words()), words()), 1..12);
    talks.prop_map(|talks| {
        let talks = talks.into_iter().map(|(title, name, company, takeaway)| {
            talk(&title, "", |talk| {
                talk.speakers = vec![Speaker { name, company }];
                talk.about_mut().takeaways = vec![takeaway];
            })
        });
        let event = Event::new("Boat Nights", "Boat Nights", jiff::civil::date(2020, 1, 2), FilePlace::of("x".as_ref()));
        Arc::new(Catalogue::build(vec![EventDraft { event, talks: talks.collect() }]).0)
    })
}

proptest! {
    /// A query of one word is answered from the lists of words alone, others by reading talks: both must agree.
    #[test]
    fn one_word_and_many_are_scored_alike(catalogue in any_catalogue(), word in "[abkc8+é]{1,4}") {
        let engine = Engine::new(catalogue.clone());
        let Ok(query) = Query::parse(&word) else { return Ok(()) };
        for reach in [Reach::Begun, Reach::Within, Reach::Slips] {
            let mut plan = Plan::new(&engine, &query, reach);
            let by_lists = rank::ranked(&plan);
            for clause in &mut plan.clauses {
                clause.bound = true;
            }
            prop_assert_eq!(&by_lists, &rank::ranked(&plan), "{} {:?}", word, reach);
        }
    }

    /// More words never find more talks than each alone at the same reach, and the order is the same every time.
    #[test]
    fn all_words_must_be_found(catalogue in any_catalogue(), a in "[abk]{1,3}", b in "[abk]{1,3}") {
        let engine = Engine::new(catalogue.clone());
        let hits = |text: &str| -> Vec<usize> {
            let query = Query::parse(text).expect("plain words");
            rank::ranked(&Plan::new(&engine, &query, Reach::Within))
        };
        let both = hits(&format!("'{a} '{b}"));
        let (one, other) = (hits(&format!("'{a}")), hits(&format!("'{b}")));
        let mut expected: Vec<usize> = one.into_iter().filter(|talk| other.contains(talk)).collect();
        let mut sorted = both.clone();
        expected.sort_unstable();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, expected);
        prop_assert_eq!(both, hits(&format!("'{a} '{b}")));
    }

    /// A field's term finds the talks that have the letters in just that field, alone and beside another.
    #[test]
    fn fields_find_what_stands_in_them(catalogue in any_catalogue(), a in "[abkc]{1,3}", b in "[abkc]{1,3}") {
        let engine = Engine::new(catalogue.clone());
        let hits = |query: &str| {
            let mut hits = rank::ranked(&Plan::new(&engine, &Query::parse(query).expect("a query"), Reach::Within));
            hits.sort_unstable();
            hits
        };
        let has = |text: &str, letters: &str| {
            let folded = crate::text::fold(text);
            let typed = Typed::new(letters);
            tokens::of(&folded).iter().any(|token| typed.points(&token.text, Reach::Within).is_some_and(|points| points != points::REWRITTEN))
        };
        let those = |wanted: &dyn Fn(&Talk) -> bool| -> Vec<usize> {
            (0..catalogue.talks().len()).filter(|talk| wanted(&catalogue.talks()[*talk])).collect()
        };
        let company = |talk: &Talk| talk.speakers[0].company.as_deref().is_some_and(|company| has(company, &a));
        prop_assert_eq!(hits(&format!("company:'{a}")), those(&company));
        prop_assert_eq!(hits(&format!("speaker:'{a}")), those(&|talk| has(&talk.speakers[0].name, &a)));
        prop_assert_eq!(hits(&format!("title:'{b} company:'{a}")), those(&|talk| has(&talk.title, &b) && company(talk)));
    }

    #[test]
    fn any_query_is_answered_and_lights_whole_graphemes(typed in "\\PC{0,40}", text in "\\PC{0,80}") {
        let engine = engine();
        if let Ok(answer) = engine.answer(&typed) {
            let mut end = 0;
            for range in answer.matcher.ranges(Place::Title, &text) {
                prop_assert!(range.start >= end && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                end = range.end;
            }
            let matcher = Matcher::new(&Query { clauses: Vec::<Clause>::new(), sort: None }, Reach::Slips);
            prop_assert!(matcher.ranges(Place::Title, &text).is_empty());
        }
        for completion in engine.complete(&typed, typed.len() / 2) {
            prop_assert!(typed.get(completion.range).is_some());
        }
    }
}
