//! The catalogue, with search.

use crate::{
    Page, Visit,
    design::parts::drawing,
    ui::{Button, ButtonKind, Empty, PageHead},
    web::form::PageResult,
};
use axum::{extract::Query, response::IntoResponse};
use domain::{
    Language,
    model::{OptionKind, ProductModel},
};
use leptos::prelude::*;
use locales::{money, t};
use serde::Deserialize;
use store::product::{self, Product};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Search {
    q: String,
}

pub async fn show(visit: Visit, Query(search): Query<Search>) -> PageResult {
    let language = visit.language;
    let words: Vec<String> = search.q.split_whitespace().take(8).map(str::to_lowercase).collect();
    let mut products = product::offered(&mut *visit.read().await?).await?;
    products.retain(|product| words.iter().all(|word| contains_word(&product.model, word)));
    let title = t!(language, "products-title");
    let page = Page::portal(title.clone(), move || {
        view! {
            <PageHead title lead=t!(language, "products-lead")/>
            <SearchForm language typed=search.q.clone()/>
            {found(language, products, &search.q)}
        }
    });
    Ok(page.into_response())
}

/// Whether the texts of the product contain the word, in any language.
fn contains_word(model: &ProductModel, word: &str) -> bool {
    let options = model.options.iter().map(|option| &option.name);
    let choices = model.options.iter().flat_map(|option| match &option.kind {
        OptionKind::Choice { values, .. } => values.as_slice(),
        _ => &[],
    });
    [&model.name, &model.summary, &model.about]
        .into_iter()
        .chain(options)
        .chain(choices.map(|choice| &choice.name))
        .any(|text| Language::ALL.into_iter().any(|language| text.get(language).to_lowercase().contains(word)))
}

#[component]
fn SearchForm(language: Language, typed: String) -> impl IntoView {
    view! {
        <form class="search" method="get" action="/products" role="search">
            <label class="visually-hidden" for="q">{t!(language, "products-search")}</label>
            <input id="q" name="q" type="search" value=typed placeholder=t!(language, "products-search-hint") maxlength="100"/>
            <Button kind=ButtonKind::Second>{t!(language, "search")}</Button>
        </form>
    }
}

fn found(language: Language, products: Vec<Product>, searched: &str) -> AnyView {
    if products.is_empty() && !searched.trim().is_empty() {
        let action = ("/products".to_owned(), t!(language, "products-all"));
        let title = t!(language, "products-none-found");
        return view! { <Empty title text=t!(language, "products-none-found-text") action/> }.into_any();
    }
    if products.is_empty() {
        let title = t!(language, "products-none");
        return view! { <Empty title text=t!(language, "products-none-text")/> }.into_any();
    }
    view! { <Catalogue language products/> }.into_any()
}

/// Returns the price of the product with default options.
pub fn price(language: Language, model: &ProductModel) -> String {
    let price = money(language, model.price(&model.defaults(), 1).total);
    if model.options.is_empty() { price } else { t!(language, "price-shown", price = price) }
}

/// Cards of products with drawing and price.
#[component]
pub fn Catalogue(language: Language, products: Vec<Product>) -> impl IntoView {
    let cards = products
        .into_iter()
        .map(|product| {
            let defaults = product.model.defaults();
            let name = product.model.name.get(language).to_owned();
            let summary = product.model.summary.get(language).to_owned();
            view! {
                <li>
                    <a href=format!("/products/{}", product.slug)>
                        {drawing(&product.model, &defaults, language)}
                        <h2>{name}</h2>
                        <p class="soft">{summary}</p>
                        <p class="numeric">{price(language, &product.model)}</p>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="catalogue">{cards}</ul> }
}
