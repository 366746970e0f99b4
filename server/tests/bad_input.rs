//! Invalid input: every case is answered with the right status and a message in the person's language, and the form
//! contains the input again. Stale requests are tested in `stale_requests.rs`, invalid frames in
//! `server/src/sync/tests`.

#![allow(clippy::unwrap_used)]

mod support;

use axum::body::Body;
use domain::{
    Language::{En, Uk},
    document::Value,
};
use locales::t;
use support::{
    BASE_URL, INPUT, PNG, Role, TestRequest, World, WorldTemplate, day, edit, form, name_version, on_both, page_text,
};

struct Case {
    name: &'static str,
    request: fn(&World) -> TestRequest<'_>,
    status: u16,
    /// A text that the page contains.
    message: String,
    /// Input that the page contains again; empty if the page has no form.
    shown_input: String,
}

fn case(name: &'static str, request: fn(&World) -> TestRequest<'_>, status: u16, message: String) -> Case {
    Case { name, request, status, message, shown_input: String::new() }
}

impl Case {
    fn showing_input(mut self, input: impl Into<String>) -> Self {
        self.shown_input = input.into();
        self
    }
}

async fn check_all(cases: Vec<Case>) {
    on_both(async |template| check_on(template, &cases).await).await;
}

async fn check_on(template: &WorldTemplate, cases: &[Case]) {
    let mut failures = String::new();
    let mut world = template.open().await;
    for Case { name, request, status, message, shown_input } in cases {
        let response = request(&world).send().await;
        let page = page_text(&response);
        if response.status.as_u16() != *status {
            failures.push_str(&format!("{name}: {} instead of {status}\n", response.status));
        } else if !page.contains(message) {
            failures.push_str(&format!("{name}: the page does not contain «{message}»\n"));
        } else if !page.contains(shown_input) {
            failures.push_str(&format!("{name}: the page does not contain the input «{shown_input}»\n"));
        } else if *status >= 400 && page.contains(&t!(Uk, "saved")) {
            failures.push_str(&format!("{name}: the page says that it was saved\n"));
        } else if response.text().contains("><b>Дуб") {
            failures.push_str(&format!("{name}: the input is not escaped\n"));
        }
        // An accepted request must not affect the next one; a rejected one changes nothing.
        if response.status.as_u16() < 400 {
            world = template.open().await;
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn new_ticket<'a>(world: &'a World, subject: &str, text: &str) -> TestRequest<'a> {
    let submission = uuid::Uuid::now_v7().to_string();
    let fields = [("submission", submission.as_str()), ("subject", subject), ("text", text)];
    world.post(Role::Member, "/tickets/new", form(&fields))
}

fn sign_up<'a>(world: &'a World, name: &str, email: &str) -> TestRequest<'a> {
    world.post(Role::Visitor, "/sign-up", form(&[("name", name), ("email", email)]))
}

fn confirm<'a>(world: &'a World, password: &str) -> TestRequest<'a> {
    world.post(Role::Visitor, &format!("/confirm/{}", world.own("confirm")), form(&[("password", password)]))
}

