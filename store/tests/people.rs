//! Profiles, memberships and invitations.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    CustomerKind, Language, NotificationKind, Span,
    event::EventKind,
    input::FieldProblem,
    mail::MailKind,
    policy::{Actor, Buyer, MemberRole, Refusal},
    record::{Profile, Typed},
};
use store::{
    CommitEvent, Conflict, Error, PageRequest, Secret,
    account::reset,
    customer::{
        self,
        desk::{self, CustomerFilter},
        invitation, member,
    },
    person::{NewPerson, date, notification, profile},
    staff,
    ticket::open::{self, About, NewTicket},
    timeline,
};
use support::{
    Home, customer_of, desk as key,
    history::{event_of, events, from_to},
    new_person, on_both,
};

fn buyer(actor: &Actor) -> &Buyer {
    actor.buyer().unwrap()
}

/// Returns the secret in the newest invitation mail.
async fn invited(home: &Home) -> Secret {
    let mails = home.mails().await;
    let mail = mails.iter().rfind(|mail| mail.content.kind() == MailKind::Invitation).unwrap();
    Secret::parse(mail.content.link().path().strip_prefix("/join/").unwrap()).unwrap()
}

async fn join(home: &Home, secret: &Secret) -> store::Result<Secret> {
    invitation::accept_as_new(&home.store, secret, "Марія Новенька", "correct horse battery", Language::Uk, "x").await
}

#[tokio::test]
async fn profile_changes_are_recorded_with_old_and_new_values() {
    on_both(async |home| {
        let olena = home.customer("Olena").await;
        let customer = customer_of(&olena);
        let form = Profile {
            name: "Олена Ґудзь".into(),
            phone: "+380 67 000 00 00".into(),
            language: "en".into(),
            time_zone: "Europe/Warsaw".into(),
            birthday: "1990-02-28".into(),
        };
        commit!(home, &olena, |c| profile::update(c, &Typed::from(&form))).unwrap();
        let events = events(home, &olena, customer).await;
        assert_eq!(from_to(&events, "person-changed", "name"), ("Olena".into(), "Олена Ґудзь".into()));
        assert_eq!(from_to(&events, "person-changed", "birthday"), (String::new(), "1990-02-28".into()));
        assert_eq!(events[0].who.as_deref(), Some("Олена Ґудзь"));
        // A private customer has the person's name.
        let found = customer::find(&mut *home.read().await, buyer(&olena), customer).await.unwrap();
        assert_eq!(found.name(), "Олена Ґудзь");

        let wrong = Profile { name: " ".into(), time_zone: "Nowhere".into(), birthday: "2999-01-01".into(), ..form };
        let Err(Error::Invalid(errors)) = commit!(home, &olena, |c| profile::update(c, &Typed::from(&wrong))) else {
            panic!("taken")
        };
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["name", "time_zone", "birthday"]);
    })
    .await;
}

#[tokio::test]
async fn dates_and_notification_choices_are_personal() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let petro = home.colleague(&olena, "Petro").await;
        commit!(home, &olena, |c| date::add(c, "річниця", "2010-06-12")).unwrap();
        commit!(home, &olena, |c| notification::set_choices(c, &[NotificationKind::Orders])).unwrap();
        let mut connection = home.read().await;
        let person = olena.person().unwrap();
        let dates = date::list(&mut connection, person).await.unwrap();
        let choices = notification::list(&mut connection, person).await.unwrap();
        drop(connection);
        assert_eq!(
            choices.iter().filter(|(_, by_mail)| *by_mail).map(|(kind, _)| *kind).collect::<Vec<_>>(),
            [NotificationKind::Orders]
        );
        let events_of =
            |events: Vec<timeline::Entry>| events.iter().map(|entry| event_of(entry).kind().name()).collect::<Vec<_>>();
        assert_eq!(events_of(events(home, &olena, customer).await), ["notices-changed", "date-added"]);
        assert!(events_of(events(home, &petro, customer).await).is_empty(), "what is hers, colleagues do not see");
        let foreign = commit!(home, &petro, |c| date::remove(c, dates[0].id));
        assert!(matches!(foreign, Err(Error::Refused(Refusal::Missing))));
        commit!(home, &olena, |c| date::remove(c, dates[0].id)).unwrap();
    })
    .await;
}

