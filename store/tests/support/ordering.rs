//! Sets up tests of designs and orders: a table that is designed, proposed and ordered.

use super::Home;
use domain::{ContentHash, DesignId, OrderId, ProposalId, VersionId, document::Value, policy::Actor};
use store::{
    PageRequest,
    design::{start::InitialContent, version},
    order::{self, view::OrderFilter},
    proposal::{self, Terms, answer},
};

/// A company that offers a table, a member of its staff, and a customer with a design of the table.
pub struct World {
    pub staff: Actor,
    pub olena: Actor,
    pub design: DesignId,
}

pub async fn world(home: &Home) -> World {
    home.company().await;
    let staff = home.staff("Taras").await;
    let olena = home.organisation("Ranok", "Olena").await;
    home.offer_table().await;
    let design = begun(home, &olena).await;
    World { staff, olena, design }
}

pub async fn begun(home: &Home, buyer: &Actor) -> DesignId {
    let beginning = InitialContent {
        options: [("wood".to_owned(), Value::Text("ash".to_owned()))].into(),
        quantity: Some(2),
        brief: "Для їдальні".to_owned(),
    };
    home.design(buyer, &beginning).await
}

pub fn terms(home: &Home) -> Terms {
    Terms {
        price: "41 000,50".to_owned(),
        valid_until: home.today().plus_days(14).to_string(),
        delivery_on: home.today().plus_days(40).to_string(),
        message: "Як домовлялися".to_owned(),
    }
}

pub async fn proposed(home: &Home, world: &World) -> (VersionId, ProposalId, ContentHash) {
    let version = commit!(home, &world.olena, |change| version::create(change, world.design, "Перша")).unwrap();
    let offered = terms(home);
    let proposal =
        commit!(home, &world.staff, |change| proposal::propose(change, version, &offered, "10.0.0.7".parse().ok()))
            .unwrap();
    let hash = version::find(&mut *home.read().await, &world.olena, version).await.unwrap().hash;
    (version, proposal, hash)
}

pub async fn orders(home: &Home, actor: &Actor) -> Vec<order::view::Order> {
    order::view::list(&mut *home.read().await, actor, OrderFilter::All, &PageRequest::first(50)).await.unwrap().rows
}

pub async fn ordered(home: &Home, world: &World) -> OrderId {
    let (_, proposal, hash) = proposed(home, world).await;
    commit!(home, &world.olena, |change| answer::approve(change, proposal, Some(hash), "10.0.0.8".parse().ok()))
        .unwrap()
}
