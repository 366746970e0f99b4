//! Bad input: each case gives a clear message in the person's language with the right status, and loses nothing that
//! was typed. What comes too late is in `too_late.rs`, frames that are none of the room's in
//! `server/src/sync/tests`.

#![allow(clippy::unwrap_used)]

mod support;

use axum::body::Body;
use domain::{
    Language::{En, Uk},
    document::Value,
};
use locales::t;
use support::{Ask, BASE_URL, PNG, Role, TYPED, World, Worlds, day, edit, form, name_version, on_both, read};

struct Case {
    what: &'static str,
    ask: fn(&World) -> Ask<'_>,
    status: u16,
    /// A text that stands in the page.
    says: String,
    /// What was typed and stands in the page again; empty where there is no form to show.
    again: String,
}

fn case(what: &'static str, ask: fn(&World) -> Ask<'_>, status: u16, says: String) -> Case {
    Case { what, ask, status, says, again: String::new() }
}

impl Case {
    fn again(mut self, typed: impl Into<String>) -> Self {
        self.again = typed.into();
        self
    }
}

async fn try_all(cases: Vec<Case>) {
    on_both(async |worlds| try_on(worlds, &cases).await).await;
}

async fn try_on(worlds: &Worlds, cases: &[Case]) {
    let mut wrong = String::new();
    let mut world = worlds.open().await;
    for Case { what, ask, status, says, again } in cases {
        let answer = ask(&world).answer().await;
        let page = read(&answer);
        if answer.status.as_u16() != *status {
            wrong.push_str(&format!("{what}: {} instead of {status}\n", answer.status));
        } else if !page.contains(says) {
            wrong.push_str(&format!("{what}: the page does not say «{says}»\n"));
        } else if !page.contains(again) {
            wrong.push_str(&format!("{what}: «{again}» is lost\n"));
        } else if *status >= 400 && page.contains(&t!(Uk, "saved")) {
            wrong.push_str(&format!("{what}: the page says that it is saved\n"));
        } else if answer.text().contains("><b>Дуб") {
            wrong.push_str(&format!("{what}: what was typed is not escaped\n"));
        }
        // Who was refused has done nothing.
        if answer.status.as_u16() < 400 {
            world = worlds.open().await;
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn new_ticket<'a>(world: &'a World, subject: &str, text: &str) -> Ask<'a> {
    let submission = uuid::Uuid::now_v7().to_string();
    let fields = [("submission", submission.as_str()), ("subject", subject), ("text", text)];
    world.post(Role::Member, "/tickets/new", form(&fields))
}

fn sign_up<'a>(world: &'a World, name: &str, email: &str) -> Ask<'a> {
    world.post(Role::Visitor, "/sign-up", form(&[("name", name), ("email", email)]))
}

fn confirm<'a>(world: &'a World, password: &str) -> Ask<'a> {
    world.post(Role::Visitor, &format!("/confirm/{}", world.own("confirm")), form(&[("password", password)]))
}

fn propose<'a>(world: &'a World, price: &str, valid_until: &str, delivery_on: &str) -> Ask<'a> {
    let submission = uuid::Uuid::now_v7().to_string();
    let fields = [
        ("submission", submission.as_str()),
        ("version", world.own("version")),
        ("price", price),
        ("valid_until", valid_until),
        ("delivery_on", delivery_on),
        ("message", TYPED),
    ];
    world.post(Role::Staff, &format!("/desk/designs/{}/propose", world.own("design")), form(&fields))
}

