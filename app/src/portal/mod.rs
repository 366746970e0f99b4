//! What customers and visitors see. One file a page.

mod confirm;
pub mod design;
mod designs;
mod file;
mod first_run;
mod forgotten;
mod history;
mod home;
mod join;
mod language;
mod new_password;
mod new_ticket;
mod order;
mod orders;
mod organisation;
mod product;
mod products;
mod profile;
pub mod proposal;
mod reset;
mod sign_in;
mod sign_out;
mod sign_up;
mod ticket;
mod tickets;
pub mod unsubscribe;
pub mod version;

use crate::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/", home::show)
        .get("/products", products::show)
        .get("/products/{product}", product::show)
        .post("/products/{product}", product::submit)
        .get("/designs", designs::show)
        .get("/designs/{design}", design::show)
        .post("/designs/{design}", design::submit)
        .get("/designs/{design}/versions/{version}", version::show)
        .get("/designs/{design}/proposals/{proposal}", proposal::show)
        .post("/designs/{design}/proposals/{proposal}", proposal::submit)
        .get("/orders", orders::show)
        .get("/orders/{order}", order::show)
        .post("/orders/{order}", order::submit)
        .get("/tickets", tickets::show)
        .get("/tickets/new", new_ticket::show)
        .post("/tickets/new", new_ticket::submit)
        .get("/tickets/{ticket}", ticket::show)
        .post("/tickets/{ticket}", ticket::submit)
        .get("/files/{file}", file::show)
        .get("/profile", profile::person::show)
        .post("/profile", profile::person::submit)
        .get("/profile/notices", profile::notices::show)
        .post("/profile/notices", profile::notices::submit)
        .get("/profile/password", profile::password::show)
        .post("/profile/password", profile::password::submit)
        .get("/profile/sessions", profile::sessions::show)
        .get("/organisation", organisation::data::show)
        .post("/organisation", organisation::data::submit)
        .get("/organisation/addresses/new", organisation::address::show_new)
        .post("/organisation/addresses/new", organisation::address::submit_new)
        .get("/organisation/addresses/{address}", organisation::address::show)
        .post("/organisation/addresses/{address}", organisation::address::submit)
        .get("/organisation/members", organisation::members::show)
        .post("/organisation/members", organisation::members::submit)
        .get("/organisation/members/{person}", organisation::member::show)
        .post("/organisation/members/{person}", organisation::member::submit)
        .get("/history", history::show)
        .get("/join/{secret}", join::show)
        .post("/join/{secret}", join::submit)
        .get("/first-run", first_run::show)
        .post("/first-run", first_run::submit)
        .post("/language", language::submit)
        .get("/sign-up", sign_up::show)
        .post("/sign-up", sign_up::submit)
        .get("/confirm/{secret}", confirm::show)
        .post("/confirm/{secret}", confirm::submit)
        .get("/sign-in", sign_in::show)
        .post("/sign-in", sign_in::submit)
        .post("/sign-out", sign_out::submit)
        .get("/forgotten", forgotten::show)
        .post("/forgotten", forgotten::submit)
        .get("/unsubscribe/{secret}", unsubscribe::show)
        .post("/unsubscribe/{secret}", unsubscribe::submit)
        .get("/reset/{secret}", reset::show)
        .post("/reset/{secret}", reset::submit)
}
