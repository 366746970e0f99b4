//! The options of the product: their fields, the values that rules exclude, and the reasons.

use crate::{
    room::{people::AtOption, state::RoomState},
    ui::{Icon, Shape},
};
use domain::{
    Language, LocalizedText,
    document::{QUANTITY_RANGE, Value},
    model::{ChoiceValue, ModelOption, OptionKind, ProductModel, Unit},
};
use leptos::{ev::Event, prelude::*};
use locales::t;

/// The value of a number field.
type Decimal = rust_decimal::Decimal;

#[component]
pub fn Options(state: RoomState) -> impl IntoView {
    let options = state.with_model(|model| model.options.clone());
    options.into_iter().map(|option| view! { <OneOption state option/> }).collect_view()
}

#[component]
fn OneOption(state: RoomState, option: ModelOption) -> impl IntoView {
    let ModelOption { key, name, hint, kind } = option;
    let name = name.get(state.language).to_owned();
    let ruled_out = ruled_out(state, key.clone());
    let input = match kind {
        OptionKind::Choice { values, .. } => choice_input(state, &key, values, ruled_out).into_any(),
        OptionKind::Number { min, max, step, unit, .. } => {
            let range = NumberRange { min, max, step, unit };
            view! { <NumberOption state key=key.clone() name=name.clone() range/> }.into_any()
        }
        OptionKind::Flag { .. } => flag_input(state, &key, name.clone()).into_any(),
        OptionKind::Text { limit } => text_input(state, &key, limit).into_any(),
    };
    let (at, focused) = (key.clone(), key.clone());
    view! {
        <fieldset class="option" aria-describedby=format!("about-{key}") on:focusin=move |_| state.publish_focus(Some(&focused))
            on:focusout=move |_| state.publish_focus(None)>
            <legend>{name} <AtOption state key=at/></legend>
            {input}
            <div class="about" id=format!("about-{key}")>
                {hint.map(|hint| view! { <p class="hint">{hint.get(state.language).to_owned()}</p> })}
                <Reasons state key=key.clone() ruled_out/>
            </div>
        </fieldset>
    }
}

type RuledOut = Memo<Vec<(Value, LocalizedText)>>;

fn ruled_out(state: RoomState, key: String) -> RuledOut {
    Memo::new(move |_| state.values.with(|values| state.with_model(|model| model.ruled_out(values, &key))))
}

/// The rules that the chosen value violates, and the other values that would violate one.
#[component]
fn Reasons(state: RoomState, key: String, ruled_out: RuledOut) -> impl IntoView {
    let language = state.language;
    let of = key.clone();
    let broken = move || {
        let concerns = |(_, options): &&(LocalizedText, Vec<String>)| options.contains(&of);
        let whys = state
            .violations
            .with(|broken| broken.iter().filter(concerns).map(|(why, _)| why.clone()).collect::<Vec<_>>());
        whys.into_iter()
            .map(|why| view! { <p class="broken"><Icon shape=Shape::Attention/>{why.get(language).to_owned()}</p> })
            .collect_view()
    };
    let switch = state
        .with_model(|model| model.option(&key).is_some_and(|option| matches!(option.kind, OptionKind::Flag { .. })));
    let others = move || {
        let chosen = state.values.with(|values| values.get(&key).cloned());
        let out: Vec<_> = ruled_out.get().into_iter().filter(|(value, _)| Some(value) != chosen.as_ref()).collect();
        state
            .with_model(|model| group_by_reason(model, &key, &out, language))
            .into_iter()
            .map(|(values, why)| {
                // A unit may end with a full stop ("1 шт."), and the sentence adds its own.
                let values = values.trim_end_matches('.').to_owned();
                let text = if switch {
                    t!(language, "room-ruled-out-switch", why = why)
                } else {
                    t!(language, "room-ruled-out", values = values, why = why)
                };
                view! { <p class="hint">{text}</p> }
            })
            .collect_view()
    };
    view! { {broken} {others} }
}

