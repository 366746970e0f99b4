//! What people change of their own and of their customers, who may join and who may not any more.

#![allow(clippy::unwrap_used)]

mod opened;

use domain::{
    CustomerId, CustomerKind, Language, NoticeKind,
    input::FieldProblem,
    policy::{Actor, MemberRole, Refusal},
};
use opened::{Opened, actor, buyer, on_both};
use serde_json::Value;
use store::{
    Conflict, Error, Live, Secret,
    customer::{
        self,
        address::{self, Place},
        desk, invitation, member,
        organisation::{self, Organisation},
    },
    outbox,
    person::{date, notice, profile},
    staff, timeline,
};

const ORG: CustomerKind = CustomerKind::Organisation;
const DAY: i64 = 86_400_000;

/// One operation as one change.
macro_rules! change {
    ($opened:expr, $actor:expr, |$change:ident| $operation:expr) => {{
        // Each change has a moment of its own, so that the order is told.
        $opened.pass(1);
        let mut own = $opened.store.change($actor.clone()).await.unwrap();
        let $change = &mut own;
        let done = $operation.await;
        if done.is_ok() {
            own.commit().await.unwrap();
        }
        done
    }};
}

async fn events(opened: &Opened, actor: &Actor, customer: CustomerId) -> Vec<timeline::Entry> {
    let mut connection = opened.store.read().await.unwrap();
    timeline::page(&mut connection, buyer(actor), customer, None).await.unwrap().entries
}

/// The change of a field as the newest event of this kind has it.
fn from_to(events: &[timeline::Entry], kind: &str, field: &str) -> (String, String) {
    let event = events.iter().find(|event| event.kind == kind).unwrap_or_else(|| panic!("no {kind}"));
    let changes = event.data["changes"].as_array().unwrap();
    let change = changes.iter().find(|change| change["field"] == field).unwrap_or_else(|| panic!("no {field}"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&change["from"]), text(&change["to"]))
}

/// The secret of the newest invitation's mail.
async fn invited(opened: &Opened) -> Secret {
    let mut connection = opened.store.read().await.unwrap();
    let mails = outbox::desk::list(&mut connection, &opened.staff(), None, 50, 0).await.unwrap();
    let mail = mails.iter().find(|mail| mail.kind == outbox::MailKind::Invitation).unwrap();
    Secret::read(mail.content.path.strip_prefix("/join/").unwrap()).unwrap()
}

async fn join(opened: &Opened, secret: &Secret) -> store::Result<Secret> {
    invitation::accept_as_new(&opened.store, secret, "Марія Новенька", "correct horse battery", Language::Uk, "x").await
}

#[test]
fn a_changed_profile_says_what_it_was_and_is() {
    on_both(|opened| async move {
        let (customer, olena) = opened.customer(CustomerKind::Person, "Олена", "Олена", "olena@example.com").await;
        let form = profile::Profile {
            name: "Олена Ґудзь".into(),
            phone: "+380 67 000 00 00".into(),
            language: "en".into(),
            time_zone: "Europe/Warsaw".into(),
            birthday: "1990-02-28".into(),
        };
        change!(opened, olena, |c| profile::change(c, &form)).unwrap();
        let events = events(&opened, &olena, customer).await;
        assert_eq!(from_to(&events, "person-changed", "name"), ("Олена".into(), "Олена Ґудзь".into()));
        assert_eq!(from_to(&events, "person-changed", "birthday"), (String::new(), "1990-02-28".into()));
        assert_eq!(events[0].who.as_deref(), Some("Олена Ґудзь"));
        // A private person's customer goes by their name.
        let found = customer::find(&mut opened.store.read().await.unwrap(), buyer(&olena), customer).await.unwrap();
        assert_eq!(found.name, "Олена Ґудзь");

        let wrong =
            profile::Profile { name: " ".into(), time_zone: "Nowhere".into(), birthday: "2999-01-01".into(), ..form };
        let Err(Error::Invalid(errors)) = change!(opened, olena, |c| profile::change(c, &wrong)) else {
            panic!("taken")
        };
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["name", "time_zone", "birthday"]);
    });
}

