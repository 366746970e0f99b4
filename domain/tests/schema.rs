//! models/schema.json, which text editors use: it is a valid JSON Schema, valid models match it, and common mistakes do
//! not. The parser finds the same mistakes and reports their lines.

#![allow(clippy::unwrap_used)]

use boon::{Compiler, SchemaIndex, Schemas, ValidationError};
use domain::model::parse;
use serde_json::Value;
use std::{fs, path::Path};

const SCHEMA: &str = include_str!("../../models/schema.json");
const CHAIR: &str = include_str!("../../models/chair.toml");
const GUIDE: &str = include_str!("../../docs/product-models.md");

/// Compiles the schema. Fails if it is not a valid JSON Schema.
fn compile_schema(schema: &str) -> Result<(Schemas, SchemaIndex), String> {
    const NAME: &str = "http://spilno.example/schema.json";
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource(NAME, serde_json::from_str(schema).unwrap()).unwrap();
    let index = compiler.compile(NAME, &mut schemas).map_err(|error| error.to_string())?;
    Ok((schemas, index))
}

/// Returns the locations of schema violations, such as `/option/0`.
fn violations((schemas, index): &(Schemas, SchemaIndex), model: &str) -> Vec<String> {
    fn locations(error: &ValidationError) -> Vec<String> {
        let causes = error.causes.iter().flat_map(locations);
        std::iter::once(error.instance_location.to_string()).chain(causes).collect()
    }
    let model: Value = toml::from_str(model).unwrap();
    schemas.validate(&model, *index).err().map(|error| locations(&error)).unwrap_or_default()
}

#[test]
fn schema_is_a_json_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    compile_schema(SCHEMA).unwrap();
    let broken = SCHEMA.replacen("\"type\": \"object\"", "\"type\": \"thing\"", 1);
    assert!(compile_schema(&broken).is_err());
}

#[test]
fn models_match_the_schema() {
    let schema = compile_schema(SCHEMA).unwrap();
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
        assert_eq!(violations(&schema, &model), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn mistakes_violate_the_schema_and_are_reported_with_their_line() {
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
    let schema = compile_schema(SCHEMA).unwrap();
    for (original, mistake, location) in mistakes {
        let at = CHAIR.find(original).unwrap_or_else(|| panic!("{original} is not in chair.toml"));
        let model = CHAIR.replacen(original, mistake, 1);
        let found = violations(&schema, &model);
        assert!(found.contains(&location.to_owned()), "{mistake}: {found:?}");
        let line = CHAIR[..at].lines().count();
        let errors = parse(&model).unwrap_err();
        assert!(errors.iter().any(|error| error.line.abs_diff(line) <= 2), "{mistake} in line {line}: {errors:?}");
    }
}