#[tokio::test]
async fn last_administrator_of_a_customer_cannot_be_removed() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let petro = home.colleague(&olena, "Petro").await;
        let (olena_id, petro_id) = (olena.person().unwrap(), petro.person().unwrap());
        let demoted = commit!(home, &olena, |c| member::change(c, customer, olena_id, "member", ""));
        assert!(matches!(demoted, Err(Error::Conflict(Conflict::LastAdministrator))));
        let left = commit!(home, &olena, |c| member::remove(c, customer, olena_id));
        assert!(matches!(left, Err(Error::Conflict(Conflict::LastAdministrator))));
        let refused = commit!(home, &petro, |c| member::remove(c, customer, olena_id));
        assert!(matches!(refused, Err(Error::Refused(Refusal::Role))));

        let mut live = home.store.commit_events();
        commit!(home, &olena, |c| member::change(c, customer, petro_id, "administrator", "Закупівлі")).unwrap();
        assert_eq!(live.try_recv().unwrap(), CommitEvent::PersonChanged(petro_id));
        let petro = support::buyer(petro_id, customer, MemberRole::Administrator);
        commit!(home, &petro, |c| member::remove(c, customer, olena_id)).unwrap();
        assert_eq!(live.try_recv().unwrap(), CommitEvent::PersonChanged(olena_id));
        let all = events(home, &petro, customer).await;
        assert_eq!(from_to(&all, "member-changed", "role"), ("member".into(), "administrator".into()));
        assert_eq!(event_of(&all[0]).kind(), EventKind::MemberRemoved);
        // A request may still have her old key; queries find nothing with it.
        let gone =
            timeline::page(&mut *home.read().await, buyer(&olena), customer, &PageRequest::first(30)).await.unwrap();
        assert!(gone.rows.is_empty());
        let gone = customer::find(&mut *home.read().await, buyer(&olena), customer).await;
        assert!(matches!(gone, Err(Error::Refused(Refusal::Missing))));
    })
    .await;
}

