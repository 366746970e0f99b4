//! The options: what can be chosen, what is chosen, and why some of it does not go together with the rest.

use crate::{
    room::{Live, people::AtOption},
    ui::{Icon, Shape},
};
use domain::{
    Language, LocalizedText,
    document::{QUANTITY_RANGE, Value},
    model::{ChoiceValue, ModelOption, OptionKind, ProductModel, Unit},
};
use leptos::{ev::Event, prelude::*};
use locales::t;

/// A number as the browser's fields take it and give it.
type Decimal = rust_decimal::Decimal;

#[component]
pub fn Options(live: Live) -> impl IntoView {
    let options = live.with_model(|model| model.options.clone());
    options.into_iter().map(|option| view! { <OneOption live option/> }).collect_view()
}

#[component]
fn OneOption(live: Live, option: ModelOption) -> impl IntoView {
    let ModelOption { key, name, hint, kind } = option;
    let name = name.get(live.language).to_owned();
    let ruled_out = ruled_out(live, key.clone());
    let field = match kind {
        OptionKind::Choice { values, .. } => choice(live, &key, values, ruled_out).into_any(),
        OptionKind::Number { min, max, step, unit, .. } => {
            let fit = Fit { min, max, step, unit };
            view! { <NumberOption live key=key.clone() name=name.clone() fit/> }.into_any()
        }
        OptionKind::Flag { .. } => flag(live, &key, name.clone()).into_any(),
        OptionKind::Text { limit } => text(live, &key, limit).into_any(),
    };
    let (at, focused) = (key.clone(), key.clone());
    view! {
        <fieldset class="option" aria-describedby=format!("about-{key}") on:focusin=move |_| live.say_where(Some(&focused))
            on:focusout=move |_| live.say_where(None)>
            <legend>{name} <AtOption live key=at/></legend>
            {field}
            <div class="about" id=format!("about-{key}")>
                {hint.map(|hint| view! { <p class="hint">{hint.get(live.language).to_owned()}</p> })}
                <Reasons live key=key.clone() ruled_out/>
            </div>
        </fieldset>
    }
}

type RuledOut = Memo<Vec<(Value, LocalizedText)>>;

fn ruled_out(live: Live, key: String) -> RuledOut {
    Memo::new(move |_| live.values.with(|values| live.with_model(|model| model.ruled_out(values, &key))))
}

/// What is chosen here and breaks a rule; and what else would.
#[component]
fn Reasons(live: Live, key: String, ruled_out: RuledOut) -> impl IntoView {
    let language = live.language;
    let of = key.clone();
    let broken = move || {
        let speaks = |(_, options): &&(LocalizedText, Vec<String>)| options.contains(&of);
        let whys =
            live.violations.with(|broken| broken.iter().filter(speaks).map(|(why, _)| why.clone()).collect::<Vec<_>>());
        whys.into_iter()
            .map(|why| view! { <p class="broken"><Icon shape=Shape::Attention/>{why.get(language).to_owned()}</p> })
            .collect_view()
    };
    let switch = live
        .with_model(|model| model.option(&key).is_some_and(|option| matches!(option.kind, OptionKind::Flag { .. })));
    let others = move || {
        let chosen = live.values.with(|values| values.get(&key).cloned());
        let out: Vec<_> = ruled_out.get().into_iter().filter(|(value, _)| Some(value) != chosen.as_ref()).collect();
        live.with_model(|model| grouped(model, &key, &out, language))
            .into_iter()
            .map(|(values, why)| {
                // A unit may end with a full stop of its own: "1 шт."
                let values = values.trim_end_matches('.').to_owned();
                let said = if switch {
                    t!(language, "room-ruled-out-switch", why = why)
                } else {
                    t!(language, "room-ruled-out", values = values, why = why)
                };
                view! { <p class="hint">{said}</p> }
            })
            .collect_view()
    };
    view! { {broken} {others} }
}

/// Values with the same reason in one line; numbers next to each other as a range.
fn grouped(
    model: &ProductModel,
    key: &str,
    out: &[(Value, LocalizedText)],
    language: Language,
) -> Vec<(String, String)> {
    let say = |value: &Value| model.describe(key, value, language).map(|(_, value)| value).unwrap_or_default();
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
            _ if first == last => return say(&first),
            Value::Number(number) => Unit::None.format(*number, language),
            _ => say(&first),
        };
        t!(language, "option-range", from = from, to = say(&last))
    };
    groups
        .into_iter()
        .map(|(why, ranges)| {
            let values = ranges.into_iter().map(range).collect::<Vec<_>>().join(", ");
            (values, why.get(language).to_owned())
        })
        .collect()
}

fn choice(live: Live, key: &str, values: Vec<ChoiceValue>, ruled_out: RuledOut) -> impl IntoView {
    let chips = values.into_iter().map(|choice| chip(live, key, choice, ruled_out)).collect_view();
    view! { <div class="values">{chips}</div> }
}

