//! The price as a table of lines; for staff also the cost and the margin.

use crate::{
    room::state::RoomState,
    ui::{Icon, Shape},
};
use domain::{
    Language, Money,
    model::{CostModel, Price},
};
use leptos::prelude::*;
use locales::{money, number, percent, t};

#[component]
pub fn PriceLines(price: Price, language: Language) -> impl IntoView {
    let rows = price
        .lines
        .iter()
        .map(|line| {
            let (name, amount) = (line.name.get(language).to_owned(), money(language, line.amount));
            view! { <tr><th scope="row">{name}</th><td>{amount}</td></tr> }
        })
        .collect_view();
    let several = (price.quantity > 1).then(|| {
        let each = t!(language, "price-each");
        let times = number(language, i64::from(price.quantity));
        view! { <tr><th scope="row">{each}</th><td>{money(language, price.each)} " × " {times}</td></tr> }
    });
    let discount = (price.discount.minor != 0).then(|| {
        let less = Money::new(price.discount.minor.saturating_neg(), price.discount.currency);
        let name = if less.minor < 0 { t!(language, "price-discount") } else { t!(language, "price-surcharge") };
        view! { <tr><th scope="row">{name}</th><td>{money(language, less)}</td></tr> }
    });
    view! {
        <table class="lines">
            <caption class="visually-hidden">{t!(language, "price-title")}</caption>
            <tbody>{rows}</tbody>
            <tfoot>
                {several}
                {discount}
                <tr class="total"><th scope="row">{t!(language, "price-total")}</th><td>{money(language, price.total)}</td></tr>
                <tr class="soft"><th scope="row">{t!(language, "price-vat")}</th><td>{money(language, price.vat)}</td></tr>
            </tfoot>
        </table>
    }
}

/// Cost and margin; for staff only.
#[component]
pub fn Margin(state: RoomState, cost: CostModel) -> impl IntoView {
    let language = state.language;
    let cost = Memo::new(move |_| state.values.with(|values| cost.cost(values, state.quantity.get())));
    let amounts =
        move || margin(state.with_model(|model| model.without_vat(state.price.with(|price| price.total))), cost.get());
    view! {
        <section class="internal-panel room-margin">
            <h2><Icon shape=Shape::Lock/>{t!(language, "room-margin-title")}</h2>
            <table class="lines">
                <tbody>
                    <tr><th scope="row">{t!(language, "room-cost")}</th><td>{move || money(language, cost.get())}</td></tr>
                    <tr>
                        <th scope="row">{t!(language, "room-margin")}</th>
                        <td>{move || money(language, amounts().0)} " (" {move || percent(language, &amounts().1)} ")"</td>
                    </tr>
                </tbody>
            </table>
        </section>
    }
}

/// Returns the margin of a price without VAT, and its share of that price in whole percent (0 for a price of zero).
pub fn margin(price: Money, cost: Money) -> (Money, String) {
    let margin = Money::new(price.minor.saturating_sub(cost.minor), price.currency);
    let (hundredfold, whole) = (i128::from(margin.minor) * 100, i128::from(price.minor));
    let percents = (hundredfold + hundredfold.signum() * whole / 2).checked_div(whole).unwrap_or_default();
    (margin, percents.to_string())
}

#[cfg(test)]
mod tests {
    use super::margin;
    use domain::{Currency::Uah, Money};

    #[test]
    fn margin_is_a_share_of_the_price() {
        assert_eq!(margin(Money::new(20_000, Uah), Money::new(15_000, Uah)), (Money::new(5_000, Uah), "25".into()));
        assert_eq!(margin(Money::new(10_000, Uah), Money::new(15_000, Uah)).1, "-50");
        assert_eq!(margin(Money::new(3_000, Uah), Money::new(1_000, Uah)).1, "67");
        assert_eq!(margin(Money::new(0, Uah), Money::new(0, Uah)), (Money::new(0, Uah), "0".into()));
    }
}
