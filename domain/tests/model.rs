//! Tests of the demo company's product models and of product models in general.

#![allow(clippy::unwrap_used)]

use domain::{
    Currency::Uah,
    Language, Money,
    document::Value,
    model::{Expression, ModelFile, OptionKind, ProductModel, Values, parse},
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

static MODELS: LazyLock<Vec<ModelFile>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let models = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    models
        .map(|path| parse(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|errors| panic!("{path:?}: {errors:?}")))
        .collect()
});

fn model(slug: &str) -> &'static ProductModel {
    &MODELS.iter().find(|file| file.product.slug == slug).unwrap().product
}

fn set(values: &[(&str, Value)]) -> Values {
    values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

fn number(number: i64) -> Value {
    Value::Number(number.into())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A model and an allowed value for each option.
fn configured() -> impl Strategy<Value = (&'static ModelFile, Values)> {
    (0..MODELS.len(), prop::collection::vec(any::<prop::sample::Index>(), 20), "\\PC{0,20}").prop_map(
        |(model, picks, words)| {
            let file = &MODELS[model];
            let pick = |(option, pick): (&domain::model::ModelOption, &prop::sample::Index)| {
                let allowed = option.kind.allowed_values();
                let value = if allowed.is_empty() { Value::Text(words.clone()) } else { pick.get(&allowed).clone() };
                (option.key.clone(), value)
            };
            (file, file.product.options.iter().zip(&picks).map(pick).collect())
        },
    )
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Flag),
        (any::<i64>(), 0u32..20).prop_map(|(number, scale)| Value::Number(Decimal::new(number, scale))),
        (-10i64..400).prop_map(number),
        "\\PC{0,30}".prop_map(Value::Text),
        "[a-z]{2,7}".prop_map(Value::Text),
    ]
}

#[test]
fn demo_company_has_enough_products() {
    let made = MODELS.iter().filter(|file| file.product.kind == domain::model::ProductKind::Made);
    assert!(made.clone().count() >= 6);
    assert!(MODELS.len() - made.clone().count() >= 3);
    for file in made {
        assert!(file.product.drawing.is_some(), "{}", file.product.slug);
    }
}

#[test]
fn price_has_lines_and_vat() {
    let table = model("dining-table");
    let values = set(&[("length", number(200)), ("wood", text("walnut"))]);
    let price = table.price(&values, 1);
    let names: Vec<_> = price.lines.iter().map(|line| (line.name.en.as_str(), line.amount.minor)).collect();
    // 2.0 m × 0.9 m of walnut at 17 400 a square metre; the straight edge costs nothing and has no line.
    assert_eq!(
        names,
        [("Top, American walnut, 200\u{a0}cm × 90\u{a0}cm", 3_132_000), ("Legs: four straight, wood", 420_000)]
    );
    assert_eq!(price.total.minor, 3_552_000);
    assert_eq!(price.vat.minor, 592_000);
    let three = table.price(&values, 3);
    assert_eq!(three.each.minor, 3_552_000 - 142_080);
    assert_eq!(three.total.minor, three.each.minor * 3);
    let offer = table.offer(&values, 3, Money::new(three.total.minor - 12_000, Uah));
    assert_eq!((offer.each, offer.discount), (three.each, Money::new(12_000, Uah)));
    assert_eq!(three.vat.minor - offer.vat.minor, 2_000, "20 % within 120");
    assert_eq!(table.without_vat(offer.total).minor + offer.vat.minor, offer.total.minor);
}

#[test]
fn violated_rules_give_their_explanation() {
    let table = model("dining-table");
    assert!(table.violations(&table.defaults()).is_empty());
    let broken = set(&[("length", number(280))]);
    let why: Vec<_> = table.violations(&broken).iter().map(|rule| rule.why.en.clone()).collect();
    assert_eq!(why, ["Beyond 240 cm four legs cannot keep the top level: it needs steel frames or trestles."]);
    let out: Vec<_> = table.ruled_out(&set(&[("length", number(250)), ("legs", text("frame"))]), "legs");
    assert_eq!(out.iter().map(|(value, _)| value.clone()).collect::<Vec<_>>(), [text("straight"), text("tapered")]);
}