#[tokio::test(flavor = "multi_thread")]
async fn fields() {
    let too_long = |max: usize| t!(Uk, "field-too-long", max = max);
    let required = || t!(Uk, "field-required");
    let control = || t!(Uk, "field-control-characters");
    try_all(vec![
        case("empty subject", |w| new_ticket(w, "", TYPED), 422, required()).again(TYPED),
        case("empty text", |w| new_ticket(w, TYPED, " \n\t"), 422, required()).again(TYPED),
        case("long subject", |w| new_ticket(w, &TYPED.repeat(30), TYPED), 422, too_long(150)).again(TYPED.repeat(30)),
        case("long text", |w| new_ticket(w, TYPED, &"ї".repeat(10_001)), 422, too_long(10_000)).again(TYPED),
        case("nothing typed at all", |w| w.post(Role::Visitor, "/sign-up", ""), 422, required()),
        case("long name", |w| sign_up(w, &"я".repeat(121), "a@b.ua"), 422, too_long(120)).again("a@b.ua"),
        case(
            "a mistake after something was saved",
            |w| w.post(Role::Member, "/profile?saved", form(&[("what", "person"), ("phone", TYPED)])),
            422,
            required(),
        )
        .again(TYPED),
        case("no address", |w| sign_up(w, TYPED, "someone"), 422, t!(Uk, "field-email")).again(TYPED),
        case("common password", |w| confirm(w, "password12"), 422, t!(Uk, "field-password-common")),
        case("short password", |w| confirm(w, "дуб"), 422, t!(Uk, "field-too-short", min = 10)),
        case("zero byte", |w| new_ticket(w, "ду\u{0}б", TYPED), 422, control()).again(TYPED),
        case("escape character", |w| new_ticket(w, TYPED, "\u{1b}[31m"), 422, control()).again(TYPED),
        case("turned text", |w| sign_up(w, "а\u{202e}б", "a@b.ua"), 422, control()).again("a@b.ua"),
        case("invisible name", |w| sign_up(w, "\u{200b}\u{feff}", "a@b.ua"), 422, required()).again("a@b.ua"),
        case("right-to-left name", |w| sign_up(w, "שרה לוי", "a@b.ua"), 200, t!(Uk, "sign-up-sent-title")),
        case("name that joins letters", |w| sign_up(w, "क्\u{200d}ष", "a@b.ua"), 200, t!(Uk, "sign-up-sent-title")),
        case("right-to-left words", |w| new_ticket(w, "שולחן", "שלום"), 303, String::new()),
        case(
            "a form without its number",
            |w| w.post(Role::Member, "/tickets/new", form(&[("subject", "Дуб"), ("text", "Дуб")])),
            400,
            t!(Uk, "problem-unreadable-title"),
        ),
        case("in English", |w| sign_up(w, "", "a@b.ua").header("accept-language", "en"), 422, t!(En, "field-required"))
            .again("a@b.ua"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests() {
    let missing = || t!(Uk, "problem-missing-title");
    let foreign = || t!(Uk, "problem-foreign-title");
    let unreadable = || t!(Uk, "problem-unreadable-title");
    let too_large = || t!(Uk, "problem-too-large-title");
    let wrong_type = || t!(Uk, "problem-wrong-type-title");
    try_all(vec![
        case("invalid UTF-8, encoded", |w| w.post(Role::Visitor, "/sign-up", "name=%FF%FE"), 400, unreadable()),
        case("invalid UTF-8, raw", |w| w.post(Role::Visitor, "/sign-up", &b"name=\xff\xfe"[..]), 400, unreadable()),
        case("invalid UTF-8 in a form with files", |w| upload(w, "text", b"\xff\xfe", None), 400, unreadable()),
        case("invalid UTF-8 in the address", |w| w.get(Role::Visitor, "/products/%FF"), 400, unreadable()),
        case("20 MB of a form", |w| w.post(Role::Visitor, "/sign-up", vec![b'a'; 20_000_000]), 413, too_large()),
        case("20 MB of text with files", |w| upload(w, "text", &[b'a'; 20_000_000], None), 413, too_large()),
        case(
            "20 MB of a file",
            |w| upload(w, "text", TYPED.as_bytes(), Some(&[PNG, &[0; 20_000_000]].concat())),
            422,
            t!(Uk, "field-file-too-large", max = locales::file_size(Uk, 10_000_000)),
        )
        .again(TYPED),
        case("a file that is none of ours", |w| upload(w, "text", TYPED.as_bytes(), Some(b"MZ\x90\0")), 422, {
            t!(Uk, "field-file-type")
        })
        .again(TYPED),
        case("JSON", |w| sign_up(w, "", "").header("content-type", "application/json"), 415, wrong_type()),
        case("no type", |w| sign_up(w, "", "").without("content-type"), 415, wrong_type()),
        case(
            "a method that is not there",
            |w| w.request("DELETE".parse().unwrap(), Role::Member, "/orders").header("origin", BASE_URL),
            405,
            t!(Uk, "problem-wrong-method-title"),
        ),
        case("no such page", |w| w.get(Role::Member, "/nothing"), 404, missing()),
        case("unknown id", |w| w.get(Role::Member, &format!("/orders/{}", uuid::Uuid::now_v7())), 404, missing()),
        case("malformed id", |w| w.get(Role::Member, "/orders/1%20OR%201=1"), 404, missing()),
        case("id of others", |w| w.get(Role::Member, &format!("/orders/{}", w.foreign("order"))), 404, missing()),
        case(
            "others' order accepted",
            |w| w.post(Role::Member, &format!("/orders/{}", w.foreign("order")), "what=accept"),
            404,
            missing(),
        ),
        case(
            "others' order sent elsewhere",
            |w| w.post(Role::Member, &format!("/orders/{}", w.foreign("order")), "what=destination&destination=Here"),
            404,
            missing(),
        ),
        case(
            "an order sent elsewhere after it left",
            |w| w.post(Role::Member, &format!("/orders/{}", w.own("order")), "what=destination&destination=Here"),
            409,
            t!(Uk, "order-destination-late"),
        ),
        case(
            "ticket about others' order",
            |w| w.get(Role::Member, &format!("/tickets/new?order={}", w.foreign("order"))),
            404,
            missing(),
        ),
        case("a page far away", |w| w.get(Role::Member, "/orders?page=4000000000"), 200, t!(Uk, "orders-title")),
        case("a page that is no number", |w| w.get(Role::Member, "/orders?page=-1"), 400, unreadable()),
        case("from another site", |w| sign_up(w, "", "").header("origin", "https://evil.example"), 403, foreign()),
        case("from nowhere", |w| sign_up(w, "", "").without("origin"), 403, foreign()),
        case(
            "from another site, as browsers say",
            |w| sign_up(w, "", "").without("origin").header("sec-fetch-site", "cross-site"),
            403,
            foreign(),
        ),
    ])
    .await;
}

/// A message with files, as browsers send it.
fn upload<'a>(world: &'a World, field: &str, text: &[u8], file: Option<&[u8]>) -> Ask<'a> {
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
async fn proposing() {
    let price = || t!(Uk, "field-amount", max = locales::number(Uk, 1_000_000_000));
    try_all(vec![
        case("negative price", |w| propose(w, "-5", &day(9), &day(9)), 422, price()).again(TYPED),
        case("absurd price", |w| propose(w, "99999999999999999999", &day(9), &day(9)), 422, price()).again(TYPED),
        case("more than there is", |w| propose(w, "1000000000,01", &day(9), &day(9)), 422, price())
            .again("1000000000,01"),
        case("fraction of a kopiika", |w| propose(w, "12,345", &day(9), &day(9)), 422, price()).again("12,345"),
        case("price in words", |w| propose(w, "дорого", &day(9), &day(9)), 422, price()).again("дорого"),
        case("price with an exponent", |w| propose(w, "1e3", &day(9), &day(9)), 422, price()).again("1e3"),
        case("no price", |w| propose(w, "", &day(9), &day(9)), 422, t!(Uk, "field-required")).again(TYPED),
        case("valid until yesterday", |w| propose(w, "500", &day(-1), &day(9)), 422, t!(Uk, "field-date-past"))
            .again(day(-1)),
        case("delivered yesterday", |w| propose(w, "500", &day(9), &day(-1)), 422, t!(Uk, "field-date-past"))
            .again(day(-1)),
        case("30 February", |w| propose(w, "500", "2027-02-30", &day(9)), 422, t!(Uk, "field-date"))
            .again("2027-02-30"),
        case("a day in words", |w| propose(w, "500", "завтра", &day(9)), 422, t!(Uk, "field-date")).again("завтра"),
    ])
    .await;
}

/// A product's form that names another customer, or none that there is.
#[tokio::test(flavor = "multi_thread")]
async fn designs_for_others() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        let before = world.count("design").await;
        let submission = uuid::Uuid::now_v7().to_string();
        for (customer, status) in [(world.foreign("customer"), 404), ("everyone", 422)] {
            let fields = form(&[("submission", &submission), ("customer", customer)]);
            assert_eq!(world.post(Role::Member, "/products/dining-table", fields).answer().await.status, status);
        }
        assert_eq!(world.count("design").await, before);
    })
    .await;
}