#[test]
fn dates_and_notices_are_ones_own() {
    on_both(|opened| async move {
        let (customer, olena) = opened.customer(ORG, "Ґречні люди", "Олена", "olena@example.com").await;
        let petro = opened.member(customer, "Петро", "petro@example.com").await;
        change!(opened, olena, |c| date::add(c, "річниця", "2010-06-12")).unwrap();
        change!(opened, olena, |c| notice::choose(c, &[NoticeKind::Orders])).unwrap();
        let mut connection = opened.store.read().await.unwrap();
        let person = olena.person().unwrap();
        let dates = date::list(&mut connection, person).await.unwrap();
        let choices = notice::list(&mut connection, person).await.unwrap();
        drop(connection);
        assert_eq!(
            choices.iter().filter(|(_, by_mail)| *by_mail).map(|(kind, _)| *kind).collect::<Vec<_>>(),
            [NoticeKind::Orders]
        );
        let events_of = |events: Vec<timeline::Entry>| events.into_iter().map(|event| event.kind).collect::<Vec<_>>();
        assert_eq!(events_of(events(&opened, &olena, customer).await), ["notices-changed", "date-added"]);
        assert!(events_of(events(&opened, &petro, customer).await).is_empty(), "what is hers, colleagues do not see");
        let foreign = change!(opened, petro, |c| date::remove(c, dates[0].id));
        assert!(matches!(foreign, Err(Error::Refused(Refusal::Missing))));
        change!(opened, olena, |c| date::remove(c, dates[0].id)).unwrap();
    });
}

#[test]
fn an_organisation_and_its_addresses_keep_their_history() {
    on_both(|opened| async move {
        let (customer, olena) = opened.customer(ORG, "Ґречні люди", "Олена", "olena@example.com").await;
        let petro = opened.member(customer, "Петро", "petro@example.com").await;
        let form =
            Organisation {
                name: "Ґречні".into(), website: "grechni.ua/про-нас".into(), ..Organisation::default()
            };
        change!(opened, olena, |c| organisation::change(c, customer, &form)).unwrap();
        let place =
            Place {
                label: "Склад".into(), street: "Зелена, 1".into(), city: "Львів".into(), ..Place::default()
            };
        let id = change!(opened, olena, |c| address::add(c, customer, &place)).unwrap();
        let moved = Place { city: "Броди".into(), ..place.clone() };
        change!(opened, olena, |c| address::change(c, customer, id, &moved)).unwrap();
        let all = events(&opened, &petro, customer).await;
        assert_eq!(from_to(&all, "organisation-changed", "website").1, "https://grechni.ua/про-нас");
        assert_eq!(from_to(&all, "organisation-changed", "name"), ("Ґречні люди".into(), "Ґречні".into()));
        assert_eq!(from_to(&all, "address-changed", "city"), ("Львів".into(), "Броди".into()));

        let refused = change!(opened, petro, |c| address::remove(c, customer, id));
        assert!(matches!(refused, Err(Error::Refused(Refusal::Role))));
        let (_, stranger) = opened.customer(ORG, "Інші", "Інга", "inga@example.com").await;
        let foreign = change!(opened, stranger, |c| address::remove(c, customer, id));
        assert!(matches!(foreign, Err(Error::Refused(Refusal::Missing))));
        // Not through one's own customer either.
        let own = buyer(&stranger).main_customer().unwrap();
        let foreign = change!(opened, stranger, |c| address::remove(c, own, id));
        assert!(matches!(foreign, Err(Error::Refused(Refusal::Missing))));
        for bad in ["javascript:alert(1)", "нема крапки", "https://", "ftp://a.ua x"] {
            let form = Organisation { name: "Ґречні".into(), website: bad.into(), ..Organisation::default() };
            let told = change!(opened, olena, |c| organisation::change(c, customer, &form));
            assert!(matches!(told, Err(Error::Invalid(_))), "{bad}");
        }
    });
}