/// Groups values by reason. Returns the values as text, consecutive numbers as a range, and the reason.
fn group_by_reason(
    model: &ProductModel,
    key: &str,
    out: &[(Value, LocalizedText)],
    language: Language,
) -> Vec<(String, String)> {
    let describe = |value: &Value| model.describe(key, value, language).map(|(_, value)| value).unwrap_or_default();
    let step = match model.option(key).map(|option| &option.kind) {
        Some(OptionKind::Number { step, .. }) => Some(*step),
        _ => None,
    };
    let follows = |last: &Value, next: &Value| match (last, next, step) {
        (Value::Number(last), Value::Number(next), Some(step)) => last.checked_add(step) == Some(*next),
        _ => false,
    };
    let mut groups: Vec<(LocalizedText, Vec<(Value, Value)>)> = Vec::new();
    for (value, why) in out {
        let ranges = match groups.iter().position(|(known, _)| known == why) {
            Some(at) => &mut groups[at].1,
            None => {
                groups.push((why.clone(), Vec::new()));
                let last = groups.len() - 1;
                &mut groups[last].1
            }
        };
        match ranges.last_mut() {
            Some((_, last)) if follows(last, value) => *last = value.clone(),
            _ => ranges.push((value.clone(), value.clone())),
        }
    }
    let range = |(first, last): (Value, Value)| {
        let from = match &first {
            _ if first == last => return describe(&first),
            Value::Number(number) => Unit::None.format(*number, language),
            _ => describe(&first),
        };
        t!(language, "option-range", from = from, to = describe(&last))
    };
    groups
        .into_iter()
        .map(|(why, ranges)| {
            let values = ranges.into_iter().map(range).collect::<Vec<_>>().join(", ");
            (values, why.get(language).to_owned())
        })
        .collect()
}

fn choice_input(state: RoomState, key: &str, values: Vec<ChoiceValue>, ruled_out: RuledOut) -> impl IntoView {
    let chips = values.into_iter().map(|choice| chip(state, key, choice, ruled_out)).collect_view();
    view! { <div class="values">{chips}</div> }
}

fn chip(state: RoomState, key: &str, choice: ChoiceValue, ruled_out: RuledOut) -> impl IntoView + use<> {
    let own = Value::Text(choice.key.clone());
    let (asked, outside, set) = (own.clone(), own.clone(), key.to_owned());
    let of = key.to_owned();
    let chosen = Memo::new(move |_| state.values.with(|values| values.get(&of) == Some(&asked)));
    let out = Memo::new(move |_| ruled_out.with(|out| out.iter().any(|(value, _)| *value == outside)));
    let swatch = choice.swatch.map(|swatch| view! { <span class=format!("swatch swatch-{swatch}")></span> });
    let first = chosen.get_untracked();
    view! {
        <label class:out=out>
            <input type="radio" name=format!("option-{key}") value=choice.key checked=first prop:checked=chosen
                on:change=move |_| state.set_option(&set, own.clone())/>
            {swatch}
            <span>{choice.name.get(state.language).to_owned()}</span>
        </label>
    }
}

/// The values that a number option allows.
#[derive(Debug, Clone, Copy)]
struct NumberRange {
    min: Decimal,
    max: Decimal,
    step: Decimal,
    unit: Unit,
}

impl NumberRange {
    fn allows(&self, number: Decimal) -> bool {
        self.nearest(number) == number
    }

    fn nearest(&self, number: Decimal) -> Decimal {
        let above = number.clamp(self.min, self.max) - self.min;
        let steps = above.checked_div(self.step).unwrap_or_default().round();
        let near = steps.checked_mul(self.step).and_then(|up| self.min.checked_add(up)).unwrap_or(self.min);
        // The maximum need not lie on a step.
        if near > self.max { near - self.step } else { near }.normalize()
    }
}

