//! The player: what it is asked for, and what becomes of what it tells.

use super::super::command::Command;
use super::super::library::Shelf;
use super::super::message::Effect;
use super::super::model::{Model, Mood};
use super::super::playing::{Next, Playing};
use super::tell;
use crate::domain::link::is_web_address;
use crate::domain::{Change, Cue, Mark};
use crate::open::Target;
use crate::player::{End, News, Order, Track};

/// Seconds that one key jumps.
const JUMP: i32 = 10;

/// Seconds of playing after which the place is kept anew.
const KEEP_EVERY: u32 = 15;

/// Plays what the cursor is on: from where one stopped, or from its first second.
pub fn play_chosen(model: &mut Model, resumes: bool) -> Vec<Effect> {
    match model.playable() {
        Some(talk) => {
            let from = model.marks.position(talk).filter(|_| resumes);
            let next = following(model, talk);
            play(model, talk, from, next)
        }
        None => tell(model, "There is no recording to play here".to_owned(), Mood::Bad),
    }
}

/// Plays what comes next.
pub fn play_next(model: &mut Model) -> Vec<Effect> {
    let listed = model.playing.as_ref().map(|playing| playing.next.clone());
    if let Some(Next::Playlist(rest)) = listed
        && let Some(effects) = play_first(model, rest)
    {
        return effects;
    }
    let offered = model.up_next.take().and_then(|id| model.catalogue.index_of(&id));
    let playing = model.playing.as_ref().and_then(|playing| model.catalogue.index_of(&playing.track.talk));
    match offered.or_else(|| model.after(playing?)) {
        Some(talk) => {
            let from = model.marks.position(talk);
            let next = by_mark(model, talk);
            play(model, talk, from, next)
        }
        None => tell(model, "Nothing comes next: this was the last talk".to_owned(), Mood::Doubtful),
    }
}

/// What follows a talk, wherever it is looked at.
fn following(model: &Model, talk: usize) -> Next {
    match model.shelf() {
        Some(shelf @ Shelf::Playlist(_)) => {
            let behind = shelf.talks(&model.marks).into_iter().skip_while(|other| *other != talk).skip(1);
            Next::Playlist(behind.map(|talk| model.catalogue.talks()[talk].id.clone()).collect())
        }
        _ => by_mark(model, talk),
    }
}

fn by_mark(model: &Model, talk: usize) -> Next {
    if model.marks.has(talk, Mark::Queued) { Next::Queue } else { Next::Evening }
}

/// Plays the first of some talks that is there and has a recording; the rest follows by itself. `None` if there is none.
fn play_first(model: &mut Model, talks: Vec<String>) -> Option<Vec<Effect>> {
    let mut rest = talks.into_iter();
    let talk = rest.find_map(|id| model.catalogue.index_of(&id).filter(|talk| model.has_recording(*talk)))?;
    let from = model.marks.position(talk);
    Some(play(model, talk, from, Next::Playlist(rest.collect())))
}

/// Goes to a second of the recording of the talk that is looked at: in the player, where that has it, else where the talk opens.
pub fn go_to(model: &mut Model, at: Cue) -> Vec<Effect> {
    let Some(index) = model.chosen() else { return Vec::new() };
    let talk = &model.catalogue.talks()[index];
    if model.playing.as_ref().is_some_and(|playing| playing.follows && playing.track.talk == talk.id) {
        tell(model, format!("To {at}"), Mood::Good);
        return vec![Effect::Play(Order::SeekTo(at))];
    }
    let Some(recording) = &talk.recording else { return Vec::new() };
    let target = Target {
        url: recording.url_at(Some(at)),
        video_url: recording.url(),
        start: Some(at),
        end: talk.span.end,
        title: talk.title.clone(),
    };
    if !is_web_address(&target.url) {
        let track = Track::of(talk, model.marks.position(index)).map(|track| Track { from: Some(at), ..track });
        let next = by_mark(model, index);
        return track.map(|track| play_track(model, track, next)).unwrap_or_default();
    }
    let what = format!("“{}” at {at}", talk.title);
    let talk = Some(talk.id.clone());
    tell(model, format!("Opening {what} …"), Mood::Good);
    vec![Effect::Open { target, what, talk }]
}

fn play(model: &mut Model, talk: usize, from: Option<Cue>, next: Next) -> Vec<Effect> {
    let track = model.catalogue.talks().get(talk).and_then(|talk| Track::of(talk, from));
    track.map(|track| play_track(model, track, next)).unwrap_or_default()
}

fn play_track(model: &mut Model, track: Track, next: Next) -> Vec<Effect> {
    let text = match (track.from.or(track.resume), track.start) {
        (Some(at), _) => format!("Playing “{}” from {at} on …", track.title),
        (None, Some(start)) => format!("Playing “{}” at {start} …", track.title),
        (None, None) => format!("Playing “{}” …", track.title),
    };
    tell(model, text, Mood::Good);
    model.up_next = None;
    model.playing = Some(Playing::of(track.clone(), next));
    vec![Effect::Play(Order::Play(Box::new(track)))]
}

