//! Orders: production steps, delivery address, delivery and acceptance.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    OrderId, OrderState,
    policy::{Actor, Refusal},
};
use store::{
    Conflict, Error,
    order::{accept, destination, fulfilment, view},
    product,
};
use support::{
    Home, on_both,
    ordering::{World, begun, ordered, orders, world},
};

/// Starts and finishes all steps of an order.
async fn make(home: &Home, world: &World, order: OrderId) {
    let found = view::find(&mut *home.read().await, &world.staff, order).await.unwrap();
    for step in view::steps(&mut *home.read().await, &found).await.unwrap() {
        commit!(home, &world.staff, |change| fulfilment::start_step(change, order, step.id)).unwrap();
        commit!(home, &world.staff, |change| fulfilment::finish_step(change, order, step.id)).unwrap();
    }
}

#[tokio::test]
async fn order_is_produced_shipped_and_delivered_step_by_step() {
    on_both(async |home| {
        let world = world(home).await;
        let order = ordered(home, &world).await;
        let find = async || view::find(&mut *home.read().await, &world.olena, order).await.unwrap();
        let found = find().await;
        let steps = view::steps(&mut *home.read().await, &found).await.unwrap();
        assert!(steps.len() > 2);
        let skipped = commit!(home, &world.staff, |change| fulfilment::start_step(change, order, steps[1].id));
        assert!(matches!(skipped, Err(Error::Conflict(Conflict::StepOrder))));
        make(home, &world, order).await;
        assert_eq!(find().await.state, OrderState::Ready);
        let early = commit!(home, &world.olena, |change| accept::accept(change, order));
        assert!(matches!(early, Err(Error::Conflict(Conflict::StepOrder))));

        let shipment = fulfilment::Shipment {
            carrier: "Нова пошта".to_owned(),
            tracking: "20450001".to_owned(),
            ..Default::default()
        };
        commit!(home, &world.staff, |change| fulfilment::ship(change, order, &shipment)).unwrap();
        commit!(home, &world.staff, |change| fulfilment::deliver(change, order)).unwrap();
        let ours = commit!(home, &world.staff, |change| accept::accept(change, order));
        assert!(matches!(ours, Err(Error::Refused(Refusal::Role))), "staff never accept for the customer");
        commit!(home, &world.olena, |change| accept::accept(change, order)).unwrap();
        let found = find().await;
        assert_eq!((found.state, found.accepted_by.as_deref()), (OrderState::Accepted, Some("Olena")));
        let mails = home.mails_to("olena@example.com").await;
        assert_eq!(mails.iter().filter(|(kind, _)| *kind == "order-step").count(), steps.len());
    })
    .await;
}

#[tokio::test]
async fn destination_can_be_set_until_the_order_is_shipped() {
    on_both(async |home| {
        let world = world(home).await;
        let order = ordered(home, &world).await;
        let said = async || orders(home, &world.olena).await.remove(0).destination;
        assert_eq!(said().await, "");
        for place in ["Львів, вул. Наукова, 1", "Заберу сама"] {
            commit!(home, &world.olena, |change| destination::set(change, order, place)).unwrap();
            assert_eq!(said().await, place);
        }
        let ours = commit!(home, &world.staff, |change| destination::set(change, order, "Київ"));
        assert!(matches!(ours, Err(Error::Refused(Refusal::Role))), "staff never say it for the customer");
        make(home, &world, order).await;
        let carrier = "Нова пошта".to_owned();
        let unseen = fulfilment::Shipment { carrier, ..Default::default() };
        let shipped = commit!(home, &world.staff, |change| fulfilment::ship(change, order, &unseen));
        assert!(matches!(shipped, Err(Error::Conflict(Conflict::DestinationChanged))));
        let seen = fulfilment::Shipment { destination: said().await, ..unseen };
        commit!(home, &world.staff, |change| fulfilment::ship(change, order, &seen)).unwrap();
        let late = commit!(home, &world.olena, |change| destination::set(change, order, "Київ"));
        assert!(matches!(late, Err(Error::Conflict(Conflict::StepOrder))));
        assert_eq!(said().await, "Заберу сама");
    })
    .await;
}

/// An order of ready goods has no steps and can be shipped immediately.
#[tokio::test]
async fn an_order_without_steps_is_ready_at_once() {
    on_both(async |home| {
        home.company().await;
        let staff = home.staff("Taras").await;
        let olena = home.customer("Olena").await;
        let model = include_str!("../../models/dining-table.toml");
        let without: String =
            model.split("\n\n").filter(|part| !part.contains("[[step]]")).collect::<Vec<_>>().join("\n\n");
        assert_ne!(model, without);
        commit!(home, &Actor::System, |change| product::offer(change, &without)).unwrap();
        let design = begun(home, &olena).await;
        let world = World { staff, olena, design };
        let order = ordered(home, &world).await;
        let shipment = fulfilment::Shipment { carrier: "Нова пошта".to_owned(), ..Default::default() };
        commit!(home, &world.staff, |change| fulfilment::ship(change, order, &shipment)).unwrap();
        assert_eq!(orders(home, &world.olena).await[0].state, OrderState::Delivery);
    })
    .await;
}
