//! models/schema.json, which editors read: it is a JSON Schema, whatever the program reads fits it, and mistakes that
//! editors should underline do not. The program's own reader finds the same mistakes, each with its line.

#![allow(clippy::unwrap_used)]

use boon::{Compiler, SchemaIndex, Schemas, ValidationError};
use domain::model::parse;
use serde_json::Value;
use std::{fs, path::Path};

const SCHEMA: &str = include_str!("../../models/schema.json");
const CHAIR: &str = include_str!("../../models/chair.toml");
const GUIDE: &str = include_str!("../../docs/product-models.md");

/// Compiles the schema, which fails for one that is not a JSON Schema itself.
fn compiled(schema: &str) -> Result<(Schemas, SchemaIndex), String> {
    const NAME: &str = "http://spilno.example/schema.json";
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource(NAME, serde_json::from_str(schema).unwrap()).unwrap();
    let index = compiler.compile(NAME, &mut schemas).map_err(|error| error.to_string())?;
    Ok((schemas, index))
}

/// Where the schema finds something wrong: places such as `/option/0`.
fn wrong((schemas, index): &(Schemas, SchemaIndex), model: &str) -> Vec<String> {
    fn places(error: &ValidationError) -> Vec<String> {
        let causes = error.causes.iter().flat_map(places);
        std::iter::once(error.instance_location.to_string()).chain(causes).collect()
    }
    let model: Value = toml::from_str(model).unwrap();
    schemas.validate(&model, *index).err().map(|error| places(&error)).unwrap_or_default()
}

#[test]
fn the_schema_is_one() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    compiled(SCHEMA).unwrap();
    let broken = SCHEMA.replacen("\"type\": \"object\"", "\"type\": \"thing\"", 1);
    assert!(compiled(&broken).is_err());
}

#[test]
fn models_fit_the_schema() {
    let schema = compiled(SCHEMA).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut models: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap()))
        .collect();
    assert!(models.len() > 5);
    let (_, example) = GUIDE.split_once("```toml\n").unwrap();
    models.push(("the guide's example".to_owned(), example.split_once("```").unwrap().0.to_owned()));
    for (name, model) in models {
        parse(&model).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        assert_eq!(wrong(&schema, &model), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn mistakes_do_not_fit_and_the_reader_names_their_line() {
    let mistakes = [
        ("slug = \"chair\"", "slug = \"Chair!\"", "/slug"),
        ("kind = \"goods\"", "kind = \"ready\"", "/kind"),
        ("currency = \"UAH\"", "curency = \"UAH\"", ""),
        ("vat = 20", "vat = \"20 %\"", "/vat"),
        ("name = { uk = \"Стілець «Гість»\", en = \"Chair Hist\" }", "name = \"Chair Hist\"", "/name"),
        ("choice = \"oak\"", "flag = true", "/option/0"),
        ("choice = \"wood\"", "choice = \"wood\"\ntext = 40", "/option/1"),
        ("swatch = \"oak\", each = 5400", "swatch = \"oak\", each = \"5400\"", "/option/0/values/0/each"),
        ("amount = \"wood.each\"", "amount = [5400]", "/price/0/amount"),
        ("from = 6", "from = 1", "/break/0/from"),
        ("days = 1", "days = -1", "/step/0/days"),
        ("unit = \"cm\"", "unit = \"inch\"", "/drawing/unit"),
        ("round = 2,", "offset = 2,", "/drawing/part/1/shapes/6"),
        ("grain = \"upright\"", "grain = \"across\"", "/drawing/part/1/shapes/0/grain"),
    ];
    let schema = compiled(SCHEMA).unwrap();
    for (right, mistake, place) in mistakes {
        let at = CHAIR.find(right).unwrap_or_else(|| panic!("{right} is not in the chair's model"));
        let model = CHAIR.replacen(right, mistake, 1);
        let found = wrong(&schema, &model);
        assert!(found.contains(&place.to_owned()), "{mistake}: {found:?}");
        let line = CHAIR[..at].lines().count();
        let errors = parse(&model).unwrap_err();
        assert!(errors.iter().any(|error| error.line.abs_diff(line) <= 2), "{mistake} in line {line}: {errors:?}");
    }
}
