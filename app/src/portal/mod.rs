//! What customers and visitors see. One file a page.

mod confirm;
mod first_run;
mod forgotten;
mod home;
mod language;
mod reset;
mod sign_in;
mod sign_out;
mod sign_up;

use crate::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/", home::show)
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
        .get("/reset/{secret}", reset::show)
        .post("/reset/{secret}", reset::submit)
}