fn propose<'a>(world: &'a World, price: &str, valid_until: &str, delivery_on: &str) -> TestRequest<'a> {
    let submission = uuid::Uuid::now_v7().to_string();
    let fields = [
        ("submission", submission.as_str()),
        ("version", world.own("version")),
        ("price", price),
        ("valid_until", valid_until),
        ("delivery_on", delivery_on),
        ("message", INPUT),
    ];
    world.post(Role::Staff, &format!("/desk/designs/{}/propose", world.own("design")), form(&fields))
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_fields_are_reported_and_keep_their_input() {
    let too_long = |max: usize| t!(Uk, "field-too-long", max = max);
    let required = || t!(Uk, "field-required");
    let control = || t!(Uk, "field-control-characters");
    check_all(vec![
        case("empty subject", |w| new_ticket(w, "", INPUT), 422, required()).showing_input(INPUT),
        case("empty text", |w| new_ticket(w, INPUT, " \n\t"), 422, required()).showing_input(INPUT),
        case("long subject", |w| new_ticket(w, &INPUT.repeat(30), INPUT), 422, too_long(150))
            .showing_input(INPUT.repeat(30)),
        case("long text", |w| new_ticket(w, INPUT, &"ї".repeat(10_001)), 422, too_long(10_000)).showing_input(INPUT),
        case("empty form", |w| w.post(Role::Visitor, "/sign-up", ""), 422, required()),
        case("long name", |w| sign_up(w, &"я".repeat(121), "a@b.ua"), 422, too_long(120)).showing_input("a@b.ua"),
        case(
            "a mistake after another form was saved",
            |w| w.post(Role::Member, "/profile?saved", form(&[("what", "person"), ("phone", INPUT)])),
            422,
            required(),
        )
        .showing_input(INPUT),
        case("not an e-mail address", |w| sign_up(w, INPUT, "someone"), 422, t!(Uk, "field-email"))
            .showing_input(INPUT),
        case("common password", |w| confirm(w, "password12"), 422, t!(Uk, "field-password-common")),
        case("short password", |w| confirm(w, "дуб"), 422, t!(Uk, "field-too-short", min = 10)),
        case("zero byte", |w| new_ticket(w, "ду\u{0}б", INPUT), 422, control()).showing_input(INPUT),
        case("escape character", |w| new_ticket(w, INPUT, "\u{1b}[31m"), 422, control()).showing_input(INPUT),
        case("text with a direction override", |w| sign_up(w, "а\u{202e}б", "a@b.ua"), 422, control())
            .showing_input("a@b.ua"),
        case("invisible name", |w| sign_up(w, "\u{200b}\u{feff}", "a@b.ua"), 422, required()).showing_input("a@b.ua"),
        case("right-to-left name", |w| sign_up(w, "שרה לוי", "a@b.ua"), 200, t!(Uk, "sign-up-sent-title")),
        case(
            "name with a zero-width joiner",
            |w| sign_up(w, "क्\u{200d}ष", "a@b.ua"),
            200,
            t!(Uk, "sign-up-sent-title"),
        ),
        case("right-to-left text", |w| new_ticket(w, "שולחן", "שלום"), 303, String::new()),
        case(
            "a form without a submission id",
            |w| w.post(Role::Member, "/tickets/new", form(&[("subject", "Дуб"), ("text", "Дуб")])),
            400,
            t!(Uk, "problem-unreadable-title"),
        ),
        case("in English", |w| sign_up(w, "", "a@b.ua").header("accept-language", "en"), 422, t!(En, "field-required"))
            .showing_input("a@b.ua"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_requests_are_answered_with_the_right_problem() {
    let missing = || t!(Uk, "problem-missing-title");
    let foreign = || t!(Uk, "problem-foreign-title");
    let unreadable = || t!(Uk, "problem-unreadable-title");
    let too_large = || t!(Uk, "problem-too-large-title");
    let wrong_type = || t!(Uk, "problem-wrong-type-title");
    check_all(vec![
        case("invalid UTF-8, encoded", |w| w.post(Role::Visitor, "/sign-up", "name=%FF%FE"), 400, unreadable()),
        case("invalid UTF-8, raw", |w| w.post(Role::Visitor, "/sign-up", &b"name=\xff\xfe"[..]), 400, unreadable()),
        case("invalid UTF-8 in a form with files", |w| upload(w, "text", b"\xff\xfe", None), 400, unreadable()),
        case("invalid UTF-8 in the address", |w| w.get(Role::Visitor, "/products/%FF"), 400, unreadable()),
        case("20 MB form", |w| w.post(Role::Visitor, "/sign-up", vec![b'a'; 20_000_000]), 413, too_large()),
        case("20 MB text in a form with files", |w| upload(w, "text", &[b'a'; 20_000_000], None), 413, too_large()),
        case(
            "20 MB file",
            |w| upload(w, "text", INPUT.as_bytes(), Some(&[PNG, &[0; 20_000_000]].concat())),
            422,
            t!(Uk, "field-file-too-large", max = locales::file_size(Uk, 10_000_000)),
        )
        .showing_input(INPUT),
        case("file of an unsupported type", |w| upload(w, "text", INPUT.as_bytes(), Some(b"MZ\x90\0")), 422, {
            t!(Uk, "field-file-type")
        })
        .showing_input(INPUT),
        case("JSON", |w| sign_up(w, "", "").header("content-type", "application/json"), 415, wrong_type()),
        case("no content type", |w| sign_up(w, "", "").without("content-type"), 415, wrong_type()),
        case(
            "unsupported method",
            |w| w.request("DELETE".parse().unwrap(), Role::Member, "/orders").header("origin", BASE_URL),
            405,
            t!(Uk, "problem-wrong-method-title"),
        ),
        case("unknown path", |w| w.get(Role::Member, "/nothing"), 404, missing()),
        case("unknown id", |w| w.get(Role::Member, &format!("/orders/{}", uuid::Uuid::now_v7())), 404, missing()),
        case("malformed id", |w| w.get(Role::Member, "/orders/1%20OR%201=1"), 404, missing()),
        case(
            "id of another customer's order",
            |w| w.get(Role::Member, &format!("/orders/{}", w.foreign("order"))),
            404,
            missing(),
        ),
        case(
            "accepting another customer's order",
            |w| w.post(Role::Member, &format!("/orders/{}", w.foreign("order")), "what=accept"),
            404,
            missing(),
        ),
        case(
            "redirecting another customer's order",
            |w| w.post(Role::Member, &format!("/orders/{}", w.foreign("order")), "what=destination&destination=Here"),
            404,
            missing(),
        ),
        case(
            "redirecting an order after it was shipped",
            |w| w.post(Role::Member, &format!("/orders/{}", w.own("order")), "what=destination&destination=Here"),
            409,
            t!(Uk, "order-destination-late"),
        ),
        case(
            "ticket about another customer's order",
            |w| w.get(Role::Member, &format!("/tickets/new?order={}", w.foreign("order"))),
            404,
            missing(),
        ),
        case(
            "position that is not one",
            |w| w.get(Role::Member, "/orders?after=nonsense"),
            200,
            t!(Uk, "orders-title"),
        ),
        case(
            "position of a list with another order",
            |w| w.get(Role::Member, "/orders?after=1.2.3.00000000-0000-0000-0000-000000000000"),
            200,
            t!(Uk, "orders-title"),
        ),
        case("position after the last row", |w| w.get(Role::Member, AFTER_LAST), 200, t!(Uk, "page-first")),
        case("position given twice", |w| w.get(Role::Member, "/orders?after=1&after=2"), 400, unreadable()),
        case("form of another site", |w| sign_up(w, "", "").header("origin", "https://evil.example"), 403, foreign()),
        case("form without origin", |w| sign_up(w, "", "").without("origin"), 403, foreign()),
        case(
            "form of another site by sec-fetch-site",
            |w| sign_up(w, "", "").without("origin").header("sec-fetch-site", "cross-site"),
            403,
            foreign(),
        ),
    ])
    .await;
}

const AFTER_LAST: &str = "/orders?after=0.00000000-0000-0000-0000-000000000000";

/// A ticket message with a file, as browsers send it.
fn upload<'a>(world: &'a World, field: &str, text: &[u8], file: Option<&[u8]>) -> TestRequest<'a> {
    let mut body = Vec::new();
    let submission = uuid::Uuid::now_v7().to_string();
    for (name, content) in [("submission", submission.as_bytes()), (field, text)] {
        body.extend_from_slice(format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    if let Some(file) = file {
        let head = "--edge\r\ncontent-disposition: form-data; name=\"files\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n";
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let ticket = format!("/tickets/{}", world.own("ticket"));
    world.post(Role::Member, &ticket, Body::from(body)).header("content-type", "multipart/form-data; boundary=edge")
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_proposal_terms_are_reported() {
    let price = || t!(Uk, "field-amount", max = locales::number(Uk, 1_000_000_000));
    check_all(vec![
        case("negative price", |w| propose(w, "-5", &day(9), &day(9)), 422, price()).showing_input(INPUT),
        case("absurd price", |w| propose(w, "99999999999999999999", &day(9), &day(9)), 422, price())
            .showing_input(INPUT),
        case("price above the limit", |w| propose(w, "1000000000,01", &day(9), &day(9)), 422, price())
            .showing_input("1000000000,01"),
        case("price with three decimals", |w| propose(w, "12,345", &day(9), &day(9)), 422, price())
            .showing_input("12,345"),
        case("price in words", |w| propose(w, "дорого", &day(9), &day(9)), 422, price()).showing_input("дорого"),
        case("price with an exponent", |w| propose(w, "1e3", &day(9), &day(9)), 422, price()).showing_input("1e3"),
        case("no price", |w| propose(w, "", &day(9), &day(9)), 422, t!(Uk, "field-required")).showing_input(INPUT),
        case("valid until yesterday", |w| propose(w, "500", &day(-1), &day(9)), 422, t!(Uk, "field-date-past"))
            .showing_input(day(-1)),
        case("delivered yesterday", |w| propose(w, "500", &day(9), &day(-1)), 422, t!(Uk, "field-date-past"))
            .showing_input(day(-1)),
        case("30 February", |w| propose(w, "500", "2027-02-30", &day(9)), 422, t!(Uk, "field-date"))
            .showing_input("2027-02-30"),
        case("date in words", |w| propose(w, "500", "завтра", &day(9)), 422, t!(Uk, "field-date"))
            .showing_input("завтра"),
    ])
    .await;
}

/// Sends the product's form with the key of another customer and with an invalid key.
#[tokio::test(flavor = "multi_thread")]
async fn designs_cannot_be_started_for_other_customers() {
    on_both(async |template| {
        let world = template.open().await;
        let before = world.count("design").await;
        let submission = uuid::Uuid::now_v7().to_string();
        for (customer, status) in [(world.foreign("customer"), 404), ("everyone", 422)] {
            let fields = form(&[("submission", &submission), ("customer", customer)]);
            assert_eq!(world.post(Role::Member, "/products/dining-table", fields).send().await.status, status);
        }
        assert_eq!(world.count("design").await, before);
    })
    .await;
}

/// A document may contain options that the product does not have. A version leaves them out, or is rejected.
#[tokio::test(flavor = "multi_thread")]
async fn versions_contain_only_options_of_the_product_model() {
    on_both(async |template| {
        let number = |text: &str| Value::Number(text.parse().unwrap());
        for (key, value) in [
            ("length", number("-5")),
            ("length", number("99999999")),
            ("length", number("160.123")),
            ("wood", Value::Text("kryptonite".to_owned())),
            ("wood", Value::Flag(true)),
            ("no-such-option", number("1")),
        ] {
            let world = template.open().await;
            let before = world.column("SELECT canonical FROM version ORDER BY id LIMIT 1").await;
            edit(&world, |replica| drop(replica.set_option(key, Some(&value)).unwrap())).await;
            for (role, path) in [(Role::Member, "/designs"), (Role::Staff, "/desk/designs")] {
                let page = world.get(role, &format!("{path}/{}", world.own("design"))).send().await;
                assert_eq!(page.status, 200, "{key} {value:?}");
            }
            assert_eq!(name_version(&world).await.status, 303, "{key} {value:?}");
            let after = world.column("SELECT canonical FROM version ORDER BY id DESC LIMIT 1").await;
            let options = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["options"].clone();
            assert_eq!(options(&after[0]), options(&before[0]), "{key} {value:?}");
        }
        // Each option is allowed, but not the combination.
        let world = template.open().await;
        edit(&world, |replica| {
            replica.set_option("length", Some(&number("280"))).unwrap();
            replica.set_option("legs", Some(&Value::Text("straight".to_owned()))).unwrap();
        })
        .await;
        let versions = world.count("version").await;
        let rejected = name_version(&world).await;
        assert_eq!(rejected.status, 409);
        let page = page_text(&rejected);
        assert!(page.contains(&t!(Uk, "version-invalid")) && page.contains(INPUT));
        assert_eq!(world.count("version").await, versions);
    })
    .await;
}