#[test]
fn invalid_values_are_replaced_by_defaults() {
    let table = model("dining-table");
    let strange = set(&[
        ("length", number(5_000)),
        ("width", Value::Number(Decimal::new(901, 1))),
        ("wood", text("mahogany")),
        ("leaf", number(1)),
        ("colour", text("red")),
        ("engraving", text(&"a".repeat(61))),
    ]);
    assert_eq!(table.complete(&strange), table.defaults());
    // Equal numbers have the same text, and so the same hash.
    let long = set(&[("length", Value::Number(Decimal::new(20_000, 2)))]);
    assert_eq!(serde_json::to_string(&table.complete(&long)["length"]).unwrap(), r#"{"number":"200"}"#);
}

#[test]
fn product_sent_to_customers_contains_no_costs() {
    for file in MODELS.iter() {
        let sent = serde_json::to_string(&file.product).unwrap();
        assert!(!sent.contains("\"cost"), "{}", file.product.slug);
        let cost = file.cost.cost(&file.product.defaults(), 1);
        let price = file.product.price(&file.product.defaults(), 1);
        assert!(
            cost.minor > 0 && cost.minor < price.total.minor,
            "{}: {cost:?} of {:?}",
            file.product.slug,
            price.total
        );
    }
}

#[test]
fn models_survive_serialization() {
    for file in MODELS.iter() {
        let product: ProductModel = serde_json::from_str(&serde_json::to_string(&file.product).unwrap()).unwrap();
        assert!(product == file.product, "{}", file.product.slug);
        let cost: domain::model::CostModel = serde_json::from_str(&serde_json::to_string(&file.cost).unwrap()).unwrap();
        assert!(cost == file.cost, "{}", file.product.slug);
    }
}

#[test]
fn all_errors_are_reported_with_their_lines() {
    let text = r#"slug = "Stool"
kind = "toy"
currency = "UAH"
name = { uk = "Табурет" }
summary = { uk = "а", en = "b" }
about = { uk = "а", en = "b" }
colour = 1

[[option]]
key = "height"
name = { uk = "Висота", en = "Height" }
number = { min = 40, max = 50, step = 3, default = 41, unit = "cm" }

[[option]]
key = "wood"
name = { uk = "Деревина", en = "Wood" }
choice = "elm"
values = [ { key = "oak", name = { uk = "дуб", en = "oak" }, swatch = "okay" } ]

[[rule]]
when = "wood == 'pine'"
require = "height > 45 +"
why = { uk = "а", en = "b" }

[[price]]
name = { uk = "Усе, {size}", en = "All" }
amount = "100 / (height - 45)"

[[price]]
name = { uk = "Усе", en = "All" }
amount = "wood.rate * lenght"
"#;
    let errors: Vec<String> = parse(text).unwrap_err().iter().map(ToString::to_string).collect();
    let expected = [
        (1, "«slug» may only contain"),
        (2, "«kind» must be one of made, goods, service"),
        (4, "«en» is missing"),
        (7, "unknown key «colour»"),
        (12, "«default» is not a whole number of steps"),
        (12, "«max» is not a whole number of steps"),
        (17, "the default «elm» is not one of the values"),
        (18, "unknown swatch «okay»"),
        (21, "«pine» is not a value of this option; its values are oak"),
        (22, "is not an expression"),
        (26, "unknown option or term «size»"),
        (27, "the divisor can be 0: it is between -5 and 5"),
        (31, "no value of «wood» has a number «rate»"),
    ];
    assert_eq!(errors.len(), expected.len(), "{errors:#?}");
    for ((line, message), error) in expected.iter().zip(&errors) {
        assert!(error.starts_with(&format!("{line}: ")) && error.contains(message), "{error}: expected {message}");
    }
}

/// The check of the price must use the same rounding as the computation: half away from zero, each line to a multiple
/// of `rounding`.
#[test]
fn price_that_can_be_negative_or_undefined_is_rejected() {
    let model = |rounding: &str, amounts: &[&str]| {
        let lines = amounts
            .iter()
            .map(|amount| format!("[[price]]\nname = {{ uk = \"а\", en = \"b\" }}\namount = \"{amount}\"\n"));
        format!(
            r#"slug = "shelf"
kind = "goods"
currency = "UAH"
rounding = {rounding}
name = {{ uk = "а", en = "b" }}
summary = {{ uk = "а", en = "b" }}
about = {{ uk = "а", en = "b" }}

[[option]]
key = "x"
name = {{ uk = "х", en = "x" }}
number = {{ min = 0.5, max = 2.5, step = 0.5, default = 1, unit = "m" }}

{}"#,
            lines.collect::<String>()
        )
    };
    for (rounding, amounts, expected) in [
        ("1", &["3 - round(x)"][..], ""),
        ("1", &["2 - round(x)"], "less than zero"),
        ("1", &["100 / (3 - round(x))"], "the divisor can be 0"),
        ("1", &["14", "-7", "-7"], ""),
        ("10", &["14", "-7", "-7"], "less than zero"),
    ] {
        let errors = parse(&model(rounding, amounts)).err().unwrap_or_default();
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        let as_expected =
            if expected.is_empty() { errors.is_empty() } else { errors.len() == 1 && errors[0].contains(expected) };
        assert!(as_expected, "{amounts:?} rounded to {rounding}: {errors:?}");
    }
}

#[test]
fn documented_example_is_valid() {
    let docs = include_str!("../../docs/product-models.md");
    let example = docs.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let product = parse(example).unwrap().product;
    assert_eq!(product.price(&set(&[("wood", text("ash"))]), 4).total.minor, 4 * (206_000 - 10_300));
}

#[test]
fn toml_syntax_errors_have_a_line() {
    let errors = parse("slug = \"a\"\nkind = made\n").unwrap_err();
    assert_eq!(errors[0].line, 2);
}

#[test]
fn drawing_changes_with_the_options() {
    let table = model("dining-table");
    let svg = table.render_svg(&table.defaults(), Language::Uk);
    assert!(svg.starts_with("<svg ") && svg.contains("role=\"img\"><title>Обідній стіл: дуб, 180"));
    assert!(svg.contains("data-option=\"legs wood\"") && svg.contains("swatch-oak"));
    for (key, value) in [
        ("length", number(240)),
        ("width", number(70)),
        ("wood", text("ash")),
        ("edge", text("live")),
        ("legs", text("frame")),
    ] {
        let other = table.render_svg(&set(&[(key, value)]), Language::Uk);
        assert_ne!(svg, other, "{key}");
    }
}

#[test]
fn expressions_are_parsed() {
    for (source, is_valid) in [
        ("1 + 2 * 3 == 7", true),
        ("(1 + 2) * 3 == 9 and not 1 > 2", true),
        ("2 - 1 - 1 == 0", true),
        ("-2 * -3 == 6 or false", true),
        ("if 1 < 2 then 'a' else 'b'", true),
        ("max(1, 2, min(5, 4)) == 4", true),
        ("a.b % 2", true),
        ("1 < 2 < 3", false),
        ("1 +", false),
        ("sin(1)", false),
        ("'open", false),
        ("1..2", false),
        ("", false),
    ] {
        assert_eq!(Expression::try_from(source.to_owned()).is_ok(), is_valid, "{source}");
    }
    assert!(Expression::try_from("(".repeat(300)).is_err());
    assert!(Expression::try_from("-".repeat(399)).is_err());
    assert!(Expression::try_from("not ".repeat(99)).is_err());
}

/// Checks that all elements are closed and that `<`, `&` and quotes are escaped.
fn assert_well_formed(svg: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>'));
        let end = rest[start..].find('>').unwrap() + start;
        let tag = &rest[start + 1..end];
        assert!(!tag.contains('<') && tag.matches('"').count().is_multiple_of(2), "{tag}");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap()),
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty() && rest.is_empty());
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
    assert!(
        svg.split('&').skip(1).all(|after| ["amp;", "lt;", "gt;", "quot;"].iter().any(|name| after.starts_with(name)))
    );
}

