//! Tickets and their files.

// Clippy's setting for tests does not cover helper functions.
#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    Priority, SubmissionId, TicketId, TicketState,
    input::FieldProblem,
    policy::{Actor, Refusal},
};
use sqlx::Row;
use store::{
    Conflict, Error, PageRequest,
    file::{self, UploadedFile},
    staff,
    ticket::{
        desk::{self, QueueFilter},
        open::{self, About, NewTicket},
        view::{self, Message, Ticket, TicketFilter},
        write,
    },
};
use support::{Home, customer_of, on_both};

/// A company, a buyer, and a buyer of another customer.
struct People {
    staff: Actor,
    buyer: Actor,
    stranger: Actor,
}

async fn people(home: &Home) -> People {
    let staff = home.company().await;
    People { staff, buyer: home.customer("Olena").await, stranger: home.customer("Petro").await }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n rest";

fn asked(people: &People) -> NewTicket {
    let about = About::Nothing(customer_of(&people.buyer));
    NewTicket {
        about, subject: "Подряпина".into(), text: "На куті стільниці".into(), files: Vec::new()
    }
}

fn sent(name: &str, content: &[u8]) -> UploadedFile {
    UploadedFile { name: name.into(), content: content.into() }
}

async fn opened(home: &Home, people: &People) -> TicketId {
    commit!(home, &people.buyer, |change| open::open(change, asked(people))).unwrap()
}

async fn answered(home: &Home, people: &People, id: TicketId, text: &str) {
    commit!(home, &people.staff, |change| write::write_answer(change, id, text, vec![], TicketState::Waiting)).unwrap();
}

async fn seen(home: &Home, actor: &Actor, id: TicketId) -> store::Result<Ticket> {
    view::find(&mut *home.read().await, actor, id).await
}

async fn messages_of(home: &Home, people: &People, id: TicketId) -> Vec<Message> {
    let ticket = seen(home, &people.buyer, id).await.unwrap();
    view::messages(&mut *home.read().await, &ticket).await.unwrap()
}

fn is_missing<T: std::fmt::Debug>(result: store::Result<T>) {
    assert!(matches!(result, Err(Error::Refused(Refusal::Missing))), "{result:?}");
}

fn problem<T: std::fmt::Debug>(result: store::Result<T>) -> (&'static str, FieldProblem) {
    match result {
        Err(Error::Invalid(errors)) => (errors[0].field, errors[0].problem),
        other => panic!("{other:?}"),
    }
}

/// Reads a column of a table directly, as text.
async fn column(home: &Home, sql: &'static str) -> Vec<String> {
    let rows = sqlx::query(sql).fetch_all(&mut *home.read().await).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_ticket_is_opened_answered_and_opened_again() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        assert_eq!(seen(home, &people.buyer, id).await.unwrap().state, TicketState::Open);
        answered(home, &people, id, "Відшліфуємо").await;
        assert_eq!(seen(home, &people.buyer, id).await.unwrap().state, TicketState::Waiting);
        let buyer = people.buyer.buyer().unwrap();
        assert_eq!(view::waiting(&mut *home.read().await, buyer).await.unwrap(), 1);
        commit!(home, &people.staff, |change| desk::solve(change, id)).unwrap();
        assert_eq!(seen(home, &people.buyer, id).await.unwrap().state, TicketState::Solved);

        commit!(home, &people.buyer, |change| write::write_message(change, id, "Ще одна", vec![])).unwrap();
        assert_eq!(seen(home, &people.buyer, id).await.unwrap().state, TicketState::Open);
        let messages = messages_of(home, &people, id).await;
        let messages: Vec<_> = messages.iter().map(|message| (message.text.as_str(), message.from_staff)).collect();
        assert_eq!(messages, [("На куті стільниці", false), ("Відшліфуємо", true), ("Ще одна", false)]);
        let mut connection = home.read().await;
        for (filter, count) in [(TicketFilter::Current, 1), (TicketFilter::Solved, 0)] {
            let tickets = view::list(&mut connection, buyer, filter, &PageRequest::first(51)).await.unwrap();
            assert_eq!(tickets.rows.len(), count, "{filter:?}");
        }
        let kinds = column(home, "SELECT kind FROM interaction WHERE kind LIKE 'ticket-%' ORDER BY at, id").await;
        assert_eq!(kinds, ["ticket-opened", "ticket-message", "ticket-solved", "ticket-message"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_answers_assign_the_ticket_once() {
    on_both(async |home| {
        let people = people(home).await;
        let taras = home.staff("Taras").await;
        for taken in 1..=8 {
            let id = opened(home, &people).await;
            let answer = async |who: &Actor| {
                let mut change = home.change(who).await;
                write::write_answer(&mut change, id, "Бачу", vec![], TicketState::Waiting).await.unwrap();
                change.commit().await.unwrap();
            };
            tokio::join!(answer(&people.staff), answer(&taras));
            let kinds = column(home, "SELECT kind FROM internal_interaction WHERE kind = 'ticket-assigned'").await;
            assert_eq!(kinds.len(), taken);
        }
    })
    .await;
}

#[tokio::test]
async fn the_tickets_of_others_do_not_exist() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        let files = vec![sent("кут.png", PNG)];
        commit!(home, &people.buyer, |change| write::write_message(change, id, "Ось", files)).unwrap();
        let file = messages_of(home, &people, id).await[1].files[0].id;

        is_missing(seen(home, &people.stranger, id).await);
        is_missing(commit!(home, &people.stranger, |change| write::write_message(change, id, "Я теж", vec![])));
        is_missing(commit!(home, &people.stranger, |change| open::open(change, asked(&people))));
        is_missing(file::find(&mut *home.read().await, &people.stranger, file).await);
        let visitor = file::find(&mut *home.read().await, &Actor::Visitor, file).await;
        assert!(matches!(visitor, Err(Error::Refused(Refusal::SignIn))));
        let stranger = people.stranger.buyer().unwrap();
        let mut connection = home.read().await;
        let tickets = view::list(&mut connection, stranger, TicketFilter::All, &PageRequest::first(51)).await.unwrap();
        assert!(tickets.rows.is_empty());
        assert_eq!(view::waiting(&mut connection, stranger).await.unwrap(), 0);

        for actor in [&people.buyer, &people.staff] {
            let found = file::find(&mut connection, actor, file).await.unwrap();
            assert_eq!(file::content(&mut connection, &found).await.unwrap(), PNG);
        }
        assert_eq!(messages_of(home, &people, id).await.len(), 2, "nothing was written by others");
    })
    .await;
}

#[tokio::test]
async fn customers_never_do_what_staff_do() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        is_missing(commit!(home, &people.buyer, |change| desk::add_note(change, id, "x")));
        is_missing(commit!(home, &people.buyer, |change| desk::assign(change, id, None)));
        is_missing(commit!(home, &people.buyer, |change| desk::set_priority(change, id, Priority::Urgent)));
        is_missing(commit!(home, &people.buyer, |change| desk::solve(change, id)));
        is_missing(commit!(home, &people.buyer, |change| write::write_answer(
            change,
            id,
            "x",
            vec![],
            TicketState::Solved
        )));
        // Staff cannot write as the customer.
        is_missing(commit!(home, &people.staff, |change| write::write_message(change, id, "x", vec![])));
    })
    .await;
}

