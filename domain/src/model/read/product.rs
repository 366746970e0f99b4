//! The parts of a model's file, but for the drawing.

use super::{
    ModelFile, drawing,
    section::{self, Section, decimal, is_key},
    sense,
};
use crate::{
    Currency,
    model::{
        Charge, ChoiceValue, CostModel, ModelOption, ModelStep, OptionKind, PriceRule, ProductKind, ProductModel,
        QuantityBreak, Rule, SWATCHES, Term, Unit, expression::Names,
    },
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn read(file: &Section) -> ModelFile {
    let mut names = Names::default();
    let mut product = head(file);
    product.options = file.sections("option").iter().filter_map(|option| read_option(option, &mut names)).collect();
    product.terms = terms(file, &mut names);
    product.rules = file.sections("rule").iter().map(|rule| read_rule(rule, &names, &product)).collect();
    product.prices = file.sections("price").iter().map(|line| price(line, &names)).collect();
    product.breaks = file.sections("break").iter().map(quantity_break).collect();
    product.steps = file.sections("step").iter().map(step).collect();
    product.drawing = file.section("drawing").map(|section| drawing::read(&section, &names, &product));
    let cost = cost(file, &product, &names);
    file.finish();
    if file.reader.errors().is_empty() {
        sense::check(file, &product, &names);
    }
    ModelFile { product, cost }
}

fn head(file: &Section) -> ProductModel {
    let kinds = [ProductKind::Made, ProductKind::Goods, ProductKind::Service];
    file.need("kind");
    file.need("currency");
    let slug = file.text("slug");
    let right = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if slug.len() > 60 || !slug.chars().all(right) {
        file.reader.wrong(file.place_of("slug"), "«slug» may have a-z, 0-9 and -, at most 60");
    }
    let vat = if file.has("vat") { file.decimal("vat") } else { Decimal::ZERO };
    if vat < Decimal::ZERO || vat > Decimal::ONE_HUNDRED {
        file.reader.wrong(file.place_of("vat"), "«vat» is percent: 0 to 100");
    }
    let cent = Decimal::new(1, 2);
    let rounding = if file.has("rounding") { file.decimal("rounding") } else { cent };
    if rounding < cent || !(rounding % cent).is_zero() {
        file.reader.wrong(file.place_of("rounding"), "«rounding» must be 0.01 or a multiple of it");
    }
    ProductModel {
        slug,
        kind: file.named("kind", &kinds, ProductKind::name).unwrap_or(ProductKind::Made),
        name: file.local("name"),
        summary: file.local("summary"),
        about: file.local("about"),
        currency: file.named("currency", &Currency::ALL, Currency::code).unwrap_or_default(),
        options: Vec::new(),
        terms: Vec::new(),
        rules: Vec::new(),
        prices: Vec::new(),
        breaks: Vec::new(),
        rounding: rounding.max(cent),
        vat,
        steps: Vec::new(),
        drawing: None,
    }
}

fn read_option(section: &Section, names: &mut Names) -> Option<ModelOption> {
    let key = section.key("key");
    if names.names.contains_key(&key) || names.unsure.contains(&key) {
        section.wrong(format!("there is another option «{key}»"));
    }
    let (name, hint) = (section.local("name"), section.maybe_local("hint"));
    let Some(kind) = kind(section) else {
        names.unsure.insert(key);
        return None;
    };
    section.finish();
    let option = ModelOption { key, name, hint, kind };
    names.add_option(&option);
    Some(option)
}

fn kind(section: &Section) -> Option<OptionKind> {
    let kinds = ["choice", "number", "flag", "text"];
    let given: Vec<&str> = kinds.into_iter().filter(|kind| section.has(kind)).collect();
    match given.as_slice() {
        ["choice"] => choice(section),
        ["number"] => number_kind(&section.section("number")?),
        ["flag"] => section.flag("flag").map(|default| OptionKind::Flag { default }),
        ["text"] => section.whole("text", 1..=2_000).map(|limit| OptionKind::Text { limit }),
        _ => {
            section.wrong("an option is exactly one of choice, number, flag and text");
            None
        }
    }
}

fn choice(section: &Section) -> Option<OptionKind> {
    let default = section.text("choice");
    let values: Vec<ChoiceValue> = section.sections("values").iter().map(choice_value).collect();
    let mut seen = BTreeSet::new();
    if let Some(twice) = values.iter().find(|value| !seen.insert(&value.key)) {
        section.wrong(format!("there are two values «{}»", twice.key));
    }
    if values.is_empty() {
        section.wrong("a choice needs values");
        return None;
    }
    if !seen.contains(&default) {
        section.reader.wrong(section.place_of("choice"), format!("the default «{default}» is not one of the values"));
    }
    Some(OptionKind::Choice { values, default })
}

fn choice_value(section: &Section) -> ChoiceValue {
    let swatch = section.maybe_text("swatch");
    if let Some(unknown) = swatch.as_deref().filter(|swatch| !SWATCHES.contains(swatch)) {
        section.reader.wrong(section.place_of("swatch"), unknown_swatch(unknown));
    }
    ChoiceValue { key: section.key("key"), name: section.local("name"), swatch, numbers: numbers(section) }
}

pub(super) fn unknown_swatch(name: &str) -> String {
    format!("there is no swatch «{name}»; there are {}", SWATCHES.join(", "))
}

/// Whatever else stands in a value: numbers that expressions can use.
fn numbers(section: &Section) -> BTreeMap<String, Decimal> {
    let mut numbers = BTreeMap::new();
    for (name, found) in section.rest() {
        if !is_key(name) {
            section.reader.wrong(found.span(), format!("«{name}» cannot be a number's name"));
        }
        if let Some(number) = decimal(section.reader, name, found) {
            numbers.insert(name.to_owned(), number);
        }
    }
    numbers
}

/// More values than this cannot be chosen from.
const STEPS_LIMIT: u32 = 5_000;

fn number_kind(section: &Section) -> Option<OptionKind> {
    section.need("unit");
    let (min, max, step) = (section.decimal("min"), section.decimal("max"), section.decimal("step"));
    let default = section.decimal("default");
    let unit = section.named("unit", &Unit::ALL, Unit::name);
    section.finish();
    if step <= Decimal::ZERO || min > max {
        section.wrong("«step» must be above 0, and «max» not below «min»");
        return None;
    }
    if (max - min) / step > Decimal::from(STEPS_LIMIT) {
        section.wrong(format!("there are more than {STEPS_LIMIT} steps between «min» and «max»"));
        return None;
    }
    for (name, number) in [("max", max), ("default", default)] {
        if number < min || number > max || !((number - min) % step).is_zero() {
            section
                .reader
                .wrong(section.place_of(name), format!("«{name}» is not a whole number of steps above «min»"));
        }
    }
    Some(OptionKind::Number { min, max, step, default, unit: unit? })
}

fn terms(file: &Section, names: &mut Names) -> Vec<Term> {
    let Some(section) = file.section("terms") else { return Vec::new() };
    section.rest().into_iter().filter_map(|(name, found)| term(&section, name, found, names)).collect()
}

fn term(section: &Section, name: &str, found: section::Found, names: &mut Names) -> Option<Term> {
    if !is_key(name) || names.names.contains_key(name) || name.len() == 1 {
        let message =
            format!("a term cannot be called «{name}»: not a new name of letters, digits and _, two at least");
        section.reader.wrong(found.span(), message);
    }
    let is = section::expression(section.reader, name, found);
    let checked = is.as_ref().map(|is| is.check(names));
    match checked {
        Some(Ok(known)) => {
            names.names.insert(name.to_owned(), known);
        }
        other => {
            names.unsure.insert(name.to_owned());
            section::note(section.reader, name, found, other.and_then(Result::err));
        }
    }
    Some(Term { name: name.to_owned(), is: is? })
}

fn read_rule(section: &Section, names: &Names, product: &ProductModel) -> Rule {
    let why = section.local("why");
    let when = section.condition("when", names);
    let require = section.condition("require", names);
    let forbid = section.condition("forbid", names);
    section.finish();
    if !section.has("require") && !section.has("forbid") {
        section.wrong("a rule needs «require» or «forbid»");
    }
    let options = product.options_of([&when, &require, &forbid].into_iter().flatten());
    Rule { why, options, when, require, forbid }
}

fn price(section: &Section, names: &Names) -> PriceRule {
    let line = PriceRule {
        name: section.local("name"),
        when: section.condition("when", names),
        amount: section.number("amount", names),
    };
    for unknown in names.unknown_in(&line.name.uk).into_iter().chain(names.unknown_in(&line.name.en)) {
        section.reader.wrong(section.place_of("name"), format!("there is no option or term «{unknown}» to fill in"));
    }
    section.finish();
    line
}

fn quantity_break(section: &Section) -> QuantityBreak {
    section.need("from");
    let from = section.whole("from", 2..=100_000).unwrap_or(2);
    let (percent, name) = (section.decimal("percent"), section.local("name"));
    if percent <= Decimal::ZERO || percent >= Decimal::ONE_HUNDRED {
        section.reader.wrong(section.place_of("percent"), "«percent» must be above 0 and below 100");
    }
    section.finish();
    QuantityBreak { from, percent, name }
}

fn step(section: &Section) -> ModelStep {
    section.need("days");
    let step = ModelStep { name: section.local("name"), days: section.whole("days", 0..=365).unwrap_or_default() };
    section.finish();
    step
}

fn cost(file: &Section, product: &ProductModel, names: &Names) -> CostModel {
    let mut cost = CostModel {
        currency: product.currency,
        options: product.options.clone(),
        terms: product.terms.clone(),
        charges: Vec::new(),
    };
    let Some(section) = file.section("cost") else { return cost };
    let mut names = names.clone();
    if let Some(numbers) = section.section("numbers") {
        add_numbers(&numbers, &mut cost.options);
    }
    cost.options.iter().for_each(|option| names.add_option(option));
    cost.terms.extend(terms(&section, &mut names));
    cost.charges = section.sections("line").iter().map(|line| charge(line, &names)).collect();
    section.finish();
    cost
}

fn charge(section: &Section, names: &Names) -> Charge {
    let charge = Charge {
        name: section.local("name"),
        when: section.condition("when", names),
        once: section.flag("once").unwrap_or(false),
        amount: section.number("amount", names),
    };
    section.finish();
    charge
}

/// `[cost.numbers.wood]`, `oak = { cost = 3100 }`: numbers for values of a choice that customers never see.
fn add_numbers(section: &Section, options: &mut [ModelOption]) {
    for (key, found) in section.rest() {
        let option = options.iter_mut().find(|option| option.key == key);
        let Some(OptionKind::Choice { values, .. }) = option.map(|option| &mut option.kind) else {
            section.reader.wrong(found.span(), format!("there is no choice «{key}»"));
            continue;
        };
        let Some(of_values) = section::section(section.reader, key, found) else { continue };
        for (key, found) in of_values.rest() {
            let Some(value) = values.iter_mut().find(|value| value.key == key) else {
                section.reader.wrong(found.span(), format!("there is no value «{key}» of this option"));
                continue;
            };
            if let Some(given) = section::section(section.reader, key, found) {
                value.numbers.extend(numbers(&given));
            }
        }
    }
}