proptest! {
    #[test]
    fn any_text_can_be_parsed_without_panic(text in "\\PC{0,300}") {
        let _ = parse(&text);
        let _ = Expression::try_from(text);
    }

    #[test]
    fn any_tokens_can_be_parsed_without_panic(parts in prop::collection::vec(
        prop::sample::select(vec!["1", "a", "(", ")", "+", "-", "*", "/", "if", "then", "else", "not", "and", "==", "<", "'x'", ".", ",", "min(", " "]), 0..60)
    ) {
        let _ = Expression::try_from(parts.concat());
        let _ = Expression::try_from(parts.join(" "));
    }

    #[test]
    fn damaged_model_does_not_panic(cut in any::<prop::sample::Index>(), with in "\\PC{0,6}") {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/dining-table.toml");
        let mut text = fs::read_to_string(file).unwrap();
        let at = text.floor_char_boundary(cut.index(text.len()));
        text.insert_str(at, &with);
        let _ = parse(&text);
    }

    #[test]
    fn any_values_are_completed_to_allowed_ones(
        index in any::<prop::sample::Index>(),
        values in prop::collection::vec(any_value(), 12),
        stray in any_value(),
    ) {
        let product = &index.get(&MODELS).product;
        let mut set: Values = product.options.iter().map(|option| option.key.clone()).zip(values).collect();
        set.insert("stray".to_owned(), stray);
        let complete = product.complete(&set);
        prop_assert_eq!(&product.complete(&complete), &complete);
        for option in &product.options {
            let (value, allowed) = (&complete[&option.key], option.kind.allowed_values());
            prop_assert!(allowed.is_empty() || allowed.contains(value), "{}", option.key);
            prop_assert!(!allowed.contains(&set[&option.key]) || set[&option.key] == *value, "{}", option.key);
        }
        prop_assert!(!complete.contains_key("stray"));
        product.price(&set, 7);
        assert_well_formed(&product.render_svg(&set, Language::En));
    }

    #[test]
    fn every_product_has_a_price_and_a_drawing((file, values) in configured(), quantity in 1u32..200) {
        let product = &file.product;
        let price = product.price(&values, quantity);
        prop_assert_eq!(price.lines.iter().map(|line| line.amount.minor).sum::<i64>(), price.each.minor);
        prop_assert!(price.each.minor > 0 && price.total.minor == price.each.minor * i64::from(quantity));
        prop_assert!(price.vat.minor * 6 - price.total.minor <= 6 && price.total.minor - price.vat.minor * 6 <= 6);
        prop_assert!(file.cost.cost(&values, quantity).minor > 0);
        for language in Language::ALL {
            assert_well_formed(&product.render_svg(&values, language));
        }
        for (key, value) in &values {
            prop_assert!(product.describe(key, value, Language::Uk).is_some());
        }
    }

    #[test]
    fn larger_dimensions_never_cost_less((file, mut values) in configured(), index in any::<prop::sample::Index>()) {
        let measures = ["length", "width", "height", "depth", "drawers", "outlets", "distance", "pieces", "mattress"];
        let option = index.get(&file.product.options);
        if let (OptionKind::Number { .. }, true) = (&option.kind, measures.contains(&option.key.as_str())) {
            let prices: Vec<i64> = option.kind.allowed_values().into_iter().map(|value| {
                values.insert(option.key.clone(), value);
                file.product.price(&values, 1).total.minor
            }).collect();
            prop_assert!(prices.is_sorted(), "{} {}: {prices:?}", file.product.slug, option.key);
        }
    }

    #[test]
    fn ruled_out_values_are_those_that_violate_a_rule((file, values) in configured(), index in any::<prop::sample::Index>()) {
        let product = &file.product;
        let option = index.get(&product.options);
        let out: BTreeMap<Value, _> = product.ruled_out(&values, &option.key).into_iter().collect();
        for value in option.kind.allowed_values() {
            let mut tried = values.clone();
            tried.insert(option.key.clone(), value.clone());
            let broken = product.violations(&tried);
            let about: Vec<_> = broken.iter().filter(|rule| rule.options.contains(&option.key)).map(|rule| &rule.why).collect();
            prop_assert_eq!(out.get(&value), about.first().copied());
        }
    }
}