#[test]
fn a_customer_keeps_one_administrator() {
    on_both(|opened| async move {
        let (customer, olena) = opened.customer(ORG, "Ґречні люди", "Олена", "olena@example.com").await;
        let petro = opened.member(customer, "Петро", "petro@example.com").await;
        let (olena_id, petro_id) = (olena.person().unwrap(), petro.person().unwrap());
        let demoted = change!(opened, olena, |c| member::change(c, customer, olena_id, "member", ""));
        assert!(matches!(demoted, Err(Error::Conflict(Conflict::LastAdministrator))));
        let left = change!(opened, olena, |c| member::remove(c, customer, olena_id));
        assert!(matches!(left, Err(Error::Conflict(Conflict::LastAdministrator))));
        let refused = change!(opened, petro, |c| member::remove(c, customer, olena_id));
        assert!(matches!(refused, Err(Error::Refused(Refusal::Role))));

        let mut live = opened.store.live();
        change!(opened, olena, |c| member::change(c, customer, petro_id, "administrator", "Закупівлі")).unwrap();
        assert_eq!(live.try_recv().unwrap(), Live::PersonChanged(petro_id));
        let petro = actor(petro_id, customer, MemberRole::Administrator);
        change!(opened, petro, |c| member::remove(c, customer, olena_id)).unwrap();
        assert_eq!(live.try_recv().unwrap(), Live::PersonChanged(olena_id));
        let all = events(&opened, &petro, customer).await;
        assert_eq!(from_to(&all, "member-changed", "role"), ("member".into(), "administrator".into()));
        assert_eq!(all[0].kind, "member-removed");
        // Her session may still hold the old key: the records no longer answer to it.
        let gone =
            timeline::page(&mut opened.store.read().await.unwrap(), buyer(&olena), customer, None).await.unwrap();
        assert!(gone.entries.is_empty());
        let gone = customer::find(&mut opened.store.read().await.unwrap(), buyer(&olena), customer).await;
        assert!(matches!(gone, Err(Error::Refused(Refusal::Missing))));
    });
}

#[test]
fn an_invitation_works_once() {
    on_both(|opened| async move {
        let (customer, olena) = opened.customer(ORG, "Ґречні люди", "Олена", "olena@example.com").await;
        change!(opened, olena, |c| invitation::invite(c, customer, "Maria@Example.com", "member")).unwrap();
        let secret = invited(&opened).await;
        let offer = invitation::look(&mut opened.store.read().await.unwrap(), &secret, opened.now()).await.unwrap();
        assert_eq!(
            (offer.organisation.as_str(), offer.email.as_str(), offer.known),
            ("Ґречні люди", "maria@example.com", false)
        );
        join(&opened, &secret).await.unwrap();
        assert!(matches!(join(&opened, &secret).await, Err(Error::Conflict(Conflict::DeadLink))));
        let members = member::list(&mut opened.store.read().await.unwrap(), buyer(&olena), customer).await.unwrap();
        assert_eq!(members.iter().filter(|member| member.email == "maria@example.com").count(), 1);
        let again = change!(opened, olena, |c| invitation::invite(c, customer, "maria@example.com", "member"));
        let Err(Error::Invalid(errors)) = again else { panic!("invited a member") };
        assert_eq!(errors[0].problem, FieldProblem::Taken);
    });
}

