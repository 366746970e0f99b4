//! What staff see. One file a page.

mod customer;
mod customers;
mod design;
mod designs;
mod home;
mod message;
mod order;
mod orders;
mod outbox;
mod proposal;
mod propose;
mod staff;
mod ticket;
mod tickets;

use crate::{Routes, portal};

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/desk", home::show)
        .get("/desk/customers", customers::show)
        .get("/desk/customers/{customer}", customer::show)
        .post("/desk/customers/{customer}", customer::submit)
        .get("/desk/outbox", outbox::show)
        .post("/desk/outbox", outbox::submit)
        .get("/desk/outbox/{message}", message::show)
        .post("/desk/outbox/{message}", message::submit)
        .get("/desk/staff", staff::show)
        .post("/desk/staff", staff::submit)
        .get("/desk/designs", designs::show)
        .get("/desk/designs/{design}", design::show)
        .post("/desk/designs/{design}", design::submit)
        .get("/desk/designs/{design}/propose", propose::show)
        .post("/desk/designs/{design}/propose", propose::submit)
        .get("/desk/designs/{design}/versions/{version}", portal::version::show_to_staff)
        .get("/desk/designs/{design}/proposals/{proposal}", proposal::show)
        .get("/desk/orders", orders::show)
        .get("/desk/orders/{order}", order::show)
        .post("/desk/orders/{order}", order::submit)
        .get("/desk/tickets", tickets::show)
        .get("/desk/tickets/{ticket}", ticket::show)
        .post("/desk/tickets/{ticket}", ticket::submit)
}
