//! Lists of the versions and proposals of a design, for portal and desk.

use crate::{
    Visit,
    states::{self, Viewer},
    ui::{Item, List, When},
};
use leptos::prelude::*;
use locales::{money, t};
use store::{design::version::Version, proposal::Proposal};

/// The list of versions. `base` is the path of the design's page.
#[component]
pub fn VersionRows(visit: Visit, base: String, versions: Vec<Version>) -> impl IntoView {
    let language = visit.language;
    (!versions.is_empty()).then(|| {
        let rows = versions
            .into_iter()
            .map(|version| {
                let name = version_name(language, version.number, &version.name);
                let end = view! {
                    <span>{money(language, version.total)}</span>
                    <span class="soft"><When at=visit.moment(version.at)/></span>
                }
                .into_any();
                view! { <Item href=format!("{base}/versions/{}", version.id) name about=version.by end/> }
            })
            .collect_view();
        view! { <section class="stack"><h2>{t!(language, "versions-title")}</h2><List>{rows}</List></section> }
    })
}

pub fn version_name(language: domain::Language, number: i64, name: &str) -> String {
    if name.is_empty() {
        t!(language, "version-number", number = number)
    } else {
        t!(language, "version-number-name", number = number, name = name)
    }
}

#[component]
pub fn ProposalRows(visit: Visit, base: String, proposals: Vec<Proposal>, viewer: Viewer) -> impl IntoView {
    let language = visit.language;
    (!proposals.is_empty()).then(|| {
        let rows = proposals
            .into_iter()
            .map(|proposal| {
                let name = t!(language, "proposal-of-version", number = proposal.version_number);
                let end = view! {
                    {states::proposal(language, &proposal, visit.today(), viewer)}
                    <span>{money(language, proposal.price)}</span>
                }
                .into_any();
                let about = locales::named_day(language, proposal.delivery_on);
                let about = t!(language, "proposal-delivery-on", day = about);
                view! { <Item href=format!("{base}/proposals/{}", proposal.id) name about end/> }
            })
            .collect_view();
        view! { <section class="stack"><h2>{t!(language, "proposals-title")}</h2><List>{rows}</List></section> }
    })
}