/// Every account that is not of staff has a customer.
#[tokio::test]
async fn leaving_the_last_organisation_creates_a_private_customer() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let petro = home.colleague(&olena, "Petro").await;
        let id = petro.person().unwrap();
        commit!(home, &petro, |c| member::remove(c, customer, id)).unwrap();
        let row: (String, String, String) = sqlx::query_as(
            "SELECT c.kind, c.name, m.role FROM member m JOIN customer c ON c.id = m.customer_id WHERE m.person_id = $1",
        )
        .bind(id.to_string())
        .fetch_one(&mut *home.read().await)
        .await
        .unwrap();
        assert_eq!(row, ("person".to_owned(), "Petro".to_owned(), "administrator".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_works_once() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        commit!(home, &olena, |c| invitation::invite(c, customer, "Maria@Example.com", "member")).unwrap();
        let secret = invited(home).await;
        let offer = invitation::find_offer(&mut *home.read().await, &secret, home.now()).await.unwrap();
        assert_eq!(
            (offer.organisation.as_str(), offer.email.as_str(), offer.known),
            ("Ґречні люди", "maria@example.com", false)
        );
        join(home, &secret).await.unwrap();
        assert!(matches!(join(home, &secret).await, Err(Error::Conflict(Conflict::InvalidLink))));
        let members = member::list(&mut *home.read().await, buyer(&olena), customer).await.unwrap();
        assert_eq!(members.iter().filter(|member| member.email == "maria@example.com").count(), 1);
        let again = commit!(home, &olena, |c| invitation::invite(c, customer, "maria@example.com", "member"));
        let Err(Error::Invalid(errors)) = again else { panic!("invited a member") };
        assert_eq!(errors[0].problem, FieldProblem::Taken);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_ends_by_time_by_withdrawing_and_by_a_newer_one() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let list = async || invitation::list(&mut *home.read().await, buyer(&olena), customer).await.unwrap();
        let dead = |told: store::Result<Secret>| matches!(told, Err(Error::Conflict(Conflict::InvalidLink)));
        commit!(home, &olena, |c| invitation::invite(c, customer, "maria@example.com", "member")).unwrap();
        let first = invited(home).await;
        home.pass(Span::days(7));
        assert!(dead(join(home, &first).await), "a week is over");

        let id = list().await[0].id;
        commit!(home, &olena, |c| invitation::resend(c, customer, id)).unwrap();
        let second = invited(home).await;
        assert_ne!(first, second);
        home.pass(Span::days(1));
        commit!(home, &olena, |c| invitation::invite(c, customer, "maria@example.com", "administrator")).unwrap();
        assert!(dead(join(home, &second).await), "a newer one took its place");

        let third = invited(home).await;
        let open = list().await;
        assert_eq!(open.len(), 1);
        commit!(home, &olena, |c| invitation::withdraw(c, customer, open[0].id)).unwrap();
        assert!(dead(join(home, &third).await), "withdrawn");
        assert!(list().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_the_invited_person_can_accept() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let petro = home.customer("Petro").await;
        let inga = home.customer("Inga").await;
        commit!(home, &olena, |c| invitation::invite(c, customer, "petro@example.com", "member")).unwrap();
        let secret = invited(home).await;
        let told = join(home, &secret).await;
        assert!(matches!(told, Err(Error::Refused(Refusal::SignIn))), "a known address proves itself by signing in");
        let told = commit!(home, &inga, |c| invitation::accept(c, &secret));
        assert!(matches!(told, Err(Error::Conflict(Conflict::InvalidLink))));
        let joined = commit!(home, &petro, |c| invitation::accept(c, &secret)).unwrap();
        assert_eq!(joined, customer);
        let own = customer::list_own(&mut *home.read().await, buyer(&petro)).await.unwrap();
        assert_eq!(own.len(), 2);
        let private = buyer(&inga).main_customer().unwrap();
        let told = commit!(home, &inga, |c| invitation::invite(c, private, "x@example.com", "member"));
        assert!(matches!(told, Err(Error::Refused(Refusal::Missing))), "a private person has no members");
    })
    .await;
}

#[tokio::test]
async fn staff_find_customers_by_anything_they_remember() {
    on_both(async |home| {
        let phone = "+380 (50) 123-45-67".to_owned();
        let olena =
            NewPerson { name: "Олена Їжакевич".into(), phone: phone.clone(), ..new_person("Olena") };
        home.enrol(CustomerKind::Organisation, "ТОВ «Ґречні Люди»", olena).await;
        let petro = NewPerson { name: "Петро_100%".into(), phone, ..new_person("Petro") };
        home.enrol(CustomerKind::Person, "Петро_100%", petro).await;
        let found = async |typed: &str| {
            let mut connection = home.read().await;
            let filter = CustomerFilter { search: typed.to_owned() };
            let rows = desk::list(&mut connection, &key(), &filter, &PageRequest::first(50)).await.unwrap().rows;
            rows.into_iter().map(|row| row.email).collect::<Vec<_>>()
        };
        for typed in ["ґречні", "ҐРЕЧНІ люди", "їжакевич", "OLENA@", "люди олена"] {
            assert_eq!(found(typed).await, ["olena@example.com"], "{typed}");
        }
        assert_eq!(found("0501234567").await.len(), 2);
        assert_eq!(found("_100%").await, ["petro@example.com"]);
        for typed in ["%", "нема такого", "_"] {
            assert_ne!(found(typed).await.len(), 2, "{typed}");
        }
    })
    .await;
}