fn chip(live: Live, key: &str, choice: ChoiceValue, ruled_out: RuledOut) -> impl IntoView + use<> {
    let own = Value::Text(choice.key.clone());
    let (asked, outside, set) = (own.clone(), own.clone(), key.to_owned());
    let of = key.to_owned();
    let chosen = Memo::new(move |_| live.values.with(|values| values.get(&of) == Some(&asked)));
    let out = Memo::new(move |_| ruled_out.with(|out| out.iter().any(|(value, _)| *value == outside)));
    let swatch = choice.swatch.map(|swatch| view! { <span class=format!("swatch swatch-{swatch}")></span> });
    let first = chosen.get_untracked();
    view! {
        <label class:out=out>
            <input type="radio" name=format!("option-{key}") value=choice.key checked=first prop:checked=chosen
                on:change=move |_| live.set_option(&set, own.clone())/>
            {swatch}
            <span>{choice.name.get(live.language).to_owned()}</span>
        </label>
    }
}

/// What a number may be.
#[derive(Debug, Clone, Copy)]
struct Fit {
    min: Decimal,
    max: Decimal,
    step: Decimal,
    unit: Unit,
}

impl Fit {
    fn allows(&self, number: Decimal) -> bool {
        self.nearest(number) == number
    }

    fn nearest(&self, number: Decimal) -> Decimal {
        let above = number.clamp(self.min, self.max) - self.min;
        let steps = above.checked_div(self.step).unwrap_or_default().round();
        let near = steps.checked_mul(self.step).and_then(|up| self.min.checked_add(up)).unwrap_or(self.min);
        // The greatest number need not lie on a step.
        if near > self.max { near - self.step } else { near }.normalize()
    }
}

#[component]
fn NumberOption(live: Live, key: String, name: String, fit: Fit) -> impl IntoView {
    let language = live.language;
    let of = key.clone();
    let held = Memo::new(move |_| match live.values.with(|values| values.get(&of).cloned()) {
        Some(Value::Number(number)) => number.normalize().to_string(),
        _ => String::new(),
    });
    let first = held.get_untracked();
    let (min, max, step) =
        (fit.min.normalize().to_string(), fit.max.normalize().to_string(), fit.step.normalize().to_string());
    let (slid, set) = (key.clone(), key);
    let slide = move |event| {
        if let Ok(number) = event_target_value(&event).parse() {
            live.set_option(&slid, Value::Number(fit.nearest(number)));
        }
    };
    let draft = Draft::of(live, held);
    let typing = set.clone();
    let typed = move |event| {
        let number = draft.typed(&event).parse::<Decimal>().ok();
        if let Some(number) = number.filter(|number| fit.allows(*number)) {
            live.set_option(&typing, Value::Number(number.normalize()));
        }
    };
    // Done typing: what is not allowed, and so not shared yet, becomes the nearest that is.
    let done = move |event: Event| {
        let number = event_target_value(&event).parse::<Decimal>().ok();
        if let Some(number) = number.filter(|number| !fit.allows(*number)) {
            live.set_option(&set, Value::Number(fit.nearest(number)));
        }
        draft.end(&event);
    };
    let unit = move || fit.unit.symbol(held.with(|held| held.parse()).unwrap_or_default(), language);
    let (from, to) = (Unit::None.format(fit.min, language), fit.unit.format(fit.max, language));
    let range = if fit.step == Decimal::ONE {
        t!(language, "option-range", from = from, to = to)
    } else {
        t!(language, "option-range-steps", from = from, to = to, step = Unit::None.format(fit.step, language))
    };
    view! {
        <div class="number">
            <input type="range" min=min.clone() max=max.clone() step=step.clone() value=first.clone() prop:value=held
                aria-label=t!(language, "room-slider", name = &name)
                aria-valuetext=move || format!("{} {}", held.get(), unit()) on:input=slide/>
            <span class="amount">
                <input type="number" inputmode="decimal" min=min max=max step=step value=first
                    prop:value=draft.shown aria-label=format!("{name}, {range}") on:input=typed
                    on:change=done on:blur=move |event| draft.end(&event)/>
                <span class="unit" aria-hidden="true">{unit}</span>
            </span>
        </div>
        <p class="hint range" aria-hidden="true">{range.clone()}</p>
    }
}

/// A field of the room in which someone may be typing: what is typed stands there until it is finished, whatever the
/// others choose meanwhile.
#[derive(Clone, Copy)]
struct Draft {
    typing: RwSignal<bool>,
    held: Memo<String>,
    /// What the room puts into the field.
    shown: Memo<String>,
}

impl Draft {
    fn of(live: Live, held: Memo<String>) -> Self {
        let typing = RwSignal::new(false);
        // A field that is closed while someone types need not say that it is left.
        let open = move || !live.locked.get() && !live.shut_out.get();
        let shown = Memo::new(move |before: Option<&String>| match before {
            Some(before) if typing.get() && open() => before.clone(),
            _ => held.get(),
        });
        Self { typing, held, shown }
    }

    /// What an event of the field says it is now.
    fn typed(self, event: &Event) -> String {
        self.typing.set(true);
        event_target_value(event)
    }

