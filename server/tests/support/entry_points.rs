//! Requests to the program's entry points, with the keys of records in the path and a valid form.

use super::{BASE_URL, Records, Role, TestResponse, World, day, form};
use app::EntryPoint;
use axum::http::Method;

/// Static files, which are the same for everyone.
pub const STATIC_FILES: [&str; 3] = ["/favicon.svg", "/fonts/{file}", "/pkg/{*file}"];

/// Returns whether the route names a record of a customer. Products and mailed links belong to no customer.
pub fn is_record(path: &str) -> bool {
    let shared = STATIC_FILES.contains(&path) || path == "/products/{product}" || path.ends_with("{secret}");
    path.contains('{') && !shared
}

/// Fills the keys of these records into the route.
pub fn address(path: &str, records: &Records) -> String {
    let address = match path {
        "/products/{product}" => "/products/dining-table".to_owned(),
        "/pkg/{*file}" => "/pkg/0/none.js".to_owned(),
        "/fonts/{file}" => "/fonts/none.woff2".to_owned(),
        "/join/{secret}" => format!("/join/{}", records["join"]),
        "/confirm/{secret}" => format!("/confirm/{}", records["confirm"]),
        "/unsubscribe/{secret}" => format!("/unsubscribe/{}", records["unsubscribe"]),
        "/reset/{secret}" => format!("/reset/{}", records["reset"]),
        "/desk/designs/{design}/propose" => format!("{path}?version={}", records["version"]),
        _ => path.to_owned(),
    };
    records.iter().fold(address, |address, (name, key)| address.replace(&format!("{{{name}}}"), key))
}

/// Returns a form that is accepted from a permitted role, or an empty form if the status for an invalid form is enough
/// to show that the role is permitted.
fn valid_form(path: &str, records: &Records) -> String {
    let submission = uuid::Uuid::now_v7().to_string();
    let day = day(9);
    let submission_field = ("submission", submission.as_str());
    match path {
        "/products/{product}" => form(&[submission_field]),
        "/designs/{design}" | "/desk/designs/{design}" => {
            form(&[submission_field, ("what", "title"), ("title", "Стіл у вітальню")])
        }
        "/designs/{design}/proposals/{proposal}" => form(&[("what", "approve"), ("hash", &records["hash"])]),
        "/orders/{order}" => form(&[("what", "accept")]),
        "/tickets/new" => form(&[submission_field, ("subject", "Питання"), ("text", "Чи є ясен?")]),
        "/tickets/{ticket}" => form(&[submission_field, ("text", "Дякую")]),
        "/organisation" => form(&[("name", "Наша назва")]),
        "/organisation/addresses/new" | "/organisation/addresses/{address}" => {
            form(&[submission_field, ("label", "Дім"), ("street", "вул. Наукова, 1"), ("city", "Львів")])
        }
        "/organisation/members" => {
            form(&[submission_field, ("what", "invite"), ("email", "another@example.com"), ("role", "member")])
        }
        "/organisation/members/{person}" => form(&[("role", "administrator")]),
        "/sign-up" => form(&[("name", "Нова людина"), ("email", "nova@example.com")]),
        "/forgotten" => form(&[("email", "nova@example.com")]),
        "/confirm/{secret}" => form(&[("password", "три зелені стільці")]),
        "/join/{secret}" => form(&[("name", "Нова людина"), ("password", "три зелені стільці")]),
        "/reset/{secret}" => form(&[("password", "три зелені стільці")]),
        "/profile" => {
            form(&[("what", "person"), ("name", "Нове імʼя"), ("language", "uk"), ("time_zone", "Europe/Kyiv")])
        }
        "/desk/customers/{customer}" => form(&[("what", "note"), ("note", "Телефонувати зранку")]),
        "/desk/designs/{design}/propose" => form(&[
            submission_field,
            ("version", &records["version"]),
            ("price", "48 500"),
            ("valid_until", &day),
            ("delivery_on", &day),
        ]),
        "/desk/orders/{order}" => form(&[submission_field, ("what", "note"), ("note", "Пакувати вдвічі")]),
        "/desk/tickets/{ticket}" => form(&[submission_field, ("what", "note"), ("note", "Винен пакувальник")]),
        "/desk/staff" => form(&[
            submission_field,
            ("what", "invite"),
            ("name", "Новий"),
            ("email", "novyi@example.com"),
            ("role", "staff"),
        ]),
        _ => String::new(),
    }
}

pub async fn send(world: &World, entry: EntryPoint, role: Role, records: &Records) -> TestResponse {
    let address = address(entry.path, records);
    match entry.method {
        "POST" => world.post(role, &address, valid_form(entry.path, records)).send().await,
        method => {
            let request = world.request(Method::from_bytes(method.as_bytes()).unwrap(), role, &address);
            if entry.path.starts_with("/sync/") { request.header("origin", BASE_URL) } else { request }.send().await
        }
    }
}