#[tokio::test]
async fn last_administrator_of_the_company_cannot_be_removed() {
    on_both(async |home| {
        let boss = home.company().await;
        let boss_id = boss.person().unwrap();
        let form =
            staff::NewStaff { name: "Тарас".into(), email: "taras@example.com".into(), role: "staff".into() };
        let taras = commit!(home, &boss, |c| staff::invite(c, &form, Language::Uk)).unwrap();
        let demoted = commit!(home, &boss, |c| staff::change_role(c, boss_id, "staff"));
        assert!(matches!(demoted, Err(Error::Conflict(Conflict::LastAdministrator))));
        commit!(home, &boss, |c| staff::change_role(c, taras, "administrator")).unwrap();
        commit!(home, &boss, |c| staff::remove(c, boss_id)).unwrap();
        let olena = home.organisation("Ґречні", "Olena").await;
        let refused = commit!(home, &olena, |c| staff::invite(c, &form, Language::Uk));
        assert!(matches!(refused, Err(Error::Refused(Refusal::Missing))));
    })
    .await;
}

#[tokio::test]
async fn former_staff_can_be_added_again() {
    on_both(async |home| {
        let boss = home.company().await;
        let form = staff::NewStaff { name: "Taras".into(), email: "taras@example.com".into(), role: "staff".into() };
        let taras = commit!(home, &boss, |c| staff::invite(c, &form, Language::Uk)).unwrap();
        let taken = commit!(home, &boss, |c| staff::invite(c, &form, Language::Uk));
        assert!(matches!(taken, Err(Error::Invalid(errors)) if errors[0].problem == FieldProblem::Taken));
        commit!(home, &boss, |c| staff::remove(c, taras)).unwrap();
        let again = commit!(home, &boss, |c| staff::invite(c, &form, Language::Uk)).unwrap();
        assert_eq!(again, taras, "the same person");
        home.customer("Olena").await;
        let form = staff::NewStaff { email: "olena@example.com".into(), ..form };
        let customer = commit!(home, &boss, |c| staff::invite(c, &form, Language::Uk));
        assert!(matches!(customer, Err(Error::Invalid(errors)) if errors[0].problem == FieldProblem::Taken));
    })
    .await;
}

/// A staff invitation and an organisation's invitation to one address must not lead to one account with both roles.
#[tokio::test]
async fn invited_staff_do_not_become_customers() {
    on_both(async |home| {
        let boss = home.company().await;
        let form =
            staff::NewStaff { name: "Марія".into(), email: "maria@example.com".into(), role: "staff".into() };
        commit!(home, &boss, |c| staff::invite(c, &form, Language::Uk)).unwrap();
        let olena = home.organisation("Ґречні", "Olena").await;
        let customer = customer_of(&olena);
        commit!(home, &olena, |c| invitation::invite(c, customer, "maria@example.com", "member")).unwrap();
        let secret = invited(home).await;
        assert!(matches!(join(home, &secret).await, Err(Error::Conflict(Conflict::InvalidLink))));
    })
    .await;
}

/// An invited address may be mistyped, so it gets no other mail until the link in the invitation was used.
#[tokio::test]
async fn staff_get_customer_mail_after_confirming_their_address() {
    on_both(async |home| {
        let boss = home.company().await;
        let form = staff::NewStaff { name: "Taras".into(), email: "taras@example.com".into(), role: "staff".into() };
        commit!(home, &boss, |c| staff::invite(c, &form, Language::Uk)).unwrap();
        let olena = home.customer("Olena").await;
        let ask = async || {
            let about = About::Nothing(customer_of(&olena));
            let new = NewTicket { about, subject: "Oil".into(), text: "Which?".into(), files: vec![] };
            commit!(home, &olena, |c| open::open(c, new)).unwrap();
        };
        ask().await;
        let kinds =
            async || home.mails_to("taras@example.com").await.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        assert_eq!(kinds().await, ["staff-invitation"]);
        let link = home.mails_to("taras@example.com").await[0].1.clone();
        let secret = Secret::parse(link.rsplit('/').next().unwrap()).unwrap();
        reset::set_password(&home.store, &secret, "a long enough one", "").await.unwrap();
        ask().await;
        assert_eq!(kinds().await, ["staff-invitation", "ticket-opened-staff"]);
    })
    .await;
}
