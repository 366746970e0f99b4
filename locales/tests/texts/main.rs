//! Every text stands in both languages, names the same values, and is said somewhere; and what the program says is
//! there.

// The helpers of a test are tests too.
#![allow(clippy::unwrap_used)]

mod kinds;
mod messages;
mod sources;

use domain::{
    Currency, Language,
    policy::MemberRole,
    state::{
        CustomerKind, DesignState, MessageState, NoticeKind, Obstacle, OrderState, Priority, ProposalState, TicketState,
    },
};
use messages::Messages;
use sources::{Key, Sources};

/// Keys that are put together while the program runs: the pattern, and all that can stand in its place.
fn made_keys() -> Vec<(&'static str, Vec<String>)> {
    fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|one| name(*one).to_owned()).collect()
    }
    let problems = names_in("app/src/web/problem.rs", "pub fn name", "=> \"");
    let fields = [
        "name",
        "phone",
        "language",
        "time-zone",
        "birthday",
        "tax-code",
        "website",
        "label",
        "street",
        "city",
        "postcode",
        "country",
        "role",
        "department",
        "designs",
        "orders",
        "tickets",
    ];
    let fields = fields.map(str::to_owned).to_vec();
    vec![
        ("currency-{}", names(&Currency::ALL, Currency::code)),
        ("date-month-{}", (1..=12).map(|month| month.to_string()).collect()),
        ("kind-{}", names(CustomerKind::ALL, CustomerKind::name)),
        ("language-{}", names(&Language::ALL, Language::tag)),
        ("mail-footer-{}", ["account", "must", "designs", "orders", "tickets"].map(str::to_owned).to_vec()),
        ("mail-unsubscribe-{}", names(NoticeKind::ALL, NoticeKind::name)),
        ("obstacle-{}", names(Obstacle::ALL, Obstacle::name)),
        ("obstacle-{}-advice", names(Obstacle::ALL, Obstacle::name)),
        ("priority-{}", names(Priority::ALL, Priority::name)),
        ("problem-{}-title", problems.clone()),
        ("problem-{}-text", problems),
        ("role-{}", names(&[MemberRole::Member, MemberRole::Administrator], MemberRole::name)),
        ("state-design-{}", names(DesignState::ALL, DesignState::name)),
        ("state-message-{}", names(MessageState::ALL, MessageState::name)),
        ("state-order-{}", names(OrderState::ALL, OrderState::name)),
        ("state-proposal-{}", names(ProposalState::ALL, ProposalState::name)),
        ("state-ticket-{}", names(TicketState::ALL, TicketState::name)),
        ("timeline-field-{}", fields),
    ]
}

/// Names that a crate which this one cannot know gives in its source, from `start` to the next line that closes it.
fn names_in(file: &str, start: &str, mark: &str) -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(file);
    let source = std::fs::read_to_string(path).unwrap();
    let block = source.split_once(start).unwrap_or_else(|| panic!("{file} has no {start}")).1;
    let names: Vec<String> = block
        .lines()
        .take_while(|line| *line != "}")
        .filter_map(|line| line.split_once(mark)?.1.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert!(!names.is_empty(), "{file} names nothing after {start}");
    names
}

fn told(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn both() -> [(Language, Messages); 2] {
    Language::ALL.map(|language| (language, messages::read(language).0))
}

#[test]
fn files_are_sound_and_forms_complete() {
    told(Language::ALL.into_iter().flat_map(|language| messages::read(language).1).collect());
}

#[test]
fn both_languages_say_the_same() {
    let [(_, uk), (_, en)] = both();
    let mut faults = Vec::new();
    for (key, message) in &uk {
        match en.get(key) {
            None => faults.push(format!("{}: {key} is not in English", message.file)),
            Some(other) if other.file[2..] != message.file[2..] => {
                faults.push(format!("{key} is in {} and in {}", message.file, other.file));
            }
            Some(other) => {
                // A value that only chooses a form may do so in one language alone.
                let (ours, theirs) = (message.values(), other.values());
                if !message.said.is_subset(&theirs) || !other.said.is_subset(&ours) {
                    faults.push(format!("{}: {key} names {ours:?}, in English {theirs:?}", message.file));
                }
            }
        }
    }
    let more = en.iter().filter(|(key, _)| !uk.contains_key(*key));
    faults.extend(more.map(|(key, message)| format!("{}: {key} is not in Ukrainian", message.file)));
    told(faults);
}

#[test]
fn what_is_said_is_there() {
    let [(_, uk), (_, en)] = both();
    let mut faults = Vec::new();
    for said in sources::read().uses {
        match &said.key {
            Key::Is(key) => match (uk.get(key), en.get(key)) {
                (Some(uk), Some(en)) => {
                    let needed = uk.values().union(&en.values()).cloned().collect();
                    if let Some(values) = said.values.filter(|values| *values != needed) {
                        faults.push(format!("{}: {key} names {needed:?}, but is given {values:?}", said.file));
                    }
                }
                (None, _) => faults.push(format!("{}: {key} is not in Ukrainian", said.file)),
                (_, None) => faults.push(format!("{}: {key} is not in English", said.file)),
            },
            Key::Made(parts) => {
                if !uk.keys().any(|key| said.key.fits(key)) {
                    faults.push(format!("{}: no key is made of {parts:?}", said.file));
                }
            }
        }
    }
    for (pattern, names) in made_keys() {
        for key in names.iter().map(|name| pattern.replace("{}", name)).filter(|key| !uk.contains_key(key)) {
            faults.push(format!("{key} is not there, but {pattern} of locales/tests/texts needs it"));
        }
    }
    told(faults);
}

#[test]
fn what_is_there_is_said() {
    let Sources { uses, strings } = sources::read();
    let made: Vec<String> = made_keys()
        .into_iter()
        .flat_map(|(pattern, names)| names.into_iter().map(move |name| pattern.replace("{}", &name)))
        .collect();
    let [(_, uk), _] = both();
    let silent = uk.iter().filter(|(key, _)| {
        !strings.contains(*key)
            && !made.contains(key)
            && !uses.iter().any(|said| matches!(said.key, Key::Made(_)) && said.key.fits(key))
    });
    told(
        silent
            .map(|(key, message)| format!("{}: {key} is said nowhere (or name it in made_keys)", message.file))
            .collect(),
    );
}