#[tokio::test]
async fn internal_notes_are_visible_to_staff_only() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        commit!(home, &people.staff, |change| desk::add_note(change, id, "MARKER")).unwrap();
        commit!(home, &people.staff, |change| desk::assign(change, id, people.staff.person())).unwrap();
        commit!(home, &people.staff, |change| desk::set_priority(change, id, Priority::Urgent)).unwrap();
        answered(home, &people, id, "Так").await;

        let ticket = seen(home, &people.buyer, id).await.unwrap();
        let mut shown = vec![format!("{ticket:?}"), format!("{:?}", messages_of(home, &people, id).await)];
        shown.extend(column(home, "SELECT data FROM outbox").await);
        shown.extend(column(home, "SELECT kind || data FROM interaction").await);
        for one in &shown {
            for inner in ["MARKER", "rgent", "ticket-note", "ticket-assigned", "ticket-priority"] {
                assert!(!one.contains(inner), "{inner} in {one}");
            }
        }

        let staff = people.staff.permit().unwrap();
        let notes = desk::notes(&mut *home.read().await, &staff, id).await.unwrap();
        assert_eq!(notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["MARKER"]);
        let kinds = column(home, "SELECT kind FROM internal_interaction ORDER BY at, id").await;
        assert_eq!(kinds, ["ticket-note", "ticket-assigned", "ticket-priority"]);
    })
    .await;
}

