//! Reads all of a model file except the drawing.

use super::{
    consistency, drawing,
    section::{self, Section, decimal, is_key, unknown_swatch},
};
use crate::{
    Currency,
    model::{
        cost::{CostLine, CostModel},
        drawing::SWATCHES,
        expression::TypeEnvironment,
        option::{ChoiceValue, ModelOption, OptionKind},
        product::{ModelStep, PriceRule, ProductKind, ProductModel, QuantityBreak, Rule, Term},
        unit::Unit,
    },
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The content of a model file. The costs are separate, because only staff may see them.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFile {
    pub product: ProductModel,
    pub cost: CostModel,
}

pub(super) fn read(file: &Section) -> ModelFile {
    let mut environment = TypeEnvironment::default();
    let mut product = read_header(file);
    product.options =
        file.sections("option").iter().filter_map(|option| read_option(option, &mut environment)).collect();
    product.terms = read_terms(file, &mut environment);
    product.rules = file.sections("rule").iter().map(|rule| read_rule(rule, &environment, &product)).collect();
    product.prices = file.sections("price").iter().map(|line| read_price(line, &environment)).collect();
    product.breaks = file.sections("break").iter().map(read_break).collect();
    product.steps = file.sections("step").iter().map(read_step).collect();
    product.drawing = file.section("drawing").map(|section| drawing::read(&section, &environment, &product));
    let cost = read_cost(file, &product, &environment);
    file.finish();
    if file.diagnostics.errors().is_empty() {
        consistency::check(file, &product, &environment);
    }
    ModelFile { product, cost }
}

/// Reads the keys at the top of the file.
fn read_header(file: &Section) -> ProductModel {
    let kinds = [ProductKind::Made, ProductKind::Goods, ProductKind::Service];
    file.require("kind");
    file.require("currency");
    let slug = file.text("slug");
    let is_allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if slug.len() > 60 || !slug.chars().all(is_allowed) {
        file.report_at("slug", "«slug» may only contain a-z, 0-9 and -, at most 60 characters");
    }
    let vat = if file.has("vat") { file.decimal("vat") } else { Decimal::ZERO };
    if vat < Decimal::ZERO || vat > Decimal::ONE_HUNDRED {
        file.report_at("vat", "«vat» is a percentage from 0 to 100");
    }
    let cent = Decimal::new(1, 2);
    let rounding = if file.has("rounding") { file.decimal("rounding") } else { cent };
    if rounding < cent || !(rounding % cent).is_zero() {
        file.report_at("rounding", "«rounding» must be 0.01 or a multiple of it");
    }
    ProductModel {
        slug,
        kind: file.one_of("kind", &kinds, ProductKind::name).unwrap_or(ProductKind::Made),
        name: file.localized("name"),
        summary: file.localized("summary"),
        about: file.localized("about"),
        currency: file.one_of("currency", &Currency::ALL, Currency::code).unwrap_or_default(),
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

fn read_option(section: &Section, environment: &mut TypeEnvironment) -> Option<ModelOption> {
    let key = section.key("key");
    if environment.types.contains_key(&key) || environment.invalid.contains(&key) {
        section.report(format!("duplicate option «{key}»"));
    }
    let (name, hint) = (section.localized("name"), section.optional_localized("hint"));
    let Some(kind) = read_kind(section) else {
        environment.invalid.insert(key);
        return None;
    };
    section.finish();
    let option = ModelOption { key, name, hint, kind };
    environment.add_option(&option);
    Some(option)
}

fn read_kind(section: &Section) -> Option<OptionKind> {
    let kinds = ["choice", "number", "flag", "text"];
    let present: Vec<&str> = kinds.into_iter().filter(|kind| section.has(kind)).collect();
    match present.as_slice() {
        ["choice"] => read_choice(section),
        ["number"] => read_number(&section.section("number")?),
        ["flag"] => section.flag("flag").map(|default| OptionKind::Flag { default }),
        ["text"] => section.integer("text", 1..=2_000).map(|limit| OptionKind::Text { limit }),
        _ => {
            section.report("an option must have exactly one of choice, number, flag and text");
            None
        }
    }
}

fn read_choice(section: &Section) -> Option<OptionKind> {
    let default = section.text("choice");
    let values: Vec<ChoiceValue> = section.sections("values").iter().map(read_choice_value).collect();
    let mut seen = BTreeSet::new();
    if let Some(duplicate) = values.iter().find(|value| !seen.insert(&value.key)) {
        section.report(format!("duplicate value «{}»", duplicate.key));
    }
    if values.is_empty() {
        section.report("a choice must have values");
        return None;
    }
    if !seen.contains(&default) {
        section.report_at("choice", format!("the default «{default}» is not one of the values"));
    }
    Some(OptionKind::Choice { values, default })
}

fn read_choice_value(section: &Section) -> ChoiceValue {
    let swatch = section.optional_text("swatch");
    if let Some(unknown) = swatch.as_deref().filter(|swatch| !SWATCHES.contains(swatch)) {
        section.report_at("swatch", unknown_swatch(unknown));
    }
    ChoiceValue { key: section.key("key"), name: section.localized("name"), swatch, numbers: read_numbers(section) }
}

/// Reads all other keys of a value: numbers that expressions can use.
fn read_numbers(section: &Section) -> BTreeMap<String, Decimal> {
    let mut numbers = BTreeMap::new();
    for (name, found) in section.remaining() {
        if !is_key(name) {
            section.diagnostics.report(found.span(), format!("«{name}» is not a valid name of a number"));
        }
        if let Some(number) = decimal(section.diagnostics, name, found) {
            numbers.insert(name.to_owned(), number);
        }
    }
    numbers
}

/// The most steps of a number option.
const STEPS_LIMIT: u32 = 5_000;

fn read_number(section: &Section) -> Option<OptionKind> {
    section.require("unit");
    let (min, max, step) = (section.decimal("min"), section.decimal("max"), section.decimal("step"));
    let default = section.decimal("default");
    let unit = section.one_of("unit", &Unit::ALL, Unit::name);
    section.finish();
    if step <= Decimal::ZERO || min > max {
        section.report("«step» must be greater than 0, and «max» must not be less than «min»");
        return None;
    }
    if (max - min) / step > Decimal::from(STEPS_LIMIT) {
        section.report(format!("there are more than {STEPS_LIMIT} steps between «min» and «max»"));
        return None;
    }
    for (name, number) in [("max", max), ("default", default)] {
        if number < min || number > max || !((number - min) % step).is_zero() {
            section.report_at(name, format!("«{name}» is not a whole number of steps above «min»"));
        }
    }
    Some(OptionKind::Number { min, max, step, default, unit: unit? })
}

fn read_terms(file: &Section, environment: &mut TypeEnvironment) -> Vec<Term> {
    let Some(section) = file.section("terms") else { return Vec::new() };
    section.remaining().into_iter().filter_map(|(name, found)| read_term(&section, name, found, environment)).collect()
}

fn read_term(
    section: &Section,
    name: &str,
    found: section::TomlValue,
    environment: &mut TypeEnvironment,
) -> Option<Term> {
    if !is_key(name) || environment.types.contains_key(name) || name.len() == 1 {
        let message = format!("invalid term name «{name}»: it must be new and have at least two letters, digits or _");
        section.diagnostics.report(found.span(), message);
    }
    let expression = section::expression(section.diagnostics, name, found);
    let checked = expression.as_ref().map(|expression| expression.check(environment));
    match checked {
        Some(Ok(checked)) => {
            environment.types.insert(name.to_owned(), checked);
        }
        other => {
            environment.invalid.insert(name.to_owned());
            section::report_type_error(section.diagnostics, name, found, other.and_then(Result::err));
        }
    }
    Some(Term { name: name.to_owned(), expression: expression? })
}

fn read_rule(section: &Section, environment: &TypeEnvironment, product: &ProductModel) -> Rule {
    let why = section.localized("why");
    let when = section.condition("when", environment);
    let require = section.condition("require", environment);
    let forbid = section.condition("forbid", environment);
    section.finish();
    if !section.has("require") && !section.has("forbid") {
        section.report("a rule must have «require» or «forbid»");
    }
    let options = product.options_used_by([&when, &require, &forbid].into_iter().flatten());
    Rule { why, options, when, require, forbid }
}

fn read_price(section: &Section, environment: &TypeEnvironment) -> PriceRule {
    let line = PriceRule {
        name: section.localized("name"),
        when: section.condition("when", environment),
        amount: section.number("amount", environment),
    };
    for unknown in environment
        .unknown_placeholders(&line.name.uk)
        .into_iter()
        .chain(environment.unknown_placeholders(&line.name.en))
    {
        section.report_at("name", format!("unknown option or term «{unknown}» in a placeholder"));
    }
    section.finish();
    line
}

fn read_break(section: &Section) -> QuantityBreak {
    section.require("from");
    let from = section.integer("from", 2..=100_000).unwrap_or(2);
    let (percent, name) = (section.decimal("percent"), section.localized("name"));
    if percent <= Decimal::ZERO || percent >= Decimal::ONE_HUNDRED {
        section.report_at("percent", "«percent» must be greater than 0 and less than 100");
    }
    section.finish();
    QuantityBreak { from, percent, name }
}

fn read_step(section: &Section) -> ModelStep {
    section.require("days");
    let step =
        ModelStep { name: section.localized("name"), days: section.integer("days", 0..=365).unwrap_or_default() };
    section.finish();
    step
}

fn read_cost(file: &Section, product: &ProductModel, environment: &TypeEnvironment) -> CostModel {
    let mut cost = CostModel {
        currency: product.currency,
        options: product.options.clone(),
        terms: product.terms.clone(),
        lines: Vec::new(),
    };
    let Some(section) = file.section("cost") else { return cost };
    let mut environment = environment.clone();
    if let Some(numbers) = section.section("numbers") {
        add_numbers(&numbers, &mut cost.options);
    }
    cost.options.iter().for_each(|option| environment.add_option(option));
    cost.terms.extend(read_terms(&section, &mut environment));
    cost.lines = section.sections("line").iter().map(|line| read_cost_line(line, &environment)).collect();
    section.finish();
    cost
}

fn read_cost_line(section: &Section, environment: &TypeEnvironment) -> CostLine {
    let line = CostLine {
        name: section.localized("name"),
        when: section.condition("when", environment),
        once: section.flag("once").unwrap_or(false),
        amount: section.number("amount", environment),
    };
    section.finish();
    line
}

/// Adds numbers to the values of choices: `[cost.numbers.wood]`, `oak = { cost = 3100 }`. Customers never see them.
fn add_numbers(section: &Section, options: &mut [ModelOption]) {
    for (key, found) in section.remaining() {
        let option = options.iter_mut().find(|option| option.key == key);
        let Some(OptionKind::Choice { values, .. }) = option.map(|option| &mut option.kind) else {
            section.diagnostics.report(found.span(), format!("unknown choice «{key}»"));
            continue;
        };
        let Some(value_numbers) = section::section(section.diagnostics, key, found) else { continue };
        for (key, found) in value_numbers.remaining() {
            let Some(value) = values.iter_mut().find(|value| value.key == key) else {
                section.diagnostics.report(found.span(), format!("unknown value «{key}»"));
                continue;
            };
            if let Some(section) = section::section(section.diagnostics, key, found) {
                value.numbers.extend(read_numbers(&section));
            }
        }
    }
}
