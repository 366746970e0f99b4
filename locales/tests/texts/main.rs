//! Checks that every text exists in both languages, has the same values in both, and is used by the program, and that
//! every text the program uses exists.

// Clippy's setting for tests does not cover helper functions.
#![allow(clippy::unwrap_used)]

mod kinds;
mod messages;
mod sources;

use domain::{
    Currency, Language,
    policy::MemberRole,
    record,
    state::{
        CustomerKind, DesignState, MailState, NotificationKind, OrderState, Priority, ProposalState, SendFailure,
        TicketState,
    },
};
use locales::TIME_ZONES;
use messages::Messages;
use sources::{Key, Sources};

/// Texts that have a value in English only: Ukrainian would need the name in the vocative, and names are not declined.
const GREETINGS: [&str; 2] = ["home-hello", "mail-greeting-name"];

/// Keys that the program composes at run time: each pattern with everything that can replace its `{}`.
fn composed_keys() -> Vec<(&'static str, Vec<String>)> {
    fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|one| name(*one).to_owned()).collect()
    }
    let problems = names_in("app/src/web/problem.rs", "pub fn name", "=> \"");
    let cities = TIME_ZONES.into_iter().filter(|zone| *zone != "UTC");
    let zones = cities.map(|zone| zone.replace('/', "-")).collect();
    vec![
        ("currency-{}", names(&Currency::ALL, Currency::code)),
        ("date-month-{}", (1..=12).map(|month| month.to_string()).collect()),
        ("kind-{}", names(CustomerKind::ALL, CustomerKind::name)),
        ("language-{}", names(&Language::ALL, Language::tag)),
        ("mail-footer-{}", ["account", "must", "designs", "orders", "tickets"].map(str::to_owned).to_vec()),
        ("mail-unsubscribe-{}", names(NotificationKind::ALL, NotificationKind::name)),
        ("obstacle-{}", names(SendFailure::ALL, SendFailure::name)),
        ("obstacle-{}-advice", names(SendFailure::ALL, SendFailure::name)),
        ("priority-{}", names(Priority::ALL, Priority::name)),
        ("problem-{}-title", problems.clone()),
        ("problem-{}-text", problems),
        ("role-{}", names(&[MemberRole::Member, MemberRole::Administrator], MemberRole::name)),
        ("state-design-{}", names(DesignState::ALL, DesignState::name)),
        ("state-message-{}", names(MailState::ALL, MailState::name)),
        ("state-order-{}", names(OrderState::ALL, OrderState::name)),
        ("state-proposal-{}", names(ProposalState::ALL, ProposalState::name)),
        ("state-ticket-{}", names(TicketState::ALL, TicketState::name)),
        ("timeline-field-{}", names(NotificationKind::ALL, NotificationKind::name)),
        ("zone-{}", zones),
        ("{}", record_keys()),
    ]
}

/// Returns the keys of the labels and choices of declared records.
fn record_keys() -> Vec<String> {
    record::declarations().into_iter().flat_map(|declared| declared.text_keys).collect()
}

/// Returns whether this is the hint of a declared field. Hints are optional.
fn is_record_hint(key: &str) -> bool {
    key.strip_suffix("-hint").is_some_and(|label| record_keys().iter().any(|known| known == label))
}

/// Reads names from the source of a crate that depends on this one: in each line after `start`, the text between `mark`
/// and the next quote, up to the closing brace.
fn names_in(file: &str, start: &str, mark: &str) -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(file);
    let source = std::fs::read_to_string(path).unwrap();
    let block = source.split_once(start).unwrap_or_else(|| panic!("{file} does not contain {start}")).1;
    let names: Vec<String> = block
        .lines()
        .take_while(|line| *line != "}")
        .filter_map(|line| line.split_once(mark)?.1.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert!(!names.is_empty(), "{file} has no names after {start}");
    names
}

fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn read_both() -> [(Language, Messages); 2] {
    Language::ALL.map(|language| (language, messages::read(language).0))
}

#[test]
fn files_are_valid_and_plural_forms_complete() {
    assert_none(Language::ALL.into_iter().flat_map(|language| messages::read(language).1).collect());
}

#[test]
fn languages_have_the_same_texts_and_values() {
    let [(_, uk), (_, en)] = read_both();
    let mut faults = Vec::new();
    for (key, message) in &uk {
        match en.get(key) {
            None => faults.push(format!("{}: {key} is missing in English", message.file)),
            Some(other) if other.file[2..] != message.file[2..] => {
                faults.push(format!("{key} is in {} and in {}", message.file, other.file));
            }
            Some(other) => {
                // A value that only selects a form can be used in one language only.
                let (ours, theirs) = (message.values(), other.values());
                let fits = message.shown.is_subset(&theirs) && other.shown.is_subset(&ours);
                if fits == GREETINGS.contains(&key.as_str()) {
                    faults.push(format!("{}: {key} has {ours:?}, in English {theirs:?}", message.file));
                }
            }
        }
    }
    let more = en.iter().filter(|(key, _)| !uk.contains_key(*key));
    faults.extend(more.map(|(key, message)| format!("{}: {key} is missing in Ukrainian", message.file)));
    assert_none(faults);
}

#[test]
fn used_texts_exist() {
    let [(_, uk), (_, en)] = read_both();
    let mut faults = Vec::new();
    for text in sources::read().uses {
        match &text.key {
            Key::Is(key) => match (uk.get(key), en.get(key)) {
                (Some(uk), Some(en)) => {
                    let needed = uk.values().union(&en.values()).cloned().collect();
                    if let Some(values) = text.values.filter(|values| *values != needed) {
                        faults.push(format!("{}: {key} needs {needed:?}, but gets {values:?}", text.file));
                    }
                }
                (None, _) => faults.push(format!("{}: {key} is missing in Ukrainian", text.file)),
                (_, None) => faults.push(format!("{}: {key} is missing in English", text.file)),
            },
            Key::Composed(parts) => {
                if !uk.keys().any(|key| text.key.matches(key)) {
                    faults.push(format!("{}: no key matches {parts:?}", text.file));
                }
            }
        }
    }
    for (pattern, names) in composed_keys() {
        for key in names.iter().map(|name| pattern.replace("{}", name)).filter(|key| !uk.contains_key(key)) {
            faults.push(format!("{key} is missing, but {pattern} in locales/tests/texts needs it"));
        }
    }
    assert_none(faults);
}

#[test]
fn existing_texts_are_used() {
    let Sources { uses, strings } = sources::read();
    let composed: Vec<String> = composed_keys()
        .into_iter()
        .flat_map(|(pattern, names)| names.into_iter().map(move |name| pattern.replace("{}", &name)))
        .collect();
    let [(_, uk), _] = read_both();
    let unused = uk.iter().filter(|(key, _)| {
        !strings.contains(*key)
            && !composed.contains(key)
            && !is_record_hint(key)
            && !uses.iter().any(|text| matches!(text.key, Key::Composed(_)) && text.key.matches(key))
    });
    assert_none(
        unused
            .map(|(key, message)| format!("{}: {key} is unused (or add it to composed_keys)", message.file))
            .collect(),
    );
}