#[tokio::test]
async fn the_queue_begins_with_what_waits_for_staff_and_is_urgent() {
    on_both(async |home| {
        let people = people(home).await;
        let calm = opened(home, &people).await;
        let urgent = opened(home, &people).await;
        let turned = opened(home, &people).await;
        commit!(home, &people.staff, |change| desk::set_priority(change, urgent, Priority::Urgent)).unwrap();
        answered(home, &people, turned, "Так").await;

        let staff = people.staff.permit().unwrap();
        let mut connection = home.read().await;
        let expected = [
            (QueueFilter::Unsolved, vec![urgent, calm, turned]),
            // Answering an unassigned ticket assigns it.
            (QueueFilter::Mine, vec![turned]),
            (QueueFilter::Unassigned, vec![urgent, calm]),
            (QueueFilter::Solved, vec![]),
        ];
        for (filter, ids) in expected {
            let rows = desk::queue(&mut connection, &staff, filter, &PageRequest::first(51)).await.unwrap().rows;
            assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), ids, "{filter:?}");
        }
        let counts = desk::counts(&mut connection, &staff).await.unwrap();
        assert_eq!((counts.mine, counts.unassigned, counts.unsolved, counts.waiting_for_me), (1, 2, 3, 2));
    })
    .await;
}

#[tokio::test]
async fn only_staff_can_be_given_a_ticket() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        let given = commit!(home, &people.staff, |change| desk::assign(change, id, people.buyer.person()));
        assert_eq!(problem(given), ("assignee", FieldProblem::Choice));
        commit!(home, &people.staff, |change| desk::assign(change, id, people.staff.person())).unwrap();
        commit!(home, &people.staff, |change| desk::assign(change, id, None)).unwrap();
        let staff = people.staff.permit().unwrap();
        let handling = desk::handling(&mut *home.read().await, &staff, id).await.unwrap();
        assert_eq!((handling.assignee, handling.priority), (None, Priority::Normal));
    })
    .await;
}

#[tokio::test]
async fn tickets_of_removed_staff_become_unassigned() {
    on_both(async |home| {
        let people = people(home).await;
        let taras = home.staff("Taras").await;
        let id = opened(home, &people).await;
        commit!(home, &people.staff, |change| desk::assign(change, id, taras.person())).unwrap();
        let unassigned = async || {
            let staff = people.staff.permit().unwrap();
            desk::counts(&mut *home.read().await, &staff).await.unwrap().unassigned
        };
        assert_eq!(unassigned().await, 0);
        commit!(home, &people.staff, |change| staff::remove(change, taras.person().unwrap())).unwrap();
        assert_eq!(unassigned().await, 1);
    })
    .await;
}

#[tokio::test]
async fn each_mail_carries_the_words_and_stands_in_its_thread() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        answered(home, &people, id, "Приїдемо").await;
        commit!(home, &people.buyer, |change| write::write_message(change, id, "Чекаю", vec![])).unwrap();

        let told = column(home, "SELECT kind || ' ' || address FROM outbox ORDER BY created_at, id").await;
        let expected = [
            "ticket-opened-staff iryna@example.com",
            "ticket-received olena@example.com",
            "ticket-answer olena@example.com",
            "ticket-message-staff iryna@example.com",
        ];
        assert_eq!(told, expected);
        let contents = column(home, "SELECT data FROM outbox ORDER BY created_at, id").await;
        let words = ["На куті стільниці", "На куті стільниці", "Приїдемо", "Чекаю"];
        for (content, words) in contents.iter().zip(words) {
            let content: serde_json::Value = serde_json::from_str(content).unwrap();
            assert_eq!(content["quote"], words);
            assert_eq!(content["values"]["subject"], "Подряпина");
            assert_eq!(content["values"]["ticket"], "1001");
        }
        let answers = column(home, "SELECT COALESCE(answers, '') FROM outbox ORDER BY created_at, id").await;
        let ids = column(home, "SELECT id FROM outbox ORDER BY created_at, id").await;
        assert_eq!(answers, ["", "", &ids[1], &ids[0]].map(str::to_owned));
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_message() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        let submission = SubmissionId::from_uuid(uuid::Uuid::now_v7());
        let mut change = home.change(&people.buyer).await;
        change.claim_submission(submission).await.unwrap();
        write::write_message(&mut change, id, "Один раз", vec![]).await.unwrap();
        change.commit_with_redirect("/there").await.unwrap();

        let mut change = home.change(&people.buyer).await;
        let again = change.claim_submission(submission).await;
        let Err(Error::Conflict(Conflict::DuplicateSubmission { location })) = again else { panic!("{again:?}") };
        assert_eq!(location, "/there");
        drop(change);
        assert_eq!(messages_of(home, &people, id).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn files_are_what_their_content_says() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        for (name, content) in [
            ("текст.png", b"just words".as_slice()),
            ("program.png", b"MZ\x90\x00\x03\x00"),
            ("drawing.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
            ("page.pdf", b"<!doctype html><p>%PDF-1.4"),
            ("nothing.gif", b""),
        ] {
            let files = vec![sent(name, content)];
            let told = problem(commit!(home, &people.buyer, |change| write::write_message(change, id, "Ось", files)));
            assert_eq!(told, ("files", FieldProblem::FileType), "{name}");
        }
        let mut large = PNG.to_vec();
        large.resize(file::MAX_SIZE + 1, 0);
        let files = vec![sent("велике.png", &large)];
        let told = problem(commit!(home, &people.buyer, |change| write::write_message(change, id, "Ось", files)));
        assert_eq!(told, ("files", FieldProblem::FileTooLarge { max: file::MAX_SIZE }));
        let many = vec![sent("кут.png", PNG); file::MAX_COUNT + 1];
        let told = problem(commit!(home, &people.buyer, |change| write::write_message(change, id, "Ось", many)));
        assert_eq!(told, ("files", FieldProblem::TooManyFiles { max: file::MAX_COUNT }));
        assert_eq!(messages_of(home, &people, id).await.len(), 1, "what was refused leaves nothing behind");
    })
    .await;
}

