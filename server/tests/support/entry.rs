//! Asking at an entry point of the program: its address with the keys of records in it, and a form filled in rightly.

use super::{Answer, BASE_URL, Records, Role, World, day, form};
use app::EntryPoint;
use axum::http::Method;

/// The site's own files: the same for everyone.
pub const SITE: [&str; 3] = ["/favicon.svg", "/fonts/{file}", "/pkg/{*file}"];

/// Whether the address names a record of a customer. Products are everyone's, mailed links their holder's.
pub fn is_record(path: &str) -> bool {
    let shared = SITE.contains(&path) || path == "/products/{product}" || path.ends_with("{secret}");
    path.contains('{') && !shared
}

/// The address with the keys of these records in it.
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

/// A form that would be taken from who may send it; empty where the table need not know more than who is let in.
fn filled(path: &str, records: &Records) -> String {
    let submission = uuid::Uuid::now_v7().to_string();
    let day = day(9);
    let once = ("submission", submission.as_str());
    match path {
        "/products/{product}" => form(&[once]),
        "/designs/{design}" | "/desk/designs/{design}" => {
            form(&[once, ("what", "title"), ("title", "Стіл у вітальню")])
        }
        "/designs/{design}/proposals/{proposal}" => form(&[("what", "approve"), ("hash", &records["hash"])]),
        "/orders/{order}" => form(&[("what", "accept")]),
        "/tickets/new" => form(&[once, ("subject", "Питання"), ("text", "Чи є ясен?")]),
        "/tickets/{ticket}" => form(&[once, ("text", "Дякую")]),
        "/organisation" => form(&[("name", "Наша назва")]),
        "/organisation/addresses/new" | "/organisation/addresses/{address}" => {
            form(&[once, ("label", "Дім"), ("street", "вул. Наукова, 1"), ("city", "Львів")])
        }
        "/organisation/members" => {
            form(&[once, ("what", "invite"), ("email", "another@example.com"), ("role", "member")])
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
        "/desk/customers/{customer}" => form(&[("note", "Телефонувати зранку")]),
        "/desk/designs/{design}/propose" => form(&[
            once,
            ("version", &records["version"]),
            ("price", "48 500"),
            ("valid_until", &day),
            ("delivery_on", &day),
        ]),
        "/desk/orders/{order}" => form(&[once, ("what", "note"), ("note", "Пакувати вдвічі")]),
        "/desk/tickets/{ticket}" => form(&[once, ("what", "note"), ("note", "Винен пакувальник")]),
        "/desk/staff" => {
            form(&[once, ("what", "invite"), ("name", "Новий"), ("email", "novyi@example.com"), ("role", "staff")])
        }
        _ => String::new(),
    }
}

pub async fn ask(world: &World, entry: EntryPoint, role: Role, records: &Records) -> Answer {
    let address = address(entry.path, records);
    match entry.method {
        "POST" => world.post(role, &address, filled(entry.path, records)).answer().await,
        method => {
            let ask = world.request(Method::from_bytes(method.as_bytes()).unwrap(), role, &address);
            if entry.path.starts_with("/sync/") { ask.header("origin", BASE_URL) } else { ask }.answer().await
        }
    }
}