    fn end(self, event: &Event) {
        self.typing.set(false);
        event_target::<web_sys::HtmlInputElement>(event).set_value(&self.held.get_untracked());
    }
}

fn flag(live: Live, key: &str, name: String) -> impl IntoView {
    let (of, set) = (key.to_owned(), key.to_owned());
    let on = Memo::new(move |_| live.values.with(|values| values.get(&of) == Some(&Value::Flag(true))));
    let language = live.language;
    let first = on.get_untracked();
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" aria-label=name checked=first prop:checked=on
                on:change=move |event| live.set_option(&set, Value::Flag(event_target_checked(&event)))/>
            <span aria-hidden="true">{move || if on.get() { t!(language, "yes") } else { t!(language, "no") }}</span>
        </label>
    }
}

fn text(live: Live, key: &str, limit: u32) -> impl IntoView {
    /// Each edit carries the whole text: a longer one is shared when it is finished, not at each letter.
    const SHARED_AT_ONCE: u32 = 200;
    let (of, set) = (key.to_owned(), key.to_owned());
    let finished = key.to_owned();
    let held = Memo::new(move |_| match live.values.with(|values| values.get(&of).cloned()) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    });
    let name = live.with_model(|model| model.option(key).map(|option| option.name.get(live.language).to_owned()));
    let first = held.get_untracked();
    let draft = Draft::of(live, held);
    let typed = move |event| {
        let text = draft.typed(&event);
        if limit <= SHARED_AT_ONCE {
            live.set_option(&set, Value::Text(text));
        }
    };
    let done = move |event| {
        if limit > SHARED_AT_ONCE {
            live.set_option(&finished, Value::Text(event_target_value(&event)));
        }
        draft.end(&event);
    };
    view! {
        <input type="text" aria-label=name maxlength=limit value=first prop:value=draft.shown dir="auto"
            autocomplete="off" on:input=typed on:change=done on:blur=move |event| draft.end(&event)/>
    }
}

#[component]
pub fn Quantity(live: Live) -> impl IntoView {
    let held = Memo::new(move |_| live.quantity.get().to_string());
    let first = held.get_untracked();
    let draft = Draft::of(live, held);
    let typed = move |event| {
        if let Some(quantity) = draft.typed(&event).parse().ok().filter(|quantity| QUANTITY_RANGE.contains(quantity)) {
            live.set_quantity(quantity);
        }
    };
    view! {
        <div class="option">
            <label for="room-quantity">{t!(live.language, "design-quantity")}</label>
            <span class="amount">
                <input id="room-quantity" type="number" inputmode="numeric" min=*QUANTITY_RANGE.start() max=*QUANTITY_RANGE.end()
                    step=1 value=first prop:value=draft.shown on:input=typed
                    on:change=move |event| draft.end(&event) on:blur=move |event| draft.end(&event)/>
            </span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::{Fit, grouped};
    use crate::room::setup::example;
    use domain::{Language::En, LocalizedText, document::Value, model::Unit};

    fn fit(min: &str, max: &str, step: &str) -> Fit {
        let number = |text: &str| text.parse().unwrap();
        Fit { min: number(min), max: number(max), step: number(step), unit: Unit::Mm }
    }

    #[test]
    fn what_is_typed_becomes_the_nearest_number_that_is_allowed() {
        for (fit, typed, expected) in [
            (fit("1200", "3000", "10"), "1804", "1800"),
            (fit("1200", "3000", "10"), "18", "1200"),
            (fit("1200", "3000", "10"), "-99999999999999999999999999", "1200"),
            (fit("1200", "3000", "10"), "79228162514264337593543950335", "3000"),
            (fit("0", "10", "4"), "10", "8"),
            (fit("0.5", "2", "0.25"), "1.10", "1"),
            (fit("0.5", "2", "0.25"), "1.20", "1.25"),
        ] {
            assert_eq!(fit.nearest(typed.parse().unwrap()).to_string(), expected, "{typed}");
            assert!(fit.allows(expected.parse().unwrap()));
        }
    }

    #[test]
    fn neighbours_with_one_reason_are_said_as_a_range() {
        let model = example().model;
        let why = |text: &str| LocalizedText { uk: text.into(), en: text.into() };
        let number = |number: i64| Value::Number(number.into());
        let out: Vec<_> = [120, 130, 140, 160]
            .map(|n| (number(n), why("too short")))
            .into_iter()
            .chain([(number(280), why("too long"))])
            .collect();
        assert_eq!(
            grouped(&model, "length", &out, En),
            [
                ("from 120 to 140\u{a0}cm, 160\u{a0}cm".to_owned(), "too short".to_owned()),
                ("280\u{a0}cm".to_owned(), "too long".to_owned())
            ]
        );
        let out = [(Value::Text("oak".into()), why("none left")), (Value::Text("ash".into()), why("none left"))];
        assert_eq!(grouped(&model, "wood", &out, En), [("oak, ash".to_owned(), "none left".to_owned())]);
    }
}