/// Has the player pause, jump or stop.
pub fn steer(model: &mut Model, command: Command) -> Vec<Effect> {
    if !model.steers() {
        return tell(model, "Nothing is played; p plays a talk".to_owned(), Mood::Doubtful);
    }
    vec![Effect::Play(match command {
        Command::SeekBack => Order::SeekBy(-JUMP),
        Command::SeekForward => Order::SeekBy(JUMP),
        Command::StopPlaying => Order::Stop,
        _ => Order::TogglePause,
    })]
}

/// Takes in what the player tells. News of a talk that another one has taken the place of still say where one stopped in it.
pub fn hear(model: &mut Model, news: News) -> Vec<Effect> {
    match news {
        News::Started { talk, by, follows } => started(model, talk, &by, follows),
        News::Position { talk, at, end, paused, seen } => {
            let Some(playing) = model.playing.as_mut().filter(|playing| playing.track.talk == talk) else { return Vec::new() };
            let stops = paused && !playing.paused;
            (playing.at, playing.end, playing.paused, playing.seen_to) = (Some(at), end, paused, seen.then_some(at));
            keep_place(playing, stops)
        }
        News::Watched(talk) => vec![Effect::Keep(Change::Seen(talk))],
        News::Ended { talk, at, seen, how } => ended(model, &talk, at, seen, how),
        News::Failed { talk, why } => {
            model.playing.take_if(|playing| playing.track.talk == talk);
            tell(model, why, Mood::Bad)
        }
    }
}

fn started(model: &mut Model, talk: String, by: &str, follows: bool) -> Vec<Effect> {
    let Some(playing) = model.playing.as_mut().filter(|playing| playing.track.talk == talk) else { return Vec::new() };
    playing.follows = follows;
    let text = format!("Playing “{}” in {by}", playing.track.title);
    if !follows {
        // Nothing more will be heard of it.
        model.playing = None;
    }
    tell(model, text, Mood::Good);
    vec![Effect::Keep(Change::Visit(talk))]
}

/// Keeps the place now and then. One that was jumped to is not kept: following a note does not move where one stopped, and what was
/// not seen does not count as seen the next time.
fn keep_place(playing: &mut Playing, stops: bool) -> Vec<Effect> {
    let Some(at) = playing.seen_to else { return Vec::new() };
    let known = playing.kept.or(playing.track.resume).or(playing.track.start);
    let since = known.map_or(at.seconds(), |known| known.seconds().abs_diff(at.seconds()));
    if since < KEEP_EVERY && !stops {
        return Vec::new();
    }
    playing.kept = Some(at);
    vec![Effect::Keep(Change::Position(playing.track.talk.clone(), Some(at)))]
}

/// Where one is in what is played, to be kept before leaving.
pub fn place(model: &Model) -> Option<Effect> {
    let playing = model.playing.as_ref()?;
    Some(Effect::Keep(Change::Position(playing.track.talk.clone(), Some(playing.seen_to?))))
}

fn ended(model: &mut Model, talk: &str, at: Option<Cue>, seen: bool, how: End) -> Vec<Effect> {
    let playing = model.playing.take_if(|playing| playing.track.talk == talk);
    let stopped = at.filter(|_| seen).map(|at| Effect::Keep(Change::Position(talk.to_owned(), Some(at))));
    let Some(playing) = playing else { return stopped.into_iter().collect() };
    let title = playing.track.title.clone();
    match how {
        End::Reached => over(model, &playing),
        End::Closed => {
            let before = model.catalogue.index_of(talk).and_then(|talk| model.marks.position(talk));
            let place = match (at, before) {
                (Some(at), _) if seen => format!(" at {at}: p on it goes on from there"),
                (Some(at), Some(before)) => format!(" at {at}: p on it goes on from {before}, where you had come before"),
                (Some(at), None) => format!(" at {at}: p on it plays it from its start"),
                (None, _) => String::new(),
            };
            tell(model, format!("Stopped “{title}”{place}"), Mood::Good);
            stopped.into_iter().collect()
        }
        End::Died(why) => {
            tell(model, format!("“{title}” stopped: {why}"), Mood::Bad);
            stopped.into_iter().collect()
        }
    }
}

/// A talk is over: in the queue the next one follows, elsewhere it is offered.
fn over(model: &mut Model, playing: &Playing) -> Vec<Effect> {
    let (id, title) = (&playing.track.talk, &playing.track.title);
    let mut effects = vec![Effect::Keep(Change::Over(id.clone()))];
    let index = model.catalogue.index_of(id);
    let next = index.and_then(|talk| model.after(talk));
    let queued = index.is_some_and(|talk| model.marks.has(talk, Mark::Queued));
    if let Next::Playlist(rest) = &playing.next
        && let Some(follows) = play_first(model, rest.clone())
    {
        effects.extend(follows);
        return effects;
    }
    let Some(next) = next else {
        tell(model, format!("“{title}” is over"), Mood::Good);
        return effects;
    };
    if playing.next == Next::Queue && queued {
        let from = model.marks.position(next);
        effects.extend(play(model, next, from, Next::Queue));
        return effects;
    }
    let talk = &model.catalogue.talks()[next];
    let text = format!("“{title}” is over; > plays “{}”", talk.title);
    model.up_next = Some(talk.id.clone());
    tell(model, text, Mood::Good);
    effects
}