#[test]
fn an_invitation_ends_by_time_by_withdrawing_and_by_a_newer_one() {
    on_both(|opened| async move {
        let (customer, olena) = opened.customer(ORG, "Ґречні люди", "Олена", "olena@example.com").await;
        let list =
            async || invitation::list(&mut opened.store.read().await.unwrap(), buyer(&olena), customer).await.unwrap();
        let dead = |told: store::Result<Secret>| matches!(told, Err(Error::Conflict(Conflict::DeadLink)));
        change!(opened, olena, |c| invitation::invite(c, customer, "maria@example.com", "member")).unwrap();
        let first = invited(&opened).await;
        opened.pass(7 * DAY);
        assert!(dead(join(&opened, &first).await), "a week is over");

        let id = list().await[0].id;
        change!(opened, olena, |c| invitation::send_again(c, customer, id)).unwrap();
        let second = invited(&opened).await;
        assert_ne!(first, second);
        opened.pass(DAY);
        change!(opened, olena, |c| invitation::invite(c, customer, "maria@example.com", "administrator")).unwrap();
        assert!(dead(join(&opened, &second).await), "a newer one took its place");

        let third = invited(&opened).await;
        let open = list().await;
        assert_eq!(open.len(), 1);
        change!(opened, olena, |c| invitation::withdraw(c, customer, open[0].id)).unwrap();
        assert!(dead(join(&opened, &third).await), "withdrawn");
        assert!(list().await.is_empty());
    });
}

#[test]
fn only_whoever_was_invited_can_accept() {
    on_both(|opened| async move {
        let (customer, olena) = opened.customer(ORG, "Ґречні люди", "Олена", "olena@example.com").await;
        let (_, petro) = opened.customer(CustomerKind::Person, "Петро", "Петро", "petro@example.com").await;
        let (_, inga) = opened.customer(CustomerKind::Person, "Інга", "Інга", "inga@example.com").await;
        change!(opened, olena, |c| invitation::invite(c, customer, "petro@example.com", "member")).unwrap();
        let secret = invited(&opened).await;
        let told = join(&opened, &secret).await;
        assert!(matches!(told, Err(Error::Refused(Refusal::SignIn))), "a known address proves itself by signing in");
        let told = change!(opened, inga, |c| invitation::accept(c, &secret));
        assert!(matches!(told, Err(Error::Conflict(Conflict::DeadLink))));
        let joined = change!(opened, petro, |c| invitation::accept(c, &secret)).unwrap();
        assert_eq!(joined, customer);
        let own = customer::own(&mut opened.store.read().await.unwrap(), buyer(&petro)).await.unwrap();
        assert_eq!(own.len(), 2);
        let private = buyer(&inga).main_customer().unwrap();
        let told = change!(opened, inga, |c| invitation::invite(c, private, "x@example.com", "member"));
        assert!(matches!(told, Err(Error::Refused(Refusal::Missing))), "a private person has no members");
    });
}

#[test]
fn staff_find_customers_by_anything_they_remember() {
    on_both(|opened| async move {
        opened.customer(ORG, "ТОВ «Ґречні Люди»", "Олена Їжакевич", "olena@example.com").await;
        opened.customer(CustomerKind::Person, "Петро_100%", "Петро_100%", "petro@example.com").await;
        let found = async |typed: &str| {
            let mut connection = opened.store.read().await.unwrap();
            let rows = desk::list(&mut connection, &opened.staff(), typed, 50, 0).await.unwrap();
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
    });
}

#[test]
fn the_company_keeps_one_administrator() {
    on_both(|opened| async move {
        let boss = opened.desk();
        let form =
            staff::NewStaff { name: "Тарас".into(), email: "taras@example.com".into(), role: "staff".into() };
        let taras = change!(opened, boss, |c| staff::invite(c, &form, Language::Uk)).unwrap();
        let demoted = change!(opened, boss, |c| staff::change_role(c, opened.boss, "staff"));
        assert!(matches!(demoted, Err(Error::Conflict(Conflict::LastAdministrator))));
        change!(opened, boss, |c| staff::change_role(c, taras, "administrator")).unwrap();
        change!(opened, boss, |c| staff::dismiss(c, opened.boss)).unwrap();
        let (_, olena) = opened.customer(ORG, "Ґречні", "Олена", "olena@example.com").await;
        let refused = change!(opened, olena, |c| staff::invite(c, &form, Language::Uk));
        assert!(matches!(refused, Err(Error::Refused(Refusal::Missing))));
    });
}