/// A document that asks for what the product does not have: the version keeps to the product, or is not made.
#[tokio::test(flavor = "multi_thread")]
async fn options_outside_the_model() {
    on_both(async |worlds| {
        let number = |text: &str| Value::Number(text.parse().unwrap());
        for (key, value) in [
            ("length", number("-5")),
            ("length", number("99999999")),
            ("length", number("160.123")),
            ("wood", Value::Text("kryptonite".to_owned())),
            ("wood", Value::Flag(true)),
            ("no-such-option", number("1")),
        ] {
            let world = worlds.open().await;
            let before = world.column("SELECT canonical FROM version ORDER BY id LIMIT 1").await;
            edit(&world, |replica| drop(replica.set_option(key, Some(&value)).unwrap())).await;
            for (role, path) in [(Role::Member, "/designs"), (Role::Staff, "/desk/designs")] {
                let page = world.get(role, &format!("{path}/{}", world.own("design"))).answer().await;
                assert_eq!(page.status, 200, "{key} {value:?}");
            }
            assert_eq!(name_version(&world).await.status, 303, "{key} {value:?}");
            let after = world.column("SELECT canonical FROM version ORDER BY id DESC LIMIT 1").await;
            let options = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["options"].clone();
            assert_eq!(options(&after[0]), options(&before[0]), "{key} {value:?}");
        }
        // Each allowed, but not together.
        let world = worlds.open().await;
        edit(&world, |replica| {
            replica.set_option("length", Some(&number("280"))).unwrap();
            replica.set_option("legs", Some(&Value::Text("straight".to_owned()))).unwrap();
        })
        .await;
        let versions = world.count("version").await;
        let refused = name_version(&world).await;
        assert_eq!(refused.status, 409);
        let page = read(&refused);
        assert!(page.contains(&t!(Uk, "version-invalid")) && page.contains(TYPED));
        assert_eq!(world.count("version").await, versions);
    })
    .await;
}
