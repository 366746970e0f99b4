//! The routes of the desk, for staff.

use crate::{company, customer, design, home, order, outbox, proposal, ticket, web::routes::Routes};

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/desk", home::desk::show)
        .get("/desk/customers", customer::desk::list::show)
        .get("/desk/customers/{customer}", customer::desk::show)
        .post("/desk/customers/{customer}", customer::desk::submit)
        .get("/desk/outbox", outbox::desk::list::show)
        .post("/desk/outbox", outbox::desk::list::submit)
        .get("/desk/outbox/{message}", outbox::desk::show)
        .post("/desk/outbox/{message}", outbox::desk::submit)
        .get("/desk/staff", company::desk::staff::show)
        .post("/desk/staff", company::desk::staff::submit)
        .get("/desk/designs", design::desk::list::show)
        .get("/desk/designs/{design}", design::desk::show)
        .post("/desk/designs/{design}", design::desk::submit)
        .get("/desk/designs/{design}/propose", proposal::desk::propose::show)
        .post("/desk/designs/{design}/propose", proposal::desk::propose::submit)
        .get("/desk/designs/{design}/versions/{version}", design::version::show_to_staff)
        .get("/desk/designs/{design}/proposals/{proposal}", proposal::desk::show)
        .get("/desk/orders", order::desk::board::show)
        .get("/desk/orders/{order}", order::desk::show)
        .post("/desk/orders/{order}", order::desk::submit)
        .get("/desk/tickets", ticket::desk::queue::show)
        .get("/desk/tickets/{ticket}", ticket::desk::show)
        .post("/desk/tickets/{ticket}", ticket::desk::submit)
}
