//! Parts of pages that show the content of a design: drawing, choices, differences between versions.

use crate::ui::{Facts, Icon, Shape};
use domain::{
    Language,
    model::{ProductModel, Values},
    version::{Difference, VersionContent},
};
use leptos::prelude::*;
use locales::{money, number, t};

/// The drawing, or an icon for a service, which has none.
pub fn drawing(model: &ProductModel, values: &Values, language: Language) -> impl IntoView + use<> {
    match model.drawing {
        Some(_) => view! { <div class="drawing" inner_html=model.render_svg(values, language)></div> }.into_any(),
        None => view! { <div class="drawing none"><Icon shape=Shape::Truck/></div> }.into_any(),
    }
}

/// The thumbnail of the drawing for a list.
pub fn picture(model: &ProductModel, values: &Values, language: Language) -> AnyView {
    match model.drawing {
        Some(_) => view! { <span inner_html=model.render_svg(values, language)></span> }.into_any(),
        None => view! { <Icon shape=Shape::Truck/> }.into_any(),
    }
}

/// The value of every option, and the quantity.
#[component]
pub fn Choices<'a>(
    model: &'a ProductModel,
    values: &'a Values,
    quantity: u32,
    language: Language,
) -> impl IntoView + use<> {
    let keys = model.options.iter().map(|option| &option.key);
    let described = keys.filter_map(|key| model.describe(key, values.get(key)?, language));
    let mut facts: Vec<_> = described.filter(|(_, value)| !value.is_empty()).collect();
    facts.push((t!(language, "design-quantity"), number(language, i64::from(quantity))));
    let facts = facts.into_iter().map(|(name, value)| (name, value.into_any())).collect();
    view! { <Facts facts/> }
}

/// The differences between two versions: old and new values.
#[component]
pub fn Differences<'a>(
    model: &'a ProductModel,
    before: &'a VersionContent,
    after: &'a VersionContent,
    language: Language,
) -> impl IntoView + use<> {
    let rows: Vec<_> = domain::version::differences(before, after)
        .into_iter()
        .map(|difference| describe(model, difference, language))
        .map(|(name, before, after)| {
            view! { <tr><th scope="row">{name}</th><td><del>{before}</del> " → " <ins>{after}</ins></td></tr> }
        })
        .collect();
    let none = rows.is_empty().then(|| view! { <p class="soft">{t!(language, "changes-none")}</p> });
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="lines changes">
                <caption class="visually-hidden">{t!(language, "changes-title")}</caption>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! { {none} {table} }
}

fn describe(model: &ProductModel, difference: Difference, language: Language) -> (String, String, String) {
    match difference {
        Difference::Option { key, before, after } => {
            let say =
                |value: Option<domain::document::Value>| value.and_then(|value| model.describe(&key, &value, language));
            let (before, after) = (say(before), say(after));
            let name = after.as_ref().or(before.as_ref()).map_or_else(|| key.clone(), |(name, _)| name.clone());
            let word =
                |described: Option<(String, String)>| described.map_or_else(|| "—".to_owned(), |(_, value)| value);
            (name, word(before), word(after))
        }
        Difference::Quantity { before, after } => {
            (t!(language, "design-quantity"), number(language, i64::from(before)), number(language, i64::from(after)))
        }
        Difference::Brief { before, after } => (t!(language, "brief-title"), before, after),
        Difference::Price { before, after } => {
            (t!(language, "price-total"), money(language, before), money(language, after))
        }
    }
}