#[component]
fn NumberOption(state: RoomState, key: String, name: String, range: NumberRange) -> impl IntoView {
    let language = state.language;
    let of = key.clone();
    let held = Memo::new(move |_| match state.values.with(|values| values.get(&of).cloned()) {
        Some(Value::Number(number)) => number.normalize().to_string(),
        _ => String::new(),
    });
    let first = held.get_untracked();
    let (min, max, step) =
        (range.min.normalize().to_string(), range.max.normalize().to_string(), range.step.normalize().to_string());
    let (slid, set) = (key.clone(), key);
    let slide = move |event| {
        if let Ok(number) = event_target_value(&event).parse() {
            state.set_option(&slid, Value::Number(range.nearest(number)));
        }
    };
    let field = EditedField::new(state, held);
    let typing = set.clone();
    let typed = move |event| {
        let number = field.on_input(&event).parse::<Decimal>().ok();
        if let Some(number) = number.filter(|number| range.allows(*number)) {
            state.set_option(&typing, Value::Number(number.normalize()));
        }
    };
    // A value that is not allowed was not sent while it was typed; the nearest allowed one is sent now.
    let done = move |event: Event| {
        let number = event_target_value(&event).parse::<Decimal>().ok();
        if let Some(number) = number.filter(|number| !range.allows(*number)) {
            state.set_option(&set, Value::Number(range.nearest(number)));
        }
        field.on_end(&event);
    };
    let unit = move || range.unit.symbol(held.with(|held| held.parse()).unwrap_or_default(), language);
    let (from, to) = (Unit::None.format(range.min, language), range.unit.format(range.max, language));
    let range_text = if range.step == Decimal::ONE {
        t!(language, "option-range", from = from, to = to)
    } else {
        t!(language, "option-range-steps", from = from, to = to, step = Unit::None.format(range.step, language))
    };
    view! {
        <div class="number">
            <input type="range" min=min.clone() max=max.clone() step=step.clone() value=first.clone() prop:value=held
                aria-label=t!(language, "room-slider", name = &name)
                aria-valuetext=move || format!("{} {}", held.get(), unit()) on:input=slide/>
            <span class="amount">
                <input type="number" inputmode="decimal" min=min max=max step=step value=first
                    prop:value=field.shown aria-label=format!("{name}, {range_text}") on:input=typed
                    on:change=done on:blur=move |event| field.on_end(&event)/>
                <span class="unit" aria-hidden="true">{unit}</span>
            </span>
        </div>
        <p class="hint range" aria-hidden="true">{range_text.clone()}</p>
    }
}

/// A text field of the room. While this person types in it, changes by others do not replace its text.
#[derive(Clone, Copy)]
struct EditedField {
    typing: RwSignal<bool>,
    held: Memo<String>,
    /// The text that the room puts into the field.
    shown: Memo<String>,
}

impl EditedField {
    fn new(state: RoomState, held: Memo<String>) -> Self {
        let typing = RwSignal::new(false);
        // A field that is disabled while someone types in it may not fire `blur`.
        let open = move || !state.locked.get() && !state.access_lost.get();
        let shown = Memo::new(move |before: Option<&String>| match before {
            Some(before) if typing.get() && open() => before.clone(),
            _ => held.get(),
        });
        Self { typing, held, shown }
    }

    /// Returns the text after an input event and marks the field as being edited.
    fn on_input(self, event: &Event) -> String {
        self.typing.set(true);
        event_target_value(event)
    }

    /// Ends editing and shows the value of the room again.
    fn on_end(self, event: &Event) {
        self.typing.set(false);
        event_target::<web_sys::HtmlInputElement>(event).set_value(&self.held.get_untracked());
    }
}

fn flag_input(state: RoomState, key: &str, name: String) -> impl IntoView {
    let (of, set) = (key.to_owned(), key.to_owned());
    let on = Memo::new(move |_| state.values.with(|values| values.get(&of) == Some(&Value::Flag(true))));
    let language = state.language;
    let first = on.get_untracked();
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" aria-label=name checked=first prop:checked=on
                on:change=move |event| state.set_option(&set, Value::Flag(event_target_checked(&event)))/>
            <span aria-hidden="true">{move || if on.get() { t!(language, "yes") } else { t!(language, "no") }}</span>
        </label>
    }
}

