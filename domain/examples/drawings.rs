//! Writes an HTML page with the drawings of product models:
//! `cargo run -p domain --example drawings -- models/dining-table.toml > drawings.html`. Each model is drawn with its
//! defaults, and once for each value (for numbers, minimum and maximum) of each option.

use domain::{
    Language,
    document::Value,
    model::{OptionKind, ProductModel, Values, parse},
};
use std::{collections::BTreeMap, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let style = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../style").join(name));
    println!(
        "<!doctype html><meta charset=utf-8><style>{}{}{}</style>",
        style("tokens.css")?,
        style("drawing.css")?,
        LAYOUT
    );
    for file in std::env::args().skip(1) {
        let model = match parse(&fs::read_to_string(&file)?) {
            Ok(file) => file.product,
            Err(errors) => {
                errors.iter().for_each(|error| eprintln!("{file}:{error}"));
                continue;
            }
        };
        write_drawings(&model);
    }
    Ok(())
}

fn write_drawings(model: &ProductModel) {
    println!("<h1>{}</h1><div class=sheet>", model.name.uk);
    for values in variants(model) {
        let price = model.price(&values, 1);
        let described = values.iter().filter_map(|(key, value)| model.describe(key, value, Language::Uk));
        let described: Vec<String> = described.map(|(name, value)| format!("{name}: {value}")).collect();
        let violations: String = model.violations(&values).iter().map(|rule| format!(" ✗ {}", rule.why.uk)).collect();
        println!(
            "<figure><div class=drawing>{}</div><figcaption>{}{violations} · {}</figcaption></figure>",
            model.render_svg(&values, Language::Uk),
            described.join(", "),
            price.total.amount()
        );
    }
    println!("</div>");
}

fn variants(model: &ProductModel) -> Vec<Values> {
    let mut all = vec![model.defaults()];
    for option in &model.options {
        let allowed = option.kind.allowed_values();
        let ends: Vec<Value> = match option.kind {
            OptionKind::Number { .. } => [allowed.first(), allowed.last()].into_iter().flatten().cloned().collect(),
            _ => allowed,
        };
        all.extend(ends.into_iter().map(|value| {
            let mut values: BTreeMap<_, _> = model.defaults();
            values.insert(option.key.clone(), value);
            values
        }));
    }
    all.dedup();
    all
}

const LAYOUT: &str = "
body { margin: 1rem; background: var(--paper); color: var(--ink); font: 14px sans-serif; }
.sheet { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--wide, 26rem)), 1fr)); }
figure { margin: 0; } figcaption { font-size: 12px; color: var(--ink-soft); }
.drawing { background: var(--drawing-paper); border: 1px solid var(--line); border-radius: 8px; }
.drawing svg { width: 100%; display: block; }
";