#[tokio::test]
async fn files_keep_their_names_as_far_as_that_is_safe() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        let mut large = PNG.to_vec();
        large.resize(file::MAX_SIZE, 0);
        let files = vec![
            sent("../../a/кут столу.png", PNG),
            sent("рахунок\u{202E}fdp.exe", b"%PDF-1.7 "),
            sent(&format!("{}.jpeg", "ї".repeat(300)), b"\xFF\xD8\xFF\xE0"),
            sent("велике.png", &large),
        ];
        commit!(home, &people.buyer, |change| write::write_message(change, id, "Ось", files)).unwrap();
        let messages = messages_of(home, &people, id).await;
        let kept: Vec<_> = messages[1].files.iter().map(|file| (file.name.clone(), file.media_type.name())).collect();
        assert_eq!(
            kept,
            [
                ("кут столу.png".to_owned(), "image/png"),
                ("рахунокfdp.exe.pdf".to_owned(), "application/pdf"),
                (format!("{}.jpeg", "ї".repeat(115)), "image/jpeg"),
                ("велике.png".to_owned(), "image/png"),
            ]
        );
        assert_eq!(messages[1].files[3].size, file::MAX_SIZE as u64);
    })
    .await;
}

#[tokio::test]
async fn words_are_checked_like_all_others() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        for (text, expected) in [
            ("  \n ", FieldProblem::Required),
            ("\u{200B}\u{FEFF}", FieldProblem::Required),
            ("a\u{0}b", FieldProblem::ControlCharacters),
            (&"я".repeat(10_001), FieldProblem::TooLong { max: 10_000 }),
        ] {
            let told = problem(commit!(home, &people.buyer, |change| write::write_message(change, id, text, vec![])));
            assert_eq!(told, ("text", expected));
        }
        let mut new = asked(&people);
        new.subject = "т".repeat(151);
        let told = problem(commit!(home, &people.buyer, |change| open::open(change, new)));
        assert_eq!(told, ("subject", FieldProblem::TooLong { max: 150 }));
    })
    .await;
}

#[tokio::test]
async fn a_ticket_solved_without_an_answer_is_told_once() {
    on_both(async |home| {
        let people = people(home).await;
        let id = opened(home, &people).await;
        let told = async || column(home, "SELECT address FROM outbox WHERE kind = 'ticket-solved'").await;
        commit!(home, &people.staff, |change| write::write_answer(change, id, "Зроблено", vec![], TicketState::Solved))
            .unwrap();
        assert!(told().await.is_empty(), "the answer says it");
        commit!(home, &people.staff, |change| desk::reopen(change, id)).unwrap();
        let solve = async || commit!(home, &people.staff, |change| desk::solve(change, id)).unwrap();
        tokio::join!(solve(), solve());
        assert_eq!(told().await, ["olena@example.com"]);
    })
    .await;
}