fn text_input(state: RoomState, key: &str, limit: u32) -> impl IntoView {
    /// Each edit sends the whole text, so longer ones are sent when editing ends instead of at each keystroke.
    const MAX_SENT_WHILE_TYPING: u32 = 200;
    let (of, set) = (key.to_owned(), key.to_owned());
    let finished = key.to_owned();
    let held = Memo::new(move |_| match state.values.with(|values| values.get(&of).cloned()) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    });
    let name = state.with_model(|model| model.option(key).map(|option| option.name.get(state.language).to_owned()));
    let first = held.get_untracked();
    let field = EditedField::new(state, held);
    let typed = move |event| {
        let text = field.on_input(&event);
        if limit <= MAX_SENT_WHILE_TYPING {
            state.set_option(&set, Value::Text(text));
        }
    };
    let done = move |event| {
        if limit > MAX_SENT_WHILE_TYPING {
            state.set_option(&finished, Value::Text(event_target_value(&event)));
        }
        field.on_end(&event);
    };
    view! {
        <input type="text" aria-label=name maxlength=limit value=first prop:value=field.shown dir="auto"
            autocomplete="off" on:input=typed on:change=done on:blur=move |event| field.on_end(&event)/>
    }
}

#[component]
pub fn Quantity(state: RoomState) -> impl IntoView {
    let held = Memo::new(move |_| state.quantity.get().to_string());
    let first = held.get_untracked();
    let field = EditedField::new(state, held);
    let typed = move |event| {
        if let Some(quantity) = field.on_input(&event).parse().ok().filter(|quantity| QUANTITY_RANGE.contains(quantity))
        {
            state.set_quantity(quantity);
        }
    };
    view! {
        <div class="option">
            <label for="room-quantity">{t!(state.language, "design-quantity")}</label>
            <span class="amount">
                <input id="room-quantity" type="number" inputmode="numeric" min=*QUANTITY_RANGE.start() max=*QUANTITY_RANGE.end()
                    step=1 value=first prop:value=field.shown on:input=typed
                    on:change=move |event| field.on_end(&event) on:blur=move |event| field.on_end(&event)/>
            </span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::{NumberRange, group_by_reason};
    use crate::room::setup::example;
    use domain::{Language::En, LocalizedText, document::Value, model::Unit};

    fn range(min: &str, max: &str, step: &str) -> NumberRange {
        let number = |text: &str| text.parse().unwrap();
        NumberRange { min: number(min), max: number(max), step: number(step), unit: Unit::Mm }
    }

    #[test]
    fn typed_number_becomes_the_nearest_allowed_one() {
        for (range, typed, expected) in [
            (range("1200", "3000", "10"), "1804", "1800"),
            (range("1200", "3000", "10"), "18", "1200"),
            (range("1200", "3000", "10"), "-99999999999999999999999999", "1200"),
            (range("1200", "3000", "10"), "79228162514264337593543950335", "3000"),
            (range("0", "10", "4"), "10", "8"),
            (range("0.5", "2", "0.25"), "1.10", "1"),
            (range("0.5", "2", "0.25"), "1.20", "1.25"),
        ] {
            assert_eq!(range.nearest(typed.parse().unwrap()).to_string(), expected, "{typed}");
            assert!(range.allows(expected.parse().unwrap()));
        }
    }

    #[test]
    fn consecutive_values_with_one_reason_form_a_range() {
        let model = example().model;
        let why = |text: &str| LocalizedText { uk: text.into(), en: text.into() };
        let number = |number: i64| Value::Number(number.into());
        let out: Vec<_> = [120, 130, 140, 160]
            .map(|n| (number(n), why("too short")))
            .into_iter()
            .chain([(number(280), why("too long"))])
            .collect();
        assert_eq!(
            group_by_reason(&model, "length", &out, En),
            [
                ("from 120 to 140\u{a0}cm, 160\u{a0}cm".to_owned(), "too short".to_owned()),
                ("280\u{a0}cm".to_owned(), "too long".to_owned())
            ]
        );
        let out = [(Value::Text("oak".into()), why("none left")), (Value::Text("ash".into()), why("none left"))];
        assert_eq!(group_by_reason(&model, "wood", &out, En), [("oak, ash".to_owned(), "none left".to_owned())]);
    }
}
