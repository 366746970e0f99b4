//! The navigation around a page: its links, their counts, and the account menu.

use crate::{
    Visit,
    ui::{Account, Languages, NavLink, Navigation, PageFrame, SignInState},
    web::page::Frame,
};
use domain::{
    Language,
    policy::{Action, Actor, Owner},
};
use leptos::prelude::*;
use locales::t;
use store::{outbox, ticket};

/// Counts shown beside links of the navigation.
#[derive(Debug, Clone, Copy, Default)]
pub struct PendingCounts {
    /// Tickets that wait for an answer of the signed-in person.
    tickets: u64,
    /// Mails that could not be sent.
    failed: u64,
}

impl PendingCounts {
    /// Reads the counts. On a database error they are zero: the page is useful without them.
    pub async fn read(visit: &Visit, frame: Frame) -> Self {
        Self::count(visit, frame).await.unwrap_or_default()
    }

    async fn count(visit: &Visit, frame: Frame) -> store::Result<Self> {
        let store = visit.site.store();
        match (frame, &visit.actor) {
            (Frame::Portal, Actor::Buyer(buyer)) => {
                let tickets = ticket::view::waiting(&mut *store.read().await?, buyer).await?;
                Ok(Self { tickets, failed: 0 })
            }
            (Frame::Desk, Actor::Staff(_)) => {
                let mut connection = store.read().await?;
                let mut counts = Self::default();
                // A role may lack either permission.
                if let Ok(permit) = visit.actor.permit() {
                    counts.tickets = ticket::desk::counts(&mut connection, &permit).await?.waiting_for_me;
                }
                if let Ok(permit) = visit.actor.permit() {
                    counts.failed = outbox::desk::counts(&mut connection, &permit).await?.1.unsigned_abs();
                }
                Ok(counts)
            }
            _ => Ok(Self::default()),
        }
    }

    fn at(self, href: &str) -> Option<u64> {
        match href {
            "/tickets" | "/desk/tickets" => Some(self.tickets),
            "/desk/outbox" => Some(self.failed),
            _ => None,
        }
    }
}

pub fn page_frame(visit: &Visit, frame: Frame, pending: PendingCounts, content: Option<AnyView>) -> AnyView {
    let language = visit.language;
    let links = match frame {
        Frame::Bare => Vec::new(),
        Frame::Portal => portal_links(visit),
        Frame::Desk => desk_links(visit),
    };
    let path = visit.path_and_query.split('?').next().unwrap_or_default();
    let links = links
        .into_iter()
        .map(|link| {
            let count = pending.at(link.0);
            NavLink { count, ..nav_link(path, link) }
        })
        .collect();
    let folded = (frame == Frame::Desk).then(|| t!(language, "nav-menu"));
    let navigation = Navigation { label: t!(language, "nav-main"), links, folded };
    view! {
        <PageFrame
            skip=t!(language, "skip-to-content")
            home=if frame == Frame::Desk { "/desk" } else { "/" }
            name=visit.company_name().to_owned()
            navigation
            sign_in=sign_in_state(visit, frame)
            languages=languages(visit)
            foot=t!(language, "footer-made-with")
            narrow=frame == Frame::Bare
        >
            {content}
        </PageFrame>
    }
    .into_any()
}

type Link = (&'static str, String);

fn portal_links(visit: &Visit) -> Vec<Link> {
    let language = visit.language;
    let mut links = vec![("/products", t!(language, "nav-products"))];
    if visit.actor.buyer().is_ok() {
        links.push(("/designs", t!(language, "nav-designs")));
        links.push(("/orders", t!(language, "nav-orders")));
        links.push(("/tickets", t!(language, "nav-tickets")));
    }
    links
}

fn desk_links(visit: &Visit) -> Vec<Link> {
    let language = visit.language;
    let mut links = vec![
        ("/desk", t!(language, "nav-desk")),
        ("/desk/tickets", t!(language, "nav-tickets")),
        ("/desk/orders", t!(language, "nav-orders")),
        ("/desk/designs", t!(language, "nav-designs")),
        ("/desk/customers", t!(language, "nav-customers")),
        ("/desk/outbox", t!(language, "nav-outbox")),
    ];
    if visit.actor.may(Action::ManageCompany, Owner::Company).is_ok() {
        links.push(("/desk/staff", t!(language, "nav-staff")));
    }
    links
}

/// Creates a link; it is marked as current if it leads to `path` or to a parent of it.
fn nav_link(path: &str, (href, name): Link) -> NavLink {
    let here = path == href || (href != "/desk" && path.starts_with(&format!("{href}/")));
    NavLink { href: href.to_owned(), name, here, count: None }
}

fn sign_in_state(visit: &Visit, frame: Frame) -> SignInState {
    let language = visit.language;
    let path = visit.path_and_query.split('?').next().unwrap_or_default();
    let Some(person) = &visit.person else {
        let links = match frame {
            Frame::Bare => Vec::new(),
            _ => vec![("/sign-in", t!(language, "nav-sign-in")), ("/sign-up", t!(language, "nav-sign-up"))],
        };
        return SignInState::SignedOut(links.into_iter().map(|link| nav_link(path, link)).collect());
    };
    let mut links: Vec<Link> = vec![("/profile", t!(language, "nav-profile"))];
    if let Actor::Buyer(_) = visit.actor {
        links.push(("/organisation", t!(language, "nav-organisation")));
        links.push(("/history", t!(language, "nav-history")));
    } else if frame != Frame::Desk {
        links.insert(0, ("/desk", t!(language, "nav-desk")));
    }
    SignInState::SignedIn(Account {
        label: t!(language, "nav-account"),
        name: person.name.clone(),
        links: links.into_iter().map(|link| nav_link(path, link)).collect(),
        sign_out: t!(language, "nav-sign-out"),
    })
}

/// The other languages, each named in itself.
fn languages(visit: &Visit) -> Languages {
    let others = Language::ALL
        .into_iter()
        .filter(|language| *language != visit.language)
        .map(|language| (language.tag().to_owned(), t!(language, &format!("language-{}", language.tag()))))
        .collect();
    Languages { back: visit.path_and_query.clone(), others }
}
