//! The routes of the portal, for customers and visitors.

use crate::{
    account::{
        confirm_email, forgotten_password, join_organisation, profile, reset_password, sign_in, sign_out, sign_up,
        unsubscribe,
    },
    company,
    customer::{self, organisation},
    design, home, order, product, proposal, ticket,
    web::{file, language, routes::Routes},
};

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/", home::portal::show)
        .get("/products", product::catalogue::show)
        .get("/products/{product}", product::page::show)
        .post("/products/{product}", product::page::submit)
        .get("/designs", design::portal_list::show)
        .get("/designs/{design}", design::portal::show)
        .post("/designs/{design}", design::portal::submit)
        .get("/designs/{design}/versions/{version}", design::version::show)
        .get("/designs/{design}/proposals/{proposal}", proposal::portal::show)
        .post("/designs/{design}/proposals/{proposal}", proposal::portal::submit)
        .get("/orders", order::portal_list::show)
        .get("/orders/{order}", order::portal::show)
        .post("/orders/{order}", order::portal::submit)
        .get("/tickets", ticket::portal_list::show)
        .get("/tickets/new", ticket::new::show)
        .post("/tickets/new", ticket::new::submit)
        .get("/tickets/{ticket}", ticket::portal::show)
        .post("/tickets/{ticket}", ticket::portal::submit)
        .get("/files/{file}", file::show)
        .get("/profile", profile::person::show)
        .post("/profile", profile::person::submit)
        .get("/profile/notices", profile::notification_settings::show)
        .post("/profile/notices", profile::notification_settings::submit)
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
        .get("/history", customer::history::show)
        .get("/join/{secret}", join_organisation::show)
        .post("/join/{secret}", join_organisation::submit)
        .get("/first-run", company::first_run::show)
        .post("/first-run", company::first_run::submit)
        .post("/language", language::submit)
        .get("/sign-up", sign_up::show)
        .post("/sign-up", sign_up::submit)
        .get("/confirm/{secret}", confirm_email::show)
        .post("/confirm/{secret}", confirm_email::submit)
        .get("/sign-in", sign_in::show)
        .post("/sign-in", sign_in::submit)
        .post("/sign-out", sign_out::submit)
        .get("/forgotten", forgotten_password::show)
        .post("/forgotten", forgotten_password::submit)
        .get("/unsubscribe/{secret}", unsubscribe::show)
        .post("/unsubscribe/{secret}", unsubscribe::submit)
        .get("/reset/{secret}", reset_password::show)
        .post("/reset/{secret}", reset_password::submit)
}
