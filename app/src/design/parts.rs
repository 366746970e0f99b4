//! How a design's content is shown wherever it turns up: drawing, choices, price, and what differs between two versions.

use crate::ui::{Facts, Icon, Shape};
use domain::{
    Language,
    model::{ProductModel, Values},
    version::{Difference, VersionContent},
};
use leptos::prelude::*;
use locales::{money, number, t};

/// The drawing on its sheet; of what cannot be drawn, a service, its sign.
pub fn drawing(model: &ProductModel, values: &Values, language: Language) -> impl IntoView + use<> {
    match model.drawing {
        Some(_) => view! { <div class="drawing" inner_html=model.render_svg(values, language)></div> }.into_any(),
        None => view! { <div class="drawing none"><Icon shape=Shape::Truck/></div> }.into_any(),
    }
}

/// The same, small, beside a name in a list.
pub fn picture(model: &ProductModel, values: &Values, language: Language) -> AnyView {
    match model.drawing {
        Some(_) => view! { <span inner_html=model.render_svg(values, language)></span> }.into_any(),
        None => view! { <Icon shape=Shape::Truck/> }.into_any(),
    }
}

/// Every option with its value, and how many.
#[component]
pub fn Choices<'a>(
    model: &'a ProductModel,
    values: &'a Values,
    quantity: u32,
    language: Language,
) -> impl IntoView + use<> {
    let keys = model.options.iter().map(|option| &option.key);
    let said = keys.filter_map(|key| model.describe(key, values.get(key)?, language));
    let mut facts: Vec<_> = said.filter(|(_, value)| !value.is_empty()).collect();
    facts.push((t!(language, "design-quantity"), number(language, i64::from(quantity))));
    let facts = facts.into_iter().map(|(name, value)| (name, value.into_any())).collect();
    view! { <Facts facts/> }
}

/// What changed from one version to the next, before beside after.
#[component]
pub fn Differences<'a>(
    model: &'a ProductModel,
    before: &'a VersionContent,
    after: &'a VersionContent,
    language: Language,
) -> impl IntoView + use<> {
    let rows: Vec<_> = domain::version::differences(before, after)
        .into_iter()
        .map(|difference| said(model, difference, language))
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

fn said(model: &ProductModel, difference: Difference, language: Language) -> (String, String, String) {
    match difference {
        Difference::Option { key, before, after } => {
            let say =
                |value: Option<domain::document::Value>| value.and_then(|value| model.describe(&key, &value, language));
            let (before, after) = (say(before), say(after));
            let name = after.as_ref().or(before.as_ref()).map_or_else(|| key.clone(), |(name, _)| name.clone());
            let word = |said: Option<(String, String)>| said.map_or_else(|| "—".to_owned(), |(_, value)| value);
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
